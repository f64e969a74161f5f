"""AlexNet's convolution layers as the chip ran them: published mapping imposed,
batch 4, stored padding, zeros at random at the published share."""

import csv
import dataclasses
import json

import numpy as np

from run_length import entropy_bytes, fmap_bytes
from tools import DATA, run

TABLES = DATA / "silicon"


def table(name):
    with open(TABLES / f"{name}.csv", encoding="utf-8") as stream:
        return list(csv.DictReader(line for line in stream if not line.startswith("#")))


@dataclasses.dataclass
class Layer:
    """A row of eyeriss_v1_alexnet_mapping.csv beside what was measured."""

    name: str
    sizes: dict
    measured: dict

    def __getattr__(self, key):
        return self.sizes[key]

    @property
    def padding(self):
        """Rows and columns of padding on each side; AlexNet's CONV1 has none."""
        return (self.R - 1) // 2 if self.U == 1 else 0

    @property
    def rows(self):
        """Ifmap rows that the strips read, those in two strips twice."""
        strips = [min(self.e, self.E - first) for first in range(0, self.E, self.e)]
        return sum(min(self.H, (rows - 1) * self.U + self.R) for rows in strips)

    def formulas(self):
        """GLB and DRAM bytes by the counting rules (hardware.md, section 4)."""
        strips, cpass = -(-self.E // self.e), -(-self.C // (self.q * self.r))
        per_group = self.M // self.groups
        fpass = -(-per_group // (self.p * self.t))
        ofmaps = self.M * self.E * self.E * self.N
        ifmaps = self.N * self.C * self.groups * self.rows * self.H
        filters = self.M * self.C * self.R * self.R
        return {"active_pes": self.R * self.e * self.r * self.t,
                "glb": 2 * ifmaps * fpass + 4 * ofmaps * cpass,
                "dram": 2 * (filters * -(-self.N // self.n) * strips
                             + ifmaps * -(-per_group // self.m) + ofmaps)}


def layers():
    measured = {row["layer"]: row for row in table("eyeriss_v1_alexnet_measured")}
    result = []
    for row in table("eyeriss_v1_alexnet_mapping"):
        name = row.pop("layer")
        result.append(Layer(name, {key: int(value) for key, value in row.items()},
                            {key: float(value) for key, value in measured[name].items()
                             if key != "layer"}))
    return result


def ifmaps(layer, rng):
    """Integers with the published share of zeros among the unpadded pixels."""
    inner = layer.H - 2 * layer.padding
    shape = (layer.N, layer.C * layer.groups, inner, inner)
    values = rng.integers(1, 256, shape)
    values[rng.random(shape) < layer.measured["zeros_ifmap_pct"] / 100] = 0
    pad = (layer.padding, layer.padding)
    return np.pad(values, ((0, 0), (0, 0), pad, pad)).astype(np.float32)


def module(layer, rng, mapped, biases=None, fields=None):
    """The layer as text of rs with its mapping, or of nn for the evaluator. With
    biases its result passes a ReLU. `fields` of the target differ from the chip's."""
    filters = rng.integers(-127, 128, (layer.M, layer.C, layer.R, layer.R)).astype("<i2")
    data = filters.tobytes().hex().upper()
    size = f"{layer.N}x{layer.C * layer.groups}x{layer.H}x{layer.H}"
    bias = np.zeros(layer.M) if biases is None else biases
    bias = bias.astype("<i2").tobytes().hex().upper()
    types = (f"(tensor<{size}x!x>, tensor<{'x'.join(map(str, filters.shape))}x!w>, "
             f"tensor<{layer.M}xi16>) -> tensor<{layer.N}x{layer.M}x{layer.E}x{layer.E}x!y>")
    attributes = (f"strides = array<i64: {layer.U}, {layer.U}>, groups = {layer.groups} : i64, "
                  "pads = array<i64: 0, 0, 0, 0>, product_shift = 8 : i64")
    if mapped:
        attributes += (f', mapping = #rs.mapping<"n={layer.n} m={layer.m} h={layer.e} f={layer.E} '
                       f"c={layer.q * layer.r} e={layer.e} p={layer.p} q={layer.q} r={layer.r} "
                       f't={layer.t} g=1 order=gmnhfc/cms prefetch=none">')
    overrides = ", ".join(f'{key} = "{value}"' for key, value in (fields or {}).items())
    result = f"tensor<{layer.N}x{layer.M}x{layer.E}x{layer.E}x!y>"
    return f"""
!x = !quant.uniform<i16:f32, 1.0>
!w = !quant.uniform<i16:f32, 1.0>
!y = !quant.uniform<i16{"" if biases is None else "<0:32767>"}:f32, 1.0>
module attributes {{rs.target = #rs.target<"eyeriss-v1", {{{overrides}}}>}} {{
  func.func @main(%a: tensor<{size}xf32> {{nn.name = "x"}}) -> ({result} {{nn.name = "y"}}) {{
    %x = nn.quantize %a : (tensor<{size}xf32>) -> tensor<{size}x!x> loc("q")
    %w = nn.constant dense<"0x{data}"> : tensor<{'x'.join(map(str, filters.shape))}xi16> -> \
tensor<{'x'.join(map(str, filters.shape))}x!w>
    %b = nn.constant dense<"0x{bias}"> : tensor<{layer.M}xi16> -> tensor<{layer.M}xi16>
    %y = {"rs" if mapped else "nn"}.conv2d %x, %w, %b {{{attributes}}} : {types} loc("{layer.name}")
    return %y : {result}
  }}
}}
"""


def _build(layer, folder, seed, biases, *coding, fields=None):
    """Makes l.rlk; what rowlock-run takes to run it on x.npy."""
    (folder / "rs.mlir").write_text(
        module(layer, np.random.default_rng(seed), True, biases, fields))
    run("opt", folder / "rs.mlir", "--rs-lower-layers", *coding, "--rs-allocate-glb",
        "--rs-allocate-dram", "-o", folder / "commands.mlir")
    run("translate", "--export-program", folder / "commands.mlir", "-o", folder / "l.rlk")
    # The frame is loaded when the host has made the input.
    return (folder / "l.rlk", "--layers-apart", f"--input={folder / 'x.npy'}",
            f"--output={folder / 'y.npy'}", f"--profile-json={folder / 'p.json'}")


def _run(*arguments, fields=None, options=()):
    """(profile of the layer, ofmaps) of a program built of the arguments."""
    folder = arguments[1]
    run("run", *_build(*arguments, fields=fields), *options)
    return (json.loads((folder / "p.json").read_text())["layers"][0],
            np.load(folder / "y.npy"))


# Shares of zeros in the ofmaps: the next layer's ifmaps, but CONV1's before its pool.
ZEROS = {"CONV1": 59, "CONV2": 72.5, "CONV3": 79.3, "CONV4": 77.6, "CONV5": 77.6}


def biases(layer, psums):
    """One for each filter, so that ReLU leaves the published share of zeros."""
    by_filter = np.moveaxis(psums, 1, 0).reshape(layer.M, -1)
    return -np.quantile(by_filter, ZEROS[layer.name] / 100, axis=1).astype(int)


def _draw(layer, folder, seed):
    """Input and biases of a layer, as x.npy and b.npy."""
    np.save(folder / "x.npy", ifmaps(layer, np.random.default_rng(seed + 1)))
    _, psums = _run(layer, folder, seed, None)
    np.save(folder / "b.npy", biases(layer, psums))


def _coding(layer):
    return "--rs-code-tensors=boundary=true" + (" raw=q" if layer.name == "CONV1" else "")


def prepared(layer, folder, seed=1):
    """Makes the coded layer with its data; what rowlock-run takes to run it."""
    _draw(layer, folder, seed)
    return _build(layer, folder, seed, np.load(folder / "b.npy"), _coding(layer))


def profile(layer, folder, *options, seed=1, **fields):
    """Profile of the coded layer on a chip with other fields of the target; its
    data are drawn once for each folder."""
    if not (folder / "b.npy").exists():
        _draw(layer, folder, seed)
    return _run(layer, folder, seed, np.load(folder / "b.npy"), _coding(layer), fields=fields,
                options=options)[0]


def target(folder):
    """Energies of a unit and of standing still, as the last profile has them."""
    profile = json.loads((folder / "p.json").read_text())
    return {key: profile[key] for key in ("mac16_picojoules", "static_milliwatts")}


def simulate(layer, folder, seed=1):
    """(profile raw, profile coded, ofmaps) of runs on `sim`, inputs and outputs
    coded but for CONV1's ifmap. Input and biases stay in x.npy and b.npy."""
    _draw(layer, folder, seed)
    raw, ofmaps = _run(layer, folder, seed, np.load(folder / "b.npy"))
    coded, same = _run(layer, folder, seed, np.load(folder / "b.npy"), _coding(layer))
    assert np.array_equal(ofmaps, same)
    for kind in ("ifmap", "ofmap"):
        assert coded["counts"][f"dram_{kind}_plain_bytes"] == raw["counts"][f"dram_{kind}_bytes"]
    return raw, coded, ofmaps


def judge(layer, folder, seed=1):
    """What the evaluator makes of the same."""
    text = module(layer, np.random.default_rng(seed), False, np.load(folder / "b.npy"))
    (folder / "nn.mlir").write_text(text)
    run("translate", "--interpret", folder / "nn.mlir", f"--input={folder / 'x.npy'}",
        f"--output={folder / 'judged.npy'}")
    return np.load(folder / "judged.npy")


def dram_bytes(profile):
    return sum(profile["counts"][f"dram_{kind}_bytes"] for kind in ("filter", "ifmap", "ofmap"))


def glb_bytes(profile):
    """Words into and out of the array (hardware.md, section 4), 2 bytes each."""
    return 2 * sum(profile["counts"][f"glb_{kind}"]
                   for kind in ("ifmap_reads", "psum_reads", "psum_writes"))


def fmaps(layer, ofmaps, folder):
    """Name, values, rows of a code block and the times it is moved, of the coded
    feature maps that `simulate` left: inputs are coded by the plane, ofmaps as
    they are stored."""
    if layer.name != "CONV1":
        times = -(-layer.M // layer.groups // layer.m)
        yield "ifmap", np.load(folder / "x.npy"), layer.H, times
    yield "ofmap", ofmaps, layer.e, 1


def coded_bytes(layer, ofmaps, folder):
    """DRAM bytes by the closed form of every block, and by the entropy."""
    return {f"dram_{name}_bytes": (times * fmap_bytes(values, rows),
                                   times * entropy_bytes(values))
            for name, values, rows, times in fmaps(layer, ofmaps, folder)}


def milliseconds(profile, core_mhz=200):
    """Processing and total latency."""
    return tuple(profile["cycles"][key] / core_mhz / 1e3 for key in ("processing", "total"))
