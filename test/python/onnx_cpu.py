"""Runs a model on device CPU of the ONNX backend."""

import sys

from tools import BIN

sys.path.insert(0, str(BIN.parent / "python"))
import rowlock  # noqa: E402
from rowlock import onnx_backend  # noqa: E402

Refused = rowlock.Error
run = onnx_backend.run_model
