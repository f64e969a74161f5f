"""The layers of a quantised model: what stands between two quantised tensors."""

import dataclasses

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from graphs import IR_VERSION


@dataclasses.dataclass
class Integers:
    """A quantised tensor with the names of its scale and zero point."""

    name: str
    scale_name: str
    zero_name: str
    constants: dict

    def scale(self):
        return self.constants[self.scale_name]

    def real(self, seen):
        steps = seen[self.name].astype(np.float32) - np.float32(self.constants[self.zero_name])
        return steps * self.scale()


@dataclasses.dataclass
class Layer:
    node: object  # the last
    nodes: list
    leaves: list  # Integers that it reads
    result: Integers


def _qlinear_leaves(node):
    """Positions of (integers, scale, zero point), and of the result's scale."""
    if node.op_type == "QLinearConcat":
        return [(k, k + 1, k + 2) for k in range(2, len(node.input), 3)], 0
    if node.op_type == "QGemm":
        return [(0, 1, 2), (3, 4, 5)], 7
    if len(node.input) <= 5:
        return [(0, 1, 2)], 3
    return [(0, 1, 2), (3, 4, 5)], 6


def find(model):
    """The layers whose operands are quantised tensors that the model computes."""
    constants = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    maker = {output: node for node in model.graph.node for output in node.output}
    result = []
    for last in model.graph.node:
        if last.op_type.startswith("QLinear") or last.op_type == "QGemm":
            operands, at = _qlinear_leaves(last)
            leaves = [Integers(*(last.input[k] for k in where), constants)
                      for where in operands if last.input[where[0]] not in constants]
            made = Integers(last.output[0], last.input[at], last.input[at + 1], constants)
            result.append(Layer(last, [last], leaves, made))
        elif last.op_type == "QuantizeLinear":
            nodes, leaves, todo, sound = [last], [], [last.input[0]], True
            while todo:
                name = todo.pop()
                node = maker.get(name)
                if name in constants or node in nodes or not name:
                    continue
                if node is None:
                    sound = False
                    break
                nodes.append(node)
                if node.op_type != "DequantizeLinear":
                    todo += node.input
                elif node.input[0] not in constants:
                    leaves.append(Integers(*node.input, constants))
            if sound:
                order = [node for node in model.graph.node if node in nodes]
                result.append(Layer(last, order, leaves, Integers(
                    last.output[0], *last.input[1:], constants)))
    return result


def observe(session, model, layers, image):
    """ONNX Runtime's integers of every tensor that a layer reads or makes."""
    names = sorted({i.name for layer in layers for i in [*layer.leaves, layer.result]})
    model = onnx.ModelProto.FromString(model.SerializeToString())
    present = {output.name for output in model.graph.output}
    model.graph.output.extend(onnx.ValueInfoProto(name=n) for n in names if n not in present)
    judge = session(model)
    return dict(zip(names, judge.run(names, {judge.get_inputs()[0].name: image[None]})))


def apart(layers, seen):
    """One model of all layers, each on inputs of its own: real numbers that are
    quantised first and dequantised last."""
    nodes, inputs, outputs, initialisers = [], [], [], {}
    info = helper.make_tensor_value_info
    for k, layer in enumerate(layers):
        def own(name, k=k, layer=layer):
            constants = layer.result.constants
            if name in constants:
                initialisers[name] = constants[name]
                return name
            return name and f"{name}_of_{k}"
        for leaf in layer.leaves:
            real = f"{leaf.name}_into_{k}"
            inputs.append(info(real, TensorProto.FLOAT, seen[leaf.name].shape))
            nodes.append(helper.make_node("QuantizeLinear",
                                          [real, own(leaf.scale_name), own(leaf.zero_name)],
                                          [own(leaf.name)]))
        for node in layer.nodes:
            copy = onnx.NodeProto.FromString(node.SerializeToString())
            copy.name = own(node.name)
            copy.input[:] = [own(name) for name in node.input]
            copy.output[:] = [own(name) for name in node.output]
            nodes.append(copy)
        made = layer.result
        nodes.append(helper.make_node("DequantizeLinear", [
            own(made.name), own(made.scale_name), own(made.zero_name)], [f"result_{k}"]))
        outputs.append(info(f"result_{k}", TensorProto.FLOAT, seen[made.name].shape))
    graph = helper.make_graph(nodes, "layers", inputs, outputs, [
        numpy_helper.from_array(values, name) for name, values in initialisers.items()])
    return helper.make_model(graph, ir_version=IR_VERSION, opset_imports=[
        helper.make_opsetid("", 13), helper.make_opsetid("com.microsoft", 1)])


def without_saturation(model):
    """The same integers with filters in uint8: 128 is added to int8 ones and to
    their zero points. ONNX Runtime's kernels for uint8 times int8 saturate sums
    of two products in 16 bits where the processor has no VNNI; those for uint8
    times uint8 do not."""
    changed = onnx.ModelProto.FromString(model.SerializeToString())
    constants = {i.name: i for i in changed.graph.initializer}

    def shifted(name):
        values = numpy_helper.to_array(constants[name])
        if values.dtype != np.int8:
            return name
        if name + "_u8" not in constants:
            constants[name + "_u8"] = numpy_helper.from_array(
                (values.astype(np.int16) + 128).astype(np.uint8), name + "_u8")
            changed.graph.initializer.append(constants[name + "_u8"])
        return name + "_u8"

    for node in changed.graph.node:
        if node.op_type in ("QLinearConv", "QLinearMatMul", "QGemm") \
                and numpy_helper.to_array(constants[node.input[2]]).dtype == np.uint8:
            node.input[3], node.input[5] = shifted(node.input[3]), shifted(node.input[5])
    read = {name for node in changed.graph.node for name in node.input}
    kept = [i for i in changed.graph.initializer if i.name in read]
    del changed.graph.initializer[:]
    changed.graph.initializer.extend(kept)
    return changed
