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

DEVICES = {"CPU": ("cpu", "cpu"), "EYERISS": ("array", "sim")}


class RowlockRep(BackendRep):
    """A model to be run. It is compiled when the shapes of its inputs are known, once for
    each set of shapes and of values that must be known to compile it."""

    def __init__(self, model, device, options):
        self.model = model
        self.compile_for, self.run_on = DEVICES[device]
        self.options = options
        given = {tensor.name for tensor in model.graph.initializer}
        self.inputs = [info for info in model.graph.input if info.name not in given]
        self.output_names = [info.name for info in model.graph.output]
        self.programs = {}

    def run(self, inputs, **kwargs):
        """Arrays by position, or a dict by name. The outputs by position and name."""
        names = [info.name for info in self.inputs]
        if not isinstance(inputs, dict):
            inputs = dict(zip(names, inputs, strict=True))
        values = [np.asarray(inputs[name]) for name in names]
        outputs = self._device(values).run(values)
        return namedtupledict("Outputs", self.output_names)(*outputs)

    def _device(self, values):
        key = tuple((value.dtype.str, value.shape) for value in values)
        if key not in self.programs:
            self.programs[key] = self._compile().device(self.run_on)
        return self.programs[key]

    def _compile(self):
        options = dict(self.options)
        images = options.get("calibration")
        if not isinstance(images, np.ndarray):
            return rowlock.compile(self.model, device=self.compile_for, **options)
        with tempfile.TemporaryDirectory() as folder:
            options["calibration"] = pathlib.Path(folder) / "images.npy"
            np.save(options["calibration"], images)
            return rowlock.compile(self.model, device=self.compile_for, **options)


class RowlockBackend(Backend):
    """`onnx.backend.base.Backend` over `rowlock.compile`."""

    @classmethod
    def supports_device(cls, device):
        return device.partition(":")[0] in DEVICES

    @classmethod
    def prepare(cls, model, device="CPU", **kwargs):
        """kwargs: those of `rowlock.compile`; `calibration` may also be an array of
        images, N before their shape."""
        cls._check_device(device)
        super().prepare(model, "CPU")
        return RowlockRep(model, device.partition(":")[0], kwargs)

    @classmethod
    def run_model(cls, model, inputs, device="CPU", **kwargs):
        return cls.prepare(model, device, **kwargs).run(inputs)

    @classmethod
    def run_node(cls, node, inputs, device="CPU", outputs_info=None, **kwargs):
        """kwargs may hold `opset_version`, of ai.onnx."""
        values = [np.asarray(value) for value in inputs]
        names = [name for name in node.input if name]
        opset = kwargs.pop("opset_version", onnx.defs.onnx_opset_version())
        graph = onnx.helper.make_graph(
            [node], "node",
            [onnx.helper.make_tensor_value_info(
                name, onnx.helper.np_dtype_to_tensor_dtype(value.dtype), value.shape)
             for name, value in zip(names, values, strict=True)],
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
