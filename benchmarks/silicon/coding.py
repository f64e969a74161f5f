"""Claims about run-length coded feature maps."""

import silicon


def add(claims, layer, coded, ofmaps, folder):
    """Sizes of what `silicon.simulate` left in the folder."""
    for key, (closed, entropy) in silicon.coded_bytes(layer, ofmaps, folder).items():
        counted, name = coded["counts"][key], f"{layer.name}: coded {key.split('_')[1]}"
        claims.add(f"{name}, blocks and index", counted, "bytes",
                   f"{closed} by the closed form of every block, exact", counted == closed)
        claims.add(f"{name} over its entropy", counted / entropy, "times", "printed", True)
