"""Small quantised models, with their numbers drawn at random: QDQ and QLinear."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from graphs import IR_VERSION

MICROSOFT = "com.microsoft"


class QuantisedGraph:
    """A model under construction; a value is (name, shape, scale, zero point)."""

    def __init__(self, seed, form, shape, signed):
        self.rng, self.form, self.signed = np.random.default_rng(seed), form, signed
        self.nodes, self.initialisers, self.shape = [], [], shape
        scale, zero = self.grid(1.0)
        name = self.node("QuantizeLinear", ["x", scale, zero])
        self.last = (name, shape, scale, zero)

    def constant(self, values, kind=np.float32):
        name = f"w{len(self.initialisers)}"
        self.initialisers.append(numpy_helper.from_array(np.asarray(values, kind), name))
        return name

    def known(self, name):
        return numpy_helper.to_array(next(i for i in self.initialisers if i.name == name))

    def grid(self, spread, signed=None):
        """A scale and a zero point for values of about +-4 * spread."""
        signed = self.signed if signed is None else signed
        kind, middle = (np.int8, 0) if signed else (np.uint8, 128)
        zero = middle + self.rng.integers(-60, 60)
        return (self.constant(np.float32(spread * self.rng.uniform(0.03, 0.05))),
                self.constant(zero, kind))

    def node(self, op, inputs, domain="", **attributes):
        name = f"{op.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, inputs, [name], name + "_node", domain=domain,
                                           **attributes))
        return name

    def real(self, value):
        name, _, scale, zero = value
        axis = {"axis": 0} if self.known(scale).ndim else {}
        return self.node("DequantizeLinear", [name, scale, zero], **axis)

    def filter(self, shape, per_axis, kind, symmetric):
        """Integer filters; uint8 ones have zero points of their own."""
        info = np.iinfo(kind)
        size = shape[:1] if per_axis else ()
        scale = self.rng.uniform(0.002, 0.02, size).astype(np.float32)
        zero = np.zeros(size, kind) if symmetric else self.rng.integers(
            info.min // 4 + info.max // 3, info.max // 2, size).astype(kind)
        low, high = info.min, info.max
        if self.form == "qlinear":
            # ONNX Runtime's integer kernels saturate in 16 bits on some processors.
            low, high = low // 2, high // 2
        weights = self.rng.integers(low, high + 1, shape).astype(kind)
        return self.constant(weights, kind), shape, self.constant(scale), self.constant(zero, kind)

    def bias(self, weights):
        scale = self.known(self.last[2]) * self.known(weights[2])
        integers = self.rng.integers(-3000, 3000, weights[1][0]).astype(np.int32)
        return (self.constant(integers, np.int32), integers.shape,
                self.constant(scale.astype(np.float32)),
                self.constant(np.zeros(scale.shape), np.int32))

    def finish(self, name, shape, spread):
        """Quantises a real value as the last."""
        scale, zero = self.grid(spread)
        self.last = (self.node("QuantizeLinear", [name, scale, zero]), shape, scale, zero)

    def conv(self, filters, kernel, kind=np.int8, per_axis=True, symmetric=True, clip=None,
             group=1):
        channels = self.last[1][1]
        weights = self.filter((filters, channels // group, kernel, kernel), per_axis, kind,
                              symmetric)
        bias, shape = self.bias(weights), [self.last[1][0], filters, *self.last[1][2:]]
        attributes = {"pads": [kernel // 2] * 4, "group": group}
        spread = float(kernel * np.sqrt(channels / group) * np.max(self.known(weights[2])) * 70)
        if self.form == "qlinear":
            scale, zero = self.grid(spread)
            name = self.node("QLinearConv", [self.last[0], *self.last[2:], weights[0],
                                             *weights[2:], scale, zero, bias[0]], **attributes)
            self.last = (name, shape, scale, zero)
            return self
        name = self.node("Conv", [self.real(v) for v in (self.last, weights, bias)], **attributes)
        if clip:
            name = self.node("Clip", [name, *(self.constant(np.float32(v)) for v in clip)])
        self.finish(name, shape, spread)
        return self

    def binary(self, op, other):
        """op is Add or Mul, the operands the last value and another."""
        spread = 2.0 * max(float(self.known(v[2])) for v in (self.last, other)) / 0.04
        if self.form == "qlinear":
            scale, zero = self.grid(spread)
            name = self.node("QLinear" + op, [self.last[0], *self.last[2:], other[0], *other[2:],
                                              scale, zero], MICROSOFT)
            self.last = (name, self.last[1], scale, zero)
        else:
            name = self.node(op, [self.real(self.last), self.real(other)])
            self.finish(name, self.last[1], spread)
        return self

    def pool(self, op, spread=1.0, **attributes):
        shape = [*self.last[1][:2], 1, 1]
        if op.startswith("Global"):
            attributes = {}
        else:
            size = self.last[1][2]
            attributes = {"kernel_shape": [2, 2], "strides": [2, 2], **attributes}
            shape[2:] = [size // 2, size // 2]
        spread *= float(self.known(self.last[2])) / 0.04
        if self.form == "qlinear" and "Average" in op:
            scale, zero = self.grid(spread)
            name = self.node("QLinear" + op, [self.last[0], *self.last[2:], scale, zero],
                             MICROSOFT, **attributes)
            self.last = (name, shape, scale, zero)
        else:
            name = self.node(op, [self.real(self.last)], **attributes)
            self.finish(name, shape, spread)
        return self

    def function(self, op, spread, **attributes):
        """A function of each element, to results of about `spread`."""
        shape = list(self.last[1])
        if self.form == "qlinear":
            scale, zero = self.grid(spread)
            name = self.node("QLinear" + op, [self.last[0], *self.last[2:], scale, zero],
                             MICROSOFT, **attributes)
            self.last = (name, shape, scale, zero)
        else:
            name = self.node(op, [self.real(self.last)], **attributes)
            self.finish(name, shape, spread)
        return self

    def concat(self, other):
        shape = list(self.last[1])
        shape[1] += other[1][1]
        if self.form == "qlinear":
            scale, zero = self.grid(1.0)
            name = self.node("QLinearConcat", [scale, zero, self.last[0], *self.last[2:],
                                               other[0], *other[2:]], MICROSOFT, axis=1)
            self.last = (name, shape, scale, zero)
        else:
            name = self.node("Concat", [self.real(self.last), self.real(other)], axis=1)
            self.finish(name, shape, 1.0)
        return self

    def gemm(self, filters, transposed):
        features = int(np.prod(self.last[1][1:]))
        name = self.node("Flatten", [self.real(self.last)])
        self.finish(name, [self.last[1][0], features], float(self.known(self.last[2])) / 0.04)
        weights = self.filter((filters, features), transposed, np.int8, True)
        bias = self.bias(weights)
        if not transposed:
            matrix = next(i for i in self.initialisers if i.name == weights[0])
            matrix.CopyFrom(numpy_helper.from_array(
                numpy_helper.to_array(matrix).T.copy(), weights[0]))
        spread = float(np.sqrt(features) * np.max(self.known(weights[2])) * 70)
        shape = [self.last[1][0], filters]
        if self.form == "qlinear":
            scale, zero = self.grid(spread)
            if transposed:
                weights = (self.constant(self.known(weights[0]).T.copy(), np.int8), *weights[1:])
            name = self.node("QLinearMatMul", [self.last[0], *self.last[2:], weights[0],
                                               *weights[2:], scale, zero])
            self.last = (name, shape, scale, zero)
        else:
            name = self.node("Gemm", [self.real(v) for v in (self.last, weights, bias)],
                             transB=int(transposed))
            self.finish(name, shape, spread)
        return self

    def model(self, opset=13):
        output = self.real(self.last)
        info = helper.make_tensor_value_info
        graph = helper.make_graph(self.nodes, "quantised",
                                  [info("x", TensorProto.FLOAT, self.shape)],
                                  [info(output, TensorProto.FLOAT, self.last[1])],
                                  self.initialisers)
        return helper.make_model(graph, ir_version=IR_VERSION, opset_imports=[
            helper.make_opsetid("", opset), helper.make_opsetid(MICROSOFT, 1)])


def save(model, path):
    onnx.save(model, path)
    return path
