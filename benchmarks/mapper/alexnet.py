"""AlexNet CONV1-5, batch 4, on `eyeriss-v1`: DRAM traffic of the optima."""

import math

import problems
import silicon

# Of a sketch of the whole space, in MB; the published mappings move 23.07.
BARS = {"CONV1": 4.79, "CONV2": 4.69, "CONV3": 5.06, "CONV4": 3.93, "CONV5": 2.62}


def problem(layer):
    """With stored padding, as the chip ran it."""
    return problems.sized(layer.name, (layer.N, layer.C * layer.groups, layer.H, layer.H),
                          (layer.M, layer.C, layer.R, layer.R), layer.U)


def published(layer):
    """Its mapping as text."""
    return (f"n={layer.n} m={layer.m} h={layer.e} f={layer.E} c={layer.q * layer.r} e={layer.e} "
            f"p={layer.p} q={layer.q} r={layer.r} t={layer.t} g=1 order=gmnhfc/cms prefetch=none")


def reference(layer):
    """Communication reference of hardware.md, section 5, in bytes; not a limit."""
    macs = layer.N * layer.M * layer.C * layer.R ** 2 * layer.E ** 2
    ofmaps = layer.N * layer.M * layer.E ** 2
    ifmaps = layer.N * layer.C * layer.groups * layer.H ** 2
    filters = layer.M * layer.C * layer.R ** 2
    stream = 2 * macs / math.sqrt(51200 * layer.R ** 2 / layer.U ** 2)
    return 2 * max(stream + ofmaps, ifmaps + filters + ofmaps)


def add(claims, folder):
    layers = silicon.layers()
    texts = [problem(layer).text("dram,energy", space='"chip"') for layer in layers]
    for layer, best in zip(layers, problems.solve(texts, "eyeriss-v1", folder)):
        claims.add(f"{layer.name}, the chip's space, least DRAM bytes, then energy",
                   best["mapping"], "", f"the published mapping, {published(layer)}",
                   best["mapping"] == published(layer))
    texts = [problem(layer).text("dram,energy") for layer in layers]
    total = 0
    for layer, best in zip(layers, problems.solve(texts, "eyeriss-v1", folder)):
        megabytes = best["values"][0] / 1e6
        total += megabytes
        theirs = layer.formulas()["dram"] / 1e6
        claims.add(f"{layer.name}, whole space: DRAM bytes, published mapping {theirs:.2f}, "
                   f"{best['values'][0] / reference(layer):.3f} of the communication reference, "
                   f"proven: nothing left out has less than "
                   f"{best['certificate'].get('best_remaining', math.inf) / 1e6:.3f}",
                   megabytes, "MB", f"at most {BARS[layer.name]}",
                   megabytes <= min(theirs, BARS[layer.name]))
    claims.add("CONV1-5, whole space: DRAM bytes, published mappings 23.07", total, "MB",
               "at most 21.1", total <= 21.1)
    conv2 = layers[1]
    best, = problems.solve([problem(conv2).text("dram,energy", space='"chip-order"')],
                           "eyeriss-v1", folder)
    channel_passes = -(-conv2.C // 2)
    known = 2 * (conv2.N * conv2.C * 2 * conv2.H ** 2 * 6
                 + 2 * conv2.M * conv2.E ** 2 * conv2.N * channel_passes) / 1e6
    claims.add("CONV2, the chip's loops, any m: DRAM bytes; m 66, n 1, e 27, p 22, q 2, r 1, t 1 "
               f"moves {conv2.formulas()['dram'] / 1e6:.2f} MB and {known:.1f} MB of GLB",
               best["values"][0] / 1e6, "MB", "no more",
               best["values"][0] <= conv2.formulas()["dram"])
