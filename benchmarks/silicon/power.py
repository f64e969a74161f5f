"""Claims about the chip's power on AlexNet's CONV layers."""

import numpy as np

import chip_power

FITTED_ON = ("CONV1", "CONV5")


def add(claims, layers, profiles, target):
    """`target`: the profile's pJ and mW as shipped."""
    watts = np.array([layer.measured["power_mw"] for layer in layers])
    rates = np.array([chip_power.rate(profile) for profile in profiles])
    for layer, profile, power in zip(layers, profiles, watts):
        claims.add(f"{layer.name}: power while processing, chip {power:g} mW",
                   1e3 * profile["chip_watts"], "mW", "within 10 %",
                   abs(1e3 * profile["chip_watts"] / power - 1) <= 0.1)
    ends = [k for k, layer in enumerate(layers) if layer.name in FITTED_ON]
    fitted = chip_power.fit(rates[ends], watts[ends])
    for value, key, what, unit in zip(fitted, ("mac16_picojoules", "static_milliwatts"),
                                      ("energy of a unit", "power of clock and leakage"),
                                      ("pJ", "mW")):
        claims.add(f"{what} fitted on CONV1 and CONV5, shipped {target[key]:g}", float(value), unit,
                   "within 0.5 % of the shipped", abs(target[key] / value - 1) <= 0.005)
    for layer, error in zip(layers, chip_power.without_each(rates, watts)):
        claims.add(f"{layer.name}: power, fitted on the four others", 100 * error, "% off",
                   "printed", True)
    for k in ends:
        for part, what in (("rf", "spads"), ("alu", "multipliers and adders")):
            share = chip_power.share(profiles[k], part, *fitted)
            chip = chip_power.SHARES[layers[k].name][part]
            claims.add(f"{layers[k].name}: share of {what} in the power, chip {chip} %", share, "%",
                       "within 8 points", abs(share - chip) <= 8)
    _add_total_latency(claims, layers, profiles, watts, ends)


def _add_total_latency(claims, layers, profiles, watts, ends):
    """The other reading: power is energy over the latency with waits for DRAM."""
    rates = np.array([chip_power.rate(profile, "total") for profile in profiles])
    fitted = chip_power.fit(rates[ends], watts[ends])
    errors = (fitted[0] * rates + fitted[1]) / watts - 1
    claims.add("power over total latency instead: largest error", 100 * float(max(abs(errors))), "%",
               "printed", True)
    for k in ends:
        claims.add(f"power over total latency instead: share of spads, {layers[k].name}",
                   chip_power.share(profiles[k], "rf", *fitted, "total"), "%", "printed", True)
    for k in ends:
        # What the chip's own figures say a MAC takes: it should not depend on the layer.
        joules = watts[k] * chip_power.SHARES[layers[k].name]["alu"] / 100 / 1e3
        macs = profiles[k]["event_energy"]["alu"]
        for latency in ("processing", "latency"):
            seconds = layers[k].measured[f"{latency}_ms"] / 1e3
            claims.add(f"{layers[k].name}: chip's energy of a MAC by its {latency} time",
                       joules * seconds / macs * 1e12, "pJ", "printed", True)
