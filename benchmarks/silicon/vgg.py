"""VGG-16's CONV layers, batch 3: the chip's totals beside ours. Nothing is fitted
on them, and the chip's mappings were not published."""

import csv
import pathlib

import numpy as np

import chip_power
import networks
import silicon
from run_length import fmap_bytes
from without_data import Network

FILE = pathlib.Path(__file__).parent / "eyeriss_v1_vgg16_measured.csv"
SIZES = [224] * 2 + [112] * 2 + [56] * 3 + [28] * 3 + [14] * 3
# Of the chip, in all (hardware.md, section 4; processing: the sum of the table).
CHIP = {"latency": 4309.5, "processing": 3755.2, "power": 236, "glb": 11035.8, "dram": 321.1}


def measured():
    with open(FILE, encoding="utf-8") as stream:
        return list(csv.DictReader(line for line in stream if not line.startswith("#")))


def gated_share(zeros, size):
    """Of the MACs of a 3 x 3 filter, with a row of zeros around the ifmap."""
    return 1 - (1 - zeros) * ((3 * size - 2) / (3 * size)) ** 2


def coded_share(zeros, size):
    """Coded bytes over raw ones, zeros at random, by the plane."""
    rng = np.random.default_rng(1)
    planes = rng.random((1, 64, size, size)) >= zeros
    return fmap_bytes(planes, size) / (2 * planes.size)


def dram_bytes(layer, zeros, after, size, first):
    """With everything coded but the network's input."""
    counts = layer["counts"]
    return counts["dram_filter_bytes"] \
        + counts["dram_ifmap_bytes"] * (1 if first else coded_share(zeros, size)) \
        + counts["dram_ofmap_bytes"] * coded_share(after, size)


def describe(milliseconds, glb_mb, dram_mb, core_mhz=200):
    """Words of the GLB's ports in a cycle: at most an ifmap word and 4 psums each way."""
    words = glb_mb * 1e6 / 2 / (milliseconds * 1e3 * core_mhz)
    return f"{milliseconds:.1f} ms, {glb_mb:.1f} MB ({words:.1f}), {dram_mb:.1f} MB"


def add(claims, folder):
    profile = Network(networks.vgg16(classify=False), "eyeriss-v1", folder).profile("--batch=3")
    layers, chip = profile["layers"], measured()
    unit = {row["level"]: float(row["energy"]) for row in silicon.table("isca2016_energy_model")}
    zeros = [float(row["zeros_ifmap_pct"]) / 100 for row in chip]
    glb = [silicon.glb_bytes(layer) / 1e6 for layer in layers]
    dram = [dram_bytes(layer, *of, k == 0) / 1e6 for k, (layer, *of) in
            enumerate(zip(layers, zeros, zeros[1:] + zeros[-1:], SIZES, strict=True))]
    processing, latency = zip(*map(silicon.milliseconds, layers))
    # A gated MAC spends the read of its ifmap word alone.
    units = sum(chip_power.units(layer) - layer["counts"]["macs"] * gated_share(share, size)
                * (unit["mac"] + 3 * unit["rf"])
                for layer, share, size in zip(layers, zeros, SIZES))
    power = units * profile["mac16_picojoules"] * 1e-9 / (sum(processing) / 1e3) \
        + profile["static_milliwatts"]
    for row, *ours in zip(chip, processing, glb, dram):
        theirs = [float(row[key]) for key in ("processing_ms", "glb_mb", "dram_mb")]
        claims.add(f"VGG-16 {row['layer']}: processing, GLB (words a cycle), DRAM, chip "
                   + describe(*theirs), describe(*ours), "", "printed", True)
    for what, value, key, name in (
            ("processing", sum(processing), "processing", "ms"),
            ("latency, nothing coded", sum(latency), "latency", "ms"),
            ("GLB bytes", sum(glb), "glb", "MB"),
            ("DRAM bytes after compression, zeros at random", sum(dram), "dram", "MB"),
            ("power while processing", power, "power", "mW")):
        claims.add(f"VGG-16 CONV, batch 3: {what}, chip {CHIP[key]} {name}", value, name, "printed",
                   True)
