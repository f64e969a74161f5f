"""AlexNet on `eyeriss-256`, batch 16, least energy, beside ISCA 2016."""

import networks
import silicon
from without_data import Network


def add(claims, folder):
    network = Network(networks.alexnet(), "eyeriss-256", folder)
    layers = network.profile("--batch=16", "--objective=energy,latency")["layers"]
    for layer, row in zip(layers, silicon.table("isca2016_alexnet_rs_energy")):
        chart, ours = float(row["energy"]) / 1e9, layer["energy"]["total"] / 1e9
        claims.add(f"{row['layer']}, batch 16: energy, chart {chart:g}", ours, "1e9 MACs",
                   "within 5 %", abs(ours / chart - 1) <= 0.05)
    for layer, row in zip(layers, silicon.table("isca2016_alexnet_rs_parts"), strict=True):
        share = layer["energy"]["dram"] / 1e9 / float(row["dram"])
        claims.add(f"{row['layer']}, batch 16: DRAM energy over the table's {row['dram']}", share,
                   "", "0.85 to 1.02", 0.85 <= share <= 1.02)
