"""What networks cost without running them on data."""

import json

import numpy as np
import onnx

from tools import run


def random_input(model, folder):
    """One input of random numbers for a model's file, as x.npy."""
    graph = onnx.load(model, load_external_data=False).graph
    weights = {i.name for i in graph.initializer}
    shape = next(i for i in graph.input if i.name not in weights).type.tensor_type.shape
    sizes = [d.dim_value or 1 for d in shape.dim]
    np.save(folder / "x.npy",
            np.random.default_rng(0).normal(0, 1, sizes).astype(np.float32))
    return folder / "x.npy"


class Network:
    """A model whose weights are drawn at random, calibrated once for a target."""

    def __init__(self, model, target, folder):
        self.target, self.folder = target, folder
        onnx.save(model, folder / "m.onnx")
        self.ranges = [f"--calibrate={random_input(folder / 'm.onnx', folder)}",
                       f"--save-calibration={folder / 'ranges.yaml'}"]

    def profile(self, *options):
        """Counts and times without data: nothing gated, nothing coded."""
        program = self.folder / "m.rlk"
        run("compile", self.folder / "m.onnx", f"--target={self.target}", "--random-weights=1",
            *self.ranges, "--quiet", *options, "-o", program)
        self.ranges = [f"--calibration-table={self.folder / 'ranges.yaml'}"]
        run("run", program, "--no-data", f"--profile-json={self.folder / 'p.json'}")
        return json.loads((self.folder / "p.json").read_text())
