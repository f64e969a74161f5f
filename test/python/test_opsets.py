"""Small models converted by onnx.version_converter to every opset that it makes: the
output on the CPU is the model's own. Each has operators whose form changed."""

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import parser

import graphs
import tools
from opsets import CLOSE, conversions

tools.skip_without_extension()
import onnx_cpu  # noqa: E402

onnxruntime.set_default_logger_severity(3)

# Graphs on x, by the opset in which they are written.
FORMS = {
    "clip": (10, "y = Clip <min = -0.5, max = 0.25> (x)"),
    "dropout": (7, "a = Dropout <ratio = 0.25> (x) y = Relu (a)"),
    "pad": (7, "y = Pad <mode = \"constant\", pads = [0, 0, 1, 2, 0, 1, 0, 3], value = 1.5> (x)"),
    "pad_reflect": (10, "y = Pad <mode = \"reflect\", pads = [0, 0, 1, 2, 0, 0, 2, 1]> (x)"),
    "slice": (9, "y = Slice <axes = [1, 3], starts = [1, -4], ends = [4, 100]> (x)"),
    "upsample": (7, "y = Upsample <mode = \"nearest\", scales = [1.0, 1.0, 2.0, 3.0]> (x)"),
    "resize": (10, "s = Constant <value = float[4] {1.0, 1.0, 2.0, 2.0}> () "
                   "y = Resize <mode = \"nearest\"> (x, s)"),
    "top_k": (7, "y, i = TopK <axis = 3, k = 3> (x)"),
    "cast": (7, "a = Floor (x) b = Cast <to = 6> (a) y = Cast <to = 1> (b)"),
    "split": (7, "a, b = Split <axis = 1, split = [1, 3]> (x) y = Concat <axis = 1> (b, a)"),
    "split_equal": (11, "a, b = Split <axis = 1> (x) y = Sub (a, b)"),
    "squeeze": (7, "a = Unsqueeze <axes = [0, 3]> (x) y = Squeeze <axes = [0]> (a)"),
    "reduce_sum": (7, "y = ReduceSum <axes = [2], keepdims = 0> (x)"),
    "reduce_mean": (11, "a = ReduceMean <axes = [2, 3]> (x) b = ReduceMax <axes = [1]> (a) "
                        "c = ReduceL2 <axes = [1]> (a) y = Add (b, c)"),
    "reduce_axes": (18, "i = Constant <value_ints = [1]> () a = ReduceMean (x, i) "
                        "y = ReduceMin (a, i)"),
    "softmax": (7, "y = Softmax <axis = 1> (x)"),
    "softmax_last": (11, "y = Softmax <axis = 3> (x)"),
    "log_softmax": (12, "y = LogSoftmax <axis = 2> (x)"),
    "arg_max": (7, "a = ArgMax <axis = 1, keepdims = 1> (x) y = Cast <to = 1> (a)"),
    "max_pool": (8, "y = MaxPool <kernel_shape = [2, 2], strides = [2, 2]> (x)"),
    "average_pool": (7, "y = AveragePool <kernel_shape = [3, 3], pads = [1, 1, 1, 1]> (x)"),
    "sums": (8, "a = Relu (x) b = Sum (a, x, x) c = Max (a, b) d = Min (c, x) y = Mean (d, b)"),
    "gemm": (9, "a = Flatten (x) b = Constant <value = float[3] {1.0, 2.0, 3.0}> () "
                "n = Constant <value = int64[2] {192, 3}> () "
                "w = ConstantOfShape <value = float[1] {0.5}> (n) y = Gemm (a, w, b)"),
    "instance_norm": (7, "s = Constant <value = float[4] {1.0, 2.0, 3.0, 4.0}> () "
                         "y = InstanceNormalization (x, s, s)"),
    "batch_norm": (8, "s = Constant <value = float[4] {1.0, 2.0, 3.0, 4.0}> () "
                      "y = BatchNormalization (x, s, s, s, s)"),
    "group_norm": (21, "s = Constant <value = float[4] {1.0, 2.0, 3.0, 4.0}> () "
                       "y = GroupNormalization <num_groups = 2> (x, s, s)"),
    "quantized": (10, "s = Constant <value = float {0.05}> () z = Constant <value = uint8 {128}> "
                      "() q = QuantizeLinear (x, s, z) y = DequantizeLinear (q, s, z)"),
    "comparison": (7, "z = Constant <value = float {0.1}> () a = Greater (x, z) b = Less (x, z) "
                      "c = Or (a, b) y = Cast <to = 1> (c)"),
    "shape": (7, "a = Shape (x) i = Constant <value = int64[4] {1, 0, 3, 2}> () "
                 "b = Gather <axis = 0> (a, i) y = Reshape (x, b)"),
    "depth": (7, "a = SpaceToDepth <blocksize = 2> (x) y = DepthToSpace <blocksize = 2> (a)"),
    "activations": (7, "a = LeakyRelu (x) b = Elu (a) c = HardSigmoid (b) d = Selu (c) "
                       "e = Softplus (d) y = Softsign (e)"),
    "pow": (7, "e = Constant <value = float {2.0}> () a = Pow (x, e) b = Sqrt (a) y = Neg (b)"),
}


def written(opset, graph):
    return parser.parse_model(f'<ir_version: 9, opset_import: ["" : {opset}]> '
                              f"g (float[1, 4, 6, 8] x) => (float[] y) {{ {graph} }}")


def agree(model, x):
    """How many conversions there are; an AssertionError if one does not give the model's own
    output."""
    own, made = onnx_cpu.run(model, [x]), 0
    for opset, converted, reason in conversions(model):
        if reason:
            continue
        made += 1
        for mine, right in zip(onnx_cpu.run(converted, [x]), own, strict=True):
            assert mine.shape == right.shape and mine.dtype == right.dtype, opset
            np.testing.assert_allclose(mine, right, CLOSE, CLOSE, err_msg=f"opset {opset}")
    return made


def noise():
    return np.random.default_rng(0).normal(0, 1, (1, 4, 6, 8)).astype(np.float32)


@pytest.mark.parametrize("form", FORMS)
def test_form(form):
    assert agree(written(*FORMS[form]), noise())


def test_linear_upsample():
    """The converter takes it for Resize of opset 11 without saying that coordinates are
    asymmetric, which is another function: ONNX Runtime judges each conversion on its own."""
    model = written(8, 'y = Upsample <mode = "linear", scales = [1.0, 1.0, 2.0, 2.0]> (x)')
    for opset, converted, reason in conversions(model):
        if reason or opset > 21:  # the newest that the pinned ONNX Runtime reads
            continue
        session = onnxruntime.InferenceSession(converted.SerializeToString(),
                                               providers=["CPUExecutionProvider"])
        expected = session.run(None, {"x": noise()})[0]
        np.testing.assert_allclose(onnx_cpu.run(converted, [noise()])[0], expected, CLOSE, CLOSE,
                                   err_msg=f"opset {opset}")


def test_networks():
    for seed in range(4):
        model = graphs.chain(seed)
        shape = [d.dim_value for d in model.graph.input[0].type.tensor_type.shape.dim]
        assert agree(model, np.random.default_rng(seed).normal(0, 1, shape).astype(np.float32))


def test_refusals_have_reasons():
    """Clip with inputs cannot go below opset 11."""
    model = written(13, "m = Constant <value = float {0.5}> () y = Clip (x, m)")
    reasons = {opset: reason for opset, _, reason in conversions(model)}
    assert reasons[9] == "no adapter from 13 for Clip" and reasons[14] is None


@tools.needs_data
def test_mnist():
    model = onnx.load(tools.MNIST / "mnist-8.onnx")
    x = np.random.default_rng(0).uniform(0, 255, (1, 1, 28, 28)).astype(np.float32)
    newest = onnx.defs.onnx_opset_version()
    assert agree(model, x) == newest - 7
