"""Mappings by hand, and what bounds a layer: --mapping, --save-mappings, --explain-mapping."""

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


# --- --explain-mapping ------------------------------------------------------


def explain(folder, *arguments, layer=None):
    option = "--explain-mapping" + (f"={layer}" if layer else "")
    return run("compile", folder / "m.onnx", f"--calibration-table={folder / 't.yaml'}", option,
               *arguments)


def sections(text):
    """The explanation of each kind of part by its names."""
    found = {}
    for block in re.split(r"\n\n(?=\S)", text.rstrip("\n"))[2:]:
        names, _, body = block.partition(": ")
        found[names] = body
    return found


def table(body, head):
    """Rows of the table whose first column is headed so: name, then cells."""
    start = body.index(f"\n  {head}  ") + 1
    lines = body[start:].split("\n\n")[0].splitlines()[1:]
    return {cells[0]: cells[1:] for cells in (re.split(r"  +", line.strip()) for line in lines)}


def number(pattern, text):
    return float(re.search(pattern, text).group(1))


def test_explanations_add_up(folder):
    text = explain(folder)
    blocks = sections(text)
    assert list(blocks) == ["b.1", "y.2 part 0", "y.2 part 1"]
    for body in blocks.values():
        modelled = number(r"latency +(\d+) cycles in the model", body)
        parts = table(body, "where the time goes")
        assert len(parts) == 10
        cycles = {name: float(cells[0]) for name, cells in parts.items()}
        assert sum(cycles.values()) == pytest.approx(modelled, abs=len(parts))
        for name, cells in parts.items():
            assert float(cells[1][:-2]) == pytest.approx(100 * cycles[name] / modelled, abs=0.1)
        causes = {name.split(":")[0].split(",")[0]: 0 for name in cycles}
        for name, value in cycles.items():
            causes[name.split(":")[0].split(",")[0]] += value
        assert re.search(r"bound by (.*)", body).group(1) == max(causes, key=causes.get)
        link = table(body, "DRAM link")
        moved = {name: int(cells[0]) for name, cells in link.items()}
        assert moved.pop("all") == sum(moved.values())
        assert all(int(cells[1]) <= int(cells[0]) for cells in link.values())
        # Network of 64 bits at 60 of 200 MHz.
        assert all(float(cells[2]) == pytest.approx(int(cells[0]) / 8 * 200 / 60, abs=0.5)
                   for cells in link.values())


def test_events_are_those_of_the_program(folder):
    """What the compiler predicts in the program's debug table, over the parts of a layer."""
    blocks = sections(explain(folder))
    text = run("compile", folder / "m.onnx", f"--calibration-table={folder / 't.yaml'}",
               "--emit=program", "-o", "-")

    def predicted(name):
        return [float(value) for value in re.findall(
            r'\{name="%s" (?:ints|reals)=\[([0-9.e+]+)\]' % name, text)]

    def explained(pattern):
        values = [number(pattern, body) for body in blocks.values()]
        return [values[0], values[1] + values[2]]
    assert predicted("cycles") == pytest.approx(explained(r"(\d+) by events"), abs=1.1)
    for kind, name in ("filter", "filters"), ("ifmap", "ifmaps"), ("ofmap", "ofmaps and raw psums"):
        assert predicted(f"dram_{kind}_bytes") == explained(rf"\n  {name} +(\d+)")


def test_one_layer_by_any_of_its_names(folder, tmp_path):
    whole = sections(explain(folder))
    for name in "b.1", "b", "conv1", "relu1":
        assert sections(explain(folder, layer=name)) == {"b.1": whole["b.1"]}
    both = sections(explain(folder, layer="conv2"))
    assert both == {name: body for name, body in whole.items() if name.startswith("y.2")}
    said = one_line(start("compile", folder / "m.onnx", "--explain-mapping=conv3",
                          f"--calibration-table={folder / 't.yaml'}"))
    assert said == ("rowlock-compile: --explain-mapping: layer 'conv3': no such layer on the "
                    "array; there are b.1, y.2\n")


def test_a_program_is_written_with_o_only(folder, tmp_path):
    printed = explain(folder, "-o", tmp_path / "m.rlk", "--quiet")
    assert printed == explain(folder)
    assert (tmp_path / "m.rlk").read_bytes() == (folder / "m.rlk").read_bytes()
    for option in "--emit=rs", "--verify":
        said = one_line(start("compile", folder / "m.onnx", "--explain-mapping", option,
                              f"--calibrate={folder / 'images.npy'}"))
        assert said == "rowlock-compile: -o is missing\n"


def test_files_are_written_once_and_never_over_what_is_read(folder, tmp_path):
    for name in ("m.onnx", "t.yaml", "m.yaml"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    model, table, mappings = (tmp_path / name for name in ("m.onnx", "t.yaml", "m.yaml"))
    program = tmp_path / "m.rlk"
    for options, reason in [
            (["-o", model], "-o: '{}' is that of the model as well".format(model)),
            (["-o", program, f"--save-mappings={program}"], "is that of -o as well"),
            (["-o", program, f"--save-calibration={table}"],
             "is that of --calibration-table as well"),
            (["-o", program, f"--mapping={mappings}", f"--save-mappings={mappings}"],
             "is that of --mapping as well")]:
        said = one_line(start("compile", model, f"--calibration-table={table}", *options))
        assert reason in said
        assert before == {path: path.read_bytes() for path in tmp_path.iterdir()}
    # The name of a shipped target is no file.
    run("compile", model, f"--calibration-table={table}", "--target=eyeriss-int8", "--quiet",
        "-o", "eyeriss-int8", cwd=tmp_path)


def test_a_mapping_by_hand_against_the_best(folder, tmp_path):
    (tmp_path / "by_hand.yaml").write_text(f"conv1: {SMALL}")
    body = sections(explain(folder, f"--mapping={tmp_path / 'by_hand.yaml'}",
                            "--objective=latency", layer="conv1"))["b.1"]
    best = sections(explain(folder, "--objective=latency", layer="conv1"))["b.1"]
    assert f"mapping    {SMALL}\n" in body
    more, mapping = re.search(r"search +([0-9.]+) % more latency than the best: (.*)", body).groups()
    assert mapping == re.search(r"mapping +(.*)", best).group(1)
    ratio = (number(r"latency +(\d+) cycles", body) / number(r"latency +(\d+) cycles", best))
    assert float(more) == pytest.approx(100 * (ratio - 1), abs=0.06) and float(more) > 1
    assert "no mapping of the space has less latency" in best


SECTIONS = {"rows": "array", "columns": "array", "glb_banks": "glb", "link_bits": "clocks",
            "frame_microseconds": "clocks"}


def test_another_machine_is_one_that_can_be_had(folder, tmp_path):
    """The best of a changed target is what compiling for that target finds."""
    body = sections(explain(folder, "--objective=latency", layer="conv1"))["b.1"]
    rows = table(body.replace("\n  no gain", "\n\n  no gain"), "another machine")
    assert len(rows) >= 3, body
    now = number(r"less latency \(([0-9.e+]+) in", body)
    gains = [float(cells[3][:-2]) for cells in rows.values()]
    assert gains == sorted(gains, reverse=True) and gains[-1] > 0
    for field, (before, after, best, gain, cycles) in rows.items():
        section = SECTIONS.get(field, "networks" if "network" in field else "spads")
        (tmp_path / "t.yaml").write_text(f"base: eyeriss-int8\n{section}:\n  {field}: {after}\n")
        better = sections(explain(folder, "--objective=latency",
                                  f"--target={tmp_path / 't.yaml'}", layer="conv1"))["b.1"]
        assert f"has less latency ({best} in the model)" in better
        assert f"latency    {cycles} cycles in the model" in better
        assert float(gain[:-2]) == pytest.approx(100 * (1 - float(best) / now), abs=0.1)


def test_why_pes_are_idle(folder):
    for body in sections(explain(folder)).values():
        busy, of = map(int, re.search(r"PEs +(\d+) of (\d+) busy", body).groups())
        assert of == 168
        reasons = re.search(r"busy in a full pass.*\n((?: {13}.*\n)*)", body).group(1)
        assert bool(reasons) == (busy < 126)
        other = re.search(r"would use (\d+)", reasons)
        assert not other or int(other.group(1)) > busy
