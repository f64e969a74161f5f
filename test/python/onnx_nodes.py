#!/usr/bin/env python3
"""Runs ONNX's own node tests on device CPU and says which fail, and why.

    .venv/bin/python test/python/onnx_nodes.py --op Resize --op Pad
    .venv/bin/python test/python/onnx_nodes.py --test test_clip_example
    .venv/bin/python test/python/onnx_nodes.py                     # all of them
    .venv/bin/python test/python/onnx_nodes.py --write-exclusions  # and keep what fails
"""

import argparse
import functools
import json
import os
import signal
import sys
import tempfile

import numpy as np
from onnx import numpy_helper

import onnx_cpu
import onnx_exclusions
from onnx_cases import NotTensor, load_cases
from onnx_operators import CLASSES, CLASS_OF, percent

# Values of 8-bit floats by the field that names their type in the package onnx.
FLOAT8 = {("e4m3fn",): numpy_helper.float8e4m3_to_float32,
          ("e4m3fnuz",): functools.partial(numpy_helper.float8e4m3_to_float32, uz=True),
          ("e5m2",): numpy_helper.float8e5m2_to_float32,
          ("e5m2fnuz",): functools.partial(numpy_helper.float8e5m2_to_float32, fn=True, uz=True)}
# A case that takes longer has failed.
SECONDS = 60


def difference(actual, expected, rtol, atol):
    """What is wrong with an output; None if nothing is."""
    if actual.shape != expected.shape:
        return f"shape {actual.shape}, expected {expected.shape}"
    if actual.dtype != expected.dtype:
        return f"type {actual.dtype}, expected {expected.dtype}"
    if expected.dtype.names in FLOAT8:
        decode = FLOAT8[expected.dtype.names]
        actual, expected = decode(actual), decode(expected)
    if np.issubdtype(expected.dtype, np.number):
        same = np.isclose(actual, expected, rtol=rtol, atol=atol, equal_nan=True)
    else:
        same = actual == expected
    if np.all(same):
        return None
    at = tuple(int(k) for k in np.argwhere(~np.asarray(same))[0])
    return (f"{np.size(same) - np.count_nonzero(same)} of {np.size(same)} elements differ, first at "
            f"{list(at)}: {actual[at]}, expected {expected[at]}")


def judge(case):
    """Why a case fails; None if it passes."""
    try:
        for inputs, expected in case.data_sets():
            actual = onnx_cpu.run(case.model, inputs)
            for k, (mine, right) in enumerate(zip(actual, expected, strict=True)):
                wrong = difference(mine, right, *case.tolerances())
                if wrong:
                    return f"output {k}: {wrong}"
    except (NotTensor, onnx_cpu.Refused) as error:
        return str(error)
    except Exception as error:  # pylint: disable=broad-except
        return f"{type(error).__name__}: {error}"
    return None


def judge_all(cases):
    """Yields (case, reason) for each, from a child process: a crash is the
    reason of the case that it happened in."""
    cases = list(cases)
    while cases:
        done = 0
        for reason in _child(cases):
            yield cases[done], reason
            done += 1
        cases = cases[done:]


def _child(cases):
    reading, writing = os.pipe()
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if not child:
            os.dup2(said.fileno(), 2)
            with os.fdopen(writing, "w") as pipe:
                for case in cases:
                    signal.alarm(SECONDS)
                    print(json.dumps(judge(case)), file=pipe, flush=True)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            for line in pipe:
                yield json.loads(line)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            said.seek(0)
            lines = said.read().decode(errors="replace").splitlines()
            words = next((line for line in lines if "Assertion" in line), (lines or [""])[0])
            yield f"crash: {signal.Signals(os.WTERMSIG(status)).name} {words}".strip()


def summary(results):
    """Counts by class of (case, reason) pairs: the core, its classes, the rest."""
    passes = {name: [] for name in ("core", *CLASSES)}
    for case, reason in results:
        group = CLASS_OF[case.op]
        passes[group].append(reason is None)
        if group != "rest":
            passes["core"].append(reason is None)
    return "\n".join(f"{'' if name in ('core', 'rest') else '  '}{name}: "
                     f"{percent(sum(values), len(values))}"
                     for name, values in passes.items() if values)


def write_exclusions(results):
    failed = {case.name: " ".join(reason.split()) for case, reason in results
              if reason is not None}
    passed = [case.name for case, reason in results if reason is None]
    rows = onnx_exclusions.read()
    onnx_exclusions.FILE.write_text(onnx_exclusions.rewrite(rows, passed, failed))


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--op", action="append", help="only the tests of this operator")
    parser.add_argument("--test", action="append", help="only this test")
    parser.add_argument("--write-exclusions", action="store_true",
                        help=f"write what fails to {onnx_exclusions.FILE.name}; reasons in "
                             "someone's words stay while they hold")
    chosen = parser.parse_args()
    if chosen.write_exclusions and (chosen.op or chosen.test):
        parser.error("--write-exclusions is for all tests")
    cases = [case for case in load_cases()
             if (not chosen.op or case.op in chosen.op)
             and (not chosen.test or case.name in chosen.test)]
    results = []
    for case, reason in judge_all(cases):
        results.append((case, reason))
        if reason is not None:
            print(f"{case.op}\t{case.name}\t{reason}", flush=True)
        elif chosen.op or chosen.test:
            print(f"{case.op}\t{case.name}\tpasses", flush=True)
    print(summary(results))
    if chosen.write_exclusions:
        write_exclusions(results)
        return 0
    return any(reason is not None for _, reason in results)


if __name__ == "__main__":
    sys.exit(main())
