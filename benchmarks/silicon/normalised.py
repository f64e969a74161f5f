"""Claims about energy in units of a MAC: AlexNet on `eyeriss-256` beside the
chart of ISCA 2016."""

import networks
import silicon
from without_data import Network

LAYERS = [f"CONV{k}" for k in range(1, 6)] + [f"FC{k}" for k in range(1, 4)]


def _conv_share(layers):
    energies = [layer["energy"]["total"] for layer in layers]
    return 100 * sum(energies[:5]) / sum(energies)


def add(claims, folder):
    network = Network(networks.alexnet(), "eyeriss-256", folder)
    layers = network.profile("--batch=16", "--objective=energy")["layers"]
    parts = silicon.table("isca2016_alexnet_rs_parts")
    for name, layer, row in zip(LAYERS, layers, parts, strict=True):
        assert row["layer"] == name
        for part in ("alu", "rf"):
            ours = layer["energy"][part] / 1e9
            claims.add(f"{name}, batch 16: energy, {part}", ours, "1e9 MACs", f"{row[part]}, exact",
                       f"{ours:.2f}" == row[part])
        claims.add(f"{name}, batch 16: energy, DRAM, reference {row['dram']}",
                   layer["energy"]["dram"] / 1e9, "1e9 MACs", "printed", True)
    for layer, row in zip(layers, silicon.table("isca2016_alexnet_rs_energy")):
        chart, ours = float(row["energy"]) / 1e9, layer["energy"]["total"] / 1e9
        claims.add(f"{row['layer']}, batch 16: energy, chart {chart:g}", ours, "1e9 MACs",
                   "within 10 %", abs(ours / chart - 1) <= 0.1)
    share = _conv_share(layers)
    claims.add("share of CONV layers in AlexNet's energy, batch 16", share, "%", "75 to 85 %",
               75 <= share <= 85)
    alone = 100 - _conv_share(network.profile("--objective=energy")["layers"])
    claims.add("share of FC layers in AlexNet's energy, batch 1", alone, "%", "over 65 %", alone > 65)
