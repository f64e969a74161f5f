"""Models that ../shared does not have, built from their papers' tables, and
changes to models: weights drawn anew, outputs before the softmax."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from graphs import IR_VERSION


class Chain:
    """Layers one behind the other; weights are ConstantOfShape."""

    def __init__(self, *shape):
        self.shape, self.nodes, self.shapes = list(shape), [], []
        self.last = "x"

    def node(self, op, *operands, **attributes):
        name = f"{op.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, [self.last, *operands], [name], name, **attributes))
        self.last = name
        return self

    def weights(self, *shape):
        name = f"w{len(self.nodes)}"
        self.shapes.append(numpy_helper.from_array(np.array(shape, np.int64), name + "_shape"))
        value = numpy_helper.from_array(np.array([0.01], np.float32))
        self.nodes.append(helper.make_node("ConstantOfShape", [name + "_shape"], [name],
                                           value=value))
        return name

    def conv(self, filters, kernel, stride=1, pad=0, group=1):
        _, channels, height, width = self.shape
        weights = self.weights(filters, channels // group, kernel, kernel)
        self.node("Conv", weights, self.weights(filters), strides=[stride] * 2, pads=[pad] * 4,
                  group=group)
        self.shape[1:] = [filters] + [(size + 2 * pad - kernel) // stride + 1
                                      for size in (height, width)]
        return self.node("Relu")

    def pool(self, kernel, stride):
        self.shape[2:] = [(size - kernel) // stride + 1 for size in self.shape[2:]]
        return self.node("MaxPool", kernel_shape=[kernel] * 2, strides=[stride] * 2)

    def fc(self, filters):
        if len(self.shape) == 4:
            self.shape = [self.shape[0], int(np.prod(self.shape[1:]))]
            self.node("Flatten")
        weights = self.weights(filters, self.shape[1])
        self.shape[1] = filters
        return self.node("Gemm", weights, self.weights(filters), transB=1)

    def model(self, shape):
        info = helper.make_tensor_value_info
        graph = helper.make_graph(self.nodes, "chain", [info("x", TensorProto.FLOAT, shape)],
                                  [info(self.last, TensorProto.FLOAT, self.shape)], self.shapes)
        return helper.make_model(graph, ir_version=IR_VERSION,
                                 opset_imports=[helper.make_opsetid("", 13)])


def _classifier(net, wanted):
    return net.fc(4096).node("Relu").fc(4096).node("Relu").fc(1000) if wanted else net


def alexnet(classify=True):
    """Krizhevsky et al. 2012, in two groups, on 227 x 227."""
    shape = [1, 3, 227, 227]
    net = Chain(*shape).conv(96, 11, 4).pool(3, 2).conv(256, 5, pad=2, group=2).pool(3, 2)
    net.conv(384, 3, pad=1).conv(384, 3, pad=1, group=2).conv(256, 3, pad=1, group=2).pool(3, 2)
    return _classifier(net, classify).model(shape)


def vgg16(classify=True):
    """Simonyan and Zisserman 2015, configuration D."""
    shape = [1, 3, 224, 224]
    net = Chain(*shape)
    for filters, count in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
        for _ in range(count):
            net.conv(filters, 3, pad=1)
        net.pool(2, 2)
    return _classifier(net, classify).model(shape)


def mobilenet_v2():
    """Sandler et al. 2018, the convolutions one behind the other: no sums."""
    shape = [1, 3, 224, 224]
    net = Chain(*shape).conv(32, 3, 2, 1)
    for expansion, filters, count, stride in (
            (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1),
            (6, 160, 3, 2), (6, 320, 1, 1)):
        for step in (stride,) + (1,) * (count - 1):
            wide = net.shape[1] * expansion
            if expansion > 1:
                net.conv(wide, 1)
            net.conv(wide, 3, step, 1, group=wide).conv(filters, 1)
    return net.conv(1280, 1).model(shape)


def lenet5():
    """LeCun et al. 1998 on 32 x 32, all maps of C3 connected to all of S2."""
    shape = [1, 1, 32, 32]
    net = Chain(*shape).conv(6, 5).pool(2, 2).conv(16, 5).pool(2, 2)
    return net.fc(120).node("Relu").fc(84).node("Relu").fc(10).model(shape)


def stride_in_1x1(model):
    """ResNet-50 with the stride of its 3x3 convolutions in the 1x1 before."""
    maker = {output: node for node in model.graph.node for output in node.output}

    def attribute(node, name):
        return next(a for a in node.attribute if a.name == name)
    for node in model.graph.node:
        if node.op_type != "Conv" or list(attribute(node, "kernel_shape").ints) != [3, 3] \
                or list(attribute(node, "strides").ints) != [2, 2]:
            continue
        before = maker[node.input[0]]
        while before.op_type != "Conv":
            before = maker[before.input[0]]
        attribute(node, "strides").ints[:] = [1, 1]
        attribute(before, "strides").ints[:] = [2, 2]
    return model


def positive(graph):
    """Weights that must stay positive: factors and variances, also reshaped."""
    names = set()
    for node in reversed(graph.node):
        if node.op_type == "BatchNormalization":
            names |= {node.input[1], node.input[4]}
        elif node.op_type == "Mul":
            names |= set(node.input)
        elif node.op_type in ("Unsqueeze", "Reshape", "Identity") and node.output[0] in names:
            names.add(node.input[0])
    return names


def with_random_weights(model, seed):
    """ConstantOfShape nodes become initialisers, drawn anew."""
    rng = np.random.default_rng(seed)
    shapes = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    factors, nodes = positive(model.graph), []
    for node in model.graph.node:
        if node.op_type != "ConstantOfShape":
            nodes.append(node)
            continue
        shape = shapes[node.input[0]]
        if node.output[0] in factors:
            values = rng.uniform(0.5, 1.5, shape)
        elif len(shape) > 1:
            values = rng.normal(0, np.sqrt(2 / np.prod(shape[1:])), shape)
        else:
            values = rng.uniform(-0.1, 0.1, shape)
        model.graph.initializer.append(
            numpy_helper.from_array(values.astype(np.float32), node.output[0]))
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    return model


def before_softmax(model):
    """The model without its last softmax, if any: its outputs are logits."""
    graph = model.graph
    softmax = next((node for node in reversed(graph.node) if node.op_type == "Softmax"), None)
    if softmax is None:
        return model
    graph.node.remove(softmax)
    output = next(o for o in graph.output if o.name == softmax.output[0])
    output.name = softmax.input[0]
    output.type.tensor_type.ClearField("shape")
    del graph.value_info[:]
    return model
