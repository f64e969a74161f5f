"""ConvInteger, MatMulInteger and DynamicQuantizeLinear with operands that are
known when the program runs only."""

import numpy as np
import onnxruntime
import pytest
from onnx import TensorProto, helper

import onnx_cpu
from graphs import IR_VERSION


def model_of(node, feeds, types):
    inputs = [helper.make_tensor_value_info(
        name, helper.np_dtype_to_tensor_dtype(value.dtype), value.shape)
        for name, value in feeds.items()]
    outputs = [helper.make_tensor_value_info(name, kind, None)
               for name, kind in zip(node.output, types, strict=True)]
    return helper.make_model(helper.make_graph([node], "g", inputs, outputs), ir_version=IR_VERSION,
                             opset_imports=[helper.make_opsetid("", 13)])


def judge(model, feeds):
    session = onnxruntime.InferenceSession(model.SerializeToString(),
                                           providers=["CPUExecutionProvider"])
    return session.run(None, feeds)


@pytest.mark.parametrize("seed", range(4))
def test_conv_integer(seed):
    rng = np.random.default_rng(seed)
    feeds = {"x": rng.integers(0, 256, (2, 4, 7, 6), np.uint8),
             "w": rng.integers(0, 256, (6, 2, 3, 3), np.uint8),
             "a": np.array(rng.integers(0, 256), np.uint8),
             "b": np.array(rng.integers(0, 256), np.uint8)}
    node = helper.make_node("ConvInteger", list(feeds), ["y"], group=2, pads=[1, 0, 1, 2],
                            strides=[1, 2])
    model = model_of(node, feeds, [TensorProto.INT32])
    y, = onnx_cpu.run(model, list(feeds.values()))
    assert (y == judge(model, feeds)[0]).all()


@pytest.mark.parametrize("left,right", [((5, 7), (7, 4)), ((3, 5, 7), (7, 4)),
                                        ((5, 7), (3, 7, 4)), ((2, 1, 5, 7), (3, 7, 4)),
                                        ((7,), (3, 7, 4)), ((2, 5, 7), (7,)), ((7,), (7,))])
@pytest.mark.parametrize("lines", [False, True], ids=["scalars", "lines"])
def test_matmul_integer(left, right, lines):
    """Beside numpy: ONNX Runtime's products saturate in 16 bits on some CPUs."""
    rng = np.random.default_rng(len(left))
    lines = lines and len(left) == 2
    feeds = {"x": rng.integers(0, 256, left).astype(np.uint8),
             "w": rng.integers(-128, 128, right).astype(np.int8),
             "a": np.array(rng.integers(0, 256, left[-2:-1] if lines else ()), np.uint8),
             "b": np.array(rng.integers(-128, 128, right[-1:] if lines else ()), np.int8)}
    model = model_of(helper.make_node("MatMulInteger", list(feeds), ["y"]), feeds,
                     [TensorProto.INT32])
    y, = onnx_cpu.run(model, list(feeds.values()))
    zero = feeds["a"].astype(int)
    x = feeds["x"].astype(int) - (zero[:, None] if lines else zero)
    assert (y == np.matmul(x, feeds["w"].astype(int) - feeds["b"].astype(int))).all()


@pytest.mark.parametrize("center", [-3.0, 0.0, 3.0])
def test_dynamic_quantize(center):
    feeds = {"x": np.random.default_rng(1).normal(center, 1, (3, 4, 5)).astype(np.float32)}
    node = helper.make_node("DynamicQuantizeLinear", ["x"], ["y", "s", "z"])
    model = model_of(node, feeds, [TensorProto.UINT8, TensorProto.FLOAT, TensorProto.UINT8])
    for actual, expected in zip(onnx_cpu.run(model, [feeds["x"]]), judge(model, feeds), strict=True):
        np.testing.assert_allclose(actual, expected, rtol=1e-6)


def test_dynamic_quantize_zeros():
    x = np.zeros((2, 3), np.float32)
    node = helper.make_node("DynamicQuantizeLinear", ["x"], ["y", "s", "z"])
    model = model_of(node, {"x": x}, [TensorProto.UINT8, TensorProto.FLOAT, TensorProto.UINT8])
    y, s, z = onnx_cpu.run(model, [x])
    assert not y.any() and s == 1 and z == 0
