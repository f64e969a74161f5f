#!/usr/bin/env python3
"""The symbols of librowlock-c.so: those that its headers declare and no others."""

import pathlib
import re
import subprocess
import sys

HEADERS = pathlib.Path(__file__).resolve().parents[3] / "include" / "rowlock-c"


def main():
    listed = subprocess.run(["nm", "--dynamic", "--defined-only", "--format=posix", sys.argv[1]],
                            check=True, capture_output=True, text=True).stdout
    shown = {line.split()[0] for line in listed.splitlines()}
    declared = set()
    for header in HEADERS.glob("*.h"):
        declared |= set(re.findall(r"^ROWLOCK_API[^;]*?\b(rowlock\w+)\(", header.read_text(), re.M))
    for name in sorted(shown - declared):
        print(f"{name}: shown, but declared in no header of rowlock-c")
    for name in sorted(declared - shown):
        print(f"{name}: declared, but not shown")
    return shown != declared or not declared


if __name__ == "__main__":
    sys.exit(main())
