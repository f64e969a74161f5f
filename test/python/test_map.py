"""rowlock-map: fronts of layers and sweeps over machines, judged by rowlock-compile's
reports and by their own definitions."""

import json
import signal
import subprocess
import time
import xml.etree.ElementTree as ET

import numpy as np
import onnx
import pytest

from networks import Chain
from tools import BIN, one_line, run, start

# Programs keep predicted energies as binary32.
ROUNDING = 1e-7

SPEC = """base: eyeriss-int8
fields:
  rows: [6, 12]
  columns: [14, 17]
  glb_banks: [8, 25]
"""


@pytest.fixture(name="model", scope="module")
def fixture_model(tmp_path_factory):
    """Two convolutions and a layer that goes in parts, with calibration data."""
    folder = tmp_path_factory.mktemp("model")
    chain = Chain(1, 3, 20, 20).conv(16, 3, pad=1).pool(2, 2).conv(24, 5).fc(1201)
    onnx.save(chain.model([1, 3, 20, 20]), folder / "m.onnx")
    np.save(folder / "x.npy",
            np.random.default_rng(2).uniform(0, 7, [1, 3, 20, 20]).astype(np.float32))
    return folder / "m.onnx"


@pytest.fixture(name="spec")
def fixture_spec(tmp_path):
    (tmp_path / "spec.yaml").write_text(SPEC)
    return tmp_path / "spec.yaml"


def report(model, *options):
    """{layer: (cycles, DRAM bytes, energy)} of rowlock-compile's report."""
    text = run("compile", model, "--random-weights=3", f"--calibrate={model.parent / 'x.npy'}",
               "--emit=report", "-o", "-", *options)
    rows = [line.split() for line in text.splitlines()[2:] if not line.startswith("    ")]
    layers = {}
    for row in rows:
        if row[0] == "all":
            layers["all"] = (int(row[-4]), int(row[-2]), int(row[-1]))
        elif row[-1] != "host":
            layers[row[0]] = (int(row[-6]), int(row[-3]), int(row[-2]))
    return layers


# --- fronts -------------------------------------------------------------------


@pytest.mark.parametrize("target", ["eyeriss-int8", "eyeriss-v1"])
def test_fronts_end_at_the_optima(model, target, tmp_path):
    by_energy = report(model, f"--target={target}", "--objective=energy,latency")
    by_latency = report(model, f"--target={target}", "--objective=latency,energy")
    layers = [name for name in by_energy if name != "all"]
    assert len(layers) == 3
    for layer in layers:
        table = run("map", model, "--pareto", f"--layer={layer}", f"--target={target}",
                    f"--json={tmp_path / 'f.json'}", f"--svg={tmp_path / 'f.svg'}")
        front = json.loads((tmp_path / "f.json").read_text())
        points = front["points"]
        assert front["layer"] == layer and front["target"] == target
        assert points[0]["energy"] == pytest.approx(by_energy[layer][2], rel=ROUNDING)
        assert points[0]["dram_bytes"] == by_energy[layer][1]
        assert points[-1]["energy"] == pytest.approx(by_latency[layer][2], rel=ROUNDING)
        for one, next_one in zip(points, points[1:]):
            assert one["energy"] < next_one["energy"] and one["cycles"] > next_one["cycles"]
        for point in points:
            assert point["milliseconds"] == pytest.approx(point["cycles"] / 200e3)
            assert len(point["mappings"]) == len(front["parts"])
            assert all(mapping in table for mapping in point["mappings"])
        assert table.count("\n* ") == 1
        assert len(ET.parse(tmp_path / "f.svg").findall(".//{*}circle")) == len(points)


def test_layers_go_by_their_nodes(model):
    by_result, by_node = [run("map", model, "--pareto", f"--layer={name}")
                          for name in ("relu3", "conv2")]
    assert by_result == by_node and by_result.startswith("relu3: ")


def test_a_layer_in_parts(model, tmp_path):
    layer = list(report(model))[2]
    table = run("map", model, "--pareto", f"--layer={layer}", f"--json={tmp_path / 'f.json'}")
    assert "in parts: 1201 filters exceed the 1024 of a native layer" in table
    assert len(json.loads((tmp_path / "f.json").read_text())["parts"]) == 2


# --- sweeps -------------------------------------------------------------------


def sweep(model, spec, *options):
    """(table, JSON) of a sweep."""
    file = spec.parent / "sweep.json"
    file.unlink(missing_ok=True)
    table = run("map", model, f"--sweep={spec}", f"--json={file}", *options)
    return table, json.loads(file.read_text())


@pytest.mark.parametrize("base", ["eyeriss-int8", "eyeriss-v1"])
@pytest.mark.parametrize("objective", ["edp", "dram,latency"])
def test_totals_are_those_of_the_compiler(model, spec, base, objective, tmp_path):
    spec.write_text(f"base: {base}\nfields:\n  glb_banks: [9, 25]\n")
    _, result = sweep(model, spec, f"--objective={objective}")
    assert result["base"] == base and result["objectives"] == objective
    for machine in result["machines"]:
        target = tmp_path / "target.yaml"
        target.write_text(f"base: {base}\nglb:\n  glb_banks: {machine['fields']['glb_banks']}\n")
        totals = report(model, f"--target={target}", f"--objective={objective}")["all"]
        assert machine["cycles"] == pytest.approx(totals[0], rel=ROUNDING, abs=0.5)
        assert machine["dram_bytes"] == totals[1]
        assert machine["energy"] == pytest.approx(totals[2], rel=ROUNDING)
        assert machine["layers_on_array"] == 3 and machine["layers_on_host"] == 0


def test_what_follows_from_the_figures(model, spec):
    table, result = sweep(model, spec)
    machines = result["machines"]
    assert [[int(m["fields"][name]) for name in ("rows", "columns", "glb_banks")]
            for m in machines] == [[r, c, g] for r in (6, 12) for c in (14, 17) for g in (8, 25)]
    good = [m for m in machines if "reason" not in m]
    assert len(good) == 4
    for m in machines:
        rows, columns, banks = (int(m["fields"][k]) for k in ("rows", "columns", "glb_banks"))
        assert m["pes"] == rows * columns
        assert m["spad_bytes"] == m["pes"] * (24 + 448 + 4 * 12)
        assert m["glb_bytes"] == (banks + 2) * 4096
        if m not in good:
            assert m["reason"] == "filter_column_id_bits 4 is below ceil(log2 columns), 5"
            name = f"rows={rows} columns={columns} glb_banks={banks}"
            assert f"{name}: {m['reason']}\n" in table
            continue
        assert m["milliseconds"] == pytest.approx(m["cycles"] / 200e3)
        assert m["energy_milliseconds"] == pytest.approx(m["energy"] * m["milliseconds"])
        assert m["pe_utilisation"] == pytest.approx(m["macs"] / (m["pes"] * m["cycles"]))

    def figures(m):
        return m["energy"], m["milliseconds"], m["pes"], m["spad_bytes"] + m["glb_bytes"]

    for m in good:
        beaten = any(figures(o) != figures(m) and
                     all(a <= b for a, b in zip(figures(o), figures(m))) for o in good)
        assert m["best"] == (not beaten)
    assert table.count("\n*") == sum(m["best"] for m in good)


def test_the_picture(model, spec, tmp_path):
    _, result = sweep(model, spec, f"--svg={tmp_path / 's.svg'}")
    picture = ET.parse(tmp_path / "s.svg")
    good = [m for m in result["machines"] if "reason" not in m]
    kinds = [circle.get("class") for circle in picture.findall(".//{*}circle")]
    assert kinds == ["best" if m["best"] else "other" for m in good]
    words = [text.text for text in picture.findall(".//{*}text")]
    shown = [m["best"] for m in good if " ".join(m["fields"].values()) in words]
    assert shown and all(shown)


def test_threads_and_directories_change_nothing(model, spec, tmp_path):
    plain = sweep(model, spec, "--jobs=1")
    done, cache = tmp_path / "done", tmp_path / "cache"
    for options in [["--jobs=3"], [f"--resume={done}"], [f"--mapping-cache={cache}"],
                    [f"--mapping-cache={cache}"], [f"--resume={done}"]]:
        assert sweep(model, spec, *options) == plain
    entries = sorted(done.iterdir())
    assert len(entries) == 4 and list(cache.iterdir())
    entries[0].unlink()
    entries[1].write_bytes(entries[2].read_bytes())
    entries[2].write_bytes(entries[2].read_bytes()[:-1])
    result = start("map", model, f"--sweep={spec}", f"--resume={done}")
    assert result.stdout.decode() == plain[0]
    assert result.stderr.decode() == f"{done}: 1 of 8 machines were finished\n"
    # Another question finds no answer in it.
    result = start("map", model, f"--sweep={spec}", f"--resume={done}", "--objective=dram")
    assert not result.stderr and result.stdout.decode() != plain[0]
    result = start("map", model, f"--sweep={spec}", f"--resume={done}", "--batch=2")
    assert not result.stderr and result.stdout.decode() != plain[0]


def test_goes_on_after_a_kill(model, spec, tmp_path):
    spec.write_text("base: eyeriss-int8\nfields:\n"
                    f"  glb_banks: {list(range(4, 44))}\n")
    done = tmp_path / "done"
    with subprocess.Popen([BIN / "rowlock-map", model, f"--sweep={spec}", f"--resume={done}",
                           "--batch=4", "--jobs=1",
                           f"--json={tmp_path / 'never.json'}"]) as process:
        while process.poll() is None and not list(done.glob("*.entry")):
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
    # A slow observer may come too late to kill anything.
    assert process.returncode == 0 or not (tmp_path / "never.json").exists()
    result = start("map", model, f"--sweep={spec}", f"--resume={done}", "--batch=4")
    finished = int(result.stderr.decode().split(": ")[1].split()[0])
    assert 1 <= finished <= 40
    assert result.stdout.decode() == run("map", model, f"--sweep={spec}", "--batch=4")


# --- bad input ------------------------------------------------------------------


@pytest.mark.parametrize("text, said", [
    ("", "spec.yaml:1: a sweep is a map of base and fields"),
    ("base: [", "spec.yaml:1: "),
    ("fields: {rows: [12]}", "spec.yaml:1: base is missing"),
    ("base: eyeriss-v1", "spec.yaml:1: fields is missing or empty"),
    ("base: nothing\nfields: {rows: [12]}", "spec.yaml:1: target 'nothing' is no readable file"),
    ("base: eyeriss-v1\nfields:\n  rowz: [12]", "spec.yaml:3: unknown target field 'rowz'"),
    ("base: eyeriss-v1\nfields:\n  rows: 12", "spec.yaml:3: rows is not a list of values"),
    ("base: eyeriss-v1\nfields:\n  rows: []", "spec.yaml:3: rows has no values"),
    ("base: eyeriss-v1\nfields:\n  rows: [12, 64]", "spec.yaml:3: rows 64 is not in 1 to 32"),
    ("base: eyeriss-v1\nfields:\n  rows: [12, a]", "spec.yaml:3: rows 'a' is not an integer"),
    ("base: eyeriss-v1\nfields:\n  rows: [12, 12]", "spec.yaml:3: rows has the value 12 twice"),
    ("base: eyeriss-v1\nfields:\n  rows: [[12]]",
     "spec.yaml:3: a value of rows is not a plain value"),
    ("base: eyeriss-v1\nfields:\n  rows: [12]\n  rows: [13]",
     "spec.yaml:4: field 'rows' is given twice"),
    ("base: eyeriss-v1\nbase: eyeriss-v1", "spec.yaml:2: base is given twice"),
    ("base: eyeriss-v1\nlayers: 3", "spec.yaml:2: unknown key 'layers'"),
    ("base: eyeriss-v1\nfields:\n" + "".join(
        f"  {name}: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]\n"
        for name in ("rows", "columns", "max_filter_height", "psum_spad_words",
                     "ifmap_spad_words")), "spec.yaml:7: more than 100000 machines"),
])
def test_wrong_specs(model, spec, text, said):
    spec.write_text(text)
    result = start("map", model, f"--sweep={spec}", f"--json={spec.parent / 's.json'}")
    assert said in one_line(result)
    assert list(spec.parent.iterdir()) == [spec]


def test_wrong_command_lines(model, spec, tmp_path):
    for options, said in [
            ([], "give either --pareto or --sweep"),
            (["--pareto", f"--sweep={spec}"], "give either --pareto or --sweep"),
            (["--pareto"], "--pareto needs --layer"),
            (["--pareto", "--layer=x", "--resume=d"], "--resume is for --sweep"),
            ([f"--sweep={spec}", "--target=eyeriss-v1"], "--target is for --pareto"),
            ([f"--sweep={spec}", "--jobs=-1"], "--jobs is -1, expected 0 to 1024"),
            ([f"--sweep={spec}", "--batch=0"], "--batch is 0, expected 1 to 4096"),
            ([f"--sweep={spec}", "--objective=speed"], "--objective: no objective 'speed'"),
            ([f"--sweep={tmp_path / 'none.yaml'}"], "none.yaml: No such file"),
            ([f"--sweep={spec}", f"--resume={spec}"], "spec.yaml': Not a directory"),
            ([f"--sweep={spec}", f"--json={tmp_path / 'none' / 's.json'}"], "s.json"),
            (["--pareto", "--layer=x"], "m.onnx: layer 'x': no such layer on the array; there are relu"),
            (["--pareto", "--layer=x", "--target=y"], "target 'y' is no readable file"),
            ([f"--sweep={spec}", f"--json={spec}"], "is that of --sweep as well"),
            ([f"--sweep={spec}", f"--svg={model}"], "is that of the model as well"),
            ([f"--sweep={spec}", f"--json={tmp_path / 's'}", f"--svg={tmp_path / 's'}"],
             "is that of --json as well"),
    ]:
        assert said in one_line(start("map", model, *options, cwd=tmp_path))
    (tmp_path / "bad.onnx").write_bytes(b"no model")
    assert "bad.onnx" in one_line(start("map", tmp_path / "bad.onnx", f"--sweep={spec}"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.onnx", "spec.yaml"]
