"""Convolutions, pools and products of every rank and attribute, many in one model,
beside ONNX Runtime; and what of them runs on the array."""

import dataclasses
import re

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

import tools
from graphs import IR_VERSION
from tools import run

tools.skip_without_extension()
import onnx_cpu  # noqa: E402

onnxruntime.set_default_logger_severity(4)
OPSET = 21


@dataclasses.dataclass
class Case:
    op: str
    operands: list
    attributes: dict
    constants: set  # positions of operands that are known
    results: int = 1

    def __str__(self):
        return f"{self.op} {[values.shape for values in self.operands]} {self.attributes}"


def floats(rng, *shape):
    return rng.normal(0, 1, shape).astype(np.float32)


def pick(rng, low, high):
    return int(rng.integers(low, high + 1))


def window(rng, sizes, least=1):
    """Kernel, strides and dilations that fit, and pads of some kind."""
    kernel = [pick(rng, least, 3) for _ in sizes]
    attributes = {"strides": [pick(rng, 1, 3) for _ in sizes],
                  "dilations": [pick(rng, 1, 2) if k < s else 1 for k, s in zip(kernel, sizes)]}
    for d, size in enumerate(sizes):
        if (kernel[d] - 1) * attributes["dilations"][d] >= size:
            attributes["dilations"][d] = 1
    kind = rng.choice(["none", "pads", "SAME_UPPER", "SAME_LOWER", "VALID"])
    if kind == "pads":
        attributes["pads"] = [pick(rng, 0, k - 1) for k in kernel * 2]
    elif kind != "none":
        attributes["auto_pad"] = str(kind)
        del attributes["dilations"]  # ONNX Runtime disregards them there
    return kernel, attributes


def sizes_of(rng, rank):
    return [pick(rng, 4, 9 if rank < 3 else 6) for _ in range(rank)]


def constants(rng, candidates):
    return {k for k in candidates if rng.random() < 0.5}


def conv(rng, rank):
    sizes = sizes_of(rng, rank)
    kernel, attributes = window(rng, sizes)
    groups = pick(rng, 1, 2)
    channels, filters = groups * pick(rng, 1, 3), groups * pick(rng, 1, 3)
    operands = [floats(rng, pick(rng, 1, 2), channels, *sizes),
                floats(rng, filters, channels // groups, *kernel)]
    if rng.random() < 0.5:
        operands.append(floats(rng, filters))
    return Case("Conv", operands, dict(attributes, group=groups), constants(rng, (1, 2)))


def conv_transpose(rng, rank):
    sizes = [pick(rng, 2, 5) for _ in range(rank)]
    kernel = [pick(rng, 1, 4) for _ in sizes]
    strides = [pick(rng, 1, 3) for _ in sizes]
    groups = pick(rng, 1, 2)
    channels, filters = groups * pick(rng, 1, 3), pick(rng, 1, 3)
    attributes = {"group": groups, "strides": strides}
    kind = rng.choice(["pads", "output_shape", "SAME_UPPER", "VALID"])
    if kind == "pads":
        attributes["dilations"] = [pick(rng, 1, 2) for _ in sizes]
        attributes["pads"] = [pick(rng, 0, k - 1) for k in kernel * 2]
        attributes["output_padding"] = [pick(rng, 0, s - 1) for s in strides]
    elif kind == "output_shape":
        # Of results beyond what there is, ONNX Runtime's are wrong.
        attributes["output_shape"] = [
            pick(rng, 1, (n - 1) * s + k) for n, s, k in zip(sizes, strides, kernel)]
    else:
        attributes["auto_pad"] = str(kind)
        # With gaps between kernels, ONNX Runtime's SAME result is too small.
        kernel = [max(k, s) for k, s in zip(kernel, strides)]
    operands = [floats(rng, pick(rng, 1, 2), channels, *sizes),
                floats(rng, channels, filters, *kernel)]
    if rng.random() < 0.5:
        operands.append(floats(rng, filters * groups))
    return Case("ConvTranspose", operands, attributes, constants(rng, (1, 2)))


def pool(op):
    def make(rng, rank):
        sizes = sizes_of(rng, rank)
        kernel, attributes = window(rng, sizes, least=2)
        attributes["kernel_shape"] = kernel
        # Rounded up, ONNX Runtime's other pools have windows in the padding alone.
        if op == "MaxPool" and "auto_pad" not in attributes:
            attributes["ceil_mode"] = pick(rng, 0, 1)
        if op == "AveragePool":
            attributes["count_include_pad"] = pick(rng, 0, 1)
        if op == "LpPool":
            attributes["p"] = pick(rng, 1, 3)
        results = 1
        if op == "MaxPool":
            attributes["storage_order"] = pick(rng, 0, 1)
            results = pick(rng, 1, 2)
        operands = [floats(rng, pick(rng, 1, 2), pick(rng, 1, 3), *sizes)]
        return Case(op, operands, attributes, set(), results)
    make.__name__ = op
    return make


def global_pool(op):
    def make(rng, rank):
        operands = [floats(rng, 2, 3, *sizes_of(rng, rank))]
        return Case(op, operands, {"p": pick(rng, 1, 3)} if op == "GlobalLpPool" else {}, set())
    make.__name__ = op
    return make


def gemm(rng, _):
    rows, depth, columns = (pick(rng, 1, 5) for _ in range(3))
    across, back = pick(rng, 0, 1), pick(rng, 0, 1)
    operands = [floats(rng, *((depth, rows) if across else (rows, depth))),
                floats(rng, *((columns, depth) if back else (depth, columns)))]
    third = [None, (), (1,), (columns,), (1, columns), (rows, 1), (rows, columns)][pick(rng, 0, 6)]
    if third is not None:
        operands.append(floats(rng, *third))
    attributes = {"transA": across, "transB": back}
    if rng.random() < 0.5:
        attributes.update(alpha=0.5, beta=-2.0)
    return Case("Gemm", operands, attributes, constants(rng, (0, 1, 2)))


def matmul(rng, _):
    rows, depth, columns = (pick(rng, 1, 4) for _ in range(3))
    lead = [pick(rng, 1, 3) for _ in range(pick(rng, 0, 2))]

    def some():
        return [1 if rng.random() < 0.3 else n for n in lead[pick(rng, 0, len(lead)):]]
    left = [depth] if rng.random() < 0.2 else [*some(), rows, depth]
    right = [depth] if rng.random() < 0.2 else [*some(), depth, columns]
    operands = [floats(rng, *left), floats(rng, *right)]
    if rng.random() < 0.2:
        operands = [np.rint(3 * values).astype(np.int32) for values in operands]
    return Case("MatMul", operands, {}, constants(rng, (0, 1)))


MAKERS = [conv, conv_transpose, *map(pool, ("MaxPool", "AveragePool", "LpPool")),
          *map(global_pool, ("GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool")), gemm, matmul]


def graph_of(cases):
    """One model, and what goes into it."""
    nodes, inputs, outputs, known, feeds = [], [], [], [], {}
    for k, case in enumerate(cases):
        names = []
        for position, values in enumerate(case.operands):
            name = f"x{k}_{position}"
            names.append(name)
            if position in case.constants:
                known.append(numpy_helper.from_array(values, name))
                continue
            feeds[name] = values
            inputs.append(helper.make_tensor_value_info(
                name, helper.np_dtype_to_tensor_dtype(values.dtype), values.shape))
        results = [f"y{k}_{r}" for r in range(case.results)]
        nodes.append(helper.make_node(case.op, names, results, name=f"{case.op}{k}",
                                      **case.attributes))
        kind = helper.np_dtype_to_tensor_dtype(case.operands[0].dtype)
        outputs += [helper.make_tensor_value_info(name, TensorProto.INT64 if r else kind, None)
                    for r, name in enumerate(results)]
    graph = helper.make_graph(nodes, "windows", inputs, outputs, known)
    return helper.make_model(graph, ir_version=IR_VERSION,
                             opset_imports=[helper.make_opsetid("", OPSET)]), feeds


def runs(case):
    """Whether ONNX Runtime takes the case and finds no window without elements."""
    model, feeds = graph_of([case])
    try:
        results = judge(model, feeds)
    except Exception:  # pylint: disable=broad-except
        return False
    return all(np.isfinite(result).all() and result.size for result in results)


def judge(model, feeds):
    session = onnxruntime.InferenceSession(model.SerializeToString(),
                                           providers=["CPUExecutionProvider"])
    return session.run(None, feeds)


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_beside_onnx_runtime(make):
    rng = np.random.default_rng(sum(map(ord, make.__name__)))
    cases = [case for _ in range(10) for rank in (1, 2, 3) if runs(case := make(rng, rank))]
    assert len(cases) >= 15
    model, feeds = graph_of(cases)
    results = onnx_cpu.run(model, feeds)
    names = [output.name for output in model.graph.output]
    for name, actual, expected in zip(names, results, judge(model, feeds), strict=True):
        case = cases[int(name[1:].split("_")[0])]
        assert actual.shape == expected.shape and actual.dtype == expected.dtype, str(case)
        np.testing.assert_allclose(actual, expected, rtol=1e-4, atol=1e-5, err_msg=str(case))


LAYERS = {
    "line": ("Conv", (1, 4, 20), (6, 2, 3), {"group": 2, "pads": [1, 2], "strides": [2]}),
    "space": ("Conv", (1, 2, 4, 6, 6), (4, 2, 2, 3, 3), {"pads": [1, 1, 1, 0, 1, 1]}),
    "transposed line": ("ConvTranspose", (1, 4, 9), (4, 3, 3), {"strides": [2], "group": 2}),
    "transposed": ("ConvTranspose", (1, 4, 5, 6), (4, 6, 3, 2),
                   {"strides": [2, 1], "pads": [1, 0, 0, 1], "output_padding": [1, 0]}),
}


@pytest.mark.parametrize("name", LAYERS)
def test_on_the_array(name, tmp_path):
    """Quantised by calibration, one layer of the array with bias and activation."""
    op, shape, filters, attributes = LAYERS[name]
    rng = np.random.default_rng(5)
    channels = filters[0]
    if op == "ConvTranspose":
        channels = filters[1] * attributes.get("group", 1)
    vectors = [rng.uniform(0.5, 1.5, channels).astype(np.float32) for _ in range(4)]
    weights = {"w": floats(rng, *filters), **{f"v{k}": v for k, v in enumerate(vectors)}}
    nodes = [helper.make_node(op, ["x", "w"], ["a"], **attributes),
             helper.make_node("BatchNormalization", ["a", *list(weights)[1:]], ["b"]),
             helper.make_node("Relu", ["b"], ["y"])]
    info = helper.make_tensor_value_info
    graph = helper.make_graph(nodes, "layer", [info("x", TensorProto.FLOAT, shape)],
                              [info("y", TensorProto.FLOAT, None)],
                              [numpy_helper.from_array(v, k) for k, v in weights.items()])
    model = helper.make_model(graph, ir_version=IR_VERSION,
                              opset_imports=[helper.make_opsetid("", OPSET)])
    onnx.save(model, tmp_path / "m.onnx")
    values = floats(rng, *shape)
    np.save(tmp_path / "x.npy", values)
    said = run("compile", tmp_path / "m.onnx", f"--calibrate={tmp_path / 'x.npy'}", "--verify",
               "-o", tmp_path / "m.rlk")
    assert re.search(r"\b1 layers? on the array", said), said
    run("run", tmp_path / "m.rlk", f"--input={tmp_path / 'x.npy'}",
        f"--output={tmp_path / 'y.npy'}")
    expected = judge(model, {"x": values})[0]
    assert np.abs(np.load(tmp_path / "y.npy") - expected).max() <= 0.03 * np.ptp(expected)
