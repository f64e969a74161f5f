"""The node tests that are known not to pass, each with its reason."""

import fnmatch
import pathlib

FILE = pathlib.Path(__file__).parent / "onnx_node_exclusions.txt"


def parse(text):
    """(pattern, reason) pairs: a name or glob, a tab, the reason; # begins a comment."""
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        pattern, tab, reason = line.partition("\t")
        if not tab or not reason.strip():
            raise ValueError(f"{FILE.name}:{number}: a name, a tab and a reason are expected")
        rows.append((pattern, reason.strip()))
    return rows


def read():
    return parse(FILE.read_text()) if FILE.exists() else []


def find(rows, name):
    """The reason of the first row whose pattern fits, or None."""
    return next((reason for pattern, reason in rows if fnmatch.fnmatchcase(name, pattern)), None)


def rewrite(rows, failures):
    """The file's text for what fails now, {name: reason}. Rows that a test still fails
    under keep their words, unless a test that they cover passes."""
    lines = []
    left = dict(failures["failed"])
    for pattern, reason in rows:
        names = fnmatch.filter(left, pattern)
        if names and not fnmatch.filter(failures["passed"], pattern):
            lines.append(f"{pattern}\t{reason}")
            for name in names:
                del left[name]
    lines += [f"{name}\t{reason}" for name, reason in left.items()]
    return "\n".join(["# Node tests that do not pass: name or glob, tab, reason.",
                      "# test/python/onnx_nodes.py --write-exclusions rewrites what changed.",
                      *sorted(lines)]) + "\n"
