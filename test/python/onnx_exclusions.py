"""The node tests that are known not to pass, each with its reason."""

import fnmatch
import pathlib

# Begins a reason that nobody has put in words yet.
UNEXPLAINED = "unexplained:"
FILE = pathlib.Path(__file__).parent / "onnx_node_exclusions.txt"
HEAD = f"""# Node tests that do not pass: name or glob, tab, reason.
# onnx_nodes.py --write-exclusions adds what fails, with what it says, as "{UNEXPLAINED}"."""


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


def rewrite(rows, passed, failed):
    """The file's text for what passes, [name], and what fails, {name: reason}. Rows in
    someone's words stay, globs first, unless a test that they cover passes."""
    lines, left = [], dict(failed)
    for pattern, reason in sorted(rows, key=lambda row: "*" not in row[0]):
        names = fnmatch.filter(left, pattern)
        if names and not fnmatch.filter(passed, pattern) and not reason.startswith(UNEXPLAINED):
            lines.append(f"{pattern}\t{reason}")
            for name in names:
                del left[name]
    lines += [f"{name}\t{UNEXPLAINED} {reason}" for name, reason in left.items()]
    return "\n".join([HEAD, *sorted(lines)]) + "\n"
