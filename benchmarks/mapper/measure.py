"""Measures the mapper: what the optimum moves, how fast it is found."""

import argparse
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "test" / "python")]
import alexnet  # noqa: E402
import chart  # noqa: E402
import latency  # noqa: E402
import peers  # noqa: E402
import searchtime  # noqa: E402
import utilisation  # noqa: E402
from claims import Claims  # noqa: E402
from tools import DATA  # noqa: E402


def main():
    parser = argparse.ArgumentParser(prog="benchmarks/mapper/run", description=__doc__)
    parser.add_argument("--json", metavar="FILE", help="write the claims as JSON")
    arguments = parser.parse_args()
    if not (DATA / "silicon").is_dir():
        sys.exit(f"benchmarks/mapper: {DATA / 'silicon'} is missing")
    claims = Claims("mapper", ROOT)
    with tempfile.TemporaryDirectory() as folder:
        for part in (alexnet, latency, chart, searchtime, utilisation, peers):
            part.add(claims, pathlib.Path(folder))
    return claims.finish(arguments.json)


if __name__ == "__main__":
    sys.exit(main())
