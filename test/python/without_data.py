"""What networks cost without running them on data."""

import json

import numpy as np
import onnx

from tools import run


class Network:
    """A model whose weights are drawn at random, calibrated once for a target."""

    def __init__(self, model, target, folder):
        self.target, self.folder = target, folder
        onnx.save(model, folder / "m.onnx")
        shape = [size.dim_value for size in model.graph.input[0].type.tensor_type.shape.dim]
        np.save(folder / "x.npy",
                np.random.default_rng(1).normal(0, 1, shape).astype(np.float32))
        self.ranges = f"--calibrate={folder / 'x.npy'}"

    def profile(self, *options):
        """Counts and times without data: nothing gated, nothing coded."""
        saved, program = self.folder / "ranges.yaml", self.folder / "m.rlk"
        run("compile", self.folder / "m.onnx", f"--target={self.target}", "--random-weights=1",
            self.ranges, f"--save-calibration={saved}", "--quiet", *options, "-o", program)
        self.ranges = f"--calibration-table={saved}"
        run("run", program, "--no-data", f"--profile-json={self.folder / 'p.json'}")
        return json.loads((self.folder / "p.json").read_text())
