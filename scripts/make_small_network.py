#!/usr/bin/env python3
"""Makes a small network that reads digits, and digits for it to read.

For machines without the MNIST model: OUT/small.onnx has the layers of mnist-8
(two convolutions with ReLU and max pool, one matrix product) and recognises
digits drawn with seven segments, shifted, of varying brightness and with noise.
The convolutions are fixed, drawn at random from a seed; the last layer is
fitted to drawn digits by ridge regression. OUT/calibrate and OUT/digits hold
PNG files like those of make_digits.py.
"""

import argparse
import pathlib
import sys

import numpy as np
import onnx
from numpy.lib.stride_tricks import sliding_window_view
from onnx import TensorProto, helper, numpy_helper

from make_digits import png, write_new

SIZE = 28
# Segments a to g of a digit: top, upper right, lower right, bottom, lower
# left, upper left, middle; each a box (y0, y1, x0, x1) of a 19 x 12 field.
SEGMENTS = {"a": (0, 3, 0, 12), "b": (0, 11, 9, 12), "c": (8, 19, 9, 12), "d": (16, 19, 0, 12),
            "e": (8, 19, 0, 3), "f": (0, 11, 0, 3), "g": (8, 11, 0, 12)}
DIGITS = ("abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg", "abcdfg")


def draw(digit: int, rng: np.random.Generator) -> np.ndarray:
    """An image of `digit`, bytes, somewhere near the middle."""
    image = np.zeros((SIZE, SIZE))
    top, left = 4 + rng.integers(-2, 3), 8 + rng.integers(-2, 3)
    for segment in DIGITS[digit]:
        y0, y1, x0, x1 = SEGMENTS[segment]
        image[top + y0:top + y1, left + x0:left + x1] = rng.integers(170, 256)
    image += rng.normal(0, 6, image.shape) * (image > 0)
    image[rng.random(image.shape) < 0.01] = 90
    return np.clip(image, 0, 255).astype(np.uint8)


def convolve(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """NCHW by OIHW, stride 1, same size."""
    around = w.shape[2] // 2
    x = np.pad(x, ((0, 0), (0, 0), (around, around), (around, around)))
    windows = sliding_window_view(x, w.shape[2:], axis=(2, 3))
    return np.tensordot(windows, w, axes=((1, 4, 5), (1, 2, 3))).transpose(0, 3, 1, 2)


def pool(x: np.ndarray, size: int) -> np.ndarray:
    """Max pool, stride as wide as the window; what is left over is dropped."""
    n, c, h, w = x.shape
    x = x[:, :, :h // size * size, :w // size * size]
    return x.reshape(n, c, h // size, size, w // size, size).max(axis=(3, 5))


def grid(weights: np.ndarray, bits: int) -> np.ndarray:
    """Rounded to 2^-bits, so that the file does not depend on the machine."""
    return (np.round(weights * 2.0**bits) / 2.0**bits).astype(np.float32)


def make_weights(rng: np.random.Generator) -> dict:
    """The weights of all layers, by name."""
    weights = {
        "conv1_w": grid(rng.normal(0, 0.2, (8, 1, 5, 5)), 8),
        "conv1_b": grid(rng.normal(0, 8, (8, 1, 1)), 4),
        "conv2_w": grid(rng.normal(0, 0.07, (16, 8, 5, 5)), 8),
        "conv2_b": grid(rng.normal(0, 8, (16, 1, 1)), 4),
    }
    labels = np.arange(3000) % 10
    x = np.stack([draw(digit, rng) for digit in labels])[:, None].astype(np.float64)
    for layer, size in ((1, 2), (2, 3)):
        x = convolve(x, weights[f"conv{layer}_w"]) + weights[f"conv{layer}_b"]
        x = pool(np.maximum(x, 0), size)
    features = np.hstack([x.reshape(len(x), -1), np.full((len(x), 1), 100.0)])
    wanted = np.eye(10)[labels] * 20 - 10
    ridge = np.diag(np.full(features.shape[1], 1e-5 * np.mean(features**2) * len(x)))
    fitted = np.linalg.solve(features.T @ features + ridge, features.T @ wanted)
    weights["fc_w"] = grid(fitted[:-1], 14)
    weights["fc_b"] = grid(fitted[-1:] * 100, 8)
    return weights


def make_model(weights: dict) -> onnx.ModelProto:
    nodes = []

    def node(op, inputs, output, **attributes):
        nodes.append(helper.make_node(op, inputs, [output], name=output, **attributes))
        return output

    x = "image"
    for layer, size in ((1, 2), (2, 3)):
        x = node("Conv", [x, f"conv{layer}_w"], f"conv{layer}", kernel_shape=[5, 5],
                 pads=[2, 2, 2, 2], strides=[1, 1])
        x = node("Add", [x, f"conv{layer}_b"], f"bias{layer}")
        x = node("Relu", [x], f"relu{layer}")
        x = node("MaxPool", [x], f"pool{layer}", kernel_shape=[size, size], strides=[size, size])
    x = node("Reshape", [x, "flat_shape"], "flat")
    x = node("MatMul", [x, "fc_w"], "fc")
    node("Add", [x, "fc_b"], "digit")
    constants = [numpy_helper.from_array(value, name) for name, value in weights.items()]
    constants.append(numpy_helper.from_array(np.array([1, 256], np.int64), "flat_shape"))
    graph = helper.make_graph(
        nodes, "small",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 1, SIZE, SIZE])],
        [helper.make_tensor_value_info("digit", TensorProto.FLOAT, [1, 10])], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 8)],
                              producer_name="make_small_network")
    model.ir_version = 3
    # This IR version lists constants among the inputs, too.
    model.graph.input.extend(
        helper.make_tensor_value_info(tensor.name, tensor.data_type, list(tensor.dims))
        for tensor in constants)
    onnx.checker.check_model(model)
    return model


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    write_new(options.out / "small.onnx", make_model(make_weights(rng)).SerializeToString())
    rng = np.random.default_rng(options.seed + 1)
    for number in range(200):
        image = draw(number % 10, rng)
        write_new(options.out / "calibrate" / f"{number:04}.png", png(image.tobytes(), SIZE, SIZE))
    for digit in range(10):
        image = draw(digit, rng)
        write_new(options.out / "digits" / f"{digit}-{digit}.png", png(image.tobytes(), SIZE, SIZE))
    return 0


if __name__ == "__main__":
    sys.exit(main())
