"""Input that is wrong gives one line with file, node and reason, exit code 1, and no output."""

import re

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

import graphs
from tools import MNIST, needs_data, one_line, run, start


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A model, its calibration images and its program."""
    path = tmp_path_factory.mktemp("good")
    onnx.save(graphs.chain(5), path / "m.onnx")
    shape = [d.dim_value for d in graphs.chain(5).graph.input[0].type.tensor_type.shape.dim]
    values = np.random.default_rng(5).normal(0, 1, [2, *shape[1:]]).astype(np.float32)
    np.save(path / "images.npy", values)
    run("compile", path / "m.onnx", f"--calibrate={path / 'images.npy'}", "-o", path / "m.rlk")
    return path


def compile_bad(folder, model, tmp_path, *arguments):
    """The line that refuses a model; nothing is left behind."""
    before = sorted(tmp_path.rglob("*"))
    said = one_line(start("compile", model, f"--calibrate={folder / 'images.npy'}", "-o",
                          tmp_path / "out.rlk", *arguments))
    assert sorted(tmp_path.rglob("*")) == before
    return said


def make(folder, op="Relu", opset=13, shape=(1, 2, 4, 4), domain="", **attributes):
    node = helper.make_node(op, ["x"], ["y"], name="the_node", domain=domain, **attributes)
    values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in "xy"]
    model = helper.make_model(helper.make_graph([node], "g", values[:1], values[1:]),
                              opset_imports=[helper.make_opsetid("", opset)])
    onnx.save(model, folder / "bad.onnx")
    return folder / "bad.onnx"


def test_unknown_operator(folder, tmp_path):
    said = compile_bad(folder, make(tmp_path, "NoSuchOp"), tmp_path)
    assert "bad.onnx" in said and "the_node" in said and "NoSuchOp" in said


@pytest.mark.parametrize("count", [3, 50])
def test_all_unsupported_nodes_in_one_error(folder, tmp_path, count):
    nodes = [helper.make_node(f"Foo{k}", ["x" if k == 0 else f"t{k}"], [f"t{k + 1}"],
                              name=f"n{k}", domain="com.example" if k == 1 else "")
             for k in range(count)]
    nodes.insert(1, helper.make_node("Relu", ["t1"], ["unused"]))
    values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, (1, 2))
              for name in ("x", f"t{count}")]
    onnx.save(helper.make_model(helper.make_graph(nodes, "g", values[:1], values[1:]),
                                opset_imports=[helper.make_opsetid("", 13)]),
              tmp_path / "bad.onnx")
    said = compile_bad(folder, tmp_path / "bad.onnx", tmp_path)
    assert f"bad.onnx: {count} nodes are not supported: node 'n0' (Foo0): " in said
    assert "node 'n1' (Foo1): the operator is not supported (domain com.example)" in said and "node 'n2' (Foo2): " in said
    assert ("and 30 more" in said) == (count == 50) and "Relu" not in said


def test_nodes_with_unsupported_attributes_in_one_error(folder, tmp_path):
    nodes = [helper.make_node("Softmax", ["x"], ["a"], name="soft", axis=7),
             helper.make_node("Foo", ["a"], ["b"], name="foo"),
             helper.make_node("Relu", ["b"], ["c"], name="behind"),
             helper.make_node("Flatten", ["x"], ["y"], name="flat", axis=9)]
    values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, (1, 2)) for name in "xy"]
    model = helper.make_model(helper.make_graph(nodes, "g", values[:1], values[1:]),
                              opset_imports=[helper.make_opsetid("", 13)])
    onnx.save(model, tmp_path / "bad.onnx")
    said = compile_bad(folder, tmp_path / "bad.onnx", tmp_path)
    assert "bad.onnx: 3 nodes are not supported: node 'soft' (Softmax): axis 7 is" in said
    assert "; node 'foo' (Foo): " in said and "; node 'flat' (Flatten): " in said
    assert "behind" not in said


def test_two_opsets(folder, tmp_path):
    model = onnx.load(make(tmp_path, "Relu"))
    model.opset_import.append(helper.make_opsetid("ai.onnx", 11))
    onnx.save(model, tmp_path / "bad.onnx")
    said = compile_bad(folder, tmp_path / "bad.onnx", tmp_path)
    assert f"two ONNX opsets, {model.opset_import[0].version} and 11" in said


def test_names_of_element_types(folder, tmp_path):
    model = onnx.load(make(tmp_path, "Relu"))
    for kind, name in ((TensorProto.COMPLEX64, "complex64"), (TensorProto.STRING, "string"),
                       (77, "77")):
        model.graph.input[0].type.tensor_type.elem_type = kind
        onnx.save(model, tmp_path / "bad.onnx")
        said = compile_bad(folder, tmp_path / "bad.onnx", tmp_path)
        assert f"input 'x' has element type {name}, which is not supported" in said


def symbolic(folder, shape):
    """Relu on an input of that shape, in which names are symbolic."""
    onnx.save(helper.make_model(helper.make_graph(
        [helper.make_node("Relu", ["x"], ["y"])], "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)])), folder / "bad.onnx")
    return folder / "bad.onnx"


def test_symbolic_dimensions(tmp_path):
    model = symbolic(tmp_path, ["N", "width=w", None, 4])
    bound = ["--dim=width=w=5", "--dim", "x[2]=6"]
    text = run("translate", "--import-onnx", model, *bound)
    assert "tensor<1x5x6x4xf32>" in text
    assert "tensor<3x5x6x4xf32>" in run("translate", "--import-onnx", model, "--batch=3", *bound)
    assert "tensor<2x5x6x4xf32>" in run("translate", "--import-onnx", model, "--dim=N=2", *bound)


@pytest.mark.parametrize("options,words", [
    ([], ["bad.onnx", "'x'", "size 1", "'rows'", "--dim 'rows=VALUE'"]),
    (["--dim=rows=4"], ["bad.onnx", "'x'", "size 2", "--dim 'x[2]=VALUE'"]),
    (["--dim=rows=4", "--dim=x[2]=4", "--dim=columns=4"], ["bad.onnx", "'columns=4'"]),
    (["--dim=rows"], ["--dim 'rows'"]), (["--dim=rows=0"], ["--dim 'rows=0'"]),
    (["--dim=rows=1", "--dim=rows=1"], ["--dim 'rows' is given twice"])])
def test_unbound_dimensions(folder, tmp_path, options, words):
    said = compile_bad(folder, symbolic(tmp_path, ["N", "rows", None]), tmp_path, *options)
    assert all(word in said for word in words), said


def test_names_of_any_bytes_stay_in_the_line(folder, tmp_path):
    model = onnx.load(make(tmp_path, "NoSuchOp"))
    model.graph.node[0].name = "the\nnode\x1b\t"
    onnx.save(model, tmp_path / "bad.onnx")
    said = compile_bad(folder, tmp_path / "bad.onnx", tmp_path)
    assert "NoSuchOp" in said and said[:-1].isprintable()


def test_operator_of_another_domain(folder, tmp_path):
    said = compile_bad(folder, make(tmp_path, domain="com.example"), tmp_path)
    assert "bad.onnx" in said and "com.example" in said


@pytest.mark.parametrize("opset", [0, 5, 999])
def test_unknown_opset(folder, tmp_path, opset):
    said = compile_bad(folder, make(tmp_path, "Relu" if opset != 5 else "Clip", opset), tmp_path)
    assert "bad.onnx" in said and str(opset) in said


def test_wrong_rank(folder, tmp_path):
    model = make(tmp_path, "MaxPool", shape=(1, 2), kernel_shape=[2, 2])
    said = compile_bad(folder, model, tmp_path)
    assert "bad.onnx" in said and "the_node" in said and "rank" in said


def test_unknown_attribute_value(folder, tmp_path):
    model = make(tmp_path, "MaxPool", kernel_shape=[2, 2], auto_pad="SOMEHOW")
    said = compile_bad(folder, model, tmp_path)
    assert "bad.onnx" in said and "the_node" in said and "auto_pad" in said


def test_missing_operand(folder, tmp_path):
    node = helper.make_node("Add", ["x", "absent"], ["y"], name="the_node")
    values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, (1, 2)) for name in "xy"]
    onnx.save(helper.make_model(helper.make_graph([node], "g", values[:1], values[1:])),
              tmp_path / "bad.onnx")
    said = compile_bad(folder, tmp_path / "bad.onnx", tmp_path)
    assert "bad.onnx" in said and "the_node" in said and "absent" in said


@pytest.mark.parametrize("kind", ["empty", "directory", "absent", "text"])
@pytest.mark.parametrize("tool", ["compile", "run", "translate --import-onnx",
                                  "translate --disassemble", "translate --assemble",
                                  "translate --interpret"])
def test_no_model_at_all(folder, tmp_path, kind, tool):
    path = tmp_path / "in"
    if kind == "directory":
        path.mkdir()
    elif kind != "absent":
        path.write_text("" if kind == "empty" else "This is no model.\n")
    before = sorted(tmp_path.rglob("*"))
    arguments = [path, "-o", tmp_path / "out"]
    if tool == "compile":
        arguments.append(f"--calibrate={folder / 'images.npy'}")
    if tool == "run":
        arguments = [path, f"--input={folder / 'images.npy'}"]
    if tool == "translate --interpret":
        arguments = [path, f"--input={folder / 'images.npy'}", f"--output={tmp_path / 'out'}"]
    name, *options = tool.split()
    said = one_line(start(name, *options, *arguments))
    assert str(path) in said
    assert sorted(tmp_path.rglob("*")) == before


def damaged(data, rng):
    """The bytes cut short, or with a few bits flipped."""
    if rng.random() < 0.4:
        return data[:rng.integers(0, len(data))]
    changed = bytearray(data)
    for _ in range(rng.integers(1, 4)):
        changed[rng.integers(0, len(data))] ^= 1 << rng.integers(0, 8)
    return bytes(changed)


def accept_or_refuse(result, path):
    """A damaged file may still be a good one; else the one line."""
    if result.returncode == 0:
        return True
    assert path.name in one_line(result)
    return False


def attack(data, path, count, attempt):
    rng = np.random.default_rng(1)
    refused = 0
    for _ in range(count):
        path.write_bytes(damaged(data, rng))
        refused += not accept_or_refuse(attempt(), path)
    assert refused > count // 10


def attack_model(data, images, tmp_path, count):
    out = tmp_path / "out.rlk"

    def attempt():
        result = start("compile", tmp_path / "bad.onnx", f"--calibrate={images}", "-o", out)
        assert out.exists() == (result.returncode == 0)
        out.unlink(missing_ok=True)
        return result
    attack(data, tmp_path / "bad.onnx", count, attempt)


def test_damaged_models(folder, tmp_path):
    attack_model((folder / "m.onnx").read_bytes(), folder / "images.npy", tmp_path, 150)


@needs_data
def test_damaged_mnist(tmp_path):
    np.save(tmp_path / "images.npy", np.zeros((1, 1, 28, 28), np.float32))
    attack_model((MNIST / "mnist-8.onnx").read_bytes(), tmp_path / "images.npy", tmp_path, 100)


def test_damaged_programs(folder, tmp_path):
    data = (folder / "m.rlk").read_bytes()
    for tool, arguments in [
            ("run", [f"--input={folder / 'images.npy'}", f"--output={tmp_path / 'y.npy'}"]),
            ("translate", ["--disassemble", "-o", tmp_path / "y.npy"])]:
        def attempt(tool=tool, arguments=tuple(arguments)):
            result = start(tool, tmp_path / "bad.rlk", *arguments)
            assert (tmp_path / "y.npy").exists() == (result.returncode == 0)
            (tmp_path / "y.npy").unlink(missing_ok=True)
            return result
        attack(data, tmp_path / "bad.rlk", 150, attempt)


def test_damaged_program_text(folder, tmp_path):
    text = run("translate", "--disassemble", folder / "m.rlk").encode()

    def attempt():
        return start("translate", "--assemble", tmp_path / "bad.txt", "-o", tmp_path / "out.rlk")
    attack(text, tmp_path / "bad.txt", 100, attempt)


@pytest.mark.parametrize("where", ["absent/out", "a_directory", "/dev/full"])
@pytest.mark.parametrize("tool", ["compile", "compile --emit=nn", "save-calibration", "run",
                                  "translate --disassemble", "translate --import-onnx"])
def test_unwritable_output(folder, tmp_path, where, tool):
    (tmp_path / "a_directory").mkdir()
    out = where if where.startswith("/") else tmp_path / where
    images = f"={folder / 'images.npy'}"
    name, *options = tool.split()
    arguments = {
        "compile": [folder / "m.onnx", "--calibrate" + images, "-o", out],
        "run": [folder / "m.rlk", "--input" + images, f"--output={out}"],
        "save-calibration": [folder / "m.onnx", "--calibrate" + images,
                             f"--save-calibration={out}", "-o", tmp_path / "m.rlk"],
        "translate": [folder / ("m.rlk" if "--disassemble" in options else "m.onnx"), "-o", out],
    }[name]
    said = one_line(start("compile" if name == "save-calibration" else name, *options, *arguments))
    assert str(out) in said
    assert [path.name for path in tmp_path.rglob("*")] == ["a_directory"]


@pytest.mark.parametrize("shape", [(3,), (1, 9, 9), (2, 1, 1, 1), (0,)])
def test_wrong_input_shape_at_run(folder, tmp_path, shape):
    np.save(tmp_path / "x.npy", np.zeros(shape, np.float32))
    said = one_line(start("run", folder / "m.rlk", f"--input={tmp_path / 'x.npy'}",
                          f"--output={tmp_path / 'y.npy'}"))
    assert "x.npy" in said and "shape" in said
    assert not (tmp_path / "y.npy").exists()


def test_wrong_input_tensor_file(folder, tmp_path):
    (tmp_path / "x.pb").write_bytes(
        numpy_helper.from_array(np.zeros((1, 5), np.float32)).SerializeToString())
    said = one_line(start("run", folder / "m.rlk", f"--input={tmp_path / 'x.pb'}"))
    assert "x.pb" in said


@pytest.mark.parametrize("values", [np.nan, np.inf])
def test_calibration_with_numbers_that_are_none(folder, tmp_path, values):
    images = np.load(folder / "images.npy")
    images[0, 0, 0, 0] = values
    np.save(tmp_path / "images.npy", images)
    said = one_line(start("compile", folder / "m.onnx",
                          f"--calibrate={tmp_path / 'images.npy'}", "-o", tmp_path / "m.rlk"))
    assert re.search(r"images\.npy|m\.onnx", said)
    assert not (tmp_path / "m.rlk").exists()


@pytest.mark.parametrize("option,file", [
    ("--target", "name: x\nrows: -3\n"), ("--calibration-table", "nonsense: ["),
    ("--calibration-table", "version: 1\ntensors: {}\n"), ("--preprocess", "mean: [a, b]\n")])
def test_option_files(folder, tmp_path, option, file):
    (tmp_path / "o.yaml").write_text(file)
    arguments = [] if option == "--calibration-table" else [
        f"--calibrate={folder / 'images.npy'}"]
    said = one_line(start("compile", folder / "m.onnx", *arguments,
                          f"{option}={tmp_path / 'o.yaml'}", "-o", tmp_path / "m.rlk"))
    assert "o.yaml" in said
    assert not (tmp_path / "m.rlk").exists()


def test_a_float_model_needs_calibration(folder, tmp_path):
    said = one_line(start("compile", folder / "m.onnx", "-o", tmp_path / "m.rlk"))
    assert "--calibrate" in said


@pytest.mark.parametrize("harm", ["absent", "cut", "outside"])
def test_external_data(folder, tmp_path, harm):
    onnx.save(graphs.chain(5), tmp_path / "bad.onnx", save_as_external_data=True,
              location="weights.bin", size_threshold=0)
    weights = tmp_path / "weights.bin"
    if harm == "absent":
        weights.unlink()
    elif harm == "cut":
        weights.write_bytes(weights.read_bytes()[:-1])
    else:
        model = onnx.load(tmp_path / "bad.onnx", load_external_data=False)
        for entry in model.graph.initializer[0].external_data:
            if entry.key == "location":
                entry.value = "../weights.bin"
        onnx.save(model, tmp_path / "bad.onnx")
    said = compile_bad(folder, tmp_path / "bad.onnx", tmp_path)
    assert "bad.onnx" in said and "weights.bin" in said


def test_concat_of_shapes_that_do_not_join(folder, tmp_path):
    nodes = [helper.make_node("Flatten", ["x"], ["flat"]),
             helper.make_node("Concat", ["x", "flat"], ["y"], name="the_node", axis=1)]
    values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, (1, 2, 4, 4))
              for name in "xy"]
    onnx.save(helper.make_model(helper.make_graph(nodes, "g", values[:1], values[1:])),
              tmp_path / "bad.onnx")
    said = compile_bad(folder, tmp_path / "bad.onnx", tmp_path)
    assert "the_node" in said and "Concat" in said and "axis 1" in said


def test_images_that_do_not_fit(folder, tmp_path):
    np.save(tmp_path / "x.npy", np.zeros([2, 5, 5], np.float32))
    said = one_line(start("compile", folder / "m.onnx", f"--calibrate={tmp_path / 'x.npy'}",
                          "-o", tmp_path / "out.rlk"))
    assert "x.npy" in said and "2 x 5 x 5" in said and not (tmp_path / "out.rlk").exists()


def test_calibration_with_a_value_that_is_not_finite(folder, tmp_path):
    values = np.load(folder / "images.npy")
    values = np.concatenate([values] * 4)
    values[5].flat[0] = np.nan
    np.save(tmp_path / "x.npy", values)
    said = {one_line(start("compile", folder / "m.onnx", f"--calibrate={tmp_path / 'x.npy'}",
                           "-o", tmp_path / "out.rlk")) for _ in range(5)}
    assert len(said) == 1 and "nan" in said.pop() and not (tmp_path / "out.rlk").exists()
