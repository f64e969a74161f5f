"""The simulator's events against the fabricated chip's (hardware.md, section 4)."""

import numpy as np
import pytest

import silicon
from tools import needs_data


@needs_data
@pytest.mark.parametrize("number", range(5))
def test_alexnet(number, tmp_path):
    layer = silicon.layers()[number]
    profile, ofmaps = silicon.simulate(layer, tmp_path)
    counts, expected = profile["counts"], layer.formulas()
    glb = counts["glb_ifmap_reads"] + counts["glb_psum_reads"] + counts["glb_psum_writes"]
    dram = sum(counts[f"dram_{kind}_bytes"] for kind in ("filter", "ifmap", "ofmap"))
    assert (counts["active_pes"], 2 * glb, dram) == tuple(expected.values())
    assert counts["active_pes"] == layer.measured["active_pes"]
    assert abs(2 * glb / 1e6 / layer.measured["glb_mb"] - 1) <= 0.005
    assert np.ptp(ofmaps) > 0 and np.array_equal(ofmaps, silicon.judge(layer, tmp_path))
