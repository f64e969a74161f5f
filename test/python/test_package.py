"""The package rowlock: models to programs, programs on devices, errors."""

import concurrent.futures
import sys

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

import graphs
import tools

tools.skip_without_extension()
sys.path.insert(0, str(tools.BIN.parent / "python"))
import rowlock  # noqa: E402
from rowlock import onnx_backend  # noqa: E402


def relu(shape=(2, 3)):
    infos = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in "xy"]
    graph = helper.make_graph([helper.make_node("Relu", ["x"], ["y"], "node")], "g", infos[:1],
                              infos[1:])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


def conv(seed=0):
    """A convolution, and inputs for it."""
    model = graphs.single(graphs.conv, seed)
    shape = [d.dim_value for d in model.graph.input[0].type.tensor_type.shape.dim]
    return model, np.random.default_rng(seed).uniform(-1, 1, (4, *shape)).astype(np.float32)


def test_compile_and_run(tmp_path):
    model = relu()
    onnx.save(model, tmp_path / "m.onnx")
    x = np.array([[-1, 0, 1], [2, -3, 4]], np.float32)
    for source in (model, model.SerializeToString(), tmp_path / "m.onnx", str(tmp_path / "m.onnx")):
        program = rowlock.compile(source, device="cpu")
        assert program.inputs == [rowlock.Tensor("x", "float32", (2, 3), 0.0, 0)]
        assert [tensor.name for tensor in program.outputs] == ["y"]
        for kind in ("cpu", "sim"):
            y, = program.device(kind).run([x])
            assert y.dtype == np.float32 and (y == np.maximum(x, 0)).all()


def test_files(tmp_path):
    program = rowlock.compile(relu(), device="cpu")
    program.save(tmp_path / "p.rlk")
    assert (tmp_path / "p.rlk").read_bytes() == bytes(program)
    assert bytes(rowlock.Program.open(tmp_path / "p.rlk")) == bytes(program)
    assert bytes(rowlock.Program.from_bytes(bytes(program))) == bytes(program)
    with pytest.raises(rowlock.Error, match="no-such.rlk"):
        rowlock.Program.open(tmp_path / "no-such.rlk")
    with pytest.raises(rowlock.Error):
        rowlock.Program.from_bytes(bytes(program)[:100])


def test_arrays():
    """Views, read-only arrays and scalars are taken; other types and shapes are not."""
    device = rowlock.compile(relu(), device="cpu").device("cpu")
    x = np.arange(12, dtype=np.float32).reshape(6, 2)[::2].T
    x.setflags(write=False)
    assert (device.run([x])[0] == x).all()
    for wrong in (x.astype(np.float64), x.T, x[0]):
        with pytest.raises(ValueError, match=r"input 'x' is float32 \[2, 3\]"):
            device.run([wrong])
    with pytest.raises(ValueError, match="1 inputs, got 2"):
        device.run([x, x])
    scalar = rowlock.compile(relu(()), device="cpu").device("cpu")
    assert scalar.run([np.float32(3)])[0] == 3


def test_array_of_processing_elements():
    """Calibration from images and from a table; what is made of them is the same on sim."""
    model, images = conv()
    rep = onnx_backend.prepare(model, "EYERISS", calibration=images[:, 0])
    exact, = onnx_backend.run_model(model, [images[0]], "CPU")
    y, = rep.run([images[0]])
    assert np.abs(y - exact).max() <= 0.1 * np.abs(exact).max()
    assert rep.run({model.graph.input[0].name: images[0]})[model.graph.output[0].name].shape == \
        exact.shape


def test_errors_are_the_compilers():
    model, images = conv()
    with pytest.raises(rowlock.Error, match="^mine: .*calibration"):
        rowlock.compile(model, name="mine")
    with pytest.raises(rowlock.Error, match="calibration"):
        onnx_backend.run_model(model, [images[0]], "EYERISS")
    bad = relu()
    bad.graph.node[0].op_type = "NoSuchOperator"
    with pytest.raises(rowlock.Error, match=r"node 'node' \(NoSuchOperator\)"):
        rowlock.compile(bad, device="cpu")
    with pytest.raises(rowlock.Error, match="eyeriss-int8"):
        rowlock.compile(model, target="no-such")
    with pytest.raises(rowlock.Error, match="target:1: "):
        rowlock.compile(model, target=rowlock.Text("rows: 12"))
    with pytest.raises(rowlock.Error, match="batch is 0"):
        rowlock.compile(model, batch=0)
    with pytest.raises(ValueError, match="'gpu'"):
        rowlock.compile(model, device="gpu")
    program = rowlock.compile(relu(), device="cpu")
    with pytest.raises(ValueError, match="'gpu'"):
        program.device("gpu")


def test_backend():
    assert onnx_backend.supports_device("CPU") and onnx_backend.supports_device("EYERISS:0")
    assert not onnx_backend.supports_device("CUDA") and not onnx_backend.supports_device(None)
    with pytest.raises(ValueError, match="CUDA"):
        onnx_backend.prepare(relu(), "CUDA")
    x = np.array([[-1, 2, -3]], np.float32)
    node = helper.make_node("Relu", ["x"], ["y"])
    outputs = onnx_backend.run_node(node, [x], opset_version=13)
    assert (outputs[0] == np.maximum(x, 0)).all() and (outputs["y"] == outputs[0]).all()


def test_inputs_of_the_backend():
    """Named, in their order, or the one array; what is missing or too much is an error."""
    infos = [helper.make_tensor_value_info(name, TensorProto.FLOAT, (2, 2)) for name in "aby"]
    add = helper.make_node("Add", ["a", "b"], ["y"])
    rep = onnx_backend.prepare(helper.make_model(
        helper.make_graph([add], "g", infos[:2], infos[2:]),
        opset_imports=[helper.make_opsetid("", 13)]))
    x = np.array([[1, 2], [3, 4]], np.float32)
    for inputs in ([x, 2 * x], (x, 2 * x), {"b": 2 * x, "a": x}):
        assert (rep.run(inputs)["y"] == 3 * x).all()
    assert (onnx_backend.run_model(relu((2, 2)), x)[0] == x).all()
    for inputs, reason in (([x], "2 inputs, got 1"), ([x] * 3, "2 inputs, got 3"),
                           (x, "2 inputs, got 1"), ({"a": x}, "input 'b' is missing"),
                           ({"a": x, "b": x, "c": x}, "input 'c' is none of the model's"),
                           ([x, x[0]], r"input 'b' is float32 \[2, 2\], got float32 \[2\]")):
        with pytest.raises(ValueError, match=reason):
            rep.run(inputs)
    twice = helper.make_node("Add", ["a", "a"], ["y"])
    assert (onnx_backend.run_node(twice, [x, x], opset_version=13)[0] == 2 * x).all()
    with pytest.raises(ValueError, match="2 inputs, got 1"):
        onnx_backend.run_node(add, [x])
    for prepare in (onnx_backend.prepare, rowlock.compile):
        with pytest.raises(TypeError, match="the model is a int"):
            prepare(3)


def reshape():
    infos = [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 6]),
             helper.make_tensor_value_info("s", TensorProto.INT64, [2]),
             helper.make_tensor_value_info("y", TensorProto.FLOAT, ["A", "B"])]
    graph = helper.make_graph([helper.make_node("Reshape", ["x", "s"], ["y"])], "g", infos[:2],
                              infos[2:])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


def test_known_inputs_and_open_dimensions():
    """An error names the inputs that must be known; the backend binds them, and sizes."""
    with pytest.raises(rowlock.Error) as refused:
        rowlock.compile(reshape(), device="cpu", dims={"N": 2})
    assert refused.value.unknown_inputs == ["s"]
    program = rowlock.compile(reshape(), device="cpu", dims={"N": 2},
                              input_values={"s": np.array([3, 4])})
    assert [tensor.name for tensor in program.inputs] == ["x"]
    assert program.outputs[0].shape == (3, 4)
    with pytest.raises(rowlock.Error, match="input 'z', which the model has not"):
        rowlock.compile(relu(), device="cpu", input_values={"z": np.array([3, 4])})
    with pytest.raises(ValueError, match="complex64"):
        rowlock.compile(reshape(), device="cpu", input_values={"s": np.zeros(2, np.complex64)})

    rep = onnx_backend.prepare(reshape())
    x = np.arange(24, dtype=np.float32)
    for rows, shape in ((2, (3, 4)), (4, (3, 8)), (2, (4, 3)), (2, (3, 4))):
        given = x[:rows * 6].reshape(rows, 6)
        y, = rep.run([given, np.array(shape)])
        assert (y == given.reshape(shape)).all()
    assert len(rep.devices) == 3
    with pytest.raises(ValueError, match="'x' has 2 dimensions, got 1"):
        rep.run([x, np.array([3, 8])])


def test_threads():
    """Compilations and runs of one program at the same time."""
    program = rowlock.compile(relu((64, 64)), device="cpu")
    values = [np.random.default_rng(k).normal(size=(64, 64)).astype(np.float32) for k in range(16)]

    def work(x):
        assert bytes(rowlock.compile(relu((64, 64)), device="cpu")) == bytes(program)
        return program.device("cpu").run([x])[0]

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for x, y in zip(values, pool.map(work, values), strict=True):
            assert (y == np.maximum(x, 0)).all()


def test_bfloat16():
    """What the backend makes of float32 where bfloat16 is due, and back."""
    tensor = rowlock.Tensor("x", "bfloat16", (1, 6), 0.0, 0)
    exact = np.array([[0, -0.0, 1.5, -3e38, np.inf, np.nan]], np.float32)
    stored = onnx_backend._stored(exact, tensor)
    assert stored.dtype == tensor.dtype and stored.shape == exact.shape
    again = onnx_backend._made(stored, tensor)
    assert np.array_equal(again[:, [0, 1, 2, 4, 5]], exact[:, [0, 1, 2, 4, 5]], equal_nan=True)
    halves = np.array([1 + 2**-8, 1 + 3 * 2**-8, 1 + 2**-8 + 2**-20], np.float32)
    rounded = onnx_backend._made(onnx_backend._stored(halves, tensor), tensor)
    assert rounded.tolist() == [1, 1 + 2**-6, 1 + 2**-7]
