"""Measures the claims about networks that people know."""

import argparse
import csv
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "test" / "python")]
import networks  # noqa: E402
from claims import Claims  # noqa: E402
from graphs import IR_VERSION  # noqa: E402
from test_totals import totals  # noqa: E402
from tools import BIN, DATA, run, start  # noqa: E402

MODELS, IMAGES = DATA / "models", DATA / "images"
LIGHT = [path.stem for path in sorted((MODELS / "topologies").glob("light_*.onnx"))]
SQUEEZENET = MODELS / "imagenet" / "squeezenet1.1-fp32.onnx"
MOBILENET = MODELS / "imagenet" / "mobilenet_v1_0.25_224-fp32.onnx"
PHOTOS = IMAGES / "imagenet" / "img256"


def light(name):
    return MODELS / "topologies" / f"{name}.onnx"


def preprocessed(name, folder):
    """All photos as the network takes them, by the compiler's own preprocessing."""
    shape = [1, 3, 224, 224]
    info = helper.make_tensor_value_info
    graph = helper.make_graph([helper.make_node("Identity", ["x"], ["y"])], "same",
                              [info("x", TensorProto.FLOAT, shape)],
                              [info("y", TensorProto.FLOAT, shape)])
    onnx.save(helper.make_model(graph, ir_version=IR_VERSION,
                                opset_imports=[helper.make_opsetid("", 13)]),
              folder / "same.onnx")
    run("compile", folder / "same.onnx", "--device=cpu", f"--preprocess={HERE / name}.yaml",
        "-o", folder / "same.rlk")
    run("run", folder / "same.rlk", f"--input={PHOTOS}", "--quiet",
        f"--output={folder / 'photos.npy'}")
    return np.load(folder / "photos.npy")


def photo_labels():
    with open(IMAGES / "imagenet" / "labels.csv", encoding="utf-8") as stream:
        return np.array([int(row["class_index"]) for row in csv.DictReader(stream)])


def cifar():
    raw = np.fromfile(IMAGES / "cifar10" / "cifar10_test_subset_300.bin", np.uint8)
    raw = raw.reshape(-1, 3073)
    return raw[:, 1:].reshape(-1, 3, 32, 32).astype(np.float32), raw[:, 0]


def real_networks(folder):
    """Name, model, inputs and labels of the networks with weights of their own."""
    photos, classes = preprocessed("squeezenet1.1", folder), photo_labels()
    yield "SqueezeNet 1.1", SQUEEZENET, photos, classes
    digits, digit_labels = cifar()
    for name in ("resnet8", "resnet_large"):
        yield name, MODELS / "tiny" / f"{name}-fp32.onnx", digits, digit_labels
    # Class 0 of MobileNet is the background.
    yield "MobileNet v1 0.25", MOBILENET, preprocessed("mobilenet_v1", folder), classes + 1


def ort(model):
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model.SerializeToString(), options,
                                           providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return lambda values: np.concatenate(
        [session.run(None, {name: image[None]})[0].reshape(1, -1) for image in values])


def simulator_equals_evaluator(claims, name, model, images, folder, *options):
    np.save(folder / "x.npy", images)
    result = start("compile", model, f"--calibrate={folder / 'x.npy'}", "--verify", "--quiet",
                   "-o", folder / "m.rlk", *options)
    said = result.stderr.decode()
    match = re.fullmatch(r"verified: (\d+) images, (\d+) tensors, (\d+) elements equal\n", said)
    claims.add(f"sim equals evaluator, every tensor of {name}",
               f"{match[3]} equal on {match[1]} images" if match else said.strip(),
               "integers", "0 differing", match and int(match[1]) == len(images))


def difference(actual, expected):
    """Largest difference as a share of the expected output's range; of its
    magnitude where it is constant."""
    spread = np.ptp(expected) if np.ptp(expected) > 0 else np.abs(expected).max()
    return float(np.abs(actual.reshape(-1) - expected.reshape(-1)).max() / spread)


def float_run(model, images, folder):
    np.save(folder / "x.npy", images)
    run("compile", model, "--device=cpu", "--quiet", "-o", folder / "m.rlk")
    run("run", folder / "m.rlk", f"--input={folder / 'x.npy'}", f"--output={folder / 'y.npy'}")
    return np.load(folder / "y.npy").reshape(len(images), -1)


def float_path(claims, name, model, images, folder):
    worst = difference(float_run(model, images, folder), ort(onnx.load(model))(images))
    claims.add(f"float against ONNX Runtime, {name}", worst, "of the range", "at most 1e-4",
               worst <= 1e-4)


def published_output(claims, name, folder):
    ones = np.ones([1, 3, 224, 224], np.float32)
    expected = numpy_helper.to_array(
        onnx.load_tensor(MODELS / "topologies" / f"{name}_output_0.pb"))
    worst = difference(float_run(light(name), ones, folder), expected)
    claims.add(f"float against the published output, {name}", worst, "of the range",
               "at most 1e-4", worst <= 1e-4)


def exactness(claims, folder):
    for name, model, images, _ in real_networks(folder):
        simulator_equals_evaluator(claims, name, model, images[:4], folder)
        float_path(claims, name, model, images[:4], folder)
    image = np.random.default_rng(0).normal(0, 1, [1, 3, 224, 224]).astype(np.float32)
    for name in LIGHT:
        published_output(claims, name, folder)
        # Logits: a softmax of random ones hides what differs.
        model = networks.with_random_weights(onnx.load(light(name)), 1)
        onnx.save(networks.before_softmax(model), folder / "m.onnx")
        float_path(claims, f"logits of {name} with random weights", folder / "m.onnx", image,
                   folder)
        simulator_equals_evaluator(claims, f"{name} with random weights", light(name), image,
                                   folder, "--random-weights=1")


def both_folds(model, images, folder):
    """Logits of every image from the program that the other half calibrated."""
    logits = None
    for fold in (0, 1):
        np.save(folder / "calibrate.npy", images[fold::2])
        np.save(folder / "test.npy", images[1 - fold::2])
        run("compile", model, f"--calibrate={folder / 'calibrate.npy'}", "-o", folder / "m.rlk")
        run("run", folder / "m.rlk", f"--input={folder / 'test.npy'}",
            f"--output={folder / 'y.npy'}")
        half = np.load(folder / "y.npy")
        half = half.reshape(len(half), -1)
        if logits is None:
            logits = np.empty([len(images), half.shape[1]], np.float32)
        logits[1 - fold::2] = half
    return logits


def accuracy(claims, folder):
    least = {"SqueezeNet 1.1": 92, "resnet8": 97, "resnet_large": 97}
    right = np.zeros(3)
    for name, model, images, labels in real_networks(folder):
        onnx.save(networks.before_softmax(onnx.load(model)), folder / "logits.onnx")
        exact = ort(onnx.load(folder / "logits.onnx"))(images)
        integer = both_folds(folder / "logits.onnx", images, folder)
        answers = [logits.argmax(1) for logits in (exact, integer)]
        agreement = 100 * float(np.mean(answers[0] == answers[1]))
        scores = [100 * float(np.mean(answer == labels)) for answer in answers]
        sqnr = float(np.mean(10 * np.log10((exact ** 2).sum(1)
                                           / ((exact - integer) ** 2).sum(1))))
        bar = least.get(name)
        claims.add(f"int8 agrees with float, {name}, both folds", round(agreement, 2), "%",
                   f"at least {bar} %" if bar else "printed", agreement >= bar if bar else True)
        claims.add(f"top-1, {name}: float {scores[0]:.2f} %, int8", round(scores[1], 2), "%",
                   "printed", True)
        claims.add(f"mean logit SQNR, {name}", round(sqnr, 2), "dB", "printed", True)
        if bar:
            right += [*(np.sum(answer == labels) for answer in answers), len(labels)]
    lost = 100 * float(right[0] - right[1]) / right[2]
    claims.add("top-1 lost to int8, pooled over the three", round(lost, 3), "points",
               "at most 1.5", lost <= 1.5)


# A child's peak begins at its parent's size, so the parent is a process of its own.
METER = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
print(status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
"""


def cost(arguments):
    """(CPU seconds, MB) of a run of the compiler."""
    said = subprocess.run([sys.executable, "-c", METER, BIN / "rowlock-compile",
                           *map(str, arguments)], check=True, capture_output=True, text=True)
    status, seconds, megabytes = said.stdout.split()
    assert status == "0", (arguments, said.stderr)
    return float(seconds), float(megabytes)


def compile_cost(claims, folder):
    """Alternating runs, best of 5."""
    image = np.random.default_rng(0).normal(0, 1, [1, 3, 224, 224]).astype(np.float32)
    np.save(folder / "x.npy", image)
    onnx.save(networks.with_random_weights(onnx.load(light("light_resnet50")), 1),
              folder / "resnet50.onnx")
    cases = {"SqueezeNet 1.1": (SQUEEZENET, 1.5, 250),
             "ResNet-50": (folder / "resnet50.onnx", 8, 600),
             "ResNet-50 by --random-weights": (light("light_resnet50"), 8, 600)}
    arguments = {}
    for k, (name, (model, *_)) in enumerate(cases.items()):
        options = ["--random-weights=1"] if "random" in name else []
        table = folder / f"{k}.yaml"
        run("compile", model, *options, f"--calibrate={folder / 'x.npy'}",
            f"--save-calibration={table}", "-o", folder / "m.rlk")
        arguments[name] = [model, *options, f"--calibration-table={table}", "-o",
                           folder / "m.rlk"]
    costs = {name: [] for name in cases}
    for _ in range(5):
        for name in cases:
            costs[name].append(cost(arguments[name]))
    for name, (_, seconds, megabytes) in cases.items():
        best = [min(values) for values in zip(*costs[name])]
        claims.add(f"compile {name} from a table, CPU time", round(best[0], 3), "s",
                   f"at most {seconds}", best[0] <= seconds)
        claims.add(f"compile {name} from a table, peak memory", round(best[1], 1), "MB",
                   f"at most {megabytes}", best[1] <= megabytes)


def timed(*arguments):
    started = time.monotonic()
    run(*arguments)
    return time.monotonic() - started


def running_cost(claims, folder):
    options = [f"--preprocess={HERE / 'squeezenet1.1.yaml'}", "-o", folder / "m.rlk"]
    seconds = timed("compile", SQUEEZENET, f"--calibrate={PHOTOS}", "--calibration-images=100",
                    *options)
    claims.add("calibrate SqueezeNet 1.1 on 100 photos and compile", round(seconds, 2), "s",
               "under 60", seconds < 60)
    photo = sorted(PHOTOS.iterdir())[0]
    seconds = min(timed("run", folder / "m.rlk", f"--input={photo}", "--quiet")
                  for _ in range(5))
    claims.add("one photo through SqueezeNet 1.1 on sim", round(seconds, 3), "s", "under 1",
               seconds < 1)


def network_totals(claims, folder):
    resnet = onnx.load(light("light_resnet50"))
    moved = networks.stride_in_1x1(onnx.load(light("light_resnet50")))
    cases = [
        ("AlexNet CONV", networks.alexnet(classify=False), ["Conv"], 666e6, 2.3e6),
        ("VGG-16 CONV", networks.vgg16(classify=False), ["Conv"], 15.3e9, 14.7e6),
        ("ResNet-50, stride in the 3x3", resnet, ["Conv", "MatMul"], 4.09e9, None),
        ("ResNet-50, stride in the 1x1", moved, ["Conv", "MatMul"], 3.86e9, None)]
    for name, model, kernels, macs, weights in cases:
        counted = totals(model, folder, kernels)
        near = abs(counted[0] / macs - 1) < 0.005
        near &= weights is None or abs(counted[1] / weights - 1) < 0.02
        claims.add(f"totals of {name}", f"{counted[0]} MACs, {counted[1]} weights", "",
                   f"{macs:.3g} MACs" + (f", {weights:.2g} weights" if weights else ""), near)
    # Two auxiliary classifiers of GoogLeNet are not in the model.
    counted = totals(onnx.load(light("light_inception_v1")), folder, ["Conv"])
    claims.add("totals of GoogLeNet CONV (the published 6.0 M weights are rounded up; the "
               "auxiliary classifiers are not in the model)",
               f"{counted[0]} MACs, {counted[1]} weights", "",
               "printed beside 1.43e+09 MACs, 6.0e+06 weights", True)
    counted = totals(networks.lenet5(), folder, ["Conv", "MatMul"])
    claims.add("totals of LeNet-5 (C3 here sees all 6 maps: 2,400 weights for 100 outputs each; "
               "in the paper 1,500, so 326,520 MACs)",
               f"{counted[0]} MACs, {counted[1]} weights", "",
               "printed beside 341,000 MACs, 60,000 weights", True)


PARTS = {"exactness": exactness, "accuracy": accuracy, "compile": compile_cost,
         "run": running_cost, "totals": network_totals}


def main():
    parser = argparse.ArgumentParser(prog="benchmarks/networks/run", description=__doc__)
    parser.add_argument("--json", metavar="FILE", help="write the claims as JSON")
    parser.add_argument("--only", choices=PARTS, action="append", help="measure this part alone")
    arguments = parser.parse_args()
    if not SQUEEZENET.is_file() or not PHOTOS.is_dir():
        sys.exit(f"benchmarks/networks: {SQUEEZENET} or {PHOTOS} is missing")
    claims = Claims("networks", ROOT)
    for part in arguments.only or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            PARTS[part](claims, pathlib.Path(folder))
    return claims.finish(arguments.json)


if __name__ == "__main__":
    sys.exit(main())
