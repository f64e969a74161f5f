"""Models, files and disks that are wrong: one line, exit code 1, the old output untouched."""

import os
import pathlib
import resource
import signal
import subprocess
import time

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

import graphs
from tools import BIN, one_line, run, start

OLD = b"what was there before"


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A model, images for it and its program."""
    path = tmp_path_factory.mktemp("good")
    model = graphs.chain(5)
    onnx.save(model, path / "m.onnx")
    shape = [d.dim_value for d in model.graph.input[0].type.tensor_type.shape.dim]
    np.save(path / "x.npy",
            np.random.default_rng(5).normal(0, 1, [2, *shape[1:]]).astype(np.float32))
    run("compile", path / "m.onnx", f"--calibrate={path / 'x.npy'}", "-o", path / "m.rlk")
    return path


def refused(tmp_path, model, images=None):
    """The line that refuses a model; the file of an earlier run stays."""
    if not isinstance(model, os.PathLike):
        onnx.save(model, tmp_path / "bad.onnx")
        model = tmp_path / "bad.onnx"
    if images is None:
        np.save(tmp_path / "x.npy", np.ones((1, 2, 4, 4), np.float32))
    out = tmp_path / "out.rlk"
    out.write_bytes(OLD)
    before = sorted(tmp_path.rglob("*"))
    said = one_line(start("compile", model, f"--calibrate={images or tmp_path / 'x.npy'}",
                          "-o", out))
    assert out.read_bytes() == OLD and sorted(tmp_path.rglob("*")) == before
    return said


def model_of(nodes, shape=(1, 2, 4, 4), values=(), inputs=("x",), outputs=("y",)):
    def info(names):
        return [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in names]
    graph = helper.make_graph(nodes, "g", info(inputs), info(outputs),
                              [numpy_helper.from_array(np.asarray(value, kind), name)
                               for name, value, kind in values])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])


def relu(*names):
    return helper.make_node("Relu", [names[0]], [names[1]], name=f"make_{names[1]}")


def conv(weights, **attributes):
    return model_of([helper.make_node("Conv", ["x", "w"], ["y"], name="the_conv", **attributes)],
                    values=[("w", weights, np.float32)])


def test_cyclic_graph(tmp_path):
    said = refused(tmp_path, model_of([relu("b", "a"), relu("a", "b"), relu("b", "y")]))
    assert "bad.onnx" in said and "make_a" in said and "later node" in said


def test_a_node_that_reads_its_own_result(tmp_path):
    said = refused(tmp_path, model_of([relu("y", "y")]))
    assert "make_y" in said and "operand 'y' is its own result" in said


def test_ten_thousand_nodes_around_one(tmp_path):
    """All that Sum makes on the way has one name with numbers."""
    names = [f"t{k}" for k in range(10000)]
    model = model_of([*(relu("x", name) for name in names), helper.make_node("Sum", names, ["y"])],
                     (1, 2))
    onnx.save(model, tmp_path / "m.onnx")
    begin = time.monotonic()
    run("compile", tmp_path / "m.onnx", "--device=cpu", "-o", tmp_path / "m.rlk")
    assert time.monotonic() - begin < 15  # on a loaded machine


def calling(*bodies, opset=13):
    """A model that calls the first of functions f0, f1, ... of these nodes."""
    model = model_of([helper.make_node("f0", ["x"], ["y"], domain="local")])
    model.opset_import.append(helper.make_opsetid("local", 1))
    opsets = [helper.make_opsetid("", opset), helper.make_opsetid("local", 1)]
    model.functions.extend(helper.make_function("local", f"f{k}", ["a"], ["b"], body, opsets)
                           for k, body in enumerate(bodies))
    return model


def calls(function, times):
    names = ["a", *(f"c{k}" for k in range(1, times)), "b"]
    return [helper.make_node(f"f{function}", names[k:k + 1], names[k + 1:k + 2], domain="local")
            for k in range(times)]


@pytest.mark.parametrize("said,model", [
    ("'f0' calls itself", calling(calls(1, 1), calls(0, 1))),
    ("'f0' is of opset 12, the model of 13", calling([relu("a", "b")], opset=12)),
    ("take more than", calling(*(calls(k + 1, 2) for k in range(40)), [relu("a", "b")])),
    ("within 256 others", calling(*(calls(k + 1, 1) for k in range(3000)), [relu("a", "b")]))])
def test_functions(tmp_path, said, model):
    assert said in refused(tmp_path, model)


@pytest.mark.parametrize("what,model", [
    ("'y'", model_of([relu("x", "y"), relu("x", "y")])),
    ("'x'", model_of([relu("x", "y")], inputs=("x", "x"))),
    ("'x'", model_of([relu("x", "x"), relu("x", "y")])),
    ("'y'", model_of([relu("x", "y")], outputs=("y", "y"))),
    ("'w'", model_of([relu("x", "y")], values=[("w", [1], np.float32)] * 2)),
    ("'w'", model_of([relu("x", "w"), relu("w", "y")], values=[("w", [1], np.float32)]))])
def test_duplicate_names(tmp_path, what, model):
    said = refused(tmp_path, model)
    assert "bad.onnx" in said and what in said and "twice" in said


@pytest.mark.parametrize("escape", ["absolute", "parent", "link", "folder link", "pipe"])
def test_external_data_elsewhere(good, tmp_path, escape):
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    onnx.save(graphs.chain(5), outside / "m.onnx", save_as_external_data=True,
              location="weights.bin", size_threshold=0)
    model = onnx.load(outside / "m.onnx", load_external_data=False)
    place = {"absolute": str(outside / "weights.bin"), "parent": "../outside/weights.bin",
             "folder link": "folder/weights.bin"}.get(escape, "link.bin")
    if escape == "link":
        (inside / "link.bin").symlink_to(outside / "weights.bin")
    elif escape == "pipe":
        os.mkfifo(inside / "link.bin")
    elif escape == "folder link":
        (inside / "folder").symlink_to(outside)
    for tensor in model.graph.initializer:
        for entry in tensor.external_data:
            if entry.key == "location":
                entry.value = place
    onnx.save(model, inside / "bad.onnx")
    said = refused(tmp_path, inside / "bad.onnx", good / "x.npy")
    assert "bad.onnx" in said and place in said and "initializer" in said


def test_links_within_the_folder_are_followed(good, tmp_path):
    onnx.save(graphs.chain(5), tmp_path / "m.onnx", save_as_external_data=True,
              location="weights.bin", size_threshold=0)
    (tmp_path / "weights.bin").rename(tmp_path / "real.bin")
    (tmp_path / "weights.bin").symlink_to("real.bin")
    run("compile", tmp_path / "m.onnx", f"--calibrate={good / 'x.npy'}", "-o", tmp_path / "m.rlk")


@pytest.mark.parametrize("shape", [(1, 2, 50000, 50000), (1, 2**31 + 1), (1, 2**62, 4),
                                   (1, 3, 2**31 - 1, 2**31 - 1)])
def test_shapes_past_two_to_the_31(tmp_path, shape):
    said = refused(tmp_path, model_of([relu("x", "y")], shape))
    assert "bad.onnx" in said and "'x'" in said and "elements" in said


def test_an_initializer_past_two_to_the_31(tmp_path):
    model = conv(np.ones((1, 2, 1, 1)))
    model.graph.initializer[0].dims[:] = [2**20, 2**20, 2**20, 2**20]
    said = refused(tmp_path, model)
    assert "bad.onnx" in said and "'w'" in said and "elements" in said


def limited_memory():
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


@pytest.mark.parametrize("nodes,said", [
    ([helper.make_node("ConstantOfShape", ["s"], ["c"],
                       value=helper.make_tensor("v", TensorProto.INT64, [1], [3])),
      helper.make_node("Cast", ["c"], ["d"], to=TensorProto.FLOAT),
      helper.make_node("ReduceSum", ["d"], ["e"]), helper.make_node("Add", ["x", "e"], ["y"])],
     "node 'c' (ConstantOfShape): 'rs.tensor' op constants exceed the 2 GiB of a program"),
    ([helper.make_node("Expand", ["a", "s"], ["c"]), helper.make_node("ReduceMax", ["c"], ["e"]),
      helper.make_node("Add", ["x", "e"], ["y"])], "")], ids=["of one", "of two"])
def test_large_tensors_of_few_elements(tmp_path, nodes, said):
    """A few bytes that stand for gigabytes are not written out while compiling."""
    values = [("s", [1 << 14, 1 << 14, 2], np.int64), ("a", [1, 2], np.float32)]
    onnx.save(model_of(nodes, (1, 1, 1), values), tmp_path / "m.onnx")
    result = subprocess.run([BIN / "rowlock-compile", tmp_path / "m.onnx", "--device=cpu",
                             "-o", tmp_path / "m.rlk", "--quiet"], capture_output=True,
                            preexec_fn=limited_memory, timeout=60, check=False)
    assert (result.returncode != 0) == bool(said), result.stderr
    assert said in result.stderr.decode()


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("op", ["Conv", "Gemm", "BatchNormalization"])
def test_weights_that_are_not_finite(tmp_path, value, op):
    if op == "Conv":
        weights = np.ones((3, 2, 2, 2), np.float32)
        weights[1, 0, 1, 1] = value
        model = conv(weights)
    elif op == "Gemm":
        weights = np.ones((32, 3))
        weights[4, 2] = value
        model = model_of([helper.make_node("Flatten", ["x"], ["f"]),
                          helper.make_node("Gemm", ["f", "w"], ["y"], name="the_gemm")],
                         values=[("w", weights, np.float32)])
    else:
        model = model_of(
            [helper.make_node("BatchNormalization", ["x", "s", "b", "b", "s"], ["y"],
                              name="the_norm")],
            values=[("s", [1, value], np.float32), ("b", [0, 0], np.float32)])
    said = refused(tmp_path, model)
    assert "bad.onnx" in said and any(
        words in said for words in ("finite", "a weight is NaN", "has the value"))
    if np.isnan(value):
        on_cpu = start("compile", tmp_path / "bad.onnx", "--device=cpu", "-o", tmp_path / "out.rlk")
        assert f"({op}): a weight is NaN" in one_line(on_cpu)


@pytest.mark.parametrize("scale", [0.0, -1.0, np.nan, np.inf])
def test_scales_that_are_none(tmp_path, scale):
    nodes = [helper.make_node("QuantizeLinear", ["x", "s", "z"], ["q"], name="the_q"),
             helper.make_node("DequantizeLinear", ["q", "s", "z"], ["y"], name="the_dq")]
    said = refused(tmp_path, model_of(nodes, values=[("s", scale, np.float32),
                                                     ("z", 0, np.int8)]))
    assert "bad.onnx" in said and ("the_q" in said or "the_dq" in said)


@pytest.mark.parametrize("attributes", [
    {"pads": [0, 0, -1, 0]}, {"pads": [2**40, 0, 0, 0]}, {"strides": [0, 1]},
    {"strides": [-2, 1]}, {"dilations": [0, 0]}, {"dilations": [2**33, 1]}, {"group": 0},
    {"group": 7}, {"kernel_shape": [9, 9]}, {"kernel_shape": [2]}, {"pads": [1]}])
def test_attributes_of_a_convolution(tmp_path, attributes):
    said = refused(tmp_path, conv(np.ones((1, 2, 2, 2)), **attributes))
    assert "bad.onnx" in said and "the_conv" in said


def test_an_unused_input_is_none_to_worry_about(tmp_path):
    model = model_of([relu("x", "y")], inputs=("x", "unused"))
    onnx.save(model, tmp_path / "m.onnx")
    run("compile", tmp_path / "m.onnx", "--device=cpu", "-o", tmp_path / "m.rlk")
    np.save(tmp_path / "x.npy", np.ones((1, 2, 4, 4), np.float32))
    run("run", tmp_path / "m.rlk", f"--input={tmp_path / 'x.npy'}",
        f"--input={tmp_path / 'x.npy'}", f"--output={tmp_path / 'y.npy'}")
    said = one_line(start("run", tmp_path / "m.rlk", f"--input={tmp_path / 'x.npy'}"))
    assert "input" in said


@pytest.mark.parametrize("model", [
    model_of([], outputs=("x",)), model_of([], outputs=()), model_of([], outputs=("y",)),
    model_of([relu("x", "y")], inputs=())])
def test_graphs_without_ends(tmp_path, model):
    onnx.save(model, tmp_path / "bad.onnx")
    result = start("compile", tmp_path / "bad.onnx", "--device=cpu", "-o", tmp_path / "m.rlk")
    if result.returncode:
        assert "bad.onnx" in one_line(result)


READERS = {
    "compile model": ["compile", "PIPE", "--calibrate=X", "-o", "OUT"],
    "check": ["compile", "PIPE", "--check"],
    "calibrate": ["compile", "MODEL", "--calibrate=PIPE", "-o", "OUT"],
    "calibration table": ["compile", "MODEL", "--calibration-table=PIPE", "-o", "OUT"],
    "target": ["compile", "MODEL", "--calibrate=X", "--target=PIPE", "-o", "OUT"],
    "preprocess": ["compile", "MODEL", "--calibrate=X", "--preprocess=PIPE", "-o", "OUT"],
    "labels": ["compile", "MODEL", "--calibrate=X", "--labels=PIPE", "-o", "OUT"],
    "mapping": ["compile", "MODEL", "--calibrate=X", "--mapping=PIPE", "-o", "OUT"],
    "output": ["compile", "MODEL", "--calibrate=X", "-o", "PIPE"],
    "run": ["run", "PIPE", "--input=X"],
    "run input": ["run", "PROGRAM", "--input=PIPE"],
    "run output": ["run", "PROGRAM", "--input=X", "--output=PIPE"],
    "import": ["translate", "--import-onnx", "PIPE"],
    "interpret": ["translate", "--interpret", "PIPE", "--input=X"],
    "disassemble": ["translate", "--disassemble", "PIPE"],
    "assemble": ["translate", "--assemble", "PIPE", "-o", "OUT"],
    "opt": ["opt", "PIPE"],
    "map": ["map", "PIPE", "--pareto", "--layer=x"],
    "sweep": ["map", "MODEL", "--sweep=PIPE"],
}


@pytest.mark.parametrize("reader", READERS)
def test_a_pipe_that_nobody_writes_to(good, tmp_path, reader):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    names = {"PIPE": pipe, "MODEL": good / "m.onnx", "PROGRAM": good / "m.rlk",
             "X": good / "x.npy", "OUT": tmp_path / "out"}
    tool, *arguments = READERS[reader]
    for key, path in names.items():
        arguments = [str(path) if word == key else word.replace(f"={key}", f"={path}")
                     for word in arguments]
    result = subprocess.run([BIN / f"rowlock-{tool}", *arguments], check=False,
                            capture_output=True, timeout=20)
    assert result.returncode == 1 and result.stderr.count(b"\n") == 1, result.stderr
    assert str(pipe) in result.stderr.decode() and os.listdir(tmp_path) == ["pipe"]


def limited(bytes_at_most):
    """Files of this process end there, as on a full disk."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_at_most, bytes_at_most))
    return limit


def writers(good, out):
    return {
        "compile": ["compile", good / "m.onnx", f"--calibrate={good / 'x.npy'}", "-o", out],
        "nn": ["compile", good / "m.onnx", f"--calibrate={good / 'x.npy'}", "--emit=nn", "-o", out],
        "run": ["run", good / "m.rlk", f"--input={good / 'x.npy'}", f"--output={out}"],
        "profile": ["run", good / "m.rlk", f"--input={good / 'x.npy'}", f"--profile-json={out}"],
        "disassemble": ["translate", "--disassemble", good / "m.rlk", "-o", out]}


@pytest.mark.parametrize("tool", writers(pathlib.Path("."), "out"))
@pytest.mark.parametrize("disk", ["limit", "tmpfs"])
def test_full_disk(good, tmp_path, tool, disk):
    folder, limit = tmp_path / "disk", None
    folder.mkdir()
    if disk == "limit":
        limit = limited(100)
    elif subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", folder], check=False,
                        capture_output=True).returncode:
        pytest.skip("no tmpfs can be mounted here")
    try:
        out = folder / "out"
        out.write_bytes(OLD)
        if disk == "tmpfs":
            # The one page is taken; the new file gets none.
            assert not subprocess.run(["dd", "if=/dev/zero", f"of={folder / 'fill'}"], check=False,
                                      capture_output=True).returncode == 0
        before = sorted(folder.iterdir())
        name, *arguments = writers(good, out)[tool]
        result = subprocess.run([BIN / f"rowlock-{name}", *arguments], check=False,
                                capture_output=True, preexec_fn=limit)
        assert result.returncode == 1 and result.stderr.count(b"\n") == 1, result.stderr
        assert str(out) in result.stderr.decode()
        assert out.read_bytes() == OLD and sorted(folder.iterdir()) == before
    finally:
        if disk == "tmpfs":
            subprocess.run(["umount", folder], check=False)


def test_several_compilations_to_one_output(good, tmp_path):
    out = tmp_path / "m.rlk"
    wanted = {}
    for batch in (1, 2):
        run("compile", good / "m.onnx", f"--calibrate={good / 'x.npy'}", f"--batch={batch}", "-o",
            tmp_path / f"{batch}.rlk")
        wanted[batch] = (tmp_path / f"{batch}.rlk").read_bytes()
        (tmp_path / f"{batch}.rlk").unlink()
    processes = [subprocess.Popen(
        [BIN / "rowlock-compile", good / "m.onnx", f"--calibrate={good / 'x.npy'}",
         f"--batch={1 + k % 2}", "--quiet", "-o", out]) for k in range(6)]
    assert [process.wait() for process in processes] == [0] * 6
    assert out.read_bytes() in wanted.values() and os.listdir(tmp_path) == ["m.rlk"]


@pytest.mark.parametrize("node,values", [
    (helper.make_node("OneHot", ["i", "n", "v"], ["y"]),
     [("i", [0], np.int64), ("n", 2**31 - 1, np.int64), ("v", [0, 1], np.float32)]),
    (helper.make_node("Range", ["a", "b", "c"], ["y"]),
     [("a", 0, np.float32), ("b", 2e9, np.float32), ("c", 1, np.float32)]),
    (helper.make_node("LpPool", ["x"], ["y"], kernel_shape=[20000] * 2, pads=[10000] * 4), [])])
def test_lists_of_gigabytes(tmp_path, node, values):
    assert "at most 16777216" in refused(tmp_path, model_of([node], values=values))
