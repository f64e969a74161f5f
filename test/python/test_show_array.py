"""The picture of the array, against the hardware's rules for a mapping and the frame."""

import collections
import json
import re
import xml.etree.ElementTree

import networks
import numpy as np
import onnx
import pytest

from tools import one_line, run, start

ROWS, COLUMNS = 12, 14


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("array")
    net = networks.Chain(1, 30, 47, 17).conv(50, 5, 2).conv(9, 3, pad=1)
    onnx.save(net.model([1, 30, 47, 17]), path / "m.onnx")
    np.save(path / "x.npy", np.random.default_rng(1).normal(0, 1, [1, 30, 47, 17]).astype("f4"))
    run("compile", path / "m.onnx", "--random-weights=1", f"--calibrate={path / 'x.npy'}",
        "-o", path / "m.rlk")
    return path


def show(folder, what):
    return run("run", folder / "m.rlk", f"--show-array={what}")


PE = collections.namedtuple("PE", "block filter_row ifmap_row psum_row below ids")


def read(text):
    """The PEs of a picture by (row, column), and its blocks as (filters, channels)."""
    lines = text.splitlines()
    head = next(k for k, line in enumerate(lines) if line.startswith("row  row ID"))
    starts = [m.start() for m in re.finditer(r"\d+", lines[head][13:])]
    assert len(starts) == COLUMNS
    pes, k = {}, head + 1
    for row in reversed(range(ROWS)):
        assert int(lines[k][:5]) == row
        if not lines[k][5:].strip():
            k += 1
            continue
        cells = [[line[13 + s:13 + e].strip() for s, e in zip(starts, [*starts[1:], 999])]
                 for line in lines[k:k + 3]]
        assert [line[5:7] for line in lines[k:k + 3]] == ["f@", "x@", "y@"]
        k += 4
        for column, (f, x, y) in enumerate(zip(*cells)):
            if not f:
                continue
            held, ifmap, psum = (re.fullmatch(kind, line) for kind, line in (
                (r"([A-Z]+)(\d+)@\d+", f), (r"x(\d+)@\d+", x), (r"y(\d+)(\^?)(@\d+)?", y)))
            assert all(match or line == "-" for match, line in ((held, f), (ifmap, x), (psum, y)))
            pes[row, column] = PE(held and held[1], held and int(held[2]),
                                  ifmap and int(ifmap[1]), psum and int(psum[1]),
                                  psum and bool(psum[2]), psum and bool(psum[3]))

    def span(words):
        first, _, last = words.partition("-")
        return range(int(first), int(last or first) + 1)
    blocks = {m[1]: (span(m[2]), span(m[3])) for m in
              re.finditer(r"([A-Z]+) +filters? ([\d-]+), channels? ([\d-]+)", text)}
    return pes, blocks


def last_pass(folder, layer):
    said = one_line(start("run", folder / "m.rlk", f"--show-array={layer}:99999"))
    return int(re.search(r"its last one is (\d+)", said)[1])


@pytest.mark.parametrize("layer, filters, channels, stride, height, rows",
                         [("relu3", 50, 30, 2, 5, 22), ("relu7.1", 9, 50, 1, 3, 22)])
def test_every_psum_row_meets_its_rows(folder, layer, filters, channels, stride, height, rows):
    """A PE set is R x e: filter row i meets ifmap row y*U + i and makes ofmap row y. Over a
    layer every filter and channel comes equally often."""
    met = collections.Counter()
    for number in range(last_pass(folder, layer) + 1):
        text = show(folder, f"{layer}:{number}")
        pes, blocks = read(text)
        working = {at: pe for at, pe in pes.items() if None not in pe}
        assert f"{len(working)} of 168 PEs work" in text and f"pass {number} of" in text
        for pe in working.values():
            assert pe.ifmap_row == pe.psum_row * stride + pe.filter_row
        for (row, column), pe in pes.items():
            if pe.psum_row is None:
                continue
            above, under = pes.get((row + 1, column)), pes.get((row - 1, column))
            assert pe.ids == (not pe.below or not (above and above.below))
            assert not pe.below or under.psum_row == pe.psum_row
        # In a pass each (filter, channel, filter row, ofmap row) once.
        work = collections.Counter((m, c, pe.filter_row, pe.psum_row) for pe in working.values()
                                   for m in blocks[pe.block][0] for c in blocks[pe.block][1])
        assert set(work.values()) == {1}
        met += work
    pairs = collections.Counter()
    for (m, c, i, _), times in met.items():
        pairs[m, c, i] += times
    assert set(pairs) == {(m, c, i) for m in range(filters) for c in range(channels)
                          for i in range(height)}
    assert set(pairs.values()) == {rows}


def test_picture(folder, tmp_path):
    text = show(folder, "relu3:1")
    run("run", folder / "m.rlk", "--show-array=relu3:1", f"--show-array-svg={tmp_path / 'a.svg'}")
    root = xml.etree.ElementTree.parse(tmp_path / "a.svg").getroot()
    words = collections.Counter(e.text for e in root.iter("{http://www.w3.org/2000/svg}text"))
    pes, blocks = read(text)
    cells = collections.Counter(f"{pe.block}{pe.filter_row}" for pe in pes.values() if pe.block)
    assert all(words[cell] == times for cell, times in cells.items())
    for kind, row in (("x", "ifmap_row"), ("y", "psum_row")):
        expected = collections.Counter(f"{kind}{getattr(pe, row)}" for pe in pes.values()
                                       if getattr(pe, row) is not None)
        assert {word: n for word, n in words.items() if re.fullmatch(kind + r"\d+", word)} \
            == dict(expected)
    assert all(words[name] for name in blocks) and words[text.splitlines()[0]] == 1
    assert text.splitlines()[0] == "relu3, pass 1 of " + str(last_pass(folder, "relu3") + 1)


def test_layers_by_number(folder):
    said = one_line(start("run", folder / "m.rlk", "--show-array=nothing:2"))
    number = re.search(r"'relu7.1' \(#(\d+)\)", said)[1]
    assert "no layer 'nothing'" in said and "'relu3'" in said
    assert show(folder, f"#{number}:0") == show(folder, "relu7.1")


def test_a_picture_needs_a_pass(folder, tmp_path):
    said = one_line(start("run", folder / "m.rlk", f"--show-array-svg={tmp_path / 'a.svg'}"))
    assert "--show-array" in said and not list(tmp_path.iterdir())


def test_a_run_needs_input(folder, tmp_path):
    assert "the program has 1 inputs, got 0" in one_line(start("run", folder / "m.rlk"))
    for option in ("--profile", f"--trace={tmp_path / 't.json'}", f"--output={tmp_path / 'y.npy'}"):
        result = start("run", folder / "m.rlk", "--show-array=#1", option)
        assert result.returncode == 1 and b"got 0" in result.stderr
    assert not list(tmp_path.iterdir())


def test_names_of_any_bytes(folder, tmp_path):
    run("translate", "--disassemble", folder / "m.rlk", "-o", tmp_path / "m.txt")
    text = (tmp_path / "m.txt").read_text()
    assert 'layer name="relu3"' in text
    (tmp_path / "m.txt").write_text(text.replace('layer name="relu3"',
                                                 'layer name="<a>&\\x01\\xff"'))
    run("translate", "--assemble", tmp_path / "m.txt", "-o", tmp_path / "m.rlk")
    run("run", tmp_path / "m.rlk", "--show-array=#1", f"--show-array-svg={tmp_path / 'a.svg'}")
    root = xml.etree.ElementTree.parse(tmp_path / "a.svg").getroot()
    assert any(e.text and e.text.startswith("<a>&?\ufffd, pass 0 of") for e in root.iter())
    run("run", tmp_path / "m.rlk", "--no-data", f"--trace={tmp_path / 't.json'}",
        f"--profile-json={tmp_path / 'p.json'}")
    names = [layer["name"] for layer in json.loads((tmp_path / "p.json").read_text())["layers"]]
    assert names[0] == "<a>&\x01\ufffd"
    assert names[0] in {event["name"] for event in
                        json.loads((tmp_path / "t.json").read_text())["traceEvents"]}
