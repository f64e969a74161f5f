"""From ONNX models to programs."""

import os

from rowlock import _rowlock
from rowlock.programs import Program

RUNS_ON = {"array": 0, "cpu": 1}


class Text(str):
    """The text of a file, for options that take a path as well."""


def compile(model, *, device="array", target=None, batch=1, int16=False, calibration_table=None,
            calibration=None, name="model", folder=""):
    """Compiles a model: a path, the bytes of a file, or an onnx.ModelProto.

    device: `array`, quantised, or `cpu`, in float. target: name of a shipped target, or a
    YAML file or its `Text`. calibration_table: a file or its `Text`. calibration: a file
    or folder of images, in its place. name, folder: of a model in memory, for errors and
    external data.
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
    if isinstance(model, (str, os.PathLike)):
        return Program(options.compile_file(os.fspath(model)))
    data = model if isinstance(model, bytes) else model.SerializeToString()
    return Program(options.compile_bytes(data, name, os.fspath(folder)))


def _give(value, as_path, as_text):
    if isinstance(value, Text):
        as_text(value)
    else:
        as_path(os.fspath(value))
