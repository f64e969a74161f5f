#!/usr/bin/env python3
"""Prints docs/generated/onnx-support.md: rowlock-docs' table of operators with the
node tests that pass. One argument: the program rowlock-docs."""

import collections
import re
import subprocess
import sys

import onnx_exclusions
from onnx_cases import load_cases
from onnx_operators import CLASSES, percent

ROW = re.compile(r"^\| (\w+)(?: \((\S+)\))? \| ([^|]+) \| .* \| ([^|]*) \|$", re.M)

HEAD = """# Support of ONNX

Operators, where they run, and how many of ONNX's own node tests pass on device `CPU`
(static shapes; tests whose operators are all in this table count). The array runs a
layer where it can run it exactly, else the host does. What does not pass, and why:
[onnx_node_exclusions.txt](../../test/python/onnx_node_exclusions.txt).
"""


def share(passed, total):
    return f"{passed} of {total}" if total else "none exist"


def page(operators, cases, excluded):
    """operators: {(domain, name): (versions, runs on)}."""
    passed, total = collections.Counter(), collections.Counter()
    for case in cases:
        total[case.op] += 1
        passed[case.op] += onnx_exclusions.find(excluded, case.name) is None
    text = [HEAD]
    core = [op for name, ops in CLASSES.items() if name != "rest" for op in ops.split()]
    rest = CLASSES["rest"].split()
    for words, ops in (("All but the rest", core), ("The rest", rest)):
        count, good = sum(total[op] for op in ops), sum(passed[op] for op in ops)
        text.append(f"{words}: {percent(good, count)} pass.\n")
    for name, ops in CLASSES.items():
        text += [f"## {name.capitalize()}\n", "| operator | opsets | runs on | node tests pass |",
                 "|---|---|---|---|"]
        for op in ops.split():
            opsets, runs = operators.get(("", op), ("not supported", ""))
            text.append(f"| {op} | {opsets} | {runs} | {share(passed[op], total[op])} |")
        text.append("")
    text += ["## Of other domains\n", "These have no node tests.\n", "| operator | versions | "
             "runs on |", "|---|---|---|"]
    text += [f"| {domain}.{op} | {versions} | {runs} |"
             for (domain, op), (versions, runs) in operators.items() if domain]
    return "\n".join(text)


def main():
    table = subprocess.run([sys.argv[1], "operators"], check=True, capture_output=True,
                           text=True).stdout
    operators = {(domain, op): (versions, runs)
                 for op, domain, versions, runs in ROW.findall(table)}
    print(page(operators, load_cases(), onnx_exclusions.read()))


if __name__ == "__main__":
    main()
