"""What rowlock-run --profile counts, against what the compiler predicted."""

import json

import networks
import numpy as np
import onnx

from tools import ROOT, one_line, run, start


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
        predicted = layer["predicted"]
        for kind in ("ifmap", "ofmap"):
            predicted[f"dram_{kind}_plain_bytes"] = predicted[f"dram_{kind}_bytes"]
        predicted |= {"glb_restored_words": 0, "dram_restored_bytes": 0}  # no layer is in parts
        assert layer["counts"] == {key: predicted[key] for key in layer["counts"]}


def test_bad_options_without_data(tmp_path):
    compiled(tmp_path)
    program, json_file = tmp_path / "m.rlk", f"--profile-json={tmp_path / 'p.json'}"
    for options, reason in [(["--no-data"], "--no-data asks for --profile"),
                            (["--no-data", "--input=x.npy", json_file],
                             "--no-data goes without --input and --output"),
                            (["--no-data", json_file, "--timing-rule=none"],
                             "--timing-rule: no timing rule 'none'; there are first-window-"),
                            (["--no-data", json_file, "--every-cycle",
                              "--timing-rule=no-filters-ahead"],
                             "cycle by cycle, timing rules are those of the specification"),
                            (["--no-data", json_file, "--every-cycle", "--layers-apart"],
                             "only a run that is timed by events keeps layers apart"),
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


def tables(said):
    """The tables behind the results, as lists of lines."""
    return [block.splitlines() for block in said[said.index("layer "):].strip().split("\n\n")]


def test_table(tmp_path):
    compiled(tmp_path)
    said = run("run", tmp_path / "m.rlk", f"--input={tmp_path / 'x.npy'}", "--quiet", "--profile",
               "--profile-passes")
    moved, accesses, times, passes = tables(said)
    assert [len(block) for block in (moved, accesses)] == [5, 5]
    for block in (moved, accesses, times):
        assert block[-1].startswith("all ")
    assert len(times) > len(moved)  # the host's layers take time as well
    assert len(passes) == 4 and passes[0].startswith("passes of ")
    for block in (moved, accesses, times, passes):  # aligned to the right
        assert len({len(line) for line in block}) == 1


def edged(folder):
    """A layer with passes of several sizes: rows, filters and channels leave a rest."""
    net = networks.Chain(1, 31, 37, 20).conv(71, 3, pad=1)
    onnx.save(net.model([1, 31, 37, 20]), folder / "m.onnx")
    images = np.random.default_rng(1).normal(0, 1, [2, 31, 37, 20]).astype(np.float32)
    np.save(folder / "x.npy", images)
    run("compile", folder / "m.onnx", "--random-weights=1", f"--calibrate={folder / 'x.npy'}",
        "-o", folder / "m.rlk")


def test_passes_do_what_their_sizes_say(tmp_path):
    edged(tmp_path)
    layer, = profile(tmp_path)["layers"]
    assert len(layer["passes"]) > 2
    for one in layer["passes"]:
        counts, times = one["counts"], one["counts"]["passes"]
        psums = times * np.prod([one[size] for size in ("images", "groups", "filters", "rows",
                                                        "columns")])
        assert counts["glb_psum_writes"] == psums
        assert counts["macs"] == psums * one["channels"] * 9
        assert counts["glb_ifmap_reads"] == times * one["images"] * one["groups"] \
            * one["channels"] * (one["rows"] + 2) * (one["columns"] + 2)
        assert one["cycles"]["processing"] % times == 0  # each takes the same
    assert sum(one["counts"]["macs"] for one in layer["passes"]) == 2 * 71 * 31 * 9 * 37 * 20


def test_passes_and_other_commands_are_the_layer(tmp_path):
    for make in (compiled, edged):
        make(tmp_path)
        for layer in profile(tmp_path)["layers"]:
            parts = [*layer["passes"], layer["other_commands"]]
            for key, count in layer["counts"].items():
                together = max if key == "active_pes" else sum
                assert count == together(part["counts"][key] for part in parts), key
            for cause, cycles in layer["cycles"].items():
                assert all(part["cycles"][cause] >= 0 for part in parts)
                assert abs(cycles - sum(part["cycles"][cause] for part in parts)) < 1e-3, cause
            for account in ("energy", "event_energy"):
                total = sum(part[account]["total"] for part in parts)
                assert abs(total / layer[account]["total"] - 1) < 1e-9


def test_energy_is_that_of_reads_and_writes(tmp_path):
    """Units of energy per 16-bit word (docs/generated/targets.md) times words."""
    compiled(tmp_path)
    for layer in profile(tmp_path)["layers"]:
        accesses, parts = layer["accesses"], layer["event_energy"]["parts"]
        for level, part, unit in (("spads", "rf", 1), ("glb", "glb", 6)):
            for data, width in (("ifmap", 0.5), ("filter", 0.5), ("psum", 2)):
                moved = accesses[level][data]
                expected = unit * width * (moved["reads"] + moved["writes"])
                assert abs(parts[part][data] - expected) <= 1e-9 * expected, (level, data)
        for data, moved in accesses["dram_bytes"].items():
            assert parts["dram"][data] == 200 * (moved["reads"] + moved["writes"]) / 2
        for account in ("energy", "event_energy"):
            of = layer[account]
            for data, energy in of["moving"].items():
                together = sum(part[data] for part in of["parts"].values())
                assert abs(energy - together) <= 1e-9 * energy


def test_banks_hold_up_what_a_fast_link_does_not(tmp_path):
    edged(tmp_path)
    assert profile(tmp_path)["layers"][0]["cycles"]["glb"] == 0
    target = (ROOT / "targets" / "eyeriss-int8.yaml").read_text()
    for key, value in (("link_mhz: 60", "link_mhz: 2000"), ("link_bits: 64", "link_bits: 4096")):
        assert key in target
        target = target.replace(key, value)
    (tmp_path / "fast.yaml").write_text(target)
    run("compile", tmp_path / "m.onnx", "--random-weights=1", f"--calibrate={tmp_path / 'x.npy'}",
        f"--target={tmp_path / 'fast.yaml'}", "-o", tmp_path / "m.rlk")
    layer, = profile(tmp_path)["layers"]
    cycles = layer["cycles"]
    # At most what the banks of one region need, a word of 64 bits each.
    moved = layer["counts"]["glb_fill_words"] + 4 * layer["counts"]["glb_drain_words"]
    assert 0 < cycles["glb"] <= moved / 8 + layer["counts"]["passes"] + 100
    assert cycles["dram_wait"] < cycles["glb"]


def test_configuration_behind_a_host_layer_is_no_time_of_the_next(tmp_path):
    """The array configures while the host quantises: both took their time once."""
    compiled(tmp_path)
    result = profile(tmp_path, "--images=1")
    cycles = result["layers"][0]["cycles"]
    assert 0 < cycles["configuration"] < 90 * result["core_mhz"]
    assert result["sum"]["cycles"]["host"] > 0
    causes = ("configuration", "processing", "glb", "dram_wait", "host")
    everything = result["sum"]["cycles"]
    assert abs(sum(everything[cause] for cause in causes) - everything["total"]) < 1e-3


def test_cycles_by_cause_are_the_total(tmp_path):
    compiled(tmp_path)
    for layer in profile(tmp_path)["layers"]:
        cycles = layer["cycles"]
        causes = ("configuration", "ramp_up", "mac", "network", "drain", "glb", "dram_wait",
                  "host")
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


def test_passes_need_event_times(tmp_path):
    compiled(tmp_path)
    for option in ("--profile-passes", f"--trace={tmp_path / 't.json'}"):
        said = one_line(start("run", tmp_path / "m.rlk", f"--input={tmp_path / 'x.npy'}",
                              "--every-cycle", option))
        assert option.split("=")[0] in said and "--every-cycle" in said
    assert not (tmp_path / "t.json").exists()


def test_files_are_written_once_and_never_over_what_is_read(tmp_path):
    compiled(tmp_path)
    program, images, one = tmp_path / "m.rlk", tmp_path / "x.npy", tmp_path / "one.json"
    (tmp_path / "link.rlk").symlink_to(program)
    (tmp_path / "deep").mkdir()
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    for options, reason in [
            ([f"--profile-json={one}", f"--trace={tmp_path / 'deep' / '..' / 'one.json'}"],
             "is that of --profile-json as well"),
            ([f"--output={one}", f"--profile-json={one}"], "is that of --output as well"),
            ([f"--trace={program}"], "is that of the program as well"),
            ([f"--trace={tmp_path / 'link.rlk'}"], "is that of the program as well"),
            ([f"--profile-json={images}"], "is that of --input as well"),
            ([f"--output={one}", f"--output={tmp_path / 'y.npy'}"],
             "the program has 1 outputs, got names for 2"),
            (["--images=-1"], "--images: -1 is below 0")]:
        assert reason in one_line(start("run", program, f"--input={images}", *options))
        assert before == {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    run("run", program, f"--input={images}", "--output=/dev/null", "--profile-json=/dev/null")


def test_layers_on_the_host_complete_the_sum(tmp_path):
    compiled(tmp_path)
    result = profile(tmp_path)
    assert result["host_layers"]
    for layer in result["host_layers"]:
        assert layer["cycles"]["total"] == layer["cycles"]["host"] + layer["cycles"]["dram_wait"]
    for cause, cycles in result["sum"]["cycles"].items():
        assert abs(cycles - sum(layer["cycles"][cause] for layer in
                                result["layers"] + result["host_layers"])) < 1e-3, cause
