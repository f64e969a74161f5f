"""Claims with their bars: a table to look at and a JSON object to keep."""

import json
import os
import platform
import subprocess


class Claims:
    """What one benchmark measured."""

    def __init__(self, benchmark, root):
        self.benchmark, self.root, self.claims = benchmark, root, []

    def add(self, claim, value, unit, bar, holds):
        """One claim; `holds` is None where it could not be measured."""
        self.claims.append({"claim": claim, "value": value, "unit": unit, "bar": bar,
                            "holds": None if holds is None else bool(holds)})
        word = {None: "not measured", True: "holds", False: "FAILS"}[self.claims[-1]["holds"]]
        print(f"{word:12}  {claim}: {_text(value)} {unit} (bar: {bar})", flush=True)

    def finish(self, file):
        """Prints the table, writes the JSON; 0 if no bar fails."""
        print()
        rows = [("claim", "value", "unit", "bar", "holds")]
        rows += [(c["claim"], _text(c["value"]), c["unit"], c["bar"],
                  {None: "-", True: "yes", False: "NO"}[c["holds"]]) for c in self.claims]
        widths = [max(len(row[k]) for row in rows) for k in range(5)]
        for row in rows:
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
        if file:
            with open(file, "w", encoding="utf-8") as stream:
                json.dump({"benchmark": self.benchmark, "commit": _commit(self.root),
                           "machine": _machine(), "claims": self.claims}, stream, indent=1)
                stream.write("\n")
        return int(any(c["holds"] is False for c in self.claims))


def _text(value):
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _commit(root):
    def git(*arguments):
        return subprocess.run(["git", *arguments], cwd=root, check=False, capture_output=True,
                              text=True).stdout.strip()
    return git("rev-parse", "HEAD") + (" with changes" if git("status", "--porcelain") else "")


def _machine():
    return {"system": platform.platform(), "processor": platform.machine(),
            "cores": os.cpu_count()}
