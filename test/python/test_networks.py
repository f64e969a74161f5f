"""Networks with weights of their own, and published topologies with random ones,
compiled whole and compared with the evaluator."""

import numpy as np
import onnx
import pytest

import networks
from test_compile import MODES, verified
from tools import DATA, ROOT, run, start

REAL = {"squeezenet": ("imagenet/squeezenet1.1-fp32", 120),
        "mobilenet": ("imagenet/mobilenet_v1_0.25_224-fp32", 1),
        "resnet8": ("tiny/resnet8-fp32", 80),
        "resnet_large": ("tiny/resnet_large-fp32", 80),
        "visual wake words": ("tiny/vww_mobilenetv1_025-fp32", 1)}
MODELS = DATA / "models"
LIGHT = ["bvlc_alexnet", "densenet121", "inception_v1", "inception_v2", "resnet50",
         "shufflenet", "squeezenet", "vgg19", "zfnet512"]

needs_models = pytest.mark.skipif(not (MODELS / "imagenet").is_dir(),
                                  reason="../shared/data/models is missing")


def images(model, count, spread, folder):
    """Smooth noise, as much as the pixels of pictures."""
    graph = onnx.load(model).graph
    weights = {tensor.name for tensor in graph.initializer}
    port = next(port for port in graph.input if port.name not in weights)
    shape = [size.dim_value for size in port.type.tensor_type.shape.dim][1:]
    values = np.random.default_rng(1).normal(0, spread, [count, *shape])
    values = (values + np.roll(values, 1, -1) + np.roll(values, 1, -2)) / np.sqrt(3)
    np.save(folder / "x.npy", values.astype(np.float32))
    return folder / "x.npy"


def compile_and_verify(model, values, folder, *options):
    return verified(start("compile", model, *options, f"--calibrate={values}", "--verify",
                          "-o", folder / "m.rlk"))


@needs_models
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", ["resnet8", "visual wake words"])
def test_small(name, mode, tmp_path):
    path, spread = REAL[name]
    values = images(MODELS / f"{path}.onnx", 2, spread, tmp_path)
    assert compile_and_verify(MODELS / f"{path}.onnx", values, tmp_path, *MODES[mode])[0] == 2


@needs_models
def test_squeezenet(tmp_path):
    model = MODELS / "imagenet" / "squeezenet1.1-fp32.onnx"
    values = images(model, 1, 120, tmp_path)
    assert compile_and_verify(model, values, tmp_path)[0] == 1


@needs_models
def test_a_photo_is_recognised(tmp_path):
    """JPEG in, resized, cropped, labelled: the five best classes."""
    photos = DATA / "images" / "open"
    run("compile", MODELS / "imagenet" / "squeezenet1.1-fp32.onnx",
        f"--preprocess={ROOT / 'benchmarks' / 'networks' / 'squeezenet1.1.yaml'}",
        f"--labels={DATA / 'images' / 'imagenet' / 'imagenet_classes.txt'}",
        f"--calibrate={photos}", "-o", tmp_path / "m.rlk")
    said = run("run", tmp_path / "m.rlk", f"--input={photos / 'parrot.jpg'}").splitlines()
    assert len(said) == 1 + 32 + 1 + 5 and said[33] == "recognised: n01818515 macaw"
    scores = [float(line.split(": ")[1]) for line in said[34:]]
    assert scores == sorted(scores, reverse=True) and scores[0] > 0.5


@needs_models
@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", REAL)
def test_real(name, mode, tmp_path):
    path, spread = REAL[name]
    values = images(MODELS / f"{path}.onnx", 4, spread, tmp_path)
    assert compile_and_verify(MODELS / f"{path}.onnx", values, tmp_path, *MODES[mode])[0] == 4


@needs_models
@pytest.mark.slow
@pytest.mark.parametrize("name", LIGHT)
def test_topology(name, tmp_path):
    model = MODELS / "topologies" / f"light_{name}.onnx"
    values = images(model, 1, 1, tmp_path)
    assert compile_and_verify(model, values, tmp_path, "--random-weights=2")[0] == 1


@needs_models
def test_batch_gives_what_single_images_give(tmp_path):
    model = MODELS / "tiny" / "resnet8-fp32.onnx"
    values = images(model, 5, 80, tmp_path)
    run("compile", model, f"--calibrate={values}", f"--save-calibration={tmp_path / 't.yaml'}",
        "-o", tmp_path / "1.rlk")
    run("compile", model, "--batch=3", f"--calibration-table={tmp_path / 't.yaml'}", "-o",
        tmp_path / "3.rlk")
    for batch in (1, 3):
        run("run", tmp_path / f"{batch}.rlk", f"--input={values}",
            f"--output={tmp_path / f'{batch}.npy'}")
    assert np.load(tmp_path / "1.npy").shape[0] == 5
    assert np.array_equal(np.load(tmp_path / "1.npy"), np.load(tmp_path / "3.npy"))


def small_topology(folder):
    """A model whose weights are all constants."""
    net = networks.Chain(1, 2, 8, 8).conv(4, 3).pool(2, 2).fc(3)
    onnx.save(net.model([1, 2, 8, 8]), folder / "m.onnx")
    np.save(folder / "x.npy", np.random.default_rng(1).normal(0, 1, [2, 2, 8, 8])
            .astype(np.float32))


def outputs(folder, *options):
    run("compile", folder / "m.onnx", "--device=cpu", *options, "-o", folder / "m.rlk")
    run("run", folder / "m.rlk", f"--input={folder / 'x.npy'}", f"--output={folder / 'y.npy'}")
    return np.load(folder / "y.npy")


def test_random_weights_follow_the_seed(tmp_path):
    small_topology(tmp_path)
    plain = outputs(tmp_path)
    one, again, two = (outputs(tmp_path, f"--random-weights={seed}") for seed in (1, 1, 2))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, two) and not np.array_equal(one, plain)
    # All filters of the plain model are alike.
    assert np.ptp(plain, axis=1).max() < 1e-6 and np.ptp(one, axis=1).min() > 1e-3


def test_device_cpu_runs_in_float(tmp_path):
    small_topology(tmp_path)
    for option in ("--int16", "--objective=energy"):
        result = start("compile", tmp_path / "m.onnx", "--device=cpu", option, "-o",
                       tmp_path / "m.rlk")
        assert result.returncode == 1 and b"--device=cpu runs in float" in result.stderr
    run("compile", tmp_path / "m.onnx", "--device=cpu", "-o", tmp_path / "m.rlk")
    text = run("translate", "--disassemble", tmp_path / "m.rlk", "-o", "-")
    assert "Configure" not in text and "kernel=Conv" in text


def test_summary_says_what_ran_where(tmp_path):
    small_topology(tmp_path)
    said = run("compile", tmp_path / "m.onnx", "--random-weights=1",
               f"--calibrate={tmp_path / 'x.npy'}", "-o", tmp_path / "m.rlk")
    # 4 filters of 2 x 3 x 3 on 6 x 6, 3 of 4 x 3 x 3.
    assert "2 layers on the array of eyeriss-int8" in said
    assert "2.7 k MACs on the array (100.0 %), 0 on the host, 180 weights" in said
    assert said.count("% of the time") == 2
    quiet = run("compile", tmp_path / "m.onnx", "--random-weights=1", "--quiet",
                f"--calibrate={tmp_path / 'x.npy'}", "-o", tmp_path / "m.rlk")
    assert quiet == ""
