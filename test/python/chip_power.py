"""Power from the simulator's account of every event (hardware.md, section 6):
two numbers turn units of a MAC into milliwatts."""

import numpy as np

# Shares of the chip's power, in percent (hardware.md, section 4).
SHARES = {"CONV1": {"rf": 42.5, "alu": 8.9}, "CONV5": {"rf": 33.1, "alu": 3.0}}


def units(profile):
    """Energy on the chip."""
    parts = profile["event_energy"]
    return parts["total"] - parts["dram"]


def rate(profile, latency="processing", core_mhz=200):
    """Milliwatts for each pJ that a unit takes."""
    return units(profile) * 1e-9 / (profile["cycles"][latency] / core_mhz / 1e6)


def fit(rates, milliwatts):
    """(pJ, mW): the least squares of relative errors; of two layers, exact."""
    scale = 1 / np.asarray(milliwatts)
    system = np.stack([np.asarray(rates) * scale, scale], axis=1)
    return np.linalg.lstsq(system, np.ones(len(scale)), rcond=None)[0]


def without_each(rates, milliwatts):
    """Relative error of each layer by the fit on the others."""
    errors = []
    for k, (rate_k, power) in enumerate(zip(rates, milliwatts)):
        picojoules, constant = fit(np.delete(rates, k), np.delete(milliwatts, k))
        errors.append((picojoules * rate_k + constant) / power - 1)
    return errors


def share(profile, part, picojoules, constant, latency="processing"):
    """Of the chip's power, in percent."""
    per_unit = rate(profile, latency) * picojoules / units(profile)
    return 100 * profile["event_energy"][part] * per_unit / (per_unit * units(profile) + constant)
