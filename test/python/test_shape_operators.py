"""Operators that move, choose and resample elements, in all their forms, judged by
ONNX Runtime; and shape computations of exported models, which fold."""

import itertools

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

import tools
from tools import run

tools.skip_without_extension()
import onnx_cpu  # noqa: E402

onnxruntime.set_default_logger_severity(3)


class Graph:
    """Nodes on one input x of float32, their constants, and what comes out."""

    def __init__(self, shape, opset):
        self.shape, self.opset = shape, opset
        self.nodes, self.constants, self.outputs = [], [], []

    def constant(self, values, dtype):
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(values, dtype), name))
        return name

    def ints(self, *values):
        return self.constant(values, np.int64)

    def floats(self, *values):
        return self.constant(values, np.float32)

    def node(self, op, *operands, results=1, **attributes):
        names = [f"t{len(self.nodes)}_{k}" for k in range(results)]
        self.nodes.append(helper.make_node(op, list(operands), names, **attributes))
        return names[0] if results == 1 else names

    def out(self, *names, dtype=TensorProto.FLOAT):
        self.outputs += [helper.make_tensor_value_info(name, dtype, None) for name in names]

    def model(self):
        x = helper.make_tensor_value_info("x", TensorProto.FLOAT, self.shape)
        graph = helper.make_graph(self.nodes, "g", [x], self.outputs, self.constants)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", self.opset)],
                                 ir_version=8)

    def check(self):
        model = self.model()
        x = np.random.default_rng(1).normal(0, 1, self.shape).astype(np.float32)
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        session = onnxruntime.InferenceSession(model.SerializeToString(), options,
                                               providers=["CPUExecutionProvider"])
        expected = session.run(None, {"x": x})
        for info, right in zip(model.graph.output, expected, strict=True):
            info.type.tensor_type.shape.CopyFrom(helper.make_tensor_type_proto(
                TensorProto.FLOAT, right.shape).tensor_type.shape)
        actual = onnx_cpu.run(model, [x])
        for info, mine, right in zip(model.graph.output, actual, expected, strict=True):
            assert mine.shape == right.shape and mine.dtype == right.dtype, info.name
            np.testing.assert_allclose(mine, right, 1e-5, 1e-5, err_msg=info.name)


def test_exported_reshapes():
    """x.view(x.size(0), -1), x.flatten(2).transpose(1, 2), a class token, F.interpolate(size=...)
    as PyTorch writes them: nothing of a shape is left in the program."""
    g = Graph([2, 6, 4, 5], 13)
    shape = g.node("Shape", "x")
    sizes = [g.node("Gather", shape, g.constant(k, np.int64), axis=0) for k in range(4)]
    apart = [g.node("Unsqueeze", size, g.ints(0)) for size in sizes]
    flat = g.node("Concat", apart[0], g.ints(-1), axis=0)
    g.out(g.node("Reshape", "x", flat))
    area = g.node("Mul", sizes[2], sizes[3])
    tokens = g.node("Concat", apart[0], apart[1], g.node("Unsqueeze", area, g.ints(0)), axis=0)
    tokens = g.node("Transpose", g.node("Reshape", "x", tokens), perm=[0, 2, 1])
    zeros = g.node("ConstantOfShape", g.node("Concat", apart[0], g.ints(1, 6), axis=0))
    g.out(g.node("Concat", zeros, tokens, axis=1))
    doubled = g.node("Concat", g.node("Slice", shape, g.ints(0), g.ints(2)),
                     g.node("Cast", g.node("Floor", g.node("Mul", g.node(
                         "Cast", g.node("Slice", shape, g.ints(2), g.ints(4)),
                         to=TensorProto.FLOAT), g.floats(2.0))), to=TensorProto.INT64), axis=0)
    g.out(g.node("Resize", "x", "", "", doubled, mode="linear",
                 coordinate_transformation_mode="align_corners"))
    half = g.node("Div", sizes[1], g.constant(2, np.int64))
    first = g.node("Slice", "x", g.ints(0), g.node("Unsqueeze", half, g.ints(0)), g.ints(1))
    g.out(g.node("Expand", g.node("ReduceMean", first, axes=[1], keepdims=1), shape))
    g.check()


def test_shape_computations_fold(tmp_path):
    g = Graph([2, 6, 4, 5], 13)
    shape = g.node("Shape", "x")
    batch = g.node("Unsqueeze", g.node("Gather", shape, g.constant(0, np.int64)), g.ints(0))
    g.out(g.node("Reshape", "x", g.node("Concat", batch, g.ints(-1), axis=0)))
    onnx.save(g.model(), tmp_path / "m.onnx")
    text = run("translate", "--import-onnx", tmp_path / "m.onnx")
    layers = [word for word in text.split() if word.startswith("nn.") and "(" not in word]
    assert {"nn.reshape"} <= set(layers) <= {"nn.reshape", "nn.constant", "nn.name"}


def slices(g, opset):
    if opset < 10:
        g.out(g.node("Slice", "x", starts=[1, -3], ends=[1000, -1], axes=[1, 2]))
        g.out(g.node("Slice", "x", starts=[0, 2], ends=[2, 9]))
        return
    g.out(g.node("Slice", "x", g.ints(-1, 5), g.ints(-99, 0), g.ints(1, -1), g.ints(-2, -3)))
    g.out(g.node("Slice", "x", g.constant([1], np.int32), g.constant([9], np.int32),
                 g.constant([2], np.int32)))


def splits(g, opset):
    if opset < 13:
        g.out(*g.node("Split", "x", results=2, axis=1, split=[2, 4]))
        g.out(*g.node("Split", "x", results=3, axis=1))
        return
    g.out(*g.node("Split", "x", g.ints(1, 5), results=2, axis=-3))
    g.out(*g.node("Split", "x", results=2, axis=1,
                  **({"num_outputs": 2} if opset >= 18 else {})))
    if opset >= 18:
        g.out(*g.node("Split", "x", results=3, axis=3, num_outputs=3))


def squeezes(g, opset):
    axes = [0, -1] if opset >= 11 else [0, 5]
    if opset < 13:
        wide = g.node("Unsqueeze", "x", axes=axes)
        g.out(g.node("Squeeze", wide, axes=axes))
    else:
        wide = g.node("Unsqueeze", "x", g.ints(*axes))
        g.out(g.node("Squeeze", wide, g.ints(*axes)))
    g.out(wide, g.node("Squeeze", wide), g.node("Flatten", "x", axis=2),
          g.node("Reshape", "x", g.ints(0, -1)))


def repeats(g, opset):
    g.out(g.node("Tile", "x", g.ints(1, 2, 1, 3)))
    if opset >= 8:
        first = g.node("Slice", "x", g.ints(0), g.ints(1), g.ints(1)) if opset >= 10 else g.node(
            "Slice", "x", starts=[0], ends=[1], axes=[1])
        g.out(g.node("Expand", first, g.ints(2, 1, 4, 1, 1)))


def pads(g, opset):
    amounts = [[0, 1, 0, 2, 0, 0, 3, 1], [0, 0, -1, 2, 0, 1, 2, -2]]
    for mode, pad in itertools.product(["constant", "reflect", "edge"], amounts):
        if opset < 11:
            g.out(g.node("Pad", "x", mode=mode, pads=pad, value=1.5))
        else:
            g.out(g.node("Pad", "x", g.ints(*pad), g.constant(1.5, np.float32), mode=mode))
    if opset >= 18:
        g.out(g.node("Pad", "x", g.ints(1, 2, 1, 0), "", g.ints(-1, 1)))
    if opset >= 19:
        g.out(g.node("Pad", "x", g.ints(0, 1, 0, 2, 0, 0, 3, 1), mode="wrap"))


def gathers(g, opset):
    g.out(g.node("Gather", "x", g.constant([[0, 5], [2, 2]], np.int64), axis=1))
    g.out(g.node("Gather", "x", g.constant(3, np.int32), axis=2))
    if opset < 11:
        return
    few = np.random.default_rng(2).integers(-5, 5, (2, 3, 4, 7))
    g.out(g.node("GatherElements", "x", g.constant(few, np.int64), axis=-1))
    updates = np.random.default_rng(3).normal(0, 1, (2, 3, 4, 7)).astype(np.float32)
    distinct = np.sort(np.random.default_rng(3).permuted(np.tile(np.arange(5), (2, 3, 4, 1)),
                                                         axis=3), axis=3)
    g.out(g.node("ScatterElements", "x", g.constant(distinct, np.int64),
                 g.constant(updates[..., :5], np.float32), axis=3))
    g.out(g.node("ScatterND", "x", g.constant([[0, -1], [1, 2]], np.int64),
                 g.constant(updates[0, :2, :, :5], np.float32)))
    if opset >= 12:
        g.out(g.node("GatherND", "x", g.constant([[[0, 1, -1]], [[5, 3, 2]]], np.int64),
                     batch_dims=1))
        g.out(g.node("GatherND", "x", g.constant([[1, 0], [0, -1]], np.int64)))
    if opset >= 18:
        for reduction in ["add", "mul", "max", "min"]:
            g.out(g.node("ScatterND", "x", g.constant([[1, 1], [1, 1]], np.int64),
                         g.constant(updates[0, :2, :, :5], np.float32), reduction=reduction))


def selections(g, opset):
    if opset < 10:
        values, indices = g.node("TopK", "x", results=2, k=3, axis=1)
    else:
        values, indices = g.node("TopK", "x", g.ints(3), results=2, axis=1)
    g.out(values)
    g.out(indices, dtype=TensorProto.INT64)
    if opset >= 11:
        g.out(g.node("TopK", "x", g.ints(2), results=2, largest=0)[0])


def blocks(g, opset):
    g.out(g.node("SpaceToDepth", g.node("DepthToSpace", g.node("Concat", "x", "x", axis=1),
                                        blocksize=2), blocksize=2))
    if opset >= 11:
        g.out(g.node("DepthToSpace", g.node("Concat", "x", "x", axis=1), blocksize=2, mode="CRD"))


def shapes(g, opset):
    g.out(g.node("Shape", "x"), g.node("Size", "x"), dtype=TensorProto.INT64)
    if opset >= 15:
        g.out(g.node("Shape", "x", start=-3, end=3), dtype=TensorProto.INT64)
    if opset >= 9:
        g.out(g.node("ConstantOfShape", g.ints(2, 3),
                     value=helper.make_tensor("v", TensorProto.BOOL, [1], [1])),
              dtype=TensorProto.BOOL)


@pytest.mark.parametrize("opset", [7, 9, 10, 11, 13, 18, 21])
@pytest.mark.parametrize("build", [slices, splits, squeezes, repeats, pads, gathers, selections,
                                   blocks, shapes], ids=lambda build: build.__name__)
def test_every_opset(build, opset):
    g = Graph([2, 6, 4, 5], opset)
    build(g, opset)
    g.check()


@pytest.mark.parametrize("reduction", ["none", "add", "mul"])
def test_scatter_of_truth_values(reduction):
    g = Graph([3, 4], 18)
    positive = g.node("Greater", "x", g.constant(0, np.float32))
    rows = g.constant([[0], [2], [0]] if reduction != "none" else [[0], [2], [1]], np.int64)
    updates = g.constant([[1, 1, 0, 0], [0, 0, 1, 1], [0, 1, 0, 1]], bool)
    g.out(g.node("ScatterND", positive, rows, updates, reduction=reduction),
          dtype=TensorProto.BOOL)
    g.check()


@pytest.mark.parametrize("opset", [7, 9, 10])
def test_upsample(opset):
    g = Graph([1, 2, 4, 5], opset)
    for mode, scales in itertools.product(["nearest", "linear"], [(1.0, 1.0, 2.0, 3.0), (1.0, 1.0, 1.5, 2.0)]):
        if opset == 7:
            g.out(g.node("Upsample", "x", mode=mode, scales=scales))
        else:
            g.out(g.node("Upsample" if opset < 10 else "Resize", "x", g.floats(*scales), mode=mode))
    if opset == 10:
        g.out(g.node("Resize", "x", g.floats(1, 1, 0.6, 0.7), mode="nearest"))
    g.check()


COORDINATES = ["half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric",
               "tf_crop_and_resize", "half_pixel_symmetric"]


@pytest.mark.parametrize("mode", ["nearest", "linear", "cubic"])
@pytest.mark.parametrize("coordinates", COORDINATES)
def test_resize(coordinates, mode):
    g = Graph([1, 2, 6, 5], 19)
    roi = g.floats(0, 0, 0.1, -0.2, 1, 1, 0.8, 1.1) if "crop" in coordinates else ""
    nearest = ["floor", "ceil", "round_prefer_floor", "round_prefer_ceil"]
    for sizes, how in itertools.product([(1, 2, 9, 10), (1, 2, 4, 4)],
                                        nearest if mode == "nearest" else ["floor"]):
        more = {"nearest_mode": how} if mode == "nearest" else {}
        if mode == "cubic":
            more["cubic_coeff_a"] = -0.5
        g.out(g.node("Resize", "x", roi, "", g.ints(*sizes), mode=mode, extrapolation_value=9.0,
                     coordinate_transformation_mode=coordinates, **more))
    if coordinates != "tf_crop_and_resize":
        g.out(g.node("Resize", "x", "", g.floats(1, 1, 2, 3), mode=mode,
                     coordinate_transformation_mode=coordinates))
        g.out(g.node("Resize", "x", "", g.floats(3, 2), mode=mode, axes=[3, 2],
                     coordinate_transformation_mode=coordinates))
    if mode == "cubic":
        g.out(g.node("Resize", "x", "", g.floats(1, 1, 2, 0.6), mode=mode, exclude_outside=1,
                     coordinate_transformation_mode=coordinates) if not roi else
              g.node("Identity", "x"))
    g.check()


@pytest.mark.parametrize("mode", ["nearest", "linear"])
def test_resize_leaves_axes_of_scale_one(mode):
    """Half a line off would mix channels."""
    g = Graph([2, 3, 4, 5], 11)
    g.out(g.node("Resize", "x", g.floats(), g.floats(1, 1, 2, 0.6), mode=mode,
                 coordinate_transformation_mode="tf_half_pixel_for_nn"))
    g.check()


def test_resize_keeps_the_aspect_ratio():
    g = Graph([1, 2, 6, 5], 18)
    for policy in ["not_larger", "not_smaller"]:
        g.out(g.node("Resize", "x", "", "", g.ints(9, 11), axes=[2, 3], mode="linear",
                     keep_aspect_ratio_policy=policy))
    g.check()


def test_non_max_suppression_declares_its_rows():
    """As many rows as the model declares; without a declaration as there can be, filled with -1."""
    g = Graph([1, 40, 4], 11)
    scores = np.random.default_rng(4).random((1, 2, 40)).astype(np.float32)
    g.nodes.append(helper.make_node(
        "NonMaxSuppression", ["x", g.constant(scores, np.float32), g.ints(5), g.floats(0.3),
                              g.floats(0.4)], ["y"]))
    g.out("y", dtype=TensorProto.INT64)
    model = g.model()
    model.graph.output[0].CopyFrom(
        helper.make_tensor_value_info("y", TensorProto.INT64, ["chosen", 3]))
    x = np.random.default_rng(5).random((1, 40, 4)).astype(np.float32)
    session = onnxruntime.InferenceSession(model.SerializeToString(),
                                           providers=["CPUExecutionProvider"])
    expected = session.run(None, {"x": x})[0]
    actual = onnx_cpu.run(model, [x])[0]
    assert actual.shape == (10, 3)
    assert np.array_equal(actual[:len(expected)], expected) and np.all(actual[len(expected):] == -1)
    del model.graph.output[:]
    model.graph.output.append(
        helper.make_tensor_value_info("y", TensorProto.INT64, list(expected.shape)))
    onnx.checker.check_model(model)
    assert np.array_equal(onnx_cpu.run(model, [x])[0], expected)
