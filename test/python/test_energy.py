"""Energy against its definition (hardware.md, section 6) and published charts."""

import pytest

import chip_power
import networks
import silicon
from tools import needs_data
from without_data import Network

PARTS = ("alu", "rf", "array", "glb", "dram")


def accounts(counts):
    """The normalised account and that of every event, of 16-bit operands and psums."""
    cost = {row["level"]: float(row["energy"]) for row in silicon.table("isca2016_energy_model")}
    active = counts["macs"] - counts["gated_macs"]
    delivered = {kind: counts[f"{kind}_deliveries"] for kind in ("ifmap", "filter", "psum")}
    glb = sum(counts[f"glb_{what}"] for what in
              ("ifmap_reads", "psum_reads", "psum_writes", "fill_words", "drain_words"))
    dram = sum(counts[f"dram_{kind}_bytes"] for kind in ("ifmap", "filter", "ofmap"))
    # A zero ifmap word is read; filter, psum in and out, and the MAC are gated.
    rf = counts["macs"] + 3 * active
    fills = delivered["ifmap"] + delivered["filter"] + 2 * delivered["psum"]
    normalised = (cost["mac"] * active, cost["rf"] * rf, cost["array"] * sum(delivered.values()),
                  cost["global_buffer"] * glb, cost["dram"] * dram / 2)
    events = (normalised[0], cost["rf"] * (rf + fills), normalised[2],
              cost["global_buffer"] * (glb + 2 * counts["filter_words"]),
              cost["dram"] * (dram + counts["dram_record_bytes"]) / 2)
    return dict(zip(PARTS, normalised)), dict(zip(PARTS, events))


def check_accounts(layer):
    for key, parts in zip(("energy", "event_energy"), accounts(layer["counts"])):
        for part in PARTS:
            assert layer[key][part] == pytest.approx(parts[part], rel=1e-12), (key, part)
        assert layer[key]["total"] == pytest.approx(sum(parts.values()), rel=1e-12)


@needs_data
def test_chart_of_isca_2016(tmp_path):
    network = Network(networks.alexnet(classify=False), "eyeriss-256", tmp_path)
    layers = network.profile("--batch=16", "--objective=energy")["layers"]
    parts = silicon.table("isca2016_alexnet_rs_parts")
    chart = silicon.table("isca2016_alexnet_rs_energy")
    assert len(layers) == len(chart) == 5
    for layer, part, bar in zip(layers, parts, chart):
        check_accounts(layer)
        assert f"{layer['energy']['alu'] / 1e9:.2f}" == part["alu"]
        assert f"{layer['energy']['rf'] / 1e9:.2f}" == part["rf"]
        assert abs(layer["energy"]["total"] / float(bar["energy"]) - 1) <= 0.1


@needs_data
def test_power_of_the_chip(tmp_path):
    layers = silicon.layers()
    profiles = [silicon.simulate(layer, tmp_path)[1] for layer in layers]
    shipped = tuple(silicon.target(tmp_path).values())
    rates = [chip_power.rate(profile) for profile in profiles]
    watts = [layer.measured["power_mw"] for layer in layers]
    for profile, power in zip(profiles, watts):
        check_accounts(profile)
        assert 0 < profile["counts"]["gated_macs"] < profile["counts"]["macs"]
        assert abs(1e3 * profile["chip_watts"] / power - 1) <= 0.1
    fitted = chip_power.fit([rates[0], rates[4]], [watts[0], watts[4]])
    assert fitted == pytest.approx(shipped, rel=0.005)
    for k in (0, 4):
        for part, share in chip_power.SHARES[layers[k].name].items():
            assert abs(chip_power.share(profiles[k], part, *fitted) - share) <= 8
