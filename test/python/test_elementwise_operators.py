"""Elementwise operators, reductions and normalisations against ONNX Runtime: old
opsets, operands that are not known, other types, and what ONNX's node tests lack."""

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

import onnx_cpu
from tools import run

RANDOM = np.random.default_rng(5)
X = RANDOM.normal(size=(2, 4, 3, 5)).astype(np.float32)
POSITIVE = np.abs(X) + np.float32(0.1)


def vector(*shape):
    return RANDOM.normal(size=shape).astype(np.float32)


def model_of(nodes, inputs, opset, known):
    types = [helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(value.dtype),
                                           value.shape) for name, value in inputs.items()]
    graph = helper.make_graph(nodes, "graph", types,
                              [helper.make_empty_tensor_value_info(nodes[-1].output[0])],
                              [numpy_helper.from_array(value, name)
                               for name, value in known.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)])
    model.ir_version = 8
    return onnx.shape_inference.infer_shapes(model)


def compare(nodes, inputs, opset, known=None, tolerance=2e-6):
    model = model_of(nodes, inputs, opset, known or {})
    expected = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, inputs)
    actual = onnx_cpu.run(model, list(inputs.values()))
    for mine, right in zip(actual, expected, strict=True):
        assert mine.dtype == right.dtype and mine.shape == right.shape
        np.testing.assert_allclose(mine, right, rtol=tolerance, atol=tolerance)


UNARY = ["Abs", "Neg", "Floor", "Ceil", "Sqrt", "Reciprocal", "Exp", "Log", "Tanh", "Sigmoid",
         "Softplus", "Softsign", "Elu", "Selu", "LeakyRelu", "HardSigmoid"]


@pytest.mark.parametrize("operator", UNARY)
def test_unary(operator):
    data = POSITIVE if operator in ("Sqrt", "Log") else X * 4
    compare([helper.make_node(operator, ["x"], ["y"])], {"x": data}, 7)


@pytest.mark.parametrize("operator", ["Sub", "Div", "Pow"])
@pytest.mark.parametrize("known", [False, True])
def test_arithmetic_by_constants_and_by_inputs(operator, known):
    other = np.abs(vector(4, 1, 1)) + np.float32(0.5)
    nodes = [helper.make_node(operator, ["x", "c"], ["y"])]
    if known:
        compare(nodes, {"x": POSITIVE}, 7, {"c": other})
    else:
        compare(nodes, {"x": POSITIVE, "c": other}, 7)


@pytest.mark.parametrize("dtype", ["int32", "int64", "float64"])
@pytest.mark.parametrize("operator", ["Add", "Sub", "Mul", "Div", "Greater", "Less", "Equal"])
def test_other_types(operator, dtype):
    lhs = RANDOM.integers(-50, 50, size=(3, 4)).astype(dtype)
    rhs = RANDOM.integers(1, 9, size=(4,)).astype(dtype)
    compare([helper.make_node(operator, ["a", "b"], ["y"])], {"a": lhs, "b": rhs}, 13)


def test_clip_with_bounds_from_inputs():
    compare([helper.make_node("Clip", ["x", "low", "high"], ["y"])],
            {"x": X, "low": np.array(-0.5, np.float32), "high": np.array(0.25, np.float32)}, 13)
    compare([helper.make_node("Clip", ["x", "", "high"], ["y"])],
            {"x": np.arange(9, dtype=np.int32), "high": np.array(4, np.int32)}, 13)


def test_where_of_a_comparison():
    compare([helper.make_node("Greater", ["x", "c"], ["g"]), helper.make_node("Not", ["g"], ["n"]),
             helper.make_node("Where", ["n", "x", "c"], ["y"])],
            {"x": X, "c": vector(5)}, 13)


@pytest.mark.parametrize("operator", ["ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin",
                                      "ReduceProd", "ReduceL1", "ReduceL2", "ReduceLogSum",
                                      "ReduceLogSumExp", "ReduceSumSquare"])
@pytest.mark.parametrize("axes", [[1, 3], [2, 3], [-1]])
@pytest.mark.parametrize("keep", [0, 1])
def test_reductions(operator, axes, keep):
    compare([helper.make_node(operator, ["x"], ["y"], axes=axes, keepdims=keep)],
            {"x": POSITIVE}, 11, tolerance=1e-5)
    compare([helper.make_node(operator, ["x", "axes"], ["y"], keepdims=keep)],
            {"x": POSITIVE}, 18, {"axes": np.array(axes)}, tolerance=1e-5)


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("shape", [(3, 4), (3, 4, 6), (2, 4, 3, 5)])
def test_batch_normalisation(shape, known):
    parameters = {"scale": vector(4), "bias": vector(4), "mean": vector(4),
                  "variance": np.abs(vector(4))}
    node = helper.make_node("BatchNormalization", ["x", *parameters], ["y"], epsilon=0.01)
    inputs = {"x": vector(*shape)}
    if known:
        compare([node], inputs, 9, parameters, tolerance=1e-5)
    else:
        compare([node], {**inputs, **parameters}, 9, tolerance=1e-5)


def test_other_normalisations():
    channels = {"scale": vector(4), "bias": vector(4)}
    compare([helper.make_node("InstanceNormalization", ["x", "scale", "bias"], ["y"])],
            {"x": X}, 7, channels, tolerance=1e-5)
    compare([helper.make_node("LayerNormalization", ["x", "scale", "bias"], ["y"], axis=2)],
            {"x": X}, 17, {"scale": vector(3, 5), "bias": vector(3, 5)}, tolerance=1e-5)
    compare([helper.make_node("LpNormalization", ["x"], ["y"], axis=1, p=1)], {"x": X}, 7)
    for opset in (11, 13):
        compare([helper.make_node("LogSoftmax", ["x"], ["y"], axis=1)], {"x": X}, opset,
                tolerance=1e-5)


def test_range_and_cast_fold():
    model = model_of([helper.make_node("Range", ["a", "b", "c"], ["r"]),
                      helper.make_node("Cast", ["r"], ["f"], to=TensorProto.FLOAT),
                      helper.make_node("Mul", ["x", "f"], ["y"])],
                     {"x": X}, 13, {"a": np.array(9), "b": np.array(-1), "c": np.array(-2)})
    actual, = onnx_cpu.run(model, [X])
    np.testing.assert_array_equal(actual, X * np.arange(9, -1, -2, dtype=np.float32))


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_dropout_in_training_that_drops_nothing(dtype):
    compare([helper.make_node("Dropout", ["x", "ratio", "training"], ["y"])], {"x": X}, 13,
            {"ratio": np.array(0, dtype), "training": np.array(True)})
    with pytest.raises(onnx_cpu.Refused, match="training_mode with a ratio"):
        onnx_cpu.run(model_of([helper.make_node("Dropout", ["x", "ratio", "training"], ["y"])],
                              {"x": X}, 13,
                              {"ratio": np.array(0.5, dtype), "training": np.array(True)}), [X])


def test_swish_of_opset_24(tmp_path):
    """Newer than what the package onnx checks and ONNX Runtime runs."""
    model = helper.make_model(
        helper.make_graph([helper.make_node("Swish", ["x"], ["y"], alpha=0.5)], "graph",
                          [helper.make_tensor_value_info("x", TensorProto.FLOAT, X.shape)],
                          [helper.make_tensor_value_info("y", TensorProto.FLOAT, X.shape)]),
        opset_imports=[helper.make_opsetid("", 24)])
    (tmp_path / "m.onnx").write_bytes(model.SerializeToString())
    np.save(tmp_path / "x.npy", X)
    run("translate", "--import-onnx", tmp_path / "m.onnx", "-o", tmp_path / "m.mlir")
    run("translate", "--interpret", tmp_path / "m.mlir", f"--input={tmp_path / 'x.npy'}",
        f"--output={tmp_path / 'y.npy'}")
    np.testing.assert_allclose(np.load(tmp_path / "y.npy"), X / (1 + np.exp(-X / 2)), rtol=1e-6,
                               atol=1e-6)


def test_activations_of_eight_bits_are_tables(tmp_path):
    """Sigmoid, HardSwish, LeakyRelu and Tanh between convolutions: integers throughout, on the
    simulator as in the evaluator."""
    nodes, last = [], "x"
    for k, (operator, more) in enumerate([("Sigmoid", {}), ("HardSwish", {}),
                                          ("LeakyRelu", {"alpha": 0.1}), ("Tanh", {})]):
        nodes += [helper.make_node("Conv", [last, f"w{k}"], [f"c{k}"], pads=[1, 1, 1, 1]),
                  helper.make_node(operator, [f"c{k}"], [f"a{k}"], **more)]
        last = f"a{k}"
    nodes.append(helper.make_node("ArgMax", [last], ["y"], axis=1))
    weights = {f"w{k}": vector(3, 3, 3, 3) for k in range(4)}
    onnx.save(model_of(nodes, {"x": vector(1, 3, 6, 6)}, 14, weights), tmp_path / "m.onnx")
    (tmp_path / "images").mkdir()
    for k in range(3):
        np.save(tmp_path / "images" / f"{k}.npy", vector(3, 6, 6))
    given = [tmp_path / "m.onnx", "--target=eyeriss-int8", f"--calibrate={tmp_path / 'images'}"]
    text = run("compile", *given, "--emit=nn", "-o", "-")
    assert text.count("nn.table") == 4 and "nn.unary" not in text
    run("compile", *given, "--verify", "-o", tmp_path / "m.rlk")
