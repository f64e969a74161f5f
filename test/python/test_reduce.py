"""rowlock-reduce, and rowlock-compile --verify --reduce: small files that still show it.

rowlock-compile-test is rowlock-compile with a maximum pool that is wrong.
"""

import os
import re
import signal
import subprocess
import sys
import time

import numpy as np
import onnx
import pytest
from onnx import helper

import graphs
from tools import BIN, DIGITS, MNIST, needs_data, one_line, run, start

COMPILE = BIN / "rowlock-compile"
CHAIN = 1  # Conv, three pools, Reshape, Relu, Identity, Concat, Relu, Gemm


@pytest.fixture(name="model")
def make_model(tmp_path):
    onnx.save(graphs.chain(CHAIN), tmp_path / "m.onnx")
    return tmp_path / "m.onnx"


def operators(path):
    """The operators of a model that ONNX's checker accepts."""
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    return [node.op_type for node in model.graph.node]


def images_for(model, path):
    shape = [d.dim_value for d in onnx.load(model).graph.input[0].type.tensor_type.shape.dim]
    np.save(path, np.random.default_rng(1).normal(0, 1, [3, *shape[1:]]).astype(np.float32))
    return path


def shell(script):
    return ["sh", "-c", script, "{}"]


def reduce(model, output, test, *command, options=()):
    return run("reduce", model, f"--test={test}", "-o", output, *options, "--", *command)


# --- rowlock-compile --verify --reduce ---------------------------------------


def diverge(model, images, output):
    return start("compile-test", model, f"--calibrate={images}", "--verify",
                 f"--reduce={output}", "-o", output.with_suffix(".rlk"))


def test_from_divergence_to_model(model, tmp_path):
    small = tmp_path / "small.onnx"
    result = diverge(model, images_for(model, tmp_path / "x.npy"), small)
    said = result.stderr.decode()
    assert result.returncode == 1 and "expected" in said
    assert operators(small) == ["MaxPool"]
    assert not small.with_suffix(".rlk").exists()
    # The command that it names shows it, and ours does not.
    command = said.strip().splitlines()[-1].split()
    assert command[0].endswith("rowlock-compile-test")
    shown = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True)
    assert shown.returncode == 1 and b"MaxPool" in shown.stderr
    run("compile", *command[1:])


def test_inner_tensors_hold_what_they_held(model, tmp_path):
    """The pool's input is that of the whole model: averages, not random numbers."""
    small = tmp_path / "small.onnx"
    images = images_for(model, tmp_path / "x.npy")
    assert diverge(model, images, small).returncode == 1
    values = np.load(small.with_suffix(".npy"))
    assert len(values) == 3
    name = onnx.load(small).graph.input[0].name
    whole = onnx.load(model)
    del whole.graph.output[:]
    whole.graph.output.append(helper.make_tensor_value_info(
        name, onnx.TensorProto.FLOAT, None))
    import onnxruntime  # pylint: disable=import-outside-toplevel
    session = onnxruntime.InferenceSession(whole.SerializeToString())
    for image, value in zip(np.load(images), values):
        (expected,) = session.run(None, {"x": image[None]})
        cut = tuple(slice(0, size) for size in value.shape)
        np.testing.assert_allclose(value, expected[0][cut], rtol=1e-4, atol=1e-5)


def test_the_same_every_time(model, tmp_path):
    images = images_for(model, tmp_path / "x.npy")
    outputs = [tmp_path / "a.onnx", tmp_path / "b.onnx"]
    for output in outputs:
        diverge(model, images, output)
    assert outputs[0].read_bytes() == outputs[1].read_bytes()


def test_no_divergence_writes_no_model(model, tmp_path):
    small = tmp_path / "small.onnx"
    run("compile", model, f"--calibrate={images_for(model, tmp_path / 'x.npy')}", "--verify",
        f"--reduce={small}", "-o", tmp_path / "m.rlk")
    assert not small.exists()


def test_reduce_needs_verify(model, tmp_path):
    said = one_line(start("compile", model, f"--calibrate={images_for(model, tmp_path / 'x.npy')}",
                          f"--reduce={tmp_path / 'small.onnx'}", "-o", tmp_path / "m.rlk"))
    assert "--verify" in said


@needs_data
def test_real_model(tmp_path):
    small = tmp_path / "small.onnx"
    result = start("compile-test", MNIST / "mnist-8.onnx",
                   f"--calibrate={DIGITS / 't10k-images-idx3-ubyte.gz'}", "--verify",
                   "--calibration-images=10", "--verify-images=2", f"--reduce={small}",
                   "-o", tmp_path / "m.rlk")
    assert result.returncode == 1 and operators(small) == ["MaxPool"]


# --- rowlock-reduce on models ------------------------------------------------


def test_crash_of_a_command(model, tmp_path):
    small = tmp_path / "small.onnx"
    reduce(model, small, "crash", *shell("grep -q MaxPool $0 && kill -SEGV $$; exit 1"))
    assert operators(small) == ["MaxPool"]


def test_other_crashes_are_not_taken(model, tmp_path):
    """Another signal is another crash."""
    small = tmp_path / "small.onnx"
    reduce(model, small, "crash",
           *shell("grep -q Concat $0 && grep -q Gemm $0 && kill -SEGV $$; kill -ABRT $$"))
    assert set(operators(small)) >= {"Concat", "Gemm"}


def add_foreign(model):
    """Puts an operator that nobody knows behind the first node."""
    proto = onnx.load(model)
    first = proto.graph.node[0].output[0]
    for node in proto.graph.node:
        node.input[:] = ["foreign" if name == first else name for name in node.input]
    proto.graph.node.insert(1, helper.make_node("Foreign", [first], ["foreign"], name="odd",
                                                domain="com.example"))
    proto.opset_import.append(helper.make_opsetid("com.example", 1))
    onnx.save(proto, model)


def test_error_of_the_importer(model, tmp_path):
    add_foreign(model)
    small = tmp_path / "small.onnx"
    reduce(model, small, "error", COMPILE, "{}", "--calibrate={npy}", "-o", "/dev/null")
    assert [node.op_type for node in onnx.load(small).graph.node] == ["Foreign"]
    assert small.with_suffix(".npy").exists()
    reduce(model, small, "error", COMPILE, "{}", "--calibrate={npy}", "-o", "/dev/null",
           options=["--match=com.example"])
    assert [node.op_type for node in onnx.load(small).graph.node] == ["Foreign"]


def test_cut_behind_an_operator_that_nobody_knows(model, tmp_path):
    add_foreign(model)
    small = tmp_path / "small.onnx"
    reduce(model, small, "script", "grep", "-q", "Gemm")
    assert operators(small) == ["Gemm"]
    assert [opset.domain for opset in onnx.load(small).opset_import] == [""]


def test_external_data_come_into_the_model(tmp_path):
    proto = graphs.chain(CHAIN)
    onnx.save(proto, tmp_path / "m.onnx", save_as_external_data=True, size_threshold=0)
    small = tmp_path / "small.onnx"
    reduce(tmp_path / "m.onnx", small, "script", "grep", "-q", "Gemm")
    assert operators(small) == ["Gemm"]
    assert all(not tensor.external_data for tensor in onnx.load(small).graph.initializer)


def test_initializers_and_attributes_shrink(model, tmp_path):
    small = tmp_path / "small.onnx"
    reduce(model, small, "script", "grep", "-q", "Conv")
    graph = onnx.load(small).graph
    assert operators(small) == ["Conv"]
    assert sum(np.prod(tensor.dims) for tensor in graph.initializer) <= 9
    assert {a.name for a in graph.node[0].attribute} <= {"kernel_shape"}


# --- limits ------------------------------------------------------------------


def test_hang(model, tmp_path):
    small = tmp_path / "small.onnx"
    reduce(model, small, "hang", *shell("grep -q AveragePool $0 && sleep 60"),
           options=["--timeout=1"])
    assert operators(small) == ["AveragePool"]


def test_memory_limit(model, tmp_path):
    """What runs out of memory is a crash of its own, not one of this process."""
    small = tmp_path / "small.onnx"
    eater = "import sys; bytearray(3 << 30 if b'Gemm' in open(sys.argv[1], 'rb').read() else 1)"
    reduce(model, small, "error", sys.executable, "-c", eater, "{}",
           options=["--max-memory=1024", "--match=MemoryError"])
    assert operators(small) == ["Gemm"]


def test_time_is_over(model, tmp_path):
    small = tmp_path / "small.onnx"
    began = time.monotonic()
    reduce(model, small, "script", *shell("sleep 0.4"), options=["--max-seconds=1"])
    assert time.monotonic() - began < 10
    assert operators(small)


def test_interruption_keeps_the_smallest(model, tmp_path):
    small = tmp_path / "small.onnx"
    process = subprocess.Popen(
        [str(BIN / "rowlock-reduce"), str(model), "--test=script", "-o", str(small), "--",
         *shell("sleep 0.5; grep -q MaxPool $0")], stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL, text=True)
    while "after" not in process.stderr.readline():
        pass
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 130
    process.stderr.close()
    assert "MaxPool" in operators(small)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m.onnx", "small.onnx"]


# --- errors ------------------------------------------------------------------


@pytest.mark.parametrize("arguments, words", [
    (["--test=script", "--", "false"], "does not show it: exit code 1"),
    (["--test=crash", "--", "no-such-command"], "exit code 127"),
    (["--test=script"], "give a command"),
    (["--test=error", "--match=(", "--", "false"], "--match"),
    (["--test=error", "--pipeline=nn-fuse-bias"], "--pipeline is for IR"),
    (["--test=script", "--timeout=0", "--", "true"], "--timeout"),
])
def test_refused(model, tmp_path, arguments, words):
    output = tmp_path / "small.onnx"
    said = one_line(start("reduce", model, "-o", output, *arguments))
    assert words in said and not output.exists()


@pytest.mark.parametrize("name, content", [
    ("bad.onnx", b"\xff" * 100), ("bad.mlir", b"func.func @"), ("none.onnx", None)])
def test_unreadable(tmp_path, name, content):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    said = one_line(start("reduce", tmp_path / name, "--test=script", "-o", tmp_path / "out",
                          "--", "true"))
    assert name in said and not (tmp_path / "out").exists()


def test_output_must_not_be_the_input(model):
    before = model.read_bytes()
    said = one_line(start("reduce", model, "--test=script", "-o", model, "--", "true"))
    assert "-o" in said and model.read_bytes() == before


def test_nothing_stays_in_the_folder_for_temporary_files(model, tmp_path):
    folder = tmp_path / "temporary"
    folder.mkdir()
    start("reduce", model, "--test=script", "-o", tmp_path / "small.onnx", "--", "grep", "-q",
          "Gemm", "{}", env={"TMPDIR": str(folder)})
    assert not os.listdir(folder)


# --- IR ----------------------------------------------------------------------


def test_quantised_ir_that_diverges(model, tmp_path):
    """Compiled, against the evaluator; with right kernels it does not."""
    whole, small = tmp_path / "m.mlir", tmp_path / "small.mlir"
    images = images_for(model, tmp_path / "x.npy")
    run("compile", model, f"--calibrate={images}", "--emit=nn", "-o", whole)
    run("reduce-test", whole, "--test=divergence", "-o", small)
    layers = re.findall(r"= nn\.(\w+)", small.read_text())
    assert "max_pool2d" in layers and len(layers) <= 2, layers
    assert "does not show it: exit code 0" in one_line(
        start("reduce", small, "--test=divergence", "-o", tmp_path / "none.mlir"))


def test_bytecode_is_read(tmp_path):
    (tmp_path / "m.mlir").write_text(
        "func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> { return %x : tensor<4xf32> }\n")
    run("opt", tmp_path / "m.mlir", "--emit-bytecode", "-o", tmp_path / "m.mlirbc")
    reduce(tmp_path / "m.mlirbc", tmp_path / "small.mlir", "script", "true")
    assert "func" not in (tmp_path / "small.mlir").read_text()


def test_ir_that_does_not_verify(tmp_path):
    (tmp_path / "m.mlir").write_text("""func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = nn.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = nn.add %0, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<5xf32>
  %2 = nn.add %0, %0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}
""")
    reduce(tmp_path / "m.mlir", tmp_path / "small.mlir", "error", BIN / "rowlock-opt")
    assert (tmp_path / "small.mlir").read_text().count("nn.add") == 1
