"""ONNX's own node tests on device CPU: all pass but those that
onnx_node_exclusions.txt names, and none of those does."""

import fnmatch
import itertools

import pytest

import onnx_exclusions
import tools
from onnx_cases import load_cases

tools.skip_without_extension()
import onnx_nodes  # noqa: E402

CASES = {op: list(cases) for op, cases in itertools.groupby(
    sorted(load_cases(), key=lambda case: case.op), key=lambda case: case.op)}
EXCLUDED = onnx_exclusions.read()


@pytest.mark.parametrize("op", CASES)
def test_operator(op):
    wrong = []
    for case, reason in onnx_nodes.judge_all(CASES[op]):
        excluded = onnx_exclusions.find(EXCLUDED, case.name)
        if reason is None and excluded:
            wrong.append(f"{case.name} passes, but is excluded: {excluded}")
        elif reason is not None and not excluded:
            wrong.append(f"{case.name} fails: {reason}")
    assert not wrong, "\n".join(wrong)


def test_exclusions():
    names = [case.name for cases in CASES.values() for case in cases]
    patterns = [pattern for pattern, _ in EXCLUDED]
    assert [pattern for pattern in patterns if not fnmatch.filter(names, pattern)] == []
    assert len(set(patterns)) == len(patterns)
