"""`evaluate` against the simulator: every layer of every model that imports."""

import json

from tools import DATA, start
from without_data import random_input

# Counts that follow from the mapping alone.
COUNTS = ("passes", "active_pes", "macs", "glb_ifmap_reads", "glb_psum_reads", "glb_psum_writes",
          "glb_fill_words", "glb_drain_words", "filter_words", "filter_deliveries",
          "ifmap_deliveries", "psum_deliveries", "dram_filter_bytes", "dram_ifmap_bytes",
          "dram_ofmap_bytes", "dram_record_bytes")


def compiled(model, folder, target, *options):
    """The program of a model, or why there is none."""
    result = start("compile", model, f"--target={target}", "--random-weights=1", "--quiet",
                   f"--calibrate={random_input(model, folder)}", *options, "-o",
                   folder / "m.rlk")
    if result.returncode:
        return None, result.stderr.decode().strip()
    return folder / "m.rlk", None


def layers_alone(program, folder):
    """Counts and times of the layers without data, each alone."""
    result = start("run", program, "--no-data", "--layers-apart",
                   f"--profile-json={folder / 'p.json'}")
    assert result.returncode == 0, result.stderr.decode()
    return json.loads((folder / "p.json").read_text())["layers"]


def add(claims, folder, target="eyeriss-int8"):
    total = different = diverging = 0
    worst = 0.0
    for model in sorted((DATA / "models").rglob("*.onnx")):
        # Every tensor, and gated MACs against `evaluate` with the run's zeros.
        program, reason = compiled(model, folder, target, "--verify")
        if not program:
            program, reason = compiled(model, folder, target)
            diverging += program is not None
        if not program:
            claims.add(f"{model.name}: {reason.removeprefix(str(model) + ': ')}", 0, "layers",
                       "imports", None)
            continue
        layers = layers_alone(program, folder)
        total += len(layers)
        different += sum(layer["counts"][key] != layer["predicted"][key]
                         for layer in layers for key in COUNTS)
        worst = max([worst] + [abs(layer["predicted"]["cycles"] / layer["cycles"]["total"] - 1)
                               for layer in layers])
    claims.add(f"counts of evaluate that are not the simulator's, {len(COUNTS)} of each of "
               f"{total} layers", different, "counts", "0", total > 0 and different == 0)
    claims.add("networks with a tensor that is not the evaluator's, or gated MACs that are not "
               "those of evaluate given the run's zeros", diverging, "networks", "0",
               total > 0 and diverging == 0)
    claims.add("cycles of evaluate against the simulator's, the worst layer", 100 * worst, "%",
               "within 1 %", worst <= 0.01)
