"""Least latency on `eyeriss-v1`, simulated without data: AlexNet CONV1-5 at batch 4
with no more DRAM traffic than the published mappings, VGG-16 CONV at batch 3."""

import hashlib
import json
import math
import types

import alexnet
import problems
import silicon
from tools import ROOT, run

MHZ = 200
VGG = [(64, 3, 224), (64, 64, 224), (128, 64, 112), (128, 128, 112), (256, 128, 56),
       (256, 256, 56), (256, 256, 56), (512, 256, 28), (512, 512, 28), (512, 512, 28),
       (512, 512, 14), (512, 512, 14), (512, 512, 14)]


def module(layer, mapping):
    """A layer with its mapping as text of rs; data do not matter."""
    ifmap = f"{layer.N}x{layer.C * layer.groups}x{layer.H}x{layer.H}"
    filters = f"{layer.M}x{layer.C}x{layer.R}x{layer.R}"
    result = f"tensor<{layer.N}x{layer.M}x{layer.E}x{layer.E}x!y>"
    return f"""
!x = !quant.uniform<i16:f32, 1.0>
!y = !quant.uniform<i16:f32, 1.0>
module attributes {{rs.target = #rs.target<"eyeriss-v1", {{}}>}} {{
  func.func @main(%x: tensor<{ifmap}x!x> {{nn.name = "x"}}) -> ({result} {{nn.name = "y"}}) {{
    %w = nn.constant dense<1> : tensor<{filters}xi16> -> tensor<{filters}x!x>
    %b = nn.constant dense<1> : tensor<{layer.M}xi16> -> tensor<{layer.M}xi16>
    %y = rs.conv2d %x, %w, %b {{strides = array<i64: {layer.U}, {layer.U}>, \
groups = {layer.groups} : i64, pads = array<i64: 0, 0, 0, 0>, product_shift = 8 : i64, \
mapping = #rs.mapping<"{mapping}">}} : (tensor<{ifmap}x!x>, tensor<{filters}x!x>, \
tensor<{layer.M}xi16>) -> {result} loc("{layer.name}")
    return %y : {result}
  }}
}}
"""


def simulate(layer, mapping, folder):
    """The layer's profile."""
    (folder / "l.mlir").write_text(module(layer, mapping))
    run("opt", folder / "l.mlir", "--rs-lower-layers", "--rs-allocate-glb",
        "--rs-allocate-dram", "-o", folder / "c.mlir")
    run("translate", "--export-program", folder / "c.mlir", "-o", folder / "l.rlk")
    run("run", folder / "l.rlk", "--no-data", "--layers-apart",
        f"--profile-json={folder / 'p.json'}")
    return json.loads((folder / "p.json").read_text())["layers"][0]


def milliseconds(profile, what="total"):
    return profile["cycles"][what] / MHZ / 1e3


def add_layer(claims, layer, best, folder):
    """Published and optimal mapping, simulated; their latencies in ms."""
    published = simulate(layer, alexnet.published(layer), folder)
    ours = simulate(layer, best["mapping"], folder)
    unhidden = simulate(layer, best["mapping"].replace("prefetch=ring", "prefetch=none")
                        .replace("prefetch=double", "prefetch=none"), folder)
    theirs, chip = milliseconds(published), layer.measured["latency_ms"]
    value = milliseconds(ours)
    bars = [f"below {theirs:.2f}"] + ([f"below {chip}"] if layer.name != "CONV5" else [])
    claims.add(f"{layer.name}: least latency, chip {chip}, published mapping simulated "
               f"{theirs:.2f}, model {best['values'][0] / MHZ / 1e3:.2f}", value, "ms",
               ", ".join(bars), value < theirs and (layer.name == "CONV5" or value < chip))
    claims.add(f"{layer.name}: its mapping without prefetch, {best['mapping']}",
               milliseconds(unhidden), "ms", "printed", True)
    for cause in ("mac", "ramp_up", "network", "drain", "dram_wait", "configuration"):
        claims.add(f"{layer.name}: {cause}, published mapping {milliseconds(published, cause):.2f}",
                   milliseconds(ours, cause), "ms", "printed", True)
    most, moved = silicon.dram_bytes(published), silicon.dram_bytes(ours)
    claims.add(f"{layer.name}: DRAM bytes, published mapping {most / 1e6:.2f}", moved / 1e6, "MB",
               "no more", moved <= most)
    return value


def vgg_layers():
    for k, (filters, channels, size) in enumerate(VGG):
        yield types.SimpleNamespace(name=f"conv{k + 1}", N=3, M=filters, C=channels, groups=1,
                                    H=size + 2, R=3, U=1, E=size)


def add(claims, folder):
    parameters = hashlib.sha256((ROOT / "targets" / "eyeriss-v1.yaml").read_bytes()).hexdigest()
    claims.add("machine parameters of benchmarks/silicon, SHA-256 of targets/eyeriss-v1.yaml",
               parameters[:16], "", "printed", True)
    layers = silicon.layers()
    texts = [alexnet.problem(layer).text("latency,dram",
                                         most_dram_bytes=layer.formulas()["dram"])
             for layer in layers]
    best = problems.solve(texts, "eyeriss-v1", folder)
    total = sum(add_layer(claims, layer, found, folder) for layer, found in zip(layers, best))
    claims.add("CONV1-5, batch 4: least latency, chip 115.3, limit 79.3", total, "ms",
               "at most 105", total <= 105)
    layers = list(vgg_layers())
    texts = [alexnet.problem(layer).text("latency,dram") for layer in layers]
    total = 0
    for layer, found in zip(layers, problems.solve(texts, "eyeriss-v1", folder)):
        total += milliseconds(simulate(layer, found["mapping"], folder))
    claims.add("VGG-16 CONV, batch 3: least latency, chip 4309.5, limit 1370", total, "ms",
               "at most 1700", math.isfinite(total) and total <= 1700)
