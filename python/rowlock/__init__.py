"""Compiles ONNX networks for row-stationary accelerators and runs them.

    program = rowlock.compile("mnist-8.onnx", calibration_table="mnist.yaml")
    scores, = program.device("sim").run([image])

Errors of models, programs and options are `rowlock.Error`, in the compiler's words.
"""

from rowlock._rowlock import Error, version
from rowlock.compiling import Text, compile  # pylint: disable=redefined-builtin
from rowlock.programs import Device, Program, Tensor

__version__ = version()
__all__ = ["Device", "Error", "Program", "Tensor", "Text", "compile"]
