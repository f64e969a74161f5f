"""Measures the claims about the import of models."""

import argparse
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "test" / "python")]
import conversion  # noqa: E402
import doctor  # noqa: E402
import models  # noqa: E402
import nodes  # noqa: E402
import quantised  # noqa: E402
from claims import Claims  # noqa: E402

PARTS = {"nodes": nodes.measure, "models": models.measure, "conversion": conversion.measure,
         "quantised": quantised.measure, "check": doctor.measure}


def main():
    parser = argparse.ArgumentParser(prog="benchmarks/import/run", description=__doc__)
    parser.add_argument("--json", metavar="FILE", help="write the claims as JSON")
    parser.add_argument("--only", choices=PARTS, action="append", help="measure this part alone")
    arguments = parser.parse_args()
    claims = Claims("import", ROOT)
    for part in arguments.only or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            PARTS[part](claims, pathlib.Path(folder))
    return claims.finish(arguments.json)


if __name__ == "__main__":
    sys.exit(main())
