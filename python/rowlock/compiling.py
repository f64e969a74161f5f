"""From ONNX models to programs."""

import os

import numpy as np

from rowlock import _rowlock
from rowlock.programs import ELEMENT_TYPES, Program, bytes_of

RUNS_ON = {"array": 0, "cpu": 1}


class Text(str):
    """The text of a file, for options that take a path as well."""


def compile(model, *, device="array", target=None, batch=1, int16=False, calibration_table=None,
            calibration=None, input_values=None, dims=None, name="model", folder=""):
    """Compiles a model: a path, the bytes of a file, or an onnx.ModelProto.

    device: `array`, quantised, or `cpu`, in float. target: name of a shipped target, or a
    YAML file or its `Text`. calibration_table: a file or its `Text`. calibration: a file
    or folder of images, in its place. dims: {name or "input[2]": size} of dimensions that
    the model leaves open. input_values: {name: array} of inputs that are known, which the
    program then has not. name, folder: of a model in memory, for errors and external data.

    A refused model's `Error` has `unknown_inputs`: those whose values it asks for.
    """
    if device not in RUNS_ON:
        raise ValueError(f"device '{device}' is none of {', '.join(RUNS_ON)}")
    options = _rowlock.CompileOptions()
    options.set_runs_on(RUNS_ON[device])
    options.set_batch(batch)
    options.set_int16(int16)
    if target is not None:
        _give(target, options.set_target, options.set_target_text)
    if calibration_table is not None:
        _give(calibration_table, options.set_calibration_table, options.set_calibration_table_text)
    if calibration is not None:
        options.set_calibration_images(os.fspath(calibration))
    for dimension, size in (dims or {}).items():
        options.set_dimension(dimension, size)
    for input_name, value in (input_values or {}).items():
        value = np.ascontiguousarray(value).reshape(np.shape(value))
        if value.dtype.name not in ELEMENT_TYPES:
            raise ValueError(f"input '{input_name}' is {value.dtype}, which programs do not have")
        options.set_input_value(input_name, ELEMENT_TYPES.index(value.dtype.name), value.shape,
                                bytes_of(value))
    if isinstance(model, (str, os.PathLike)):
        return Program(options.compile_file(os.fspath(model)))
    if not isinstance(model, bytes) and not hasattr(model, "SerializeToString"):
        raise TypeError(f"the model is a {type(model).__name__}, expected a path, bytes or an "
                        "onnx.ModelProto")
    data = model if isinstance(model, bytes) else model.SerializeToString()
    return Program(options.compile_bytes(data, name, os.fspath(folder)))


def _give(value, as_path, as_text):
    if isinstance(value, Text):
        as_text(value)
    else:
        as_path(os.fspath(value))
