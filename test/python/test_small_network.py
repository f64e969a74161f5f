"""The network and the digits that the demo makes where there is no MNIST."""

import os
import pathlib
import subprocess
import sys

import numpy as np
import onnxruntime
import pytest

ROOT = pathlib.Path(os.environ.get("ROWLOCK_ROOT", pathlib.Path(__file__).parents[2]))
sys.path.insert(0, str(ROOT / "scripts"))
import make_digits  # noqa: E402
import make_small_network as small  # noqa: E402

MNIST = ROOT.parent / "shared" / "data" / "images" / "mnist"


def run(script, *arguments):
    return subprocess.run([sys.executable, ROOT / "scripts" / script, *map(str, arguments)],
                          check=False, capture_output=True, text=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folders = [tmp_path_factory.mktemp(name) for name in "ab"]
    for folder in folders:
        assert run("make_small_network.py", folder).returncode == 0
    return folders


def test_it_is_the_same_every_time(made):
    one, two = (sorted(path.relative_to(folder) for path in folder.rglob("*.*")) for folder in made)
    assert one == two and len(one) == 1 + 200 + 10
    for name in one:
        assert (made[0] / name).read_bytes() == (made[1] / name).read_bytes(), name


def test_it_recognises_digits_it_has_not_seen(made):
    session = onnxruntime.InferenceSession(made[0] / "small.onnx",
                                           providers=["CPUExecutionProvider"])
    rng = np.random.default_rng(99)
    labels = np.arange(300) % 10
    answers = [session.run(None, {"image": small.draw(digit, rng)[None, None].astype(np.float32)})
               [0].argmax() for digit in labels]
    assert np.mean(answers == labels) > 0.98


@pytest.mark.skipif(not MNIST.is_dir(), reason="../shared is missing")
def test_digits_of_mnist(tmp_path):
    assert run("make_digits.py", MNIST, tmp_path, "--calibrate=5").returncode == 0
    assert len(list((tmp_path / "calibrate").iterdir())) == 5
    names = sorted(path.name for path in (tmp_path / "digits").iterdir())
    assert [name[0] for name in names] == list("0123456789")
    assert all(int(name[2:-4]) >= make_digits.CALIBRATE for name in names)


def test_missing_images_are_one_line(tmp_path):
    result = run("make_digits.py", tmp_path / "none", tmp_path)
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1 and "none" in result.stderr
