"""Mappings as loops of other mappers (benchmarks/mapper/rowstationary.py): the loops
run every multiply-accumulate once, and their letters are the mapping's again."""

import math
import sys
import types

import pytest

from tools import ROOT

sys.path.append(str(ROOT / "benchmarks" / "mapper"))
import rowstationary  # noqa: E402

LAYER = types.SimpleNamespace(N=4, M=128, C=48, groups=1, H=31, E=27, F=27, R=5, S=5, U=1)
MACHINE = {"rows": 12, "columns": 14}
TAIL = "g=1 order=gmnhfc/cms prefetch=none"


def memories(stated):
    """What ZigZag would say of it: PEs keep filters over a pass's strips, the GLB
    psums over all channels and ifmaps over a block's filters."""
    strips, passes = stated["pass"], stated["glb"]
    tile = dict(stated["tile"])
    channels = [["C", tile.pop("C")]]
    return {"O": [stated["pe"], strips + passes + channels, list(tile.items())],
            "W": [stated["pe"] + strips, passes + channels + list(tile.items())],
            "I": [stated["pe"], strips + passes, channels + list(tile.items())]}


@pytest.mark.parametrize("letters", [
    "n=1 m=64 h=27 f=27 c=4 e=3 p=16 q=2 r=2 t=4",
    "n=2 m=32 h=9 f=27 c=48 e=9 p=8 q=2 r=1 t=2",
    "n=4 m=16 h=3 f=9 c=2 e=1 p=4 q=1 r=2 t=4",
])
def test_there_and_back(letters):
    stated = rowstationary.to_loops(LAYER, f"{letters} {TAIL}", MACHINE)
    loops = [loop for group in ("pe", "pass", "glb", "tile") for loop in stated[group]]
    for dim, size in zip(("B", "K", "C", "OY", "OX", "FY", "FX"), (4, 128, 48, 27, 27, 5, 5)):
        trips = math.prod(count for name, count in loops if name == dim)
        assert trips * rowstationary.spatial(stated["placement"], dim) == size, dim
    back = rowstationary.to_letters(LAYER, stated["placement"], memories(stated))
    assert " ".join(f"{key}={value}" for key, value in back.items()) == f"{letters} g=1"


def pes(side):
    return math.prod(int(text.split(", ")[1]) for text in side)


def test_it_fits_the_array():
    stated = rowstationary.to_loops(
        LAYER, f"n=1 m=64 h=27 f=27 c=4 e=3 p=16 q=2 r=2 t=4 {TAIL}", MACHINE)
    assert (pes(stated["placement"]["D1"]), pes(stated["placement"]["D2"])) == (12, 10)


@pytest.mark.parametrize("letters, reason", [
    ("n=1 m=48 h=27 f=27 c=4 e=3 p=16 q=2 r=2 t=1", "48 does not divide 128 of K"),
    ("n=1 m=64 h=27 f=27 c=4 e=27 p=16 q=2 r=1 t=1",
     "1 sets of 5 x 27 PEs do not make a rectangle of whole columns"),
])
def test_what_cannot_be_stated(letters, reason):
    assert rowstationary.to_loops(LAYER, f"{letters} {TAIL}", MACHINE) == reason


def test_what_is_not_row_stationary():
    stated = rowstationary.to_loops(
        LAYER, f"n=1 m=64 h=27 f=27 c=4 e=3 p=16 q=2 r=2 t=4 {TAIL}", MACHINE)
    loops = memories(stated)
    loops["O"] = [loops["O"][0] + [["OX", 3]], *loops["O"][1:]]
    assert "columns of the ofmap" in rowstationary.to_letters(LAYER, stated["placement"], loops)
    loops["O"] = [stated["pe"], [], []]
    assert "last channel" in rowstationary.to_letters(LAYER, stated["placement"], loops)
