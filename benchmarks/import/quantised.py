"""Models that come quantised, beside ONNX Runtime: every layer on the integers
that ONNX Runtime gives it, and whole networks."""

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

import layers
from graphs import IR_VERSION
from tools import DATA, run, start

MODELS, IMAGES = DATA / "models", DATA / "images"
TINY, IMAGENET = MODELS / "tiny", MODELS / "imagenet"
ONE_TO_ONE = "layout: NCHW\nchannel_order: RGB\nresize_short_side: 256\ncrop_width: 224\n" \
             "crop_height: 224\nmean: {}\nscale: {}\n"


def photos(folder, mean, scale):
    """The photos as a network takes them, by the compiler's own preprocessing."""
    (folder / "how.yaml").write_text(ONE_TO_ONE.format(mean, scale), encoding="utf-8")
    info = helper.make_tensor_value_info
    graph = helper.make_graph([helper.make_node("Identity", ["x"], ["y"])], "same",
                              [info("x", TensorProto.FLOAT, [1, 3, 224, 224])],
                              [info("y", TensorProto.FLOAT, [1, 3, 224, 224])])
    onnx.save(helper.make_model(graph, ir_version=IR_VERSION,
                                opset_imports=[helper.make_opsetid("", 13)]), folder / "s.onnx")
    run("compile", folder / "s.onnx", "--device=cpu", f"--preprocess={folder / 'how.yaml'}",
        "--quiet", "-o", folder / "s.rlk")
    run("run", folder / "s.rlk", f"--input={IMAGES / 'imagenet' / 'img256'}", "--quiet",
        f"--output={folder / 'photos.npy'}")
    return np.load(folder / "photos.npy")


def tensorflow_photos(folder):
    return photos(folder, [127.5], [1 / 127.5])


def torch_photos(folder):
    mean, deviation = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
    return photos(folder, list(255 * mean), list(1 / (255 * deviation)))


def cifar(folder):
    raw = np.fromfile(IMAGES / "cifar10" / "cifar10_test_subset_300.bin", np.uint8)
    return raw.reshape(-1, 3073)[:, 1:].reshape(-1, 3, 32, 32).astype(np.float32)


def noise(low, high, *shape):
    return lambda folder: np.random.default_rng(0).uniform(low, high, shape).astype(np.float32)


# The models, and inputs of each.
NETWORKS = {
    TINY / "resnet8-qdq-i8.onnx": cifar,
    TINY / "kws_dscnn-qdq-i8.onnx": noise(-100, 100, 300, 1, 49, 10),
    TINY / "vww_mobilenetv1_025-qdq-i8.onnx": noise(0, 1, 50, 3, 96, 96),
    TINY / "ad_autoencoder-qdq-i8.onnx": noise(-40, 10, 300, 640),
    IMAGENET / "mobilenet_v1_0.25_224-qdq-u8.onnx": tensorflow_photos,
    IMAGENET / "mobilenet_v2_1.0_224-qdq-u8.onnx": tensorflow_photos,
    IMAGENET / "mobilenet_v2_1.0_224_tf2-qdq-perchannel.onnx": tensorflow_photos,
    IMAGENET / "mobilenetv2-12-int8.onnx": torch_photos,
}


def session(model):
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model.SerializeToString(), options,
                                        providers=["CPUExecutionProvider"])


def layer_by_layer(claims, name, model, judge, image, folder):
    """All layers in one program, each with an input of its own."""
    parts = layers.find(model)
    seen = layers.observe(session, judge, parts, image)
    onnx.save(layers.apart(parts, seen), folder / "apart.onnx")
    run("compile", folder / "apart.onnx", "--quiet", "-o", folder / "apart.rlk")
    given, made = [], []
    for k, part in enumerate(parts):
        for leaf in part.leaves:
            np.save(folder / f"in{len(given)}.npy", leaf.real(seen))
            given.append(f"--input={folder / f'in{len(given)}.npy'}")
        made.append(f"--output={folder / f'out{k}.npy'}")
    run("run", folder / "apart.rlk", *given, *made)
    worst, most, wrong = 0, 0.0, ""
    for k, part in enumerate(parts):
        expected = part.result.real(seen)
        off = np.abs(np.load(folder / f"out{k}.npy").reshape(expected.shape) - expected)
        steps = np.rint(off / part.result.scale())
        share = float((steps > 0).mean())
        if share > most or steps.max() > worst:
            wrong = f" (most: {part.node.name or part.node.output[0]})"
        worst, most = max(worst, int(steps.max())), max(most, share)
    claims.add(f"{name}: {len(parts)} layers, each on ONNX Runtime's integers: furthest off",
               worst, "steps" + (wrong if worst > 1 else ""), "at most 1", worst <= 1)
    claims.add(f"{name}: elements of a layer off by 1",
               100 * most, "%" + (wrong if most else ""), "at most 0.1 %", most <= 0.001)


def answers(model, images):
    judge = session(model)
    name = judge.get_inputs()[0].name
    return np.concatenate([judge.run(None, {name: image[None]})[0].reshape(1, -1)
                           for image in images])


def whole_network(claims, name, file, judge, images, folder):
    np.save(folder / "x.npy", images)
    np.save(folder / "first.npy", images[:2])
    result = start("compile", file, f"--calibrate={folder / 'first.npy'}", "--verify", "--quiet",
                   "-o", folder / "m.rlk")
    claims.add(f"{name}: sim equals evaluator, 2 inputs", result.stderr.decode().strip(), "",
               "every tensor", result.returncode == 0)
    run("compile", file, "--device=cpu", "--quiet", "-o", folder / "m.rlk")
    run("run", folder / "m.rlk", f"--input={folder / 'x.npy'}", f"--output={folder / 'y.npy'}")
    ours = np.load(folder / "y.npy").reshape(len(images), -1)
    theirs = answers(judge, images)
    if name.startswith("ad_"):
        off = float(np.abs(ours - theirs).max() / np.ptp(theirs))
        claims.add(f"{name}: output beside ONNX Runtime's", off, "of the range", "at most 0.02",
                   off <= 0.02)
        return
    agreement = agreeing(ours, theirs)
    words = f"{name}: top-1 agreement with ONNX Runtime, {len(images)} inputs"
    if agreement < 0.99:
        # What is left is the network's own: a rounding here or there.
        moved = answers(judge, a_step_off(judge, images))
        words += f" (its own with 1 of 16,000 input integers a step off: " \
                 f"{100 * agreeing(moved, theirs):.3g} %)"
    claims.add(words, 100 * agreement, "%", "at least 99 %", agreement >= 0.99)


def agreeing(ours, theirs):
    """The share of inputs with one best class in common."""
    best = (ours == ours.max(1, keepdims=True)) & (theirs == theirs.max(1, keepdims=True))
    return float(best.any(1).mean())


def a_step_off(model, images):
    """One of 16,000 elements is a step of the first quantisation off."""
    first = next(n for n in model.graph.node if n.op_type == "QuantizeLinear")
    scale = next(i for i in model.graph.initializer if i.name == first.input[1])
    rng = np.random.default_rng(0)
    signs = (rng.random(images.shape) < 1 / 16000) * rng.choice([-1, 1], images.shape)
    return (images + signs * numpy_helper.to_array(scale)).astype(np.float32)


def measure(claims, folder):
    """Every model of NETWORKS."""
    for file, inputs in NETWORKS.items():
        model, images = onnx.load(file), inputs(folder)
        judge = layers.without_saturation(model)
        layer_by_layer(claims, file.stem, model, judge, images[0], folder)
        whole_network(claims, file.stem, file, judge, images, folder)
