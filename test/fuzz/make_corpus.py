#!/usr/bin/env python3
"""Writes what the fuzzers start from, seed-*, with rowlock-compile.

    test/fuzz/make_corpus.py            # into test/fuzz/corpus

Small networks of every kind of layer on small machines, as models, as IR of each
stage and as programs, so that each is a few kilobytes: the fuzzers change them
field by field and word by word. Random graphs of single operators and ONNX's own
tests of them join the models.
"""

import argparse
import pathlib
import re
import sys
import tempfile

import numpy as np
import onnx

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "python"))
import graphs  # noqa: E402
from graphs import Graph  # noqa: E402
from quantised_graphs import QuantisedGraph  # noqa: E402
from tools import ROOT, run  # noqa: E402
from node_models import write_node_models  # noqa: E402


def conv(g, x, filters, kernel, relu=True, **attributes):
    strides = attributes.get("strides", [1, 1])
    pads = attributes.get("pads", [0] * 4)
    spans = [(kernel - 1) * d + 1 for d in attributes.get("dilations", [1, 1])]
    size = [(s + pads[k] + pads[k + 2] - spans[k]) // strides[k] + 1
            for k, s in enumerate(x.shape[2:])]
    weights = g.weights(filters, x.shape[1] // attributes.get("group", 1), kernel, kernel)
    y = g.node("Conv", [x, weights, g.weights(filters)], (x.shape[0], filters, *size),
               **attributes)
    return g.node("Relu", [y], y.shape) if relu else y


def dense(g, x, filters):
    flat = int(np.prod(x.shape[1:]))
    x = g.node("Flatten", [x], (x.shape[0], flat))
    return g.node("Gemm", [x, g.weights(filters, flat)], (x.shape[0], filters), transB=1)


def two_convs(g, x):
    return conv(g, conv(g, x, 6, 3, pads=[1] * 4), 5, 1)


def pool_and_dense(g, x):
    x = conv(g, x, 4, 3, strides=[2, 2])
    x = g.node("MaxPool", [x], (*x.shape[:2], 2, 2), kernel_shape=[2, 2], strides=[2, 2])
    x = dense(g, x, 3)
    return g.node("Softmax", [x], x.shape, axis=1)


def groups(g, x):
    x = conv(g, x, x.shape[1], 3, group=x.shape[1], pads=[1] * 4)
    return conv(g, x, 8, 1, group=2)


def parts(g, x):
    x = conv(g, x, 3, 5, pads=[2] * 4)
    return conv(g, x, 2, 3, dilations=[2, 2], relu=False)


def branches(g, x):
    a, b = conv(g, x, 4, 1), conv(g, x, 4, 3, pads=[1] * 4)
    x = g.node("Add", [a, b], a.shape)
    x = g.node("Concat", [x, b], (x.shape[0], 8, *x.shape[2:]), axis=1)
    x = g.node("Mul", [x, x], x.shape)
    x = g.node("AveragePool", [x], (*x.shape[:2], 3, 3), kernel_shape=[2, 2], strides=[2, 2])
    x = g.node("Transpose", [x], (x.shape[0], 3, 3, 8), perm=[0, 2, 3, 1])
    return g.node("Clip", [x, g.constant(np.float32(0)), g.constant(np.float32(1))], x.shape)


def floats(g, x):
    x = conv(g, x, 4, 3)
    x = g.node("LRN", [x], x.shape, size=3)
    x = g.node("MaxPool", [x], (*x.shape[:2], 3, 3), kernel_shape=[2, 2])
    x = g.node("Concat", [x, x], (x.shape[0], 8, 3, 3), axis=1)
    x = g.node("Add", [x, x], x.shape)
    return g.node("Softmax", [dense(g, x, 4)], (x.shape[0], 4), axis=1)


TINY = {"rows": 4, "columns": 4, "glb_banks": 4, "bank_bytes": 1024, "filter_banks": 1,
        "frame_microseconds": 1}
LARGE = {**TINY, "rows": 6, "columns": 5}
# Name: network, input, shipped target, changed fields, options of rowlock-compile or,
# in a tuple, passes of rowlock-opt from layers with mappings to commands.
CODED = ("--rs-lower-layers", "--rs-code-tensors=boundary=true", "--rs-allocate-glb",
         "--rs-allocate-dram")
PROGRAMS = {
    "two-convs": (two_convs, (1, 3, 8, 8), "eyeriss-int8", TINY, []),
    "coded": (two_convs, (1, 3, 8, 8), "eyeriss-int8", TINY, CODED),
    "coded-tall": (two_convs, (1, 2, 24, 6), "eyeriss-v1", LARGE, CODED),
    "tall": (two_convs, (1, 2, 24, 6), "eyeriss-int8", LARGE, []),
    "batch": (two_convs, (1, 2, 6, 6), "eyeriss-int8", TINY, ["--batch=2"]),
    "int16": (two_convs, (1, 3, 8, 8), "eyeriss-int8", TINY, ["--int16"]),
    "fixed16": (two_convs, (1, 3, 8, 8), "eyeriss-v1", LARGE, []),
    "pool": (pool_and_dense, (1, 2, 9, 9), "eyeriss-int8", TINY, []),
    "pool-fixed16": (pool_and_dense, (1, 2, 9, 9), "eyeriss-v1", TINY, []),
    "groups": (groups, (1, 6, 7, 7), "eyeriss-int8", LARGE, []),
    "parts": (parts, (1, 2, 9, 9), "eyeriss-int8", TINY, []),
    "parts-fixed16": (parts, (1, 2, 9, 9), "eyeriss-v1", TINY, []),
    "branches": (branches, (1, 3, 6, 6), "eyeriss-int8", TINY, []),
    "floats": (floats, (1, 2, 6, 6), "eyeriss-int8", TINY, ["--device=cpu"]),
}


KINDS = ["programs", "models", "ir"]  # the IR is made from the models


def small_target(base, fields, path):
    text = (ROOT / "targets" / f"{base}.yaml").read_text()
    for name, value in fields.items():
        text, count = re.subn(rf"^(  {name}:).*$", rf"\1 {value}", text, flags=re.M)
        assert count == 1, name
    path.write_text(text)


def make(program, seed, folder, result):
    """Writes the program file `result`; `folder` is for what comes before it."""
    network, shape, base, fields, options = program
    g = Graph(np.random.default_rng(seed), shape, 13)
    model, target, images = (folder / name for name in ("m.onnx", "t.yaml", "x.npy"))
    onnx.save(g.model(network(g, g.input)), model)
    small_target(base, fields, target)
    np.save(images, np.random.default_rng(seed).normal(size=(4, *shape[1:])).astype(np.float32))
    common = [model, f"--target={target}", "--quiet"]
    if "--device=cpu" not in options:
        common.append(f"--calibrate={images}")
    if not isinstance(options, tuple):
        run("compile", *common, *options, "-o", result)
        return
    layers, commands = folder / "layers.mlir", folder / "commands.mlir"
    run("compile", *common, "--emit=rs", "-o", layers)
    run("opt", layers, *options, "-o", commands)
    run("translate", "--export-program", commands, "-o", result)


def make_model(program, seed, result):
    network, shape = program[:2]
    g = Graph(np.random.default_rng(seed), shape, 13)
    onnx.save(g.model(network(g, g.input)), result)


def make_ir(name, program, seed, folder, result):
    """The stages of the compiler, as far as they are short."""
    _, shape, base, fields, options = program
    model, target, images = (folder / name for name in ("m.onnx", "t.yaml", "x.npy"))
    make_model(program, seed, model)
    run("translate", "--import-onnx", model, "-o", result / f"seed-{name}-float.mlir")
    if "--device=cpu" in options or isinstance(options, tuple):
        return
    small_target(base, fields, target)
    np.save(images, np.random.default_rng(seed).normal(size=(4, *shape[1:])).astype(np.float32))
    for stage in ("nn", "rs") + (("commands",) if name == "two-convs" else ()):
        whole = folder / "stage.mlir"
        run("compile", model, f"--target={target}", f"--calibrate={images}", *options,
            f"--emit={stage}", "-o", whole)
        # Without locations, which are half of the text.
        run("opt", whole, "-o", result / f"seed-{name}-{stage}.mlir")


def quantised(form):
    """A model that comes quantised, as QDQ or QLinear."""
    g = QuantisedGraph(1, form, [1, 2, 6, 6], signed=form == "qdq")
    g.conv(3, 3)
    before = g.last
    g.conv(3, 1, kind=np.uint8, per_axis=False, symmetric=False)
    g.binary("Add", before).binary("Mul", before).concat(before)
    return g.pool("AveragePool").pool("GlobalAveragePool").gemm(4, transposed=True).model()


def write_models(folder):
    """Networks, random graphs of single operators, quantised ones, ONNX's node tests."""
    networks = set()
    for seed, (name, program) in enumerate(PROGRAMS.items()):
        if program[0] not in networks:
            networks.add(program[0])
            make_model(program, seed, folder / f"seed-{name}.onnx")
    for op in graphs.SINGLE:
        onnx.save(graphs.single(op, 1), folder / f"seed-op-{op.__name__}.onnx")
    for form in ("qdq", "qlinear"):
        onnx.save(quantised(form), folder / f"seed-{form}.onnx")
    write_node_models(folder)


def write_single_layers(models, folder):
    """For each operation of nn, the shortest of what the models of one operator become."""
    shortest = {}
    for model in sorted(models.glob("seed-node-*.onnx")):
        text = run("translate", "--import-onnx", model, "-o", "-")
        for op in set(re.findall(r"= nn\.(\w+)", text)) - {"constant"}:
            shortest[op] = min(shortest.get(op, text), text, key=len)
    for op, text in shortest.items():
        (folder / f"seed-op-{op}.mlir").write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=HERE / "corpus")
    parser.add_argument("--kind", choices=KINDS, action="append")
    options = parser.parse_args()
    for kind in options.kind or KINDS:
        folder = options.folder / kind
        folder.mkdir(parents=True, exist_ok=True)
        if kind == "models":
            write_models(folder)
            continue
        with tempfile.TemporaryDirectory() as temporary:
            for seed, (name, program) in enumerate(PROGRAMS.items()):
                if kind == "programs":
                    make(program, seed, pathlib.Path(temporary), folder / f"seed-{name}.rlk")
                else:
                    make_ir(name, program, seed, pathlib.Path(temporary), folder)
        if kind == "ir":
            write_single_layers(options.folder / "models", folder)


if __name__ == "__main__":
    main()
