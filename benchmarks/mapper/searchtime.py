"""How long the search takes, and compilers with it."""

import resource
import statistics
import time

import onnx

import networks
import problems
from tools import DATA, run
from without_data import random_input

MODELS = DATA / "models"
OBJECTIVES = ("energy", "latency", "edp", "dram")


def five_networks(folder):
    """Name and file of each network of the claim."""
    for name, model in (("AlexNet", networks.alexnet()), ("VGG-16", networks.vgg16()),
                        ("MobileNetV2", networks.mobilenet_v2())):
        onnx.save(model, folder / f"{name}.onnx")
        yield name, folder / f"{name}.onnx"
    yield "GoogLeNet", MODELS / "topologies" / "light_inception_v1.onnx"
    yield "ResNet-50", MODELS / "topologies" / "light_resnet50.onnx"


def add_searches(claims, folder, target="eyeriss-int8"):
    modules = [(name, problems.mapped(model, folder, target, name))
               for name, model in five_networks(folder)]
    for objective in OBJECTIVES:
        layers = {}
        for name, module in modules:
            found = problems.extracted(module, objective)
            layers.update({line.split("{", 1)[1]: line.replace('problem "', f'problem "{name} ')
                           for line in found})
        solved = problems.solve(layers.values(), target, folder, measure=5)
        seconds = [best["certificate"]["cpu_seconds"] for best in solved]
        worst = max(range(len(solved)), key=lambda k: seconds[k])
        claims.add(f"search for {objective}, {len(solved)} distinct layers, one core: median",
                   1e3 * statistics.median(seconds), "ms", "under 50",
                   statistics.median(seconds) < 0.05)
        claims.add(f"search for {objective}: the worst layer, {solved[worst]['name']}",
                   1e3 * seconds[worst], "ms", "under 1000", seconds[worst] < 1)


def best_of(count, *arguments):
    """(CPU seconds, wall seconds) of the fastest run of rowlock-compile."""
    def once():
        before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        run("compile", *arguments)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
                time.monotonic() - begin)
    return min(once() for _ in range(count))


def add_compilers(claims, folder):
    for name, model, bar in (
            ("ResNet-50", MODELS / "topologies" / "light_resnet50.onnx", 5),
            ("SqueezeNet 1.1", MODELS / "imagenet" / "squeezenet1.1-fp32.onnx", 0.6)):
        table, out = folder / "ranges.yaml", folder / "m.rlk"
        run("compile", model, "--random-weights=1", f"--calibrate={random_input(model, folder)}", "--quiet",
            f"--save-calibration={table}", "-o", out)
        cpu, wall = best_of(5, model, "--random-weights=1", f"--calibration-table={table}",
                            "--quiet", "-o", out)
        claims.add(f"compiling {name} with optimal mappings, its ranges known", cpu, "s CPU",
                   f"under {bar}", cpu < bar)
        if name == "ResNet-50":
            claims.add("all of ResNet-50 on two cores, everything but the search included", wall,
                       "s", "under 2", wall < 2)


def add(claims, folder):
    add_searches(claims, folder)
    add_compilers(claims, folder)
