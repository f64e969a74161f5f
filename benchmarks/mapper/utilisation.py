"""Active PEs of VGG-16 and MobileNetV2, objective latency, on `eyeriss-int8`."""

import networks
from without_data import Network

PES = 168


def add(claims, folder):
    for name, model in (("VGG-16", networks.vgg16(classify=False)),
                        ("MobileNetV2", networks.mobilenet_v2())):
        layers = Network(model, "eyeriss-int8", folder).profile("--objective=latency")["layers"]
        shares = [100 * layer["counts"]["active_pes"] / PES for layer in layers]
        for layer, share in zip(layers, shares):
            claims.add(f"{name} {layer['name']}: active PEs", share, "%", "printed", True)
        claims.add(f"{name}: layers under 75 % active PEs", sum(s < 75 for s in shares),
                   f"of {len(shares)}", "printed", True)
