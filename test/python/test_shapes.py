"""Convolutions beyond the native shapes, on the array, against the evaluator."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from graphs import IR_VERSION
from test_compile import MODES, verified
from tools import run, start

# input, filters and kernel, then attributes of Conv; what the report says.
SHAPES = {
    "tall filter": ([1, 3, 20, 6], [4, 3, 15, 3], {}, "15 filter rows"),
    "wide filter": ([1, 2, 5, 80], [3, 2, 2, 70], {}, "70 filter columns"),
    "tall and wide": ([1, 2, 40, 40], [3, 2, 14, 33], {}, "14 filter rows"),
    "channels": ([1, 1100, 3, 3], [5, 1100, 3, 3], {}, "1100 channels"),
    "three parts of channels": ([1, 2100, 2, 2], [5, 2100, 1, 1], {}, "2100 channels"),
    "filters": ([1, 4, 3, 3], [1030, 4, 3, 3], {}, "1030 filters"),
    "filters and channels": ([1, 1030, 2, 2], [1030, 1030, 1, 1], {}, "1030 filters"),
    "stride 3": ([1, 3, 11, 11], [4, 3, 5, 5], {"strides": [3, 3]}, "stride 3 of rows"),
    "stride 3 of 1x1": ([1, 3, 11, 11], [4, 3, 1, 1], {"strides": [3, 3]}, None),
    "stride 13": ([1, 2, 30, 30], [3, 2, 3, 3], {"strides": [13, 13]}, "stride 13 of columns"),
    "stride 7 by 1": ([1, 2, 30, 30], [3, 2, 11, 3], {"strides": [7, 1]}, "stride 7 of rows"),
    "dilation 2": ([1, 3, 11, 11], [4, 3, 3, 3], {"dilations": [2, 2]}, "dilation 2 of rows"),
    "dilation 3, stride 2": ([1, 3, 17, 17], [4, 3, 3, 3],
                             {"dilations": [3, 3], "strides": [2, 2]}, "dilation 3 of rows"),
    "dilation 2, stride 3": ([1, 3, 17, 17], [4, 3, 3, 3],
                             {"dilations": [2, 2], "strides": [3, 3]}, "stride 3 of rows"),
    "dilation 4, stride 2": ([1, 3, 17, 17], [4, 3, 3, 3],
                             {"dilations": [4, 4], "strides": [2, 2]}, "dilation 4 of rows"),
    "dilation 13": ([1, 2, 18, 20], [3, 2, 2, 2], {"dilations": [13, 13]}, "dilation 13 of rows"),
    "depthwise": ([1, 2060, 3, 3], [2060, 1, 3, 3], {"group": 2060}, "2060 filters"),
    "groups of many filters": ([1, 8, 3, 3], [2100, 4, 3, 3], {"group": 2}, "2100 filters"),
    "dilated groups": ([1, 12, 5, 5], [36, 4, 2, 2], {"group": 3, "dilations": [2, 2]},
                       "dilation 2 of rows"),
    "all at once": ([1, 3, 9, 9], [4, 3, 13, 13],
                    {"dilations": [2, 2], "strides": [3, 3], "pads": [12, 12, 11, 10]},
                    "13 filter rows"),
    "large map": ([1, 3, 4, 700], [2, 3, 3, 3], {"pads": [1, 1, 1, 1]}, None),
    "many rows": ([1, 1, 600, 3], [2, 1, 3, 3], {}, None),
    "depthwise with strides": ([1, 40, 9, 9], [40, 1, 3, 3],
                               {"group": 40, "strides": [2, 2], "pads": [0, 0, 1, 1]}, None),
}


def save(folder, shape, filters, attributes):
    rng = np.random.default_rng(1)
    fan_in = np.prod(filters[1:])
    weights = [numpy_helper.from_array(values.astype(np.float32), name) for name, values in (
        ("w", rng.normal(0, 1, filters) / np.sqrt(fan_in)), ("b", rng.normal(0, .3, filters[0])))]
    info = helper.make_tensor_value_info
    graph = helper.make_graph([helper.make_node("Conv", ["x", "w", "b"], ["y"], **attributes)],
                              "conv", [info("x", TensorProto.FLOAT, shape)],
                              [info("y", TensorProto.FLOAT, None)], weights)
    onnx.save(helper.make_model(graph, ir_version=IR_VERSION,
                                opset_imports=[helper.make_opsetid("", 13)]), folder / "m.onnx")
    np.save(folder / "x.npy", rng.normal(0, 1, [2, *shape[1:]]).astype(np.float32))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("case", SHAPES)
def test_shape(case, mode, tmp_path):
    *model, split = SHAPES[case]
    save(tmp_path, *model)
    arguments = [tmp_path / "m.onnx", *MODES[mode], f"--calibrate={tmp_path / 'x.npy'}"]
    result = start("compile", *arguments, "--verify", "-o", tmp_path / "m.rlk")
    assert verified(result)[0] == 2
    report = run("compile", *arguments, "--emit=report", "-o", "-")
    kernels = [line.split()[1] for line in report.splitlines() if line.endswith("host")]
    assert kernels == ["Quantize", "Dequantize"] and "ArrayConv" in report
    if split:
        assert split in report
