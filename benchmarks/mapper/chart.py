"""AlexNet on `eyeriss-256`, batch 16, least energy, beside ISCA 2016. CONV layers
with stored padding, as the counting rules of hardware.md have them: in the whole
space, and in the chip's, which the chart's mappings are likely from."""

import networks
import problems
import silicon
from without_data import Network

CONV = [("CONV1", (16, 3, 227, 227), (96, 3, 11, 11), 4),
        ("CONV2", (16, 96, 31, 31), (256, 48, 5, 5), 1),
        ("CONV3", (16, 256, 15, 15), (384, 256, 3, 3), 1),
        ("CONV4", (16, 384, 15, 15), (384, 192, 3, 3), 1),
        ("CONV5", (16, 384, 15, 15), (256, 192, 3, 3), 1)]
DRAM_ENERGY = 200 / 2  # of a byte, in MACs


def add_dram(claims, rows, energies, where=""):
    for row, energy in zip(rows, energies, strict=True):
        share = energy / 1e9 / float(row["dram"])
        claims.add(f"{row['layer']}, batch 16{where}: DRAM energy over the table's {row['dram']}",
                   share, "", "0.85 to 1.02", 0.85 <= share <= 1.02)


def add_layers(claims, folder, where="", **more):
    """The energy of each CONV layer; that of their DRAM traffic."""
    texts = [problems.sized(*layer).text("energy,dram", **more) for layer in CONV]
    solved = problems.solve(texts, "eyeriss-256", folder)
    for best, row in zip(solved, silicon.table("isca2016_alexnet_rs_energy"), strict=True):
        chart, ours = float(row["energy"]) / 1e9, best["values"][0] / 1e9
        claims.add(f"{row['layer']}, batch 16{where}: energy, chart {chart:g}, {best['mapping']}",
                   ours, "1e9 MACs", "within 5 %", abs(ours / chart - 1) <= 0.05)
    return [best["values"][1] * DRAM_ENERGY for best in solved]


def add(claims, folder):
    rows = list(silicon.table("isca2016_alexnet_rs_parts"))
    chip = ", the chip's space"
    add_dram(claims, rows[:len(CONV)], add_layers(claims, folder, chip, space='"chip"'), chip)
    dram = add_layers(claims, folder)
    network = Network(networks.alexnet(), "eyeriss-256", folder)
    layers = network.profile("--batch=16", "--objective=energy,latency")["layers"]
    dram += [layer["energy"]["dram"] for layer in layers[len(CONV):]]
    add_dram(claims, rows, dram)
