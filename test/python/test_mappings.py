"""Mappings by hand: --mapping, --save-mappings."""

import re

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from graphs import IR_VERSION
from tools import one_line, run, start

SMALL = "n=1 m=2 h=3 f=10 c=2 e=3 p=2 q=1 r=2 t=1 g=1 order=gmnhfc/cms prefetch=none"
LETTERS = "{n: 1, m: 2, h: 3, f: 10, c: 2, e: 3, p: 2, q: 1, r: 2, t: 1, g: 1}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """conv1, and conv2 with a filter so high that it runs in two parts."""
    path = tmp_path_factory.mktemp("mapped")
    rng = np.random.default_rng(3)
    filters = {"w1": (4, 2, 3, 3), "w2": (3, 4, 13, 2)}
    graph = helper.make_graph(
        [helper.make_node("Conv", ["x", "w1"], ["a"], name="conv1", pads=[1, 1, 1, 1]),
         helper.make_node("Relu", ["a"], ["b"], name="relu1"),
         helper.make_node("Conv", ["b", "w2"], ["y"], name="conv2")],
        "g", [helper.make_tensor_value_info("x", TensorProto.FLOAT, (1, 2, 16, 10))],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, (1, 3, 4, 9))],
        [numpy_helper.from_array(rng.normal(0, 0.3, shape).astype(np.float32), name)
         for name, shape in filters.items()])
    onnx.save(helper.make_model(graph, ir_version=IR_VERSION,
                                opset_imports=[helper.make_opsetid("", 13)]), path / "m.onnx")
    np.save(path / "images.npy", rng.normal(0, 1, (2, 2, 16, 10)).astype(np.float32))
    run("compile", path / "m.onnx", f"--calibrate={path / 'images.npy'}", "-o", path / "m.rlk",
        f"--save-mappings={path / 'm.yaml'}", f"--save-calibration={path / 't.yaml'}")
    return path


def compile_with(folder, tmp_path, text, *arguments):
    (tmp_path / "by_hand.yaml").write_text(text)
    return start("compile", folder / "m.onnx", f"--calibrate={folder / 'images.npy'}",
                 f"--mapping={tmp_path / 'by_hand.yaml'}", *arguments)


def mappings_of(rs):
    """The mappings in rs IR, of parts too, in order."""
    return re.findall(r'#rs\.mapping<"([^"]*)">', rs)


def test_what_is_saved_can_be_imposed(folder, tmp_path):
    saved = (folder / "m.yaml").read_text()
    assert saved.count("n=1 ") == 3 and saved.count("  - ") == 2
    again = compile_with(folder, tmp_path, saved, "-o", tmp_path / "m.rlk",
                         f"--save-mappings={tmp_path / 'm.yaml'}")
    assert again.returncode == 0, again.stderr
    assert (tmp_path / "m.yaml").read_text() == saved
    assert (tmp_path / "m.rlk").read_bytes() == (folder / "m.rlk").read_bytes()


@pytest.mark.parametrize("text", [
    f"b: {SMALL}", f"conv1: {SMALL}", f"'conv1':\n  - {SMALL}",
    "conv1:\n  " + SMALL.replace(" e=", "\n  e="),
    f"conv1: {LETTERS}"])
def test_it_runs_as_imposed(folder, tmp_path, text):
    """The layer by its own name and its node's; others are searched; results are right."""
    searched = run("compile", folder / "m.onnx", f"--calibration-table={folder / 't.yaml'}",
                   "--emit=rs", "-o", "-")
    imposed = compile_with(folder, tmp_path, text, "--emit=rs", "-o", "-")
    assert imposed.returncode == 0, imposed.stderr
    assert mappings_of(imposed.stdout.decode()) == [SMALL, *mappings_of(searched)[1:]]
    assert mappings_of(searched)[0] != SMALL
    verified = compile_with(folder, tmp_path, text, "--verify", "-o", tmp_path / "m.rlk")
    assert verified.returncode == 0 and verified.stderr.startswith(b"verified: 2 images")


@pytest.mark.parametrize("text, reason", [
    (f"conv9: {SMALL}", "1: layer 'conv9': no such layer on the array; there are b.1, y.2"),
    (f"relu1: {SMALL}\nb: {SMALL}", "2: layer 'b': given twice, also as another name of 'b.1'"),
    (f"b: {SMALL}\nb: {SMALL}", "2: layer 'b' is given twice"),
    (f"\ny: {SMALL}", "2: layer 'y': 1 mappings for 2 parts: 13 filter rows exceed the 12"),
    (f"y: [{SMALL}, {SMALL}]", "1: layer 'y': part 0: f is 10, exceeds F of 9"),
    (f"b: {SMALL.replace('q=1', 'q=4').replace('c=2', 'c=9')}",
     "1: layer 'b': c is 9, exceeds C of 2"),
    (f"b: {SMALL.replace('r=2', 'r=1').replace('t=1', 't=9').replace('m=2', 'm=4')}",
     "1: layer 'b': t is 9, exceeds m of 4"),
    (f"b: {SMALL.replace('none', 'some')}", "1: layer 'b': mapping has prefetch 'some', not"),
    (f"b:\n  {LETTERS.replace('m: 2, ', '').replace(', t: 1', '')}",
     "2: layer 'b': mapping has no 'm', 't'"),
    (f"b: {LETTERS.replace('m: 2', 'm: x')}", "1: layer 'b': mapping has m 'x', not an integer"),
    (f"b: {LETTERS.replace('m: 2', 'm: 2 h=3')}", "1: layer 'b': mapping has m '2 h=3', not"),
    (f"b: {LETTERS.replace('m: 2', 'm: [2]')}", "1: layer 'b': 'm' has no plain value"),
    (f"b: {LETTERS.replace('m: 2', 'm: 2, m: 2')}", "1: layer 'b': mapping has key 'm' twice"),
    (f"b: {LETTERS.replace('m: 2', 'z: 2')}", "1: layer 'b': mapping has unknown key 'z'"),
    (f"b: {LETTERS.replace('m: 2', f'm: {2**64}')}", f"1: layer 'b': mapping has m '{2**64}'"),
    ("b:", "1: layer 'b': is neither a mapping nor a list"),
    ("b: []", "1: layer 'b': the list is empty"),
    ("b: [[1]]", "1: layer 'b': is neither a mapping nor a list"),
    ("", "1: a mapping file is a map"), ("- 1", "1: a mapping file is a map"),
    ("b: {n: 1", "1: "),
])
def test_one_line_says_what_is_wrong(folder, tmp_path, text, reason):
    said = one_line(compile_with(folder, tmp_path, text, "-o", tmp_path / "m.rlk",
                                 f"--save-mappings={tmp_path / 'm.yaml'}"))
    assert said.startswith(f"{tmp_path / 'by_hand.yaml'}:{reason}"), said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["by_hand.yaml"]


def test_files_that_are_none(folder, tmp_path):
    arguments = [folder / "m.onnx", f"--calibration-table={folder / 't.yaml'}", "-o",
                 tmp_path / "m.rlk"]
    said = one_line(start("compile", *arguments, f"--mapping={tmp_path / 'none.yaml'}"))
    assert said.startswith(f"{tmp_path / 'none.yaml'}: ")
    said = one_line(start("compile", *arguments, f"--mapping={tmp_path}"))
    assert said == f"{tmp_path}: is a directory\n"
    said = one_line(start("compile", *arguments, f"--save-mappings={tmp_path / 'no' / 'm'}"))
    assert str(tmp_path / "no") in said
    said = one_line(start("compile", *arguments, "--emit=nn", f"--save-mappings={tmp_path / 'm'}"))
    assert "--emit=nn comes before mappings" in said
