"""The float import, judged by ONNX Runtime and by published test vectors."""

import numpy as np
import onnx
import onnx.parser
import onnxruntime
import pytest
from onnx import numpy_helper

import graphs
from tools import MNIST, needs_data, run

onnxruntime.set_default_logger_severity(3)


def judge(model, values):
    """ONNX Runtime's output, graph optimisations off."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(model.SerializeToString(), options,
                                           providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: values})[0]


def interpret(model_file, input_file, folder):
    run("translate", "--import-onnx", model_file, "-o", folder / "m.mlir")
    run("translate", "--interpret", folder / "m.mlir", f"--input={input_file}",
        f"--output={folder / 'y.npy'}")
    return np.load(folder / "y.npy")


def assert_close(actual, expected):
    assert actual.shape == expected.shape and actual.dtype == expected.dtype
    scale = max(np.ptp(expected), np.abs(expected).max(), 1e-6)
    assert np.abs(actual - expected).max() <= 1e-4 * scale


def compare(model, folder, seed):
    shape = [d.dim_value for d in model.graph.input[0].type.tensor_type.shape.dim]
    values = np.random.default_rng(seed).normal(0, 1, shape).astype(np.float32)
    onnx.save(model, folder / "m.onnx")
    np.save(folder / "x.npy", values)
    assert_close(interpret(folder / "m.onnx", folder / "x.npy", folder), judge(model, values))


@pytest.mark.parametrize("op", graphs.SINGLE, ids=lambda op: op.__name__)
def test_operator(op, tmp_path):
    for seed in range(12):
        compare(graphs.single(op, seed), tmp_path, seed)


def test_chains(tmp_path):
    for seed in range(60):
        compare(graphs.chain(seed), tmp_path, seed)


def test_external_data(tmp_path):
    """Weights in a file beside the model; other directories see them too."""
    model = graphs.chain(3)
    shape = [d.dim_value for d in model.graph.input[0].type.tensor_type.shape.dim]
    values = np.random.default_rng(3).normal(0, 1, shape).astype(np.float32)
    expected = judge(model, values)
    np.save(tmp_path / "x.npy", values)
    (tmp_path / "model").mkdir()
    onnx.save(model, tmp_path / "model" / "m.onnx", save_as_external_data=True,
              location="weights.bin", size_threshold=0)
    assert (tmp_path / "model" / "weights.bin").stat().st_size > 0
    assert_close(interpret(tmp_path / "model" / "m.onnx", tmp_path / "x.npy", tmp_path), expected)


def test_symbolic_batch(tmp_path):
    """A first dimension without a size is bound by --batch."""
    model = graphs.single(graphs.conv, 4)
    size = model.graph.input[0].type.tensor_type.shape.dim
    shape = [3, *(d.dim_value for d in size[1:])]
    size[0].dim_param = "N"
    model.graph.output[0].type.tensor_type.shape.dim[0].dim_param = "N"
    values = np.random.default_rng(4).normal(0, 1, shape).astype(np.float32)
    onnx.save(model, tmp_path / "m.onnx")
    np.save(tmp_path / "x.npy", values)
    run("translate", "--import-onnx", tmp_path / "m.onnx", "--batch=3", "-o", tmp_path / "m.mlir")
    run("translate", "--interpret", tmp_path / "m.mlir", f"--input={tmp_path / 'x.npy'}",
        f"--output={tmp_path / 'y.npy'}")
    assert_close(np.load(tmp_path / "y.npy"), judge(model, values))


FUNCTIONS = """
<ir_version: 9, opset_import: ["" : 18, "local" : 1]>
model (float[2,3] x) => (float[2,3] y) {
  same = local.Leaky (x)
  a = local.Leaky <slope = 0.5> (x)
  other = local.Twice (a)
  bounded = local.Bound (other)
  y = Sub (bounded, same)
}
<domain: "local", opset_import: ["" : 18]>
Leaky <slope: float = 0.25> (a) => (b) {
  same = LeakyRelu <alpha: float = @slope> (a)
  b = Neg (same)
}
<domain: "local", opset_import: ["" : 18, "local" : 1]>
Twice (x) => (y) {
  a = local.Leaky <slope = 2.0> (x)
  b = Add (a, x)
  y = local.Leaky (b)
}
<domain: "local", opset_import: ["" : 18]>
Bound (x) => (y) {
  high = Constant <value_float: float = 1.0> ()
  y = Clip (x, , high)
}
"""


def test_functions_of_the_model(tmp_path):
    """Their attributes, calls within, and names that are also those of the graph; what
    is not called does not matter."""
    model = onnx.parser.parse_model(FUNCTIONS)
    for node in model.graph.node:
        for names in (node.input, node.output):
            names[:] = ["same/same" if name == "other" else name for name in names]
    model.functions.append(onnx.helper.make_function(
        "local", "Unused", ["a"], ["b"], [onnx.helper.make_node("Relu", ["a"], ["b"])],
        [onnx.helper.make_opsetid("", 17)]))
    compare(model, tmp_path, 2)


@needs_data
@pytest.mark.parametrize("number", range(3))
def test_published_vectors(number, tmp_path):
    vector = MNIST / f"mnist-8_test_data_set_{number}"
    expected = numpy_helper.to_array(onnx.load_tensor(vector / "output_0.pb"))
    actual = interpret(MNIST / "mnist-8.onnx", vector / "input_0.pb", tmp_path)
    assert_close(actual, expected)
    values = numpy_helper.to_array(onnx.load_tensor(vector / "input_0.pb"))
    assert_close(actual, judge(onnx.load(MNIST / "mnist-8.onnx"), values))
