"""Rowlock as a backend of `onnx.backend`.

    rep = rowlock.onnx_backend.prepare(model, "EYERISS", calibration_table="mnist.yaml")
    scores, = rep.run([image])

Devices: `CPU` runs the float path on this machine; `EYERISS` compiles for the array
and runs on the simulator. Models that the compiler refuses raise `rowlock.Error`.
"""

import pathlib
import tempfile

import numpy as np
import onnx
from onnx.backend.base import Backend, BackendRep, namedtupledict

import rowlock
from rowlock.programs import HELD_AS

DEVICES = {"CPU": ("cpu", "cpu"), "EYERISS": ("array", "sim")}


class RowlockRep(BackendRep):
    """A model to be run. It is compiled when it is run, once for each set of shapes of its
    inputs and of values that must be known to compile it, such as a Reshape's shape."""

    def __init__(self, model, device, options):
        self.model = model
        self.compile_for, self.run_on = DEVICES[device]
        self.options = options
        given = {tensor.name for tensor in model.graph.initializer}
        self.input_names = [info.name for info in model.graph.input if info.name not in given]
        self.output_names = [info.name for info in model.graph.output]
        self.known_names = ()
        self.devices = {}

    def run(self, inputs, **kwargs):
        """Arrays by position, a dict by name, or the one array. The outputs by position
        and name. Types that numpy has not are those of onnx.numpy_helper.to_array, but
        bfloat16, which comes and goes as float32; its bits are taken, too."""
        if not isinstance(inputs, dict):
            inputs = _named(self.input_names, inputs)
        for name in sorted(set(inputs) ^ set(self.input_names)):
            raise ValueError(f"input '{name}' is " + (
                "none of the model's" if name in inputs else "missing"))
        values = {name: np.asarray(inputs[name]) for name in self.input_names}
        device = self._device(values)
        program = device.program
        given = [_stored(values[tensor.name], tensor) for tensor in program.inputs]
        outputs = map(_made, device.run(given), program.outputs)
        return namedtupledict("Outputs", self.output_names)(*outputs)

    def _device(self, values):
        shapes = tuple((value.dtype.str, value.shape) for value in values.values())
        while True:
            known = {name: values[name] for name in self.known_names}
            key = shapes, tuple(value.tobytes() for value in known.values())
            if key in self.devices:
                return self.devices[key]
            try:
                self.devices[key] = self._compile(values, known).device(self.run_on)
            except rowlock.Error as error:
                asked = set(error.unknown_inputs) - set(known)
                if not asked:
                    raise
                self.known_names = tuple(sorted({*known, *asked}))

    def _compile(self, values, known):
        options = {**self.options, "device": self.compile_for, "input_values": known}
        model = _closed(self.model, values)
        if not isinstance(options.get("calibration"), np.ndarray):
            return rowlock.compile(model, **options)
        with tempfile.TemporaryDirectory() as folder:
            images = pathlib.Path(folder) / "images.npy"
            np.save(images, options["calibration"])
            return rowlock.compile(model, **{**options, "calibration": images})


def _named(names, inputs):
    inputs = [inputs] if isinstance(inputs, np.ndarray) else list(inputs)
    if len(inputs) != len(names):
        raise ValueError(f"there are {len(names)} inputs, got {len(inputs)}")
    return dict(zip(names, inputs, strict=True))


def _closed(model, values):
    """The model with the sizes of inputs that it leaves open."""
    def is_open(info):
        return info.name in values and info.type.HasField("tensor_type") and any(
            not dim.HasField("dim_value") for dim in info.type.tensor_type.shape.dim)

    if not any(map(is_open, model.graph.input)):
        return model
    closed = onnx.ModelProto()
    closed.CopyFrom(model)
    for info in filter(is_open, closed.graph.input):
        dims = info.type.tensor_type.shape.dim
        if len(dims) != values[info.name].ndim:
            raise ValueError(f"input '{info.name}' has {len(dims)} dimensions, got "
                             f"{values[info.name].ndim}")
        for dim, size in zip(dims, values[info.name].shape):
            if not dim.HasField("dim_value"):
                dim.dim_value = size
    return closed


def _stored(value, tensor):
    """As the program holds it: of float32 where bfloat16 is due, to nearest even, the upper
    halves of its bits."""
    if tensor.element_type not in HELD_AS:
        return value
    if value.dtype.itemsize == tensor.dtype.itemsize:
        return value.view(tensor.dtype)
    if tensor.element_type != "bfloat16" or value.dtype != np.float32:
        return value
    bits = np.atleast_1d(value).view(np.uint32)
    rounded = (bits + 0x7fff + (bits >> 16 & 1)) >> 16
    kept = np.where(np.isnan(np.atleast_1d(value)), bits >> 16 | 0x40, rounded)
    return kept.astype(np.uint16).reshape(value.shape)


def _made(value, tensor):
    """Bfloat16 as float32, other types that numpy has not as those of the package onnx."""
    if tensor.element_type not in HELD_AS:
        return value
    if tensor.element_type != "bfloat16":
        held = onnx.TensorProto(data_type=getattr(onnx.TensorProto, tensor.element_type.upper()),
                                dims=[0])
        return value.view(onnx.numpy_helper.to_array(held).dtype)
    bits = np.atleast_1d(value).astype(np.uint32) << 16
    return bits.view(np.float32).reshape(value.shape)


class RowlockBackend(Backend):
    """`onnx.backend.base.Backend` over `rowlock.compile`."""

    @classmethod
    def supports_device(cls, device):
        return isinstance(device, str) and device.partition(":")[0] in DEVICES

    @classmethod
    def prepare(cls, model, device="CPU", **kwargs):
        """kwargs: those of `rowlock.compile`; `calibration` may also be an array of
        images, N before their shape."""
        cls._check_device(device)
        if not isinstance(model, onnx.ModelProto):
            raise TypeError(f"the model is a {type(model).__name__}, expected onnx.ModelProto")
        return RowlockRep(model, device.partition(":")[0], kwargs)

    @classmethod
    def run_model(cls, model, inputs, device="CPU", **kwargs):
        return cls.prepare(model, device, **kwargs).run(inputs)

    @classmethod
    def run_node(cls, node, inputs, device="CPU", outputs_info=None, **kwargs):
        """kwargs may hold `opset_version`, of ai.onnx."""
        named = _named([name for name in node.input if name], inputs)
        values = {name: np.asarray(value) for name, value in named.items()}
        opset = kwargs.pop("opset_version", onnx.defs.onnx_opset_version())
        graph = onnx.helper.make_graph(
            [node], "node",
            [onnx.helper.make_tensor_value_info(
                name, onnx.helper.np_dtype_to_tensor_dtype(value.dtype), value.shape)
             for name, value in values.items()],
            [onnx.helper.make_empty_tensor_value_info(name) for name in node.output if name])
        model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", opset)])
        cls._check_device(device)
        return RowlockRep(model, device.partition(":")[0], kwargs).run(values)

    @classmethod
    def _check_device(cls, device):
        if not cls.supports_device(device):
            raise ValueError(f"device '{device}' is none of {', '.join(DEVICES)}")


is_compatible = RowlockBackend.is_compatible
prepare = RowlockBackend.prepare
run_model = RowlockBackend.run_model
run_node = RowlockBackend.run_node
supports_device = RowlockBackend.supports_device
