"""Programs, their tensors, and devices that run them."""

import dataclasses
import os

import numpy as np

from rowlock import _rowlock

# By RowlockElementType of rowlock-c/Program.h.
ELEMENT_TYPES = ["int8", "uint8", "int16", "uint16", "int32", "int64", "float32", "float16",
                 "bool", "uint32", "uint64", "float64", "bfloat16", "float8e4m3fn",
                 "float8e4m3fnuz", "float8e5m2", "float8e5m2fnuz", "int4", "uint4"]
# What numpy has in place of types that it has not: of floats the bits.
HELD_AS = {"bfloat16": "uint16", "float8e4m3fn": "uint8", "float8e4m3fnuz": "uint8",
           "float8e5m2": "uint8", "float8e5m2fnuz": "uint8", "int4": "int8", "uint4": "uint8"}
DEVICES = {"cpu": 0, "sim": 1}


@dataclasses.dataclass(frozen=True)
class Tensor:
    """An input or output. Of quantised ones real = scale * (element - zero point);
    the scale is 0 of others."""

    name: str
    element_type: str
    shape: tuple
    scale: float
    zero_point: int

    @classmethod
    def of(cls, native):
        return cls(native.name, ELEMENT_TYPES[native.type], tuple(native.shape), native.scale,
                   native.zero_point)

    @property
    def dtype(self):
        """Of the arrays that hold it."""
        return np.dtype(HELD_AS.get(self.element_type, self.element_type))


class Program:
    """A compiled network; immutable."""

    def __init__(self, native):
        self.native = native
        self.inputs = [Tensor.of(tensor) for tensor in native.inputs()]
        self.outputs = [Tensor.of(tensor) for tensor in native.outputs()]

    @classmethod
    def open(cls, path):
        """The program of a file, which must not change while it is in use."""
        return cls(_rowlock.Program.open(os.fspath(path)))

    @classmethod
    def from_bytes(cls, data):
        """The program of a file's bytes."""
        return cls(_rowlock.Program.from_bytes(bytes(data)))

    def save(self, path):
        """Writes the file whole or not at all."""
        self.native.save(os.fspath(path))

    def __bytes__(self):
        return self.native.bytes()

    def device(self, kind="sim"):
        """Memory and a machine for it: `sim`, or `cpu` for one without layers on the array."""
        return Device(self, kind)


class Device:
    """One program on one machine, for one thread at a time."""

    def __init__(self, program, kind):
        if kind not in DEVICES:
            raise ValueError(f"device '{kind}' is none of {', '.join(DEVICES)}")
        self.program = program
        self.native = _rowlock.Device.create(program.native, DEVICES[kind])

    def write(self, index, value):
        """Sets an input, which stays for later runs; type and shape must be its own."""
        tensor, value = self.program.inputs[index], np.asarray(value)
        if value.dtype != tensor.dtype or value.shape != tensor.shape:
            raise ValueError(f"input '{tensor.name}' is {tensor.dtype} {list(tensor.shape)}, "
                             f"got {value.dtype} {list(value.shape)}")
        self.native.write(index, bytes_of(np.ascontiguousarray(value)))

    def read(self, index):
        """An output as the last run left it."""
        tensor = self.program.outputs[index]
        value = np.empty(tensor.shape, tensor.dtype)
        self.native.read(index, bytes_of(value))
        return value

    def run(self, inputs):
        """Writes all inputs, runs once and reads all outputs."""
        if len(inputs) != len(self.program.inputs):
            raise ValueError(f"the program has {len(self.program.inputs)} inputs, "
                             f"got {len(inputs)}")
        for index, value in enumerate(inputs):
            self.write(index, value)
        self.native.run()
        return [self.read(index) for index in range(len(self.program.outputs))]


def bytes_of(contiguous):
    """The bytes of an array, in place."""
    return contiguous.reshape(-1).view(np.uint8)
