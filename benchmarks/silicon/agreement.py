"""`evaluate` against the simulator: every layer of every model that imports."""

import json

import numpy as np
import onnx

from tools import DATA, start

# Counts that follow from the mapping alone.
COUNTS = ("passes", "active_pes", "macs", "glb_ifmap_reads", "glb_psum_reads", "glb_psum_writes",
          "glb_fill_words", "glb_drain_words", "filter_words", "filter_deliveries",
          "ifmap_deliveries", "psum_deliveries", "dram_filter_bytes", "dram_ifmap_bytes",
          "dram_ofmap_bytes", "dram_record_bytes")


def random_input(model, folder):
    """One input of random numbers, as a file."""
    graph = onnx.load(model, load_external_data=False).graph
    weights = {i.name for i in graph.initializer}
    shape = next(i for i in graph.input if i.name not in weights).type.tensor_type.shape
    sizes = [d.dim_value or 1 for d in shape.dim]
    np.save(folder / "x.npy",
            np.random.default_rng(0).normal(0, 1, sizes).astype(np.float32))
    return folder / "x.npy"


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
    total = different = 0
    worst = 0.0
    for model in sorted((DATA / "models").rglob("*.onnx")):
        # --verify also holds gated MACs to `evaluate` with the run's zeros.
        program, reason = compiled(model, folder, target, "--verify")
        assert program or "gated MACs" not in reason, reason
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
    claims.add("gated MACs of evaluate, given the run's zeros, on the layers of them in one part",
               0, "differing", "0", total > 0)
    claims.add("cycles of evaluate against the simulator's, the worst layer", 100 * worst, "%",
               "within 1 %", worst <= 0.01)
