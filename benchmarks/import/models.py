"""Every real model of ../shared: imports, compiles, runs, beside ONNX Runtime."""

import re

import numpy as np
import onnx

from quantised import IMAGENET, MODELS, TINY, session
from tools import run, start

REAL = [*sorted(IMAGENET.glob("*.onnx")), MODELS / "mnist" / "mnist-8.onnx",
        *sorted((MODELS / "other").glob("*.onnx")), *sorted(TINY.glob("*.onnx"))]

# Least and greatest input, else -1 and 1. YuNet's scores are next to nothing for what is
# no picture, and ONNX Runtime's sigmoid is off by 1e-7 there, a hundredth of their range.
INPUTS = {"yunet_n_320_320": (0, 255)}


def random_input(file, shape):
    low, high = INPUTS.get(file.stem, (-1, 1))
    return np.random.default_rng(0).uniform(low, high, shape).astype(np.float32)


def measure(claims, folder):
    """One random input each; the float networks are calibrated on it."""
    for file in REAL:
        judge = session(onnx.load(file))
        port = judge.get_inputs()[0]
        shape = [size if isinstance(size, int) else 1 for size in port.shape]
        image = random_input(file, shape)
        np.save(folder / "x.npy", image)
        result = start("compile", file, "-o", folder / "m.rlk", "--verify",
                       f"--calibrate={folder / 'x.npy'}")
        said = result.stderr.decode().strip()
        layers = re.search(r"(\d+) layers on the array of \S+, (\d+) on the host",
                           result.stdout.decode())
        words = said.replace(str(file), file.name)
        if layers:
            words = f"{layers[1]} layers on the array, {layers[2]} on the host; {words}"
        claims.add(f"{file.stem} compiles, sim equals evaluator", words, "", "every tensor",
                   result.returncode == 0)
        # Part `quantised` judges quantised networks, on inputs that are theirs.
        if result.returncode or "qdq" in file.stem or "int8" in file.stem:
            continue
        run("compile", file, "--device=cpu", "--quiet", "-o", folder / "c.rlk")
        outputs = [folder / f"y{k}.npy" for k in range(len(judge.get_outputs()))]
        run("run", folder / "c.rlk", f"--input={folder / 'x.npy'}",
            *(f"--output={output}" for output in outputs))
        half = port.type == "tensor(float16)"
        expected = judge.run(None, {port.name: image.astype(np.float16) if half else image})
        worst = max((difference(np.load(ours), theirs) for ours, theirs in zip(outputs, expected)),
                    key=lambda off: np.inf if np.isnan(off) else off)
        bar = 2e-3 if half else 1e-4  # ONNX Runtime computes float16 in float16
        claims.add(f"{file.stem}: outputs on the CPU beside ONNX Runtime's", worst,
                   "of the range", f"at most {bar:g}", worst <= bar)


def difference(ours, theirs):
    theirs = theirs.astype(np.float32).reshape(-1)
    spread = np.ptp(theirs) if np.ptp(theirs) > 0 else max(np.abs(theirs).max(), 1e-6)
    return float(np.abs(ours.reshape(-1) - theirs).max() / spread)
