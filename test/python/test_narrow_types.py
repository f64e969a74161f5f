"""Models with integers of 4 bits and 8-bit floats, beyond ONNX's node tests."""

import numpy as np
import pytest
from onnx import TensorProto, helper, numpy_helper

import tools

tools.skip_without_extension()
import onnx_cpu  # noqa: E402

FOUR_BITS = [-8, 7, 3, -1, 0, 5, -3]


def model(nodes, initializers, inputs, output):
    return helper.make_model(
        helper.make_graph(nodes, "g", inputs, [output], initializers),
        opset_imports=[helper.make_opsetid("", 21)])


def value(name, element_type, shape):
    return helper.make_tensor_value_info(name, element_type, shape)


def run(nodes, initializers, x, output):
    made = model(nodes, initializers, [value("x", TensorProto.FLOAT, x.shape)], output)
    return onnx_cpu.run(made, [x])[0]


def in_raw_data(tensor):
    packed = bytes(byte & 255 for byte in tensor.int32_data)
    return TensorProto(name=tensor.name, data_type=tensor.data_type, dims=tensor.dims,
                       raw_data=packed)


@pytest.mark.parametrize("form", [lambda tensor: tensor, in_raw_data])
def test_weights_of_four_bits(form):
    """An odd number of them, whose last byte is half full."""
    weights = form(helper.make_tensor("w", TensorProto.INT4, (7,), FOUR_BITS))
    zero = helper.make_tensor("z", TensorProto.INT4, (), [2])
    scale = numpy_helper.from_array(np.float32(0.5), "s")
    nodes = [helper.make_node("DequantizeLinear", ["w", "s", "z"], ["r"]),
             helper.make_node("Add", ["x", "r"], ["y"])]
    x = np.arange(7, dtype=np.float32)
    y = run(nodes, [weights, zero, scale], x, value("y", TensorProto.FLOAT, (7,)))
    assert (y == x + (np.array(FOUR_BITS) - 2) * 0.5).all()


def test_too_few_bytes():
    weights = TensorProto(name="w", data_type=TensorProto.UINT4, dims=[7], raw_data=b"\x10\x32\x54")
    nodes = [helper.make_node("Cast", ["w"], ["r"], to=TensorProto.FLOAT),
             helper.make_node("Add", ["x", "r"], ["y"])]
    with pytest.raises(onnx_cpu.Refused, match="holds 3 bytes, the shape needs 4"):
        run(nodes, [weights], np.zeros(7, np.float32), value("y", TensorProto.FLOAT, (7,)))


def test_moves():
    """8-bit floats through layers that compute nothing."""
    nodes = [helper.make_node("Cast", ["x"], ["a"], to=TensorProto.FLOAT8E5M2),
             helper.make_node("Transpose", ["a"], ["b"], perm=[1, 0]),
             helper.make_node("Concat", ["b", "b"], ["c"], axis=0),
             helper.make_node("Reshape", ["c", "shape"], ["d"]),
             helper.make_node("Cast", ["d"], ["y"], to=TensorProto.FLOAT16)]
    shape = numpy_helper.from_array(np.array([12], np.int64), "shape")
    x = np.array([[1, -2.5, 7], [0.25, np.inf, 1e-9]], np.float32)
    y = run(nodes, [shape], x, value("y", TensorProto.FLOAT16, (12,)))
    assert y.dtype == np.float16
    held = np.array([[1, -2.5, 7], [0.25, 57344, 0]], np.float32).T
    assert (y == np.concatenate([held, held]).reshape(-1)).all()


def test_integers_of_a_quantised_tensor():
    """Cast takes what QuantizeLinear made as integers."""
    nodes = [helper.make_node("QuantizeLinear", ["x", "s", "z"], ["q"]),
             helper.make_node("Cast", ["q"], ["y"], to=TensorProto.FLOAT)]
    scale = numpy_helper.from_array(np.float32(0.5), "s")
    zero = numpy_helper.from_array(np.uint8(128), "z")
    x = np.array([-100, -1, 0, 0.75, 60], np.float32)
    y = run(nodes, [scale, zero], x, value("y", TensorProto.FLOAT, (5,)))
    assert y.tolist() == [0, 126, 128, 130, 248]


@pytest.mark.parametrize("stored, low, high", [(TensorProto.INT8, -128, 127),
                                               (TensorProto.UINT4, 0, 15)])
def test_computed_scale(stored, low, high):
    nodes = [helper.make_node("ReduceMax", ["x"], ["s"], keepdims=0),
             helper.make_node("QuantizeLinear", ["x", "s"], ["q"], output_dtype=stored),
             helper.make_node("DequantizeLinear", ["q", "s"], ["y"])]
    x = np.array([0.5, 0.25, -0.125, -300], np.float32)
    y = run(nodes, [], x, value("y", TensorProto.FLOAT, (4,)))
    assert (y == np.clip(np.rint(x / 0.5), low, high) * 0.5).all()


def test_arithmetic_is_refused():
    nodes = [helper.make_node("Cast", ["x"], ["a"], to=TensorProto.INT4),
             helper.make_node("Max", ["a", "a"], ["b"], name="arithmetic"),
             helper.make_node("Cast", ["b"], ["y"], to=TensorProto.FLOAT)]
    with pytest.raises(onnx_cpu.Refused, match="arithmetic.*takes no 'i4'"):
        run(nodes, [], np.zeros(3, np.float32), value("y", TensorProto.FLOAT, (3,)))
