"""Random small ONNX graphs, a single operator or a chain with branches."""

import dataclasses

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

# Newest IR version that goes with the pinned ONNX Runtime.
IR_VERSION = 9


@dataclasses.dataclass
class Tensor:
    name: str
    shape: tuple


class Graph:
    """A model under construction; every value is float32."""

    def __init__(self, rng, shape, opset):
        self.rng, self.opset = rng, opset
        self.nodes, self.initialisers = [], []
        self.input = Tensor("x", tuple(shape))

    def constant(self, values, kind=np.float32):
        name = f"w{len(self.initialisers)}"
        self.initialisers.append(numpy_helper.from_array(np.asarray(values, kind), name))
        return name

    def weights(self, *shape, spread=1.0):
        fan_in = max(1, int(np.prod(shape[1:])))
        return self.constant(self.rng.normal(0, spread / np.sqrt(fan_in), shape))

    def node(self, op, inputs, shape, **attributes):
        name = f"{op.lower()}{len(self.nodes)}"
        inputs = [value.name if isinstance(value, Tensor) else value for value in inputs]
        self.nodes.append(helper.make_node(op, inputs, [name + "_out"], name=name, **attributes))
        return Tensor(name + "_out", tuple(shape))

    def model(self, output):
        def info(value):
            return helper.make_tensor_value_info(value.name, TensorProto.FLOAT, value.shape)
        graph = helper.make_graph(self.nodes, "random", [info(self.input)], [info(output)],
                                  self.initialisers)
        model = helper.make_model(graph, ir_version=IR_VERSION,
                                  opset_imports=[helper.make_opsetid("", self.opset)])
        onnx.checker.check_model(model, full_check=True)
        return model


def _window(g, x, kernel, strides, dilations=(1, 1)):
    """Attributes of padding and the size of the result, by one of its kinds."""
    spans = [(k - 1) * d + 1 for k, d in zip(kernel, dilations)]
    kind = g.rng.choice(["none", "pads", "SAME_UPPER", "SAME_LOWER", "VALID"])
    if kind.startswith("SAME"):
        if max(dilations) > 1:
            kind = "none"
        else:
            return {"auto_pad": kind}, [-(-s // t) for s, t in zip(x.shape[2:], strides)]
    pads, attributes = [0] * 4, {}
    if kind == "pads":
        pads = [int(g.rng.integers(0, k)) for k in (*kernel, *kernel)]
        attributes["pads"] = pads
    elif kind == "VALID":
        attributes["auto_pad"] = "VALID"
    size = [(s + pads[d] + pads[d + 2] - spans[d]) // strides[d] + 1
            for d, s in enumerate(x.shape[2:])]
    return attributes, size


def _pick(g, low, high):
    return int(g.rng.integers(low, high + 1))


def _fits(x, kernel, dilations=(1, 1)):
    return all((k - 1) * d + 1 <= s for k, d, s in zip(kernel, dilations, x.shape[2:]))


def conv(g, x, groups=1):
    kernel = [_pick(g, 1, min(5, s)) for s in x.shape[2:]]
    strides = [_pick(g, 1, 2)] * 2
    dilations = (1, 1)
    if groups > 1:
        groups = next(k for k in (groups, 3, 2, 1) if x.shape[1] % k == 0)
    filters = groups * _pick(g, 1, 6)
    attributes, size = _window(g, x, kernel, strides, dilations)
    inputs = [x, g.weights(filters, x.shape[1] // groups, *kernel)]
    if g.rng.random() < 0.7:
        inputs.append(g.weights(filters, spread=0.3))
    if g.rng.random() < 0.5:
        attributes["kernel_shape"] = kernel
    return g.node("Conv", inputs, (x.shape[0], filters, *size), strides=strides, group=groups,
                  **attributes)


def max_pool(g, x, op="MaxPool"):
    kernel = [_pick(g, 1, min(3, s)) for s in x.shape[2:]]
    strides = [_pick(g, 1, 2) for _ in kernel]
    attributes, size = _window(g, x, kernel, strides)
    if op == "AveragePool":
        attributes["count_include_pad"] = _pick(g, 0, 1)
    return g.node(op, [x], (*x.shape[:2], *size), kernel_shape=kernel, strides=strides,
                  **attributes)


def average_pool(g, x):
    return max_pool(g, x, "AveragePool")


def global_average_pool(g, x):
    return g.node("GlobalAveragePool", [x], (*x.shape[:2], 1, 1))


def relu(g, x):
    return g.node("Relu", [x], x.shape)


def clip(g, x):
    low, high = -abs(g.rng.normal()), abs(g.rng.normal())
    if g.opset < 11:
        return g.node("Clip", [x], x.shape, min=float(low), max=float(high))
    bounds = [g.constant(np.float32(v)) if g.rng.random() < 0.8 else "" for v in (low, high)]
    return g.node("Clip", [x, *bounds], x.shape)


def batch_norm(g, x):
    channels = x.shape[1]
    scale, bias, mean = (g.constant(g.rng.normal(1, 0.3, channels)) for _ in range(3))
    variance = g.constant(g.rng.uniform(0.5, 2, channels))
    return g.node("BatchNormalization", [x, scale, bias, mean, variance], x.shape, epsilon=1e-3)


def add(g, x):
    """With a constant of a shape that broadcasts, or with a branch of its own."""
    if g.rng.random() < 0.5 or len(x.shape) != 4:
        shape = [1 if g.rng.random() < 0.4 else s for s in x.shape[1:]]
        return g.node("Add", [x, g.constant(g.rng.normal(0, 1, shape))], x.shape)
    filters = g.weights(x.shape[1], x.shape[1], 3, 3)
    branch = g.node("Conv", [x, filters], x.shape, pads=[1] * 4)
    return g.node("Add", [x, branch], x.shape)


def reshape(g, x):
    flat = (x.shape[0], int(np.prod(x.shape[1:])))
    if g.rng.random() < 0.5:
        return g.node("Flatten", [x], flat, axis=1)
    return g.node("Reshape", [x, g.constant([0, -1], np.int64)], flat)


def gemm(g, x):
    filters, channels = _pick(g, 1, 8), x.shape[1]
    turned = _pick(g, 0, 1)
    rhs = g.weights(*((filters, channels) if turned else (channels, filters)))
    inputs = [x, rhs] + [g.weights(filters)] * _pick(g, 0 if g.opset > 10 else 1, 1)
    return g.node("Gemm", inputs, (x.shape[0], filters), transB=turned,
                  alpha=float(g.rng.uniform(0.5, 2)), beta=float(g.rng.uniform(0.5, 2)))


def matmul(g, x):
    filters = _pick(g, 1, 8)
    return g.node("MatMul", [x, g.weights(x.shape[1], filters)], (x.shape[0], filters))


def softmax(g, x):
    axis = _pick(g, 1, len(x.shape) - 1)
    return g.node("Softmax", [x], x.shape, axis=axis)


def grouped_conv(g, x):
    return conv(g, x, groups=x.shape[1])


def mul(g, x):
    """By a constant that broadcasts, or by a branch."""
    if g.rng.random() < 0.7:
        shape = [1 if g.rng.random() < 0.4 else s for s in x.shape[1:]]
        return g.node("Mul", [x, g.constant(g.rng.normal(0, 1, shape))], x.shape)
    return g.node("Mul", [x, g.node("Relu", [x], x.shape)], x.shape)


def sum_of_branches(g, x):
    operands = [x] * _pick(g, 1, 3)
    return g.node("Sum", operands + [g.node("Relu", [x], x.shape)], x.shape)


def concat(g, x):
    """Branches of different ranges along any dimension but the batch."""
    axis = _pick(g, 1, len(x.shape) - 1)
    branches = [x, *(g.node(op, [x], x.shape) for op in ("Relu", "Identity"))]
    branches = branches[:_pick(g, 1, 3)]
    shape = list(x.shape)
    shape[axis] *= len(branches)
    turned = axis - len(shape) if g.opset >= 11 and g.rng.random() < 0.3 else axis
    return g.node("Concat", branches, shape, axis=turned)


def shuffle(g, x):
    """Channel shuffle: reshape, transpose, reshape."""
    n, c, h, w = x.shape
    groups = next(k for k in (4, 3, 2, 1) if c % k == 0)
    y = g.node("Reshape", [x, g.constant([n, groups, c // groups, h, w], np.int64)],
               (n, groups, c // groups, h, w))
    y = g.node("Transpose", [y], (n, c // groups, groups, h, w), perm=[0, 2, 1, 3, 4])
    return g.node("Reshape", [y, g.constant([n, c, h, w], np.int64)], x.shape)


def transpose(g, x):
    perm = [0, *(int(d) for d in g.rng.permutation(range(1, len(x.shape))))]
    return g.node("Transpose", [x], [x.shape[d] for d in perm], perm=perm)


def lrn(g, x):
    attributes = {"alpha": float(g.rng.uniform(0.01, 1)), "bias": float(g.rng.uniform(1, 2))}
    if g.rng.random() < 0.5:
        attributes["beta"] = float(g.rng.choice([0.5, 0.6, 0.75, 1.0]))
    return g.node("LRN", [x], x.shape, size=int(g.rng.choice([1, 3, 5])),
                  **attributes)


def identity(g, x):
    return g.node(str(g.rng.choice(["Identity", "Dropout"])), [x], x.shape)


SPATIAL = [conv, max_pool, average_pool, relu, clip, batch_norm, add, identity, mul,
           sum_of_branches, concat, shuffle, transpose, lrn]
FLAT = [gemm, matmul, relu, clip, add, mul, concat]
SINGLE = [*SPATIAL, grouped_conv, global_average_pool, reshape, softmax, gemm, matmul]


def single(op, seed):
    """A model of the one operator."""
    rng = np.random.default_rng([seed, SINGLE.index(op)])
    opset = int(rng.integers(7, 22))
    shape = (2, 6) if op in (gemm, matmul) else (1, _multiple(rng), 7, 9)
    g = Graph(rng, shape, opset)
    return g.model(op(g, g.input))


def _multiple(rng):
    return int(rng.choice([1, 2, 3, 4, 6]))


def chain(seed):
    """A chain from a picture to classes: some spatial operators, some dense."""
    rng = np.random.default_rng([seed, 1000])
    g = Graph(rng, (1, int(rng.integers(1, 4)), *rng.integers(6, 13, 2).tolist()),
              int(rng.integers(7, 22)))
    x = conv(g, g.input)
    for _ in range(rng.integers(1, 6)):
        x = rng.choice(SPATIAL)(g, x)
    x = reshape(g, global_average_pool(g, x) if rng.random() < 0.3 else x)
    for _ in range(rng.integers(0, 4)):
        x = rng.choice(FLAT)(g, x)
    return g.model(gemm(g, x))
