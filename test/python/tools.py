"""Runs the built tools, and knows where the shared data are."""

import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(os.environ.get("ROWLOCK_ROOT", pathlib.Path(__file__).parents[2]))
BIN = pathlib.Path(os.environ.get("ROWLOCK_BIN", ROOT / "build" / "release" / "bin"))
DATA = ROOT.parent / "shared" / "data"
MNIST = DATA / "models" / "mnist"
DIGITS = DATA / "images" / "mnist"

needs_data = pytest.mark.skipif(not (MNIST.is_dir() and DIGITS.is_dir()),
                                reason="../shared/data (mnist-8 and its images) is missing")


def skip_without_extension():
    """Skips a test file where the package rowlock is not built: with sanitizers."""
    if not list((BIN.parent / "python" / "rowlock").glob("_rowlock.*.so")):
        pytest.skip("the extension of the package rowlock is not built", allow_module_level=True)


def start(tool, *arguments, cwd=None, env=None):
    """Runs a tool to its end, whatever its exit code; output as bytes."""
    return subprocess.run([str(BIN / f"rowlock-{tool}"), *map(str, arguments)], cwd=cwd,
                          env={**os.environ, **(env or {})}, check=False, capture_output=True)


def run(tool, *arguments, cwd=None, env=None):
    """What a tool prints; an AssertionError with its words if it fails."""
    result = start(tool, *arguments, cwd=cwd, env=env)
    assert result.returncode == 0, (tool, arguments, result.stderr.decode(errors="replace"))
    return result.stdout.decode()


def one_line(result):
    """The one line of a refused input: exit code 1 and nothing else said."""
    said = result.stderr.decode(errors="replace")
    assert result.returncode == 1, (result.returncode, said)
    assert said.endswith("\n") and said.count("\n") == 1, said
    assert not result.stdout, result.stdout[:200]
    return said
