"""Runs the worked example of the README as it stands there."""

import os
import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(os.environ.get("ROWLOCK_ROOT", pathlib.Path(__file__).parents[2]))
BIN = pathlib.Path(os.environ.get("ROWLOCK_BIN", ROOT / "build" / "release" / "bin"))


def example():
    """The shell blocks of the section, one after the other."""
    text = (ROOT / "README.md").read_text()
    section = re.search(r"^## A worked example\n(.*?)^## ", text, re.M | re.S).group(1)
    return "".join(re.findall(r"^```sh\n(.*?)^```\n", section, re.M | re.S))


def test_the_worked_example(tmp_path):
    script = example()
    tools = sorted(set(re.findall(r"^rowlock-\w+", script, re.M)))
    assert tools == ["rowlock-compile", "rowlock-run", "rowlock-translate"]
    if not (ROOT.parent / "shared" / "data").is_dir():
        pytest.skip("../shared is missing")
    script = script.replace("$PWD/build/release/bin", str(BIN))
    script = script.replace("build/example", str(tmp_path))
    result = subprocess.run(["bash", "-euxo", "pipefail", "-c", script], cwd=ROOT, check=False,
                            capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    assert {"calibration.yaml", "mnist.rlk", "mnist.mlir", "mnist.txt", "again.rlk",
            "trace.json", "array.svg"} <= {
        path.name for path in tmp_path.iterdir()}
    assert "estimated: from `evaluate`" in result.stdout
