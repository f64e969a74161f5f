"""How fast the simulator is, on one core: CPU seconds of rowlock-run."""

import resource

import numpy as np
import onnx

import agreement
import networks
import silicon
from tools import DATA, run


def cpu_seconds(*arguments):
    """User and system time of one run of rowlock-run, which has one thread."""
    def spent():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime
    before = spent()
    run("run", *arguments)
    return spent() - before


def alexnet(folder):
    """CONV1-5, batch 4, as the chip ran them, with data."""
    return sum(cpu_seconds(*silicon.prepared(layer, folder)) for layer in silicon.layers())


def add(claims, folder):
    seconds = alexnet(folder)
    claims.add("AlexNet CONV1-5, batch 4 (2.66 GMAC), with data", seconds, "s", "under 10",
               seconds < 10)
    onnx.save(networks.vgg16(), folder / "vgg16.onnx")
    program, reason = agreement.compiled(folder / "vgg16.onnx", folder, "eyeriss-int8")
    assert program, reason
    seconds = cpu_seconds(program, f"--input={folder / 'x.npy'}", "--quiet",
                          f"--profile-json={folder / 'p.json'}")
    claims.add("VGG-16, one image, with data", seconds, "s", "under 60", seconds < 60)
    program, reason = agreement.compiled(
        DATA / "models" / "topologies" / "light_resnet50.onnx", folder, "eyeriss-int8")
    assert program, reason
    seconds = cpu_seconds(program, "--no-data", f"--profile-json={folder / 'p.json'}")
    claims.add("ResNet-50, counts and timing without data", seconds, "s", "under 1", seconds < 1)
