"""What the latencies of AlexNet depend on: one line for each departure from what
docs/spec/timing.md assumes, for docs/rationale/simulator.md. Machine parameters
are varied through the target's own fields."""

import argparse
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "test" / "python")]
import silicon  # noqa: E402

RULES = ("first-window-by-word", "psums-one-by-one", "one-psum-window", "no-filters-ahead",
         "filters-beside-ifmaps", "short-pipeline", "long-pipeline")
FIELDS = ({"filter_banks": 1}, {"ifmap_network_bits": 32}, {"psum_network_bits": 32},
          {"psum_network_bits": 128}, {"link_mhz": 55}, {"link_mhz": 65},
          {"frame_microseconds": 0}, {"frame_microseconds": 200})


def latencies(layers, folder, *options, **fields):
    """(processing, total) of each layer in ms."""
    return [silicon.milliseconds(silicon.profile(layer, folder / layer.name, *options, **fields))
            for layer in layers]


def row(name, times, chip):
    cells = [f"{100 * (ms / measured - 1):+.1f}"
             for kind in (0, 1)
             for ms, measured in zip([t[kind] for t in times] + [sum(t[kind] for t in times)],
                                     [c[kind] for c in chip] + [sum(c[kind] for c in chip)])]
    print(f"| {name} | {' | '.join(cells)} |", flush=True)


def main():
    argparse.ArgumentParser(prog="benchmarks/silicon/sensitivity",
                            description=__doc__).parse_args()
    if not silicon.TABLES.is_dir():
        sys.exit(f"benchmarks/silicon: {silicon.TABLES} is missing")
    layers = silicon.layers()
    chip = [(layer.measured["processing_ms"], layer.measured["latency_ms"]) for layer in layers]
    names = [layer.name[4:] for layer in layers] + ["all"]
    print(f"| | {' | '.join(names)} | {' | '.join(names)} |")
    print("|---|" + "---:|" * 12)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for layer in layers:
            (folder / layer.name).mkdir()
        row("as specified", latencies(layers, folder), chip)
        for rule in RULES:
            row(f"`{rule}`", latencies(layers, folder, f"--timing-rule={rule}"), chip)
        for fields in FIELDS:
            text = ", ".join(f"{key}: {value}" for key, value in fields.items())
            row(f"`{text}`", latencies(layers, folder, **fields), chip)


if __name__ == "__main__":
    main()
