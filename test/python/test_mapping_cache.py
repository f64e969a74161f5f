"""A mapping cache changes no byte of any result, whoever else uses it."""

import subprocess

import numpy as np
import onnx
import pytest

import graphs
from tools import BIN, one_line, run, start


@pytest.fixture(name="compilation")
def fixture_compilation(tmp_path):
    """Arguments of a compilation, and the bytes that it writes without a cache."""
    onnx.save(graphs.chain(5), tmp_path / "m.onnx")
    shape = [d.dim_value for d in graphs.chain(5).graph.input[0].type.tensor_type.shape.dim][1:]
    np.save(tmp_path / "x.npy",
            np.random.default_rng(5).normal(0, 1, [2, *shape]).astype(np.float32))
    arguments = [tmp_path / "m.onnx", f"--calibrate={tmp_path / 'x.npy'}", "--quiet"]
    run("compile", *arguments, "-o", tmp_path / "plain.rlk")
    return arguments, (tmp_path / "plain.rlk").read_bytes()


def test_programs_stay_the_same(compilation, tmp_path):
    arguments, plain = compilation
    cache, program = tmp_path / "deep" / "cache", tmp_path / "m.rlk"

    def compile_again():
        program.unlink(missing_ok=True)
        run("compile", *arguments, f"--mapping-cache={cache}", "-o", program)
        assert program.read_bytes() == plain
        return {entry.name: entry.read_bytes() for entry in cache.iterdir()}

    entries = compile_again()
    assert entries
    assert compile_again() == entries
    for k, entry in enumerate(sorted(cache.iterdir())):
        if k % 2:
            entry.write_bytes(b"something else")
        else:
            entry.write_bytes(entry.read_bytes()[:-5])
    assert compile_again() == entries


def test_two_processes_at_once(compilation, tmp_path):
    arguments, plain = compilation
    cache = tmp_path / "cache"
    started = [subprocess.Popen([BIN / "rowlock-compile", *map(str, arguments),
                                 f"--mapping-cache={cache}", "-o", tmp_path / f"{k}.rlk"])
               for k in range(4)]
    assert [process.wait() for process in started] == [0] * 4
    for k in range(4):
        assert (tmp_path / f"{k}.rlk").read_bytes() == plain
    assert all(entry.suffix == ".entry" for entry in cache.iterdir())


def test_a_file_is_no_cache(compilation, tmp_path):
    arguments, _ = compilation
    said = one_line(start("compile", *arguments, f"--mapping-cache={tmp_path / 'x.npy'}",
                          "-o", tmp_path / "m.rlk"))
    assert "x.npy': Not a directory" in said
    assert not (tmp_path / "m.rlk").exists()
