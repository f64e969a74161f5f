"""Quantised models keep their integers: every layer beside ONNX Runtime's, in
steps of its result, and on the array, element for element, beside the
evaluator."""

import re

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from quantised_graphs import MICROSOFT, QuantisedGraph, save
from tools import DATA, needs_data, one_line, run, start

onnxruntime.set_default_logger_severity(3)


def judge(model, values):
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(model.SerializeToString(), options,
                                           providers=["CPUExecutionProvider"])
    return session.run(None, {"x": values})[0]


def run_program(model, values, folder):
    """On the array, verified beside the evaluator; no calibration but images to
    verify with."""
    np.save(folder / "x.npy", values)
    save(model, folder / "m.onnx")
    run("compile", folder / "m.onnx", "-o", folder / "m.rlk", "--verify",
        f"--calibrate={folder / 'x.npy'}")
    run("run", folder / "m.rlk", f"--input={folder / 'x.npy'}", f"--output={folder / 'y.npy'}")
    return np.load(folder / "y.npy")


def assert_integers(graph, folder, seed=0):
    """Within a step everywhere, and a step off for at most 1 of 1,000: the last
    is a rounding of ties."""
    values = np.random.default_rng(seed).normal(0, 1.5, graph.shape).astype(np.float32)
    model = graph.model()
    expected = judge(model, values)
    step = float(graph.known(graph.last[2]))
    off = np.abs(run_program(model, values, folder).reshape(expected.shape) - expected) / step
    assert off.max() < 1.01, off.max()
    assert (off > 0.5).sum() <= max(1, off.size // 1000), (off > 0.5).sum()
    assert np.unique(expected).size > 10


@pytest.mark.parametrize("form", ["qdq", "qlinear"])
@pytest.mark.parametrize("signed", [False, True], ids=["u8", "i8"])
@pytest.mark.parametrize("kind,per_axis,symmetric", [
    (np.int8, True, True), (np.int8, False, True), (np.int8, True, False),
    (np.uint8, False, False), (np.uint8, True, False)])
def test_convolution(form, signed, kind, per_axis, symmetric, tmp_path):
    if form == "qlinear" and not symmetric and (per_axis or signed):
        pytest.skip("ONNX Runtime has no such QLinearConv")
    graph = QuantisedGraph(3, form, [2, 3, 9, 9], signed)
    graph.conv(12, 3, kind, per_axis, symmetric)
    assert_integers(graph, tmp_path)


@pytest.mark.parametrize("form", ["qdq", "qlinear"])
@pytest.mark.parametrize("signed", [False, True], ids=["u8", "i8"])
def test_chain(form, signed, tmp_path):
    graph = QuantisedGraph(5, form, [2, 4, 8, 8], signed)
    first = graph.conv(8, 3).last
    graph.conv(8, 3, group=8).binary("Add", first).binary("Mul", first).concat(first)
    graph.pool("AveragePool").pool("MaxPool").gemm(10, form == "qdq")
    assert_integers(graph, tmp_path)


@pytest.mark.parametrize("form", ["qdq", "qlinear"])
@pytest.mark.parametrize("signed", [False, True], ids=["u8", "i8"])
@pytest.mark.parametrize("op", ["Sigmoid", "LeakyRelu"])
def test_tables(form, signed, op, tmp_path):
    """Functions between integers are tables."""
    graph = QuantisedGraph(8, form, [2, 3, 6, 6], signed)
    graph.conv(8, 3)
    spread = 0.25 if op == "Sigmoid" else float(graph.known(graph.last[2])) / 0.04
    graph.function(op, spread, **({"alpha": 0.2} if op == "LeakyRelu" else {}))
    assert_integers(graph, tmp_path)
    text = run("compile", tmp_path / "m.onnx", "--emit=nn", "-o", "-")
    assert "nn.table" in text and "nn.unary" not in text


def test_bounds_and_products(tmp_path):
    """A clip narrows the range; Gemm by a matrix that lies the other way."""
    graph = QuantisedGraph(6, "qdq", [3, 2, 6, 6], True)
    graph.conv(8, 3, clip=(-2.0, 60.0)).pool("GlobalAveragePool").gemm(40, False)
    assert_integers(graph, tmp_path)


def test_fake_quantised_weights(tmp_path):
    """Float weights behind QuantizeLinear, as training leaves them."""
    graph = QuantisedGraph(7, "qdq", [1, 3, 8, 8], False)
    graph.conv(8, 3)
    model = graph.model()
    weights = next(n for n in model.graph.node if n.op_type == "Conv").input[1]
    real = next(n for n in model.graph.node if n.output[0] == weights)
    values = numpy_helper.to_array(
        next(i for i in model.graph.initializer if i.name == real.input[0]))
    scale = graph.known(real.input[1])
    model.graph.initializer.append(numpy_helper.from_array(
        (values * scale.reshape(-1, 1, 1, 1)).astype(np.float32), "floats"))
    model.graph.node.insert(0, helper.make_node(
        "QuantizeLinear", ["floats", *real.input[1:]], ["integers"], axis=0))
    real.input[0] = "integers"
    x = np.random.default_rng(0).normal(0, 1, graph.shape).astype(np.float32)
    off = np.abs(run_program(model, x, tmp_path) - judge(model, x))
    assert (off > 0.5 * float(graph.known(graph.last[2]))).mean() <= 0.001


@pytest.mark.parametrize("signed", [False, True], ids=["u8", "i8"])
@pytest.mark.parametrize("columns_last,alpha,bias", [(False, 1.0, True), (True, 1.0, True),
                                                     (True, 0.5, True), (False, 2.0, False)])
def test_qgemm(signed, columns_last, alpha, bias, tmp_path):
    graph = QuantisedGraph(10, "qlinear", [3, 40], signed)
    weights = graph.filter((12, 40), True, np.int8, True)
    added = graph.bias(weights)[0] if bias else ""
    if alpha != 1 and bias:
        added = graph.constant(graph.known(added)[None], np.int32)
    if columns_last:
        weights = (graph.constant(graph.known(weights[0]).T.copy(), np.int8), *weights[1:])
    scale, zero = graph.grid(4.0 * alpha)
    name = graph.node("QGemm", [graph.last[0], *graph.last[2:], weights[0], *weights[2:], added,
                                scale, zero], MICROSOFT, transB=int(not columns_last), alpha=alpha)
    graph.last = (name, [3, 12], scale, zero)
    assert_integers(graph, tmp_path)


@pytest.mark.parametrize("opset,axis", [(11, 1), (13, 1), (13, -1)])
def test_softmax_of_integers(opset, axis, tmp_path):
    graph = QuantisedGraph(11, "qlinear", [2, 5, 7], False)
    scale, zero = graph.constant(np.float32(1 / 256)), graph.constant(0, np.uint8)
    name = graph.node("QLinearSoftmax", [graph.last[0], *graph.last[2:], scale, zero], MICROSOFT,
                      axis=axis, opset=opset)
    graph.last = (name, [2, 5, 7], scale, zero)
    assert_integers(graph, tmp_path)


def test_what_microsoft_leaves_out(tmp_path):
    """Without its zero point a result is of the operand's type, QGemm's a float;
    softmax is along the last axis in every opset; a bias may be one element."""
    graph = QuantisedGraph(18, "qlinear", [2, 4, 8, 8], True)
    scale = graph.constant(np.float32(0.05))
    name = graph.node("QLinearAveragePool", [graph.last[0], *graph.last[2:], scale], MICROSOFT,
                      kernel_shape=[3, 3])
    graph.last = (name, [2, 4, 6, 6], scale, graph.constant(0, np.int8))
    assert_integers(graph, tmp_path)
    graph = QuantisedGraph(19, "qlinear", [2, 3, 7], False)
    scale, zero = graph.constant(np.float32(1 / 256)), graph.constant(0, np.uint8)
    name = graph.node("QLinearSoftmax", [graph.last[0], *graph.last[2:], scale, zero], MICROSOFT,
                      opset=12)
    graph.last = (name, [2, 3, 7], scale, zero)
    assert_integers(graph, tmp_path)
    graph = QuantisedGraph(20, "qlinear", [3, 20], False)
    weights = graph.filter((20, 12), False, np.int8, True)
    name = graph.node("QGemm", [graph.last[0], *graph.last[2:], weights[0], *weights[2:],
                                graph.constant([500], np.int32)], MICROSOFT)
    helper_output = helper.make_tensor_value_info(name, TensorProto.FLOAT, [3, 12])
    model = graph.model()
    model.graph.node.pop()
    model.graph.output[0].CopyFrom(helper_output)
    values = np.random.default_rng(0).normal(0, 1.5, graph.shape).astype(np.float32)
    made, expected = run_program(model, values, tmp_path), judge(model, values)
    assert np.allclose(made, expected, atol=1e-5 * np.ptp(expected))


@pytest.mark.parametrize("op,attributes,size", [
    ("QLinearGlobalAveragePool", {}, 1),
    ("QLinearAveragePool", {"kernel_shape": [3, 3], "strides": [2, 2], "pads": [1, 1, 1, 1]}, 4)])
def test_channels_last(op, attributes, size, tmp_path):
    graph = QuantisedGraph(12, "qlinear", [2, 7, 7, 20], False)
    scale, zero = graph.grid(0.5)
    name = graph.node(op, [graph.last[0], *graph.last[2:], scale, zero], MICROSOFT,
                      channels_last=1, **attributes)
    graph.last = (name, [2, size, size, 20], scale, zero)
    assert_integers(graph, tmp_path)


@pytest.mark.parametrize("kind", [np.uint8, np.int8])
def test_inputs_of_integers(kind, tmp_path):
    graph = QuantisedGraph(17, "qlinear", [2, 3, 8, 8], kind == np.int8)
    graph.conv(6, 3)
    model = graph.model()
    name = model.graph.node.pop(0).output[0]
    model.graph.input[0].CopyFrom(helper.make_tensor_value_info(
        name, helper.np_dtype_to_tensor_dtype(np.dtype(kind)), graph.shape))
    info = np.iinfo(kind)
    values = np.random.default_rng(0).integers(info.min, info.max + 1, graph.shape).astype(kind)
    made = run_program(model, values, tmp_path)
    session = onnxruntime.InferenceSession(model.SerializeToString())
    expected = session.run(None, {name: values})[0]
    assert np.abs(made - expected).max() < 1.01 * float(graph.known(graph.last[2]))
    np.save(tmp_path / "wrong.npy", np.float32(values) + 0.5)
    said = one_line(start("run", tmp_path / "m.rlk", f"--input={tmp_path / 'wrong.npy'}"))
    assert "wrong.npy" in said and "is no integer from" in said


def test_a_filter_of_rank_0(tmp_path):
    graph = QuantisedGraph(21, "qlinear", [1, 1, 4, 4], False)
    graph.conv(1, 1)
    model = graph.model()
    conv = next(node for node in model.graph.node if node.op_type == "QLinearConv")
    filters = next(i for i in model.graph.initializer if i.name == conv.input[3])
    filters.CopyFrom(numpy_helper.from_array(np.int8(3), filters.name))
    save(model, tmp_path / "m.onnx")
    said = one_line(start("compile", tmp_path / "m.onnx", "-o", tmp_path / "m.rlk"))
    assert "(QLinearConv): " in said and "rank 0" in said


def test_integers_that_no_float_holds(tmp_path):
    info = helper.make_tensor_value_info
    graph = helper.make_graph([helper.make_node("Cast", ["x"], ["y"], to=TensorProto.FLOAT)], "g",
                              [info("x", TensorProto.INT64, [1, 2])],
                              [info("y", TensorProto.FLOAT, [1, 2])])
    model = helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 13)])
    save(model, tmp_path / "m.onnx")
    run("compile", tmp_path / "m.onnx", "--device=cpu", "-o", tmp_path / "m.rlk")
    for most, said in ((2**24 - 1, None), (2**24 + 1, "is no integer from")):
        np.save(tmp_path / "x.npy", np.int64([[most, -most]]))
        result = start("run", tmp_path / "m.rlk", f"--input={tmp_path / 'x.npy'}", "--quiet")
        assert result.returncode == 0 if said is None else said in one_line(result)


def test_calibration_with_integers(tmp_path):
    """A float model whose images are bytes."""
    cast = helper.make_node("Cast", ["x"], ["f"], to=TensorProto.FLOAT)
    conv = helper.make_node("Conv", ["f", "w"], ["y"], pads=[1] * 4)
    rng = np.random.default_rng(0)
    graph = helper.make_graph(
        [cast, conv], "g", [helper.make_tensor_value_info("x", TensorProto.UINT8, [1, 3, 8, 8])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 4, 8, 8])],
        [numpy_helper.from_array(rng.normal(0, 0.1, (4, 3, 3, 3)).astype(np.float32), "w")])
    model = helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 13)])
    values = rng.integers(0, 256, (5, 3, 8, 8)).astype(np.uint8)
    made = run_program(model, values, tmp_path)
    expected = np.concatenate([judge(model, value[None]) for value in values])
    assert np.abs(made - expected).max() < 0.02 * np.ptp(expected)


@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
def test_quantisers_of_microsoft(kind, tmp_path):
    """ONNX Runtime's quantiser writes them for 16 bits before opset 21."""
    graph = QuantisedGraph(16, "qdq", [2, 3, 8, 8], False)
    graph.conv(6, 3)
    model = graph.model()
    zeros = {node.input[2] for node in model.graph.node if node.op_type == "QuantizeLinear"}
    for node in model.graph.node:
        if node.op_type in ("QuantizeLinear", "DequantizeLinear"):
            node.domain = MICROSOFT
    for tensor in model.graph.initializer:
        if tensor.name in zeros:
            tensor.CopyFrom(numpy_helper.from_array(
                numpy_helper.to_array(tensor).astype(kind), tensor.name))
    values = np.random.default_rng(0).normal(0, 1.5, graph.shape).astype(np.float32)
    step = float(graph.known(graph.last[2]))
    assert np.abs(run_program(model, values, tmp_path) - judge(model, values)).max() < 1.01 * step


def test_a_saturated_bias(tmp_path):
    """Quantisers give a filter of zeros a scale so small that its bias saturates."""
    graph = QuantisedGraph(15, "qdq", [2, 3, 8, 8], False)
    graph.conv(6, 3)
    conv = next(node for node in graph.nodes if node.op_type == "Conv")
    made = {node.output[0]: node for node in graph.nodes}
    filters, bias = (made[name].input for name in conv.input[1:])

    def change(name, value):
        tensor = next(i for i in graph.initialisers if i.name == name)
        values = numpy_helper.to_array(tensor).copy()
        values[2] = value
        tensor.CopyFrom(numpy_helper.from_array(values, name))
    change(filters[0], 0)
    change(bias[0], -2**31)
    change(filters[1], 1e-36)
    change(bias[1], 1e-36 * graph.known(graph.initialisers[0].name))
    assert_integers(graph, tmp_path)
    text = run("compile", tmp_path / "m.onnx", "--emit=nn", "-o", "-")
    assert "rescale" in text and "-2147483648" in text


@pytest.mark.parametrize("attributes", [
    {}, {"kernel_shape": [3, 3], "pads": [1, 1, 1, 1], "strides": [2, 2]}])
def test_means_that_tie(attributes, tmp_path):
    """With one scale for operand and result, a mean of four often lies between two
    integers; the sum of floats says which."""
    graph = QuantisedGraph(14, "qdq", [2, 6, 8, 8], False)
    graph.conv(16, 3)
    _, shape, scale, zero = graph.last
    attributes = {"kernel_shape": [2, 2], "strides": [2, 2], **attributes}
    name = graph.node("AveragePool", [graph.real(graph.last)], **attributes)
    graph.last = (graph.node("QuantizeLinear", [name, scale, zero]), [*shape[:2], 4, 4],
                  scale, zero)
    values = np.random.default_rng(0).normal(0, 1.5, graph.shape).astype(np.float32)
    assert np.array_equal(run_program(graph.model(), values, tmp_path),
                          judge(graph.model(), values))


INTEGER_OPERATORS = {
    "MaxPool": ({"kernel_shape": [3, 3], "strides": [2, 2], "pads": [1, 1, 1, 1]}, []),
    "Pad": ({}, [np.int64([0, 0, 1, 1, 0, 0, 1, 1])]),
    "Pad by a value": ({}, [np.int64([0, 0, 1, 1, 0, 0, 1, 1]), 7]),
    "Concat": ({"axis": 1}, ["the operand"]),
    "Resize": ({"mode": "linear"}, [None, np.float32([1, 1, 2, 2])]),
    "Clip": ({}, [3, 100]),
    "ReduceMax": ({"axes": [2, 3]}, []),
    "ScatterND": ({}, [np.int64([[1]]), np.ones((1, 4, 6, 6))]),
    "Transpose": ({"perm": [0, 2, 3, 1]}, []),
    "Split": ({"axis": 1}, [np.int64([4])]),
}


@pytest.mark.parametrize("regrid", [False, True], ids=["its scale", "another scale"])
@pytest.mark.parametrize("kind", [np.uint8, np.int8])
@pytest.mark.parametrize("op", INTEGER_OPERATORS)
def test_operators_on_integers(op, kind, regrid, tmp_path):
    """What a quantised tensor is to other operators: integers, without its scale
    and zero point."""
    graph = QuantisedGraph(13, "qdq", [2, 4, 6, 6], kind == np.int8)
    attributes, operands = INTEGER_OPERATORS[op]
    name, _, scale, zero = graph.last
    names = [name]
    for value in operands:
        if value is None:
            names.append("")
        elif isinstance(value, str):
            names.append(name)
        else:
            types = value.dtype if getattr(value, "dtype", None) in (np.int64, np.float32) else kind
            names.append(graph.constant(value, types))
    name = graph.node(op.split()[0], names, **attributes)
    if regrid:
        scale, zero = graph.grid(3.0)
    values = np.random.default_rng(0).normal(0, 1.5, graph.shape).astype(np.float32)
    graph.last = (name, [None] * 4, scale, zero)
    model = graph.model()
    expected = judge(model, values)
    graph.last = (name, expected.shape, scale, zero)
    del graph.nodes[-1]
    made = run_program(graph.model(), values, tmp_path)
    assert np.allclose(made.reshape(expected.shape), expected, atol=1e-5)


def test_a_float_layer_between_integers(tmp_path):
    """It runs on the host, and the compiler says so."""
    graph = QuantisedGraph(9, "qdq", [1, 3, 6, 6], False)
    graph.conv(4, 3)
    weights = graph.constant(graph.rng.normal(0, 0.1, (4, 4, 3, 3)))
    middle = graph.node("Conv", [graph.real(graph.last), weights], pads=[1] * 4)
    middle = graph.node("Softmax", [middle])
    graph.finish(middle, graph.last[1], 0.1)
    graph.conv(4, 3)
    save(graph.model(), tmp_path / "m.onnx")
    result = start("compile", tmp_path / "m.onnx", "--quiet", "-o", tmp_path / "m.rlk")
    assert result.returncode == 0
    said = result.stderr.decode().strip().splitlines()
    assert len(said) == 1 and "warning" in said[0] and "the host runs it" in said[0], said


@needs_data
@pytest.mark.parametrize("name", ["resnet8", "kws_dscnn", "ad_autoencoder", "vww_mobilenetv1_025"])
def test_real_models(name, tmp_path):
    file = DATA / "models" / "tiny" / f"{name}-qdq-i8.onnx"
    shape = [d.dim_value for d in onnx.load(file).graph.input[0].type.tensor_type.shape.dim]
    np.save(tmp_path / "x.npy", np.random.default_rng(0).normal(0, 1, shape).astype(np.float32))
    said = run("compile", file, "-o", tmp_path / "m.rlk", "--verify",
               f"--calibrate={tmp_path / 'x.npy'}")
    assert re.search(r"\(100.0 %\), 0 on the host", said), said


@pytest.mark.parametrize("kind", [np.uint8, np.int8, np.uint16, np.int16])
def test_scales_of_channels(kind, tmp_path):
    """Computed tensors with a scale for each channel: the host, as the evaluator."""
    shape, info, rng = [2, 3, 4], np.iinfo(kind), np.random.default_rng(4)
    operands = {"s": rng.uniform(0.01, 0.1, 3).astype(np.float32),
                "z": rng.integers(info.min // 2, info.max // 2, 3).astype(kind)}
    graph = helper.make_graph(
        [helper.make_node("QuantizeLinear", ["x", "s", "z"], ["q"], axis=1),
         helper.make_node("DequantizeLinear", ["q", "s", "z"], ["y"], axis=-2)], "g",
        *([helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)] for name in "xy"),
        [numpy_helper.from_array(values, name) for name, values in operands.items()])
    model = helper.make_model(graph, ir_version=10, opset_imports=[helper.make_opsetid("", 21)])
    values = rng.normal(0, 3, shape).astype(np.float32)
    assert np.array_equal(run_program(model, values, tmp_path), judge(model, values))


@pytest.mark.parametrize("op,operands,attributes", [
    ("Transpose", [], {"perm": [2, 0, 1]}), ("Flatten", [], {"axis": 2}),
    ("Reshape", [[4, 6]], {}), ("Slice", [[1], [3], [1]], {}), ("Gather", [[2, 0]], {"axis": 1}),
    ("Expand", [[2, 2, 3, 4]], {}), ("Tile", [[1, 2, 1]], {}), ("Unsqueeze", [[0]], {})])
def test_movement_of_channels_with_scales(op, operands, attributes, tmp_path):
    """Integers move, whatever channel they come from."""
    shape, rng = [2, 3, 4], np.random.default_rng(6)
    known = {"s": rng.uniform(0.02, 0.1, 3).astype(np.float32), "z": np.int8([0, 1, -2]),
             "r": np.float32(0.25), **{f"c{k}": np.int64(v) for k, v in enumerate(operands)}}
    graph = helper.make_graph(
        [helper.make_node("QuantizeLinear", ["x", "s", "z"], ["q"], axis=1),
         helper.make_node(op, ["q", *(f"c{k}" for k in range(len(operands)))], ["m"],
                          **attributes),
         helper.make_node("DequantizeLinear", ["m", "r"], ["y"])], "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(np.asarray(values), name) for name, values in known.items()])
    model = helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 13)])
    values = rng.normal(0, 3, shape).astype(np.float32)
    onnx.save(model, tmp_path / "m.onnx")
    np.save(tmp_path / "x.npy", values)
    run("compile", tmp_path / "m.onnx", "--device=cpu", "-o", tmp_path / "m.rlk")
    run("run", tmp_path / "m.rlk", f"--input={tmp_path / 'x.npy'}", f"--output={tmp_path / 'y.npy'}")
    expected = judge(model, values)
    assert np.array_equal(np.load(tmp_path / "y.npy").reshape(expected.shape), expected)


def test_everything_on_the_array(tmp_path):
    graph = QuantisedGraph(8, "qdq", [1, 3, 8, 8], False).conv(4, 3).conv(4, 3, np.uint8, False,
                                                                       False)
    save(graph.model(), tmp_path / "m.onnx")
    said = run("compile", tmp_path / "m.onnx", "-o", tmp_path / "m.rlk")
    assert re.search(r"2 layers on the array", said)


@pytest.mark.parametrize("change,said", [
    (lambda g: g.initialisers[0].CopyFrom(numpy_helper.from_array(
        np.float32(0), g.initialisers[0].name)), "a scale is 0"),
    (lambda g: g.initialisers[0].CopyFrom(numpy_helper.from_array(
        np.float32(np.nan), g.initialisers[0].name)), "a scale is nan"),
    (lambda g: g.initialisers[1].CopyFrom(numpy_helper.from_array(
        np.int64(0), g.initialisers[1].name)), "the zero point is not an integer"),
    (lambda g: g.initialisers[0].CopyFrom(numpy_helper.from_array(
        np.ones((2, 2), np.float32), g.initialisers[0].name)), "are not supported"),
    (lambda g: g.initialisers[0].CopyFrom(numpy_helper.from_array(
        np.ones(5, np.float32), g.initialisers[0].name)), "5 scales for a dimension of size 3"),
])
def test_errors(change, said, tmp_path):
    graph = QuantisedGraph(9, "qdq", [1, 3, 8, 8], False).conv(4, 3)
    model = graph.model()
    graph.initialisers = model.graph.initializer
    change(graph)
    save(model, tmp_path / "m.onnx")
    line = one_line(start("compile", tmp_path / "m.onnx", "-o", tmp_path / "m.rlk"))
    assert said in line and "m.onnx" in line and "QuantizeLinear" in line


def test_half_precision(tmp_path):
    """float16 weights are widened; the model computes in float32."""
    weights = np.random.default_rng(1).normal(0, 1, (4, 3, 3, 3)).astype(np.float16)
    info = helper.make_tensor_value_info
    for raw in (True, False):
        tensor = numpy_helper.from_array(weights, "w") if raw else helper.make_tensor(
            "w", TensorProto.FLOAT16, weights.shape, weights.flatten())
        graph = helper.make_graph(
            [helper.make_node("Conv", ["x", "w"], ["y"])], "g",
            [info("x", TensorProto.FLOAT16, [1, 3, 6, 6])],
            [info("y", TensorProto.FLOAT16, [1, 4, 4, 4])], [tensor])
        save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)]),
             tmp_path / "m.onnx")
        values = np.random.default_rng(2).normal(0, 1, (1, 3, 6, 6)).astype(np.float16)
        np.save(tmp_path / "x.npy", values.astype(np.float32))
        run("translate", "--import-onnx", tmp_path / "m.onnx", "-o", tmp_path / "m.mlir")
        run("translate", "--interpret", tmp_path / "m.mlir", f"--input={tmp_path / 'x.npy'}",
            f"--output={tmp_path / 'y.npy'}")
        expected = judge(onnx.load(tmp_path / "m.onnx"), values)
        assert np.abs(np.load(tmp_path / "y.npy") - expected).max() < 0.02
