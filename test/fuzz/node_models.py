"""Models of one operator each, from ONNX's own node tests, for the fuzzer to start from."""

import itertools
import pathlib
import subprocess
import sys
import tempfile

import onnx

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "python"))
from onnx_cases import load_cases  # noqa: E402
from tools import BIN  # noqa: E402

MOST_BYTES = 3000
MOST_CASES = 16  # of an operator


def stays_first(k, _):
    return k == 0


FLOATS = (onnx.TensorProto.FLOAT, onnx.TensorProto.FLOAT16, onnx.TensorProto.DOUBLE)


def stays_data(k, value):
    return k == 0 or (value.data_type in FLOATS and len(value.dims) > 0)


def stays_none(_k, _value):
    return False


def with_constants(case, stays):
    """The case's model as bytes, whose inputs that do not stay are initialisers."""
    model = onnx.ModelProto()
    model.CopyFrom(case.model)
    inputs = list(model.graph.input)
    del model.graph.input[:]
    for k, info in enumerate(inputs):
        value = onnx.TensorProto.FromString(
            (case.folder / "test_data_set_0" / f"input_{k}.pb").read_bytes())
        if stays(k, value):
            model.graph.input.append(info)
        else:
            value.name = info.name
            model.graph.initializer.append(value)
    model.ClearField("doc_string")
    return model.SerializeToString()


def candidates(stays):
    """(operator, name, bytes), of each operator the smallest models."""
    made = []
    for case in load_cases():
        data = with_constants(case, stays)
        if len(data) <= MOST_BYTES:
            made.append((case.op, len(data), case.name, data))
    for op, group in itertools.groupby(sorted(made), key=lambda entry: entry[0]):
        for _, _, name, data in itertools.islice(group, MOST_CASES):
            yield op, name, data


def that_run(models):
    """{operator: bytes} of the first that goes all the way of the target."""
    with tempfile.TemporaryDirectory() as name:
        for _, case, data in models:
            (pathlib.Path(name) / case).write_bytes(data)
        said = subprocess.run([BIN / "replay-models", name], check=True, capture_output=True,
                              text=True).stdout
    fates = dict(line.split(": ", 1) for line in said.splitlines() if ": " in line)
    found = {}
    for op, case, data in models:
        if fates[case] == "ran":
            found.setdefault(op, data)
    return found


def write_node_models(folder):
    """Two models of each operator that the compiler takes: with one input, and with all
    data as inputs; or, if there is neither, one without inputs."""
    first, data = (that_run(list(candidates(stays))) for stays in (stays_first, stays_data))
    known = that_run([model for model in candidates(stays_none)
                      if model[0] not in first and model[0] not in data])
    for suffix, models in (("", {**known, **first}), ("-data", data)):
        for op, model in models.items():
            if suffix and model == first.get(op):
                continue
            (folder / f"seed-node-{op.lower()}{suffix}.onnx").write_bytes(model)
