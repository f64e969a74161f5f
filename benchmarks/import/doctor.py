"""The time of `rowlock-compile --check` on large topologies."""

import resource
import time

from tools import DATA, run

TOPOLOGIES = {"VGG-19": "light_vgg19", "ResNet-50": "light_resnet50",
              "DenseNet-121": "light_densenet121"}


def _seconds(path):
    """Of the processor, the system's part among them, and of the clock."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    run("compile", path, "--check")
    wall, after = time.monotonic() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, wall


def measure(claims, folder):
    """The best of three runs."""
    for name, file in TOPOLOGIES.items():
        path = DATA / "models" / "topologies" / f"{file}.onnx"
        if not path.exists():
            claims.add(f"--check of {name}", "../shared/data is missing", "", "under 1 s", None)
            continue
        busy, wall = (min(times) for times in zip(*(_seconds(path) for _ in range(3))))
        claims.add(f"--check of {name}, seconds of the processor", busy, "s", "under 1 s", busy < 1)
        claims.add(f"--check of {name}, seconds of the clock", wall, "s", "under 1 s", wall < 1)
