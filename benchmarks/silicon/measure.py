"""Measures the simulator against the fabricated chip: AlexNet CONV1-5, batch 4;
the energy model against the chart of ISCA 2016; VGG-16 beside the chip."""

import argparse
import pathlib
import sys
import tempfile

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "test" / "python")]
import agreement  # noqa: E402
import coding  # noqa: E402
import normalised  # noqa: E402
import power  # noqa: E402
import silicon  # noqa: E402
import speed  # noqa: E402
import vgg  # noqa: E402
from claims import Claims  # noqa: E402


def add_latency(claims, what, ms, chip, share):
    claims.add(f"{what}, chip {chip:.1f} ms", ms, "ms",
               f"within {100 * share:g} %", abs(ms / chip - 1) <= share)


def measure(claims, layer, folder):
    """Adds the layer's claims; its profile."""
    raw, coded, ofmaps = silicon.simulate(layer, folder)
    counts, expected, chip = raw["counts"], layer.formulas(), layer.measured
    glb, dram = silicon.glb_bytes(raw), silicon.dram_bytes(raw)
    compressed = silicon.dram_bytes(coded) / 1e6
    claims.add(f"{layer.name}: active PEs", counts["active_pes"], "PEs",
               f"{chip['active_pes']:g}, exact",
               counts["active_pes"] == expected["active_pes"] == chip["active_pes"])
    claims.add(f"{layer.name}: GLB bytes by events, chip {chip['glb_mb']} MB", glb / 1e6, "MB",
               f"{expected['glb'] / 1e6:.2f}, the chip within 0.5 %",
               glb == expected["glb"] and abs(glb / 1e6 / chip["glb_mb"] - 1) <= 0.005)
    claims.add(f"{layer.name}: DRAM bytes before compression, chip's chart "
               f"{chip['dram_uncompressed_mb_bar']} MB", dram / 1e6, "MB",
               f"{expected['dram'] / 1e6:.2f} within 1 %", abs(dram / expected["dram"] - 1) <= 0.01)
    claims.add(f"{layer.name}: DRAM bytes after compression, chip {chip['dram_mb']} MB",
               compressed, "MB", "within 15 %", abs(compressed / chip["dram_mb"] - 1) <= 0.15)
    claims.add(f"{layer.name}: gated MACs", 100 * counts["gated_macs"] / counts["macs"], "%",
               "printed", True)
    processing, latency = silicon.milliseconds(coded)
    add_latency(claims, f"{layer.name}: processing latency", processing, chip["processing_ms"], 0.05)
    add_latency(claims, f"{layer.name}: total latency", latency, chip["latency_ms"], 0.1)
    for cause, cycles in coded["cycles"].items():
        claims.add(f"{layer.name}: cycles, {cause}", cycles, "cycles", "printed", True)
    different = int(np.sum(ofmaps != silicon.judge(layer, folder)))
    claims.add(f"{layer.name}: outputs against the evaluator", different, "integers",
               "0 differing", different == 0 and np.ptp(ofmaps) > 0)
    coding.add(claims, layer, coded, ofmaps, folder)
    return coded


def add_totals(claims, layers, profiles):
    total = sum(silicon.dram_bytes(profile) for profile in profiles) / 1e6
    processing, latency = (sum(column) for column in zip(*map(silicon.milliseconds, profiles)))
    chip, chip_processing, chip_latency = (
        sum(layer.measured[key] for layer in layers)
        for key in ("dram_mb", "processing_ms", "latency_ms"))
    add_latency(claims, "processing latency in all", processing, chip_processing, 0.035)
    add_latency(claims, "total latency in all", latency, chip_latency, 0.03)
    # No parameter is fitted: an error with a layer left out is the error itself.
    claims.add("parameters fitted for latency", 0, "parameters", "at most 4", True)
    claims.add(f"DRAM bytes after compression in all, chip {chip:.1f} MB", total, "MB",
               "within 10 %", abs(total / chip - 1) <= 0.1)


def main():
    parser = argparse.ArgumentParser(prog="benchmarks/silicon/run", description=__doc__)
    parser.add_argument("--json", metavar="FILE", help="write the claims as JSON")
    arguments = parser.parse_args()
    if not silicon.TABLES.is_dir():
        sys.exit(f"benchmarks/silicon: {silicon.TABLES} is missing")
    claims = Claims("silicon", ROOT)
    layers = silicon.layers()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        profiles = [measure(claims, layer, folder) for layer in layers]
        add_totals(claims, layers, profiles)
        power.add(claims, layers, profiles, silicon.target(folder))
        normalised.add(claims, folder)
        vgg.add(claims, folder)
        agreement.add(claims, folder)
        speed.add(claims, folder)
    return claims.finish(arguments.json)


if __name__ == "__main__":
    sys.exit(main())
