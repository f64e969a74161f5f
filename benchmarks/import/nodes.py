"""ONNX's own node tests on device CPU."""

from onnx_cases import load_cases
from onnx_nodes import judge_all
from onnx_operators import CLASS_OF


def measure(claims, folder):
    """Counts passes in the core, for which the bar is all, and in the rest."""
    passes = {"core": [], "rest": []}
    for case, reason in judge_all(load_cases()):
        passes["rest" if CLASS_OF[case.op] == "rest" else "core"].append(reason is None)
    core, rest = passes["core"], passes["rest"]
    claims.add("node tests of convolution, matrix, pooling, normalisation, activation, "
               "elementwise, shape and quantisation operators", f"{sum(core)} of {len(core)}", "",
               "all", all(core))
    claims.add("node tests of the other operators", f"{sum(rest)} of {len(rest)}", "",
               "at least 95 %", sum(rest) >= 0.95 * len(rest))
