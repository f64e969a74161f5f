"""Real models in float, converted to every opset that onnx.version_converter accepts."""

import numpy as np
import onnx
from onnx import version_converter

from models import REAL, difference
from tools import run, start

OLDEST = 7


def version(model):
    return next(o.version for o in model.opset_import if o.domain in ("", "ai.onnx"))


def conversions(model):
    """(opset, converted model) for what the converter accepts."""
    for opset in range(OLDEST, onnx.defs.onnx_opset_version() + 1):
        if opset == version(model):
            continue
        try:
            yield opset, version_converter.convert_version(model, opset)
        except Exception:  # pylint: disable=broad-except
            continue  # it has no adapter for an operator of the model


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


def measure(claims, folder):
    accepted, same, wrong = 0, 0, []
    given, made = folder / "given.onnx", folder / "made.onnx"
    for file in REAL:
        if "qdq" in file.stem or "int8" in file.stem:
            continue
        model = onnx.load(file)
        refused = compile_float(model, given)
        own = refused or outputs(given.with_suffix(".rlk"), model)
        for opset, converted in conversions(model):
            accepted += 1
            why = refused or compile_float(converted, made)
            programs = [f.with_suffix(".rlk") for f in (given, made)]
            # One program has one output.
            if not why and programs[0].read_bytes() != programs[1].read_bytes():
                theirs = outputs(programs[1], model)
                off = max(difference(a, b) for a, b in zip(theirs, own, strict=True))
                why = f"differs by {off:.2g} of the range" if off > 1e-5 else None
            same += not why
            if why:
                wrong.append(f"{file.stem} to opset {opset}: {why}".replace(str(folder), ""))
    claims.add("conversions by onnx.version_converter with the model's own output",
               f"{same} of {accepted}", "; ".join(wrong[:3]), "all that it accepts",
               same == accepted)
