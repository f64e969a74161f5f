"""Runs a model on device CPU of the ONNX backend."""

import sys

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from tools import BIN

sys.path.insert(0, str(BIN.parent / "python"))
import rowlock  # noqa: E402
from rowlock import onnx_backend  # noqa: E402

Refused = rowlock.Error


def bind(model, feeds):
    """The model with those inputs as initializers that are no float tensors."""
    bound = type(model)()
    bound.CopyFrom(model)
    for info in list(bound.graph.input):
        if info.type.tensor_type.elem_type != TensorProto.FLOAT:
            value = feeds.pop(info.name)
            bound.graph.initializer.append(numpy_helper.from_array(value, info.name))
    if not feeds:
        bound.graph.input.append(helper.make_tensor_value_info("unused", TensorProto.FLOAT, [1]))
        feeds["unused"] = np.zeros(1, np.float32)
    return bound


def run(model, inputs):
    feeds = dict(zip((info.name for info in model.graph.input), inputs, strict=True))
    try:
        return onnx_backend.run_model(model, feeds)
    except Refused:
        return onnx_backend.run_model(bind(model, feeds), feeds)
