"""Row-stationary mappings as loop nests over memories, and back.

Letters are those of hardware.md: n, m, h, f, c of the tile, e, p, q, r, t of the
pass. Loops are ZigZag's: pairs of a dimension (B, K, C, OY, OX, FY, FX) and its
trips, innermost first, beside a placement {"D1": columns, "D2": rows of PEs} of
texts "dimension, size"."""

import math


def spatial(placement, dim):
    return math.prod(int(size) for side in placement.values()
                     for name, size in (text.split(", ") for text in side) if name == dim)


def to_letters(layer, placement, loops):
    """Its letters, order and prefetch apart, or why it is not row-stationary. `loops`
    has for operands O, W and I those of each memory, the innermost first."""
    def trips(dim, *memories):
        return math.prod(size for memory in memories for name, size in memory if name == dim)
    psums, filters, ifmaps = loops["O"], loops["W"], loops["I"]
    tile = psums[0] + psums[1]
    e, r, t = (spatial(placement, dim) for dim in ("OY", "C", "K"))
    if any(spatial(placement, dim) > 1 for dim in ("B", "OX", "FX")):
        return "images or columns are side by side in the array"
    if spatial(placement, "FY") < layer.R:
        return "the rows of a filter are not side by side in the array"
    if trips("FX", filters[0]) < layer.S:
        return "a PE keeps less than a row of a filter"
    if trips("OX", psums[0]) > 1:
        return "psum spads keep columns of the ofmap while filters change"
    dims = [dim for dim, _ in ifmaps[0]]
    if "OX" in dims and set(dims[dims.index("OX"):]) != {"OX"}:
        return "ifmap spads keep columns while filters change"
    if trips("C", tile) * r < layer.C:
        return "psums leave the GLB before their last channel"
    p, q = trips("K", filters[0]), trips("C", filters[0])
    if q * r > layer.C:
        return f"q*r is {q * r}, its last sets of PEs idle in every pass"
    return {"n": trips("B", tile), "m": min(layer.M, trips("K", tile) * t),
            "h": min(layer.E, trips("OY", tile) * e), "f": trips("OX", tile),
            "c": min(layer.C, trips("C", ifmaps[0] + ifmaps[1]) * r),
            "e": e, "p": p, "q": q, "r": r, "t": t, "g": 1}


def to_loops(layer, mapping, machine):
    """A mapping of ours, or why it has no equal: its placement and the loops in a PE,
    of a pass and its strips with the same filters, of passes with the same ifmaps and
    channels, of tiles."""
    fields = dict(field.split("=") for field in mapping.split())
    n, m, h, f, c, e, p, q, r, t = (int(fields[key]) for key in "nmhfcepqrt")
    stacks_high = min(t, machine["rows"] // (layer.R * r))
    across = -(-t // stacks_high)
    if stacks_high * across != t or across * e > machine["columns"]:
        return f"{t} sets of {layer.R * r} x {e} PEs do not make a rectangle of whole columns"
    trips = []
    for dim, sizes in (("K", (1, p, p * t, m, layer.M)), ("C", (1, q, q * r, c, layer.C)),
                       ("OX", (1, f, layer.F)), ("OY", (e, h, layer.E)), ("B", (1, n, layer.N))):
        for inner, outer in zip(sizes, sizes[1:]):
            if outer % inner:
                return f"{inner} does not divide {outer} of {dim}"
        trips.append([outer // inner for inner, outer in zip(sizes, sizes[1:])])
    (kp, _, km, kt), (cq, _, cm, ct), (xf, xt), (ys, yt), (bn, bt) = trips
    tile = {"m": ["K", kt], "n": ["B", bt], "h": ["OY", yt], "f": ["OX", xt], "c": ["C", ct]}
    return {"placement": {"D1": [f"OY, {e}", f"K, {across}"],
                          "D2": [f"FY, {layer.R}", f"C, {r}", f"K, {stacks_high}"]},
            "pe": [["FX", layer.S], ["C", cq], ["K", kp]],
            "pass": [["OX", xf], ["B", bn], ["OY", ys]], "glb": [["K", km], ["C", cm]],
            "tile": [tile[loop] for loop in reversed(fields["order"][1:6])]}
