"""What rowlock-run --profile counts, against what the compiler predicted."""

import json

import networks
import numpy as np
import onnx

from tools import one_line, run, start


def compiled(folder, *options):
    net = networks.Chain(1, 2, 12, 12).conv(6, 3).pool(2, 2).conv(4, 3, pad=1).fc(3)
    onnx.save(net.model([1, 2, 12, 12]), folder / "m.onnx")
    images = np.random.default_rng(1).normal(0, 1, [3, 2, 12, 12]).astype(np.float32)
    np.save(folder / "x.npy", images)
    arguments = [folder / "m.onnx", "--random-weights=1", f"--calibrate={folder / 'x.npy'}",
                 *options]
    run("compile", *arguments, "-o", folder / "m.rlk")
    return run("compile", *arguments, "--emit=report", "-o", "-")


def profile(folder, *options):
    run("run", folder / "m.rlk", f"--input={folder / 'x.npy'}", "--quiet",
        f"--profile-json={folder / 'p.json'}", *options)
    return json.loads((folder / "p.json").read_text())


def test_counts_are_the_predicted_ones(tmp_path):
    report = compiled(tmp_path)
    layers = profile(tmp_path, "--images=1")["layers"]
    rows = [line.split() for line in report.splitlines() if " ArrayConv " in line]
    assert [layer["name"] for layer in layers] == [row[0] for row in rows]
    for layer, row in zip(layers, rows):
        counts = layer["counts"]
        # name, kernel, shape > shape, MACs, weights, PEs, passes, cycles, time, GLB bytes
        assert [counts["macs"], counts["active_pes"], counts["passes"]] == \
            [int(row[k]) for k in (5, 7, 8)]
        assert counts["glb_ifmap_reads"] + 4 * (counts["glb_psum_reads"]
                                                + counts["glb_psum_writes"]) == int(row[11])
        assert 0 <= counts["gated_macs"] <= counts["macs"]
    assert layers[1]["counts"]["gated_macs"] > 0  # behind a ReLU


def test_every_predicted_count_is_the_simulators(tmp_path):
    compiled(tmp_path)
    run("run", tmp_path / "m.rlk", "--no-data", f"--profile-json={tmp_path / 'p.json'}")
    bare = json.loads((tmp_path / "p.json").read_text())["layers"]
    for layer, full in zip(bare, profile(tmp_path, "--images=1")["layers"]):
        assert layer["counts"].pop("gated_macs") == 0
        full["counts"].pop("gated_macs")
        assert layer["counts"] == full["counts"] and layer["cycles"] == full["cycles"]
        assert layer["counts"] == {key: layer["predicted"][key] for key in layer["counts"]}


def test_bad_options_without_data(tmp_path):
    compiled(tmp_path)
    program, json_file = tmp_path / "m.rlk", f"--profile-json={tmp_path / 'p.json'}"
    for options, reason in [(["--no-data"], "--no-data asks for --profile or --profile-json"),
                            (["--no-data", "--input=x.npy", json_file],
                             "--no-data goes without --input and --output"),
                            (["--no-data", json_file, "--timing-rule=none"],
                             "--timing-rule: no timing rule 'none'; there are first-window-"),
                            (["--no-data", json_file, "--every-cycle",
                              "--timing-rule=no-filters-ahead"],
                             "cycle by cycle, timing rules are those of the specification"),
                            ([json_file], "the program has 1 inputs, got 0")]:
        assert reason in one_line(start("run", program, *options))


def test_images_add_up(tmp_path):
    compiled(tmp_path)
    one, three = profile(tmp_path, "--images=1"), profile(tmp_path)
    for single, all_images in zip(one["layers"], three["layers"]):
        for key in ("macs", "glb_psum_reads", "dram_filter_bytes", "ifmap_deliveries"):
            assert all_images["counts"][key] == 3 * single["counts"][key]
        assert all_images["counts"]["active_pes"] == single["counts"]["active_pes"]
    sums = three["sum"]["counts"]
    assert sums["macs"] == sum(layer["counts"]["macs"] for layer in three["layers"])
    parts = three["sum"]["energy"]
    assert abs(sum(parts[key] for key in ("alu", "rf", "array", "glb", "dram"))
               - parts["total"]) <= 1e-9 * parts["total"]


def test_table(tmp_path):
    compiled(tmp_path)
    said = run("run", tmp_path / "m.rlk", f"--input={tmp_path / 'x.npy'}", "--quiet", "--profile")
    rows = said[said.index("layer "):].splitlines()
    moved, times = rows[:5], rows[6:]
    assert moved[-1].startswith("all ") and times[-1].startswith("all ")
    assert len(times) > len(moved)  # the host's layers take time as well


def test_cycles_by_cause_are_the_total(tmp_path):
    compiled(tmp_path)
    for layer in profile(tmp_path)["layers"]:
        cycles = layer["cycles"]
        causes = ("configuration", "ramp_up", "mac", "network", "drain", "dram_wait", "host")
        assert all(cycles[cause] >= 0 for cause in causes)
        assert abs(sum(cycles[cause] for cause in causes) - cycles["total"]) < 1e-3
        assert cycles["mac"] > 0 and layer["chip_watts"] > 0
        assert layer["event_energy"]["total"] > layer["energy"]["total"]


def test_every_cycle_takes_the_same_time(tmp_path):
    compiled(tmp_path)
    fast, slow = profile(tmp_path), profile(tmp_path, "--every-cycle")
    for one, other in zip(fast["layers"], slow["layers"]):
        assert one["counts"] == other["counts"]
        assert abs(one["cycles"]["total"] / other["cycles"]["total"] - 1) <= 0.01


def test_no_profile_without_the_array(tmp_path):
    compiled(tmp_path)
    run("compile", tmp_path / "m.onnx", "--device=cpu", "-o", tmp_path / "m.rlk")
    result = start("run", tmp_path / "m.rlk", f"--input={tmp_path / 'x.npy'}", "--quiet",
                   f"--profile-json={tmp_path / 'p.json'}")
    assert result.returncode == 1 and not (tmp_path / "p.json").exists()
    assert b"no layer runs on the array" in result.stderr
