"""Real models in float, converted to every opset that onnx.version_converter accepts."""

import collections

import numpy as np
import onnx

from models import REAL, difference
from opsets import CLOSE, conversions
from tools import run, start


def compile_float(model, file):
    """None, or why the model does not compile."""
    onnx.save(model, file)
    result = start("compile", file, "--device=cpu", "--quiet", "-o", file.with_suffix(".rlk"))
    return result.stderr.decode().strip() or "killed" if result.returncode else None


def outputs(program, model):
    """Of a random input."""
    given = {i.name for i in model.graph.initializer}
    port = next(i for i in model.graph.input if i.name not in given)
    shape = [max(1, d.dim_value) for d in port.type.tensor_type.shape.dim]
    folder = program.parent
    np.save(folder / "x.npy",
            np.random.default_rng(0).uniform(-1, 1, shape).astype(np.float32))
    files = [folder / f"y{k}.npy" for k in range(len(model.graph.output))]
    run("run", program, f"--input={folder / 'x.npy'}", "--quiet",
        *(f"--output={file}" for file in files))
    return [np.load(file) for file in files]


def verdict(made, model, own):
    """How the outputs of program `made` relate to `own`."""
    theirs = outputs(made, model)
    if all(a.shape == b.shape and a.tobytes() == b.tobytes()
           for a, b in zip(theirs, own, strict=True)):
        return "same bits"
    off = [difference(a, b) for a, b in zip(theirs, own, strict=True)]
    return "close" if all(d <= CLOSE for d in off) else f"differs by {max(off):.2g} of the range"


def measure(claims, folder):
    refused, found, wrong = collections.Counter(), collections.Counter(), []
    given, made = folder / "given.onnx", folder / "made.onnx"
    for file in REAL:
        if "qdq" in file.stem or "int8" in file.stem:
            continue
        model = onnx.load(file)
        own_fault = compile_float(model, given)
        own = None if own_fault else outputs(given.with_suffix(".rlk"), model)
        for opset, converted, reason in conversions(model):
            if reason:
                refused[reason] += 1
                continue
            fault = own_fault or compile_float(converted, made)
            word = "not compiled" if fault else verdict(
                made.with_suffix(".rlk"), model, own)
            known = word in ("not compiled", "same bits", "close")
            found[word if known else "different"] += 1
            if fault or not known:
                wrong.append(f"{file.stem} to opset {opset}: {fault or word}")
    report(claims, refused, found, [line.replace(str(folder), "") for line in wrong])


def report(claims, refused, found, wrong):
    accepted = found.total()
    tried, compiled = accepted + refused.total(), accepted - found["not compiled"]
    same = found["same bits"] + found["close"]
    reasons = ", ".join(f"{reason}: {count}" for reason, count in refused.most_common())
    faults = "; ".join(wrong[:3])
    claims.add(f"conversions by onnx.version_converter that compile; of {tried} tried it refuses "
               f"{refused.total()} ({reasons})", f"{compiled} of {accepted}", faults,
               "all that it makes", compiled == accepted)
    claims.add(f"conversions with the model's own output ({found['same bits']} the same bits, "
               f"{found['close']} within {CLOSE:g} of the range)", f"{same} of {accepted}", faults, "all that it makes",
               same == accepted)
