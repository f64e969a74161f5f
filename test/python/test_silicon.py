"""The simulator's events against the fabricated chip's (hardware.md, section 4)."""

import numpy as np
import pytest

import silicon
from tools import needs_data


@needs_data
@pytest.mark.parametrize("number", range(5))
def test_alexnet(number, tmp_path):
    layer = silicon.layers()[number]
    raw, coded, ofmaps = silicon.simulate(layer, tmp_path)
    expected, chip = layer.formulas(), layer.measured
    assert (raw["counts"]["active_pes"], silicon.glb_bytes(raw), silicon.dram_bytes(raw)) == \
        tuple(expected.values())
    assert raw["counts"]["active_pes"] == chip["active_pes"]
    assert abs(silicon.glb_bytes(raw) / 1e6 / chip["glb_mb"] - 1) <= 0.005
    assert abs(silicon.dram_bytes(coded) / 1e6 / chip["dram_mb"] - 1) <= 0.15
    processing, latency = silicon.milliseconds(coded)
    assert abs(processing / chip["processing_ms"] - 1) <= 0.05
    assert abs(latency / chip["latency_ms"] - 1) <= 0.1
    for key, (closed, _) in silicon.coded_bytes(layer, ofmaps, tmp_path).items():
        assert coded["counts"][key] == closed < raw["counts"][key]
    # Coding changes what goes over the link, and nothing else.
    for key, count in raw["counts"].items():
        assert key.startswith("dram_") or coded["counts"][key] == count
    assert abs(np.mean(ofmaps == 0) - silicon.ZEROS[layer.name] / 100) < 0.01
    assert np.array_equal(ofmaps, silicon.judge(layer, tmp_path))
