"""A model in every opset that onnx.version_converter makes of it."""

import re

import onnx
from onnx import version_converter

OLDEST = 7
# What is left where a converted model is computed by other operators.
CLOSE = 1e-5


def conversions(model):
    """(opset, model, None) for each of OLDEST to the newest that the converter makes,
    (opset, None, reason) for what it refuses; the model's own opset is left out."""
    own = next(o.version for o in model.opset_import if o.domain in ("", "ai.onnx"))
    for opset in range(OLDEST, onnx.defs.onnx_opset_version() + 1):
        if opset == own:
            continue
        try:
            yield opset, version_converter.convert_version(model, opset), None
        except Exception as error:  # pylint: disable=broad-except
            yield opset, None, _reason(error)


def _reason(error):
    """Without the converter's own source line."""
    words = " ".join(str(error).split())
    adapter = re.search(r"No Adapter (From|To) Version \$(\d+) for (\w+)", words)
    return f"no adapter {adapter[1].lower()} {adapter[2]} for {adapter[3]}" if adapter else words
