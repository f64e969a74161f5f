"""What rowlock-run --trace writes, against the profile of the same run."""

import collections
import json

import networks
import numpy as np
import onnx
import pytest

from tools import one_line, run, start


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A network with its trace and profile of two images."""
    path = tmp_path_factory.mktemp("trace")
    net = networks.Chain(1, 2, 12, 12).conv(40, 3).pool(2, 2).conv(4, 3, pad=1).fc(3)
    onnx.save(net.model([1, 2, 12, 12]), path / "m.onnx")
    images = np.random.default_rng(1).normal(0, 1, [2, 2, 12, 12]).astype(np.float32)
    np.save(path / "x.npy", images)
    run("compile", path / "m.onnx", "--random-weights=1", f"--calibrate={path / 'x.npy'}",
        "-o", path / "m.rlk")
    run("run", path / "m.rlk", f"--input={path / 'x.npy'}", "--quiet",
        f"--trace={path / 't.json'}", f"--profile-json={path / 'p.json'}")
    return path


def ns(microseconds):
    return round(1000 * microseconds)


def tracks(folder):
    """(begin, end, name, arguments) of the slices of each track, in ns."""
    events = json.loads((folder / "t.json").read_text())["traceEvents"]
    names = {e["tid"]: e["args"]["name"] for e in events if e["name"] == "thread_name"}
    result = collections.defaultdict(list)
    for e in events:
        if e["ph"] == "X":
            result[names[e["tid"]]].append((ns(e["ts"]), ns(e["ts"]) + ns(e["dur"]), e["name"],
                                            e["args"]))
    return result


def test_slices_follow_one_another_and_end_with_the_run(folder):
    profile = json.loads((folder / "p.json").read_text())
    by_name = tracks(folder)
    assert {"layers", "configuration", "load: ifmaps", "load: filters", "array: passes",
            "store: ofmaps", "host", "DRAM link"} == set(by_name)
    for slices in by_name.values():
        for before, after in zip(slices, slices[1:]):
            assert before[1] <= after[0]
    end = max(slices[-1][1] for slices in by_name.values())
    assert end == ns(profile["sum"]["cycles"]["total"] / profile["core_mhz"])


def test_passes_are_those_of_the_profile(folder):
    profile = json.loads((folder / "p.json").read_text())
    passes = tracks(folder)["array: passes"]
    for layer in profile["layers"]:
        mine = [args for _, _, name, args in passes if name == layer["name"]]
        assert len(mine) == layer["counts"]["passes"]
        each = len(mine) // 2  # images run one by one
        assert [args["pass"] for args in mine] == 2 * list(range(each))
        for key in ("macs", "gated_macs"):
            assert sum(args[key] for args in mine) == layer["counts"][key]
        for cause in ("mac", "ramp_up", "network", "drain"):
            assert sum(args["cycles"].get(cause, 0) for args in mine) == layer["cycles"][cause]


def test_the_array_waits_where_it_has_no_slice(folder):
    """dram_wait of the profile: the array's gaps within each layer, and its passes' waits."""
    profile = json.loads((folder / "p.json").read_text())
    by_name = tracks(folder)
    array = sorted(by_name["array: passes"] + by_name["configuration"])
    for layer in profile["layers"]:
        waits = 0
        for begin, end, name, _ in by_name["layers"]:
            if name != layer["name"]:
                continue
            busy = sum(max(0, min(end, e) - max(begin, b)) for b, e, _, _ in array)
            waits += end - begin - busy
        inside = sum(args["cycles"].get("dram_wait", 0)
                     for _, _, name, args in by_name["array: passes"] if name == layer["name"])
        expected = waits * profile["core_mhz"] / 1000 + inside
        slack = 2 * len(array) * profile["core_mhz"] / 1000  # whole nanoseconds
        assert abs(layer["cycles"]["dram_wait"] - expected) <= slack
        assert layer["cycles"]["dram_wait"] > slack


def test_bytes_are_those_of_the_profile(folder):
    profile = json.loads((folder / "p.json").read_text())
    by_name = tracks(folder)
    counts = profile["sum"]["counts"]
    for track, keys in (("load: ifmaps", ["ifmap"]), ("load: filters", ["filter", "record"]),
                        ("store: ofmaps", ["ofmap"])):
        assert sum(args["bytes"] for _, _, _, args in by_name[track]) == \
            sum(counts[f"dram_{key}_bytes"] for key in keys)


def test_nothing_is_left_of_a_trace_that_cannot_be_written(folder, tmp_path):
    said = start("run", folder / "m.rlk", f"--input={folder / 'x.npy'}", "--quiet",
                 f"--trace={tmp_path / 'no' / 't.json'}")
    assert said.returncode == 1 and b"t.json" in said.stderr
    assert not list(tmp_path.iterdir())


def test_no_trace_without_the_array(folder, tmp_path):
    run("compile", folder / "m.onnx", "--random-weights=1", "--device=cpu", "-o",
        tmp_path / "m.rlk")
    said = one_line(start("run", tmp_path / "m.rlk", f"--input={folder / 'x.npy'}",
                          f"--trace={tmp_path / 't.json'}"))
    assert "no layer runs on the array" in said and not (tmp_path / "t.json").exists()
