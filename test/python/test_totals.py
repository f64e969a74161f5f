"""MACs and weights of networks, against the figures that are published."""

import onnx
import pytest

import networks
from tools import DATA, needs_data, run


def totals(model, folder, kernels=("Conv", "MatMul")):
    """(MACs, weights) of the layers with these kernels."""
    onnx.save(model, folder / "m.onnx")
    report = run("compile", folder / "m.onnx", "--device=cpu", "--emit=report", "-o", "-")
    rows = [line.split() for line in report.splitlines()[2:-1]]
    rows = [row for row in rows if row[1] in kernels]
    # name, kernel, shape > shape, MACs, weights
    return tuple(sum(int(row[k]) for row in rows) for k in (5, 6))


def test_alexnet(tmp_path):
    macs, weights = totals(networks.alexnet(classify=False), tmp_path, ["Conv"])
    assert (macs, weights) == (665_784_864, 2_332_704)


def test_vgg16(tmp_path):
    macs, weights = totals(networks.vgg16(classify=False), tmp_path, ["Conv"])
    assert (macs, weights) == (15_346_630_656, 14_710_464)


def test_lenet5(tmp_path):
    assert totals(networks.lenet5(), tmp_path, ["Conv"]) == (117_600 + 240_000, 150 + 2_400)
    assert totals(networks.lenet5(), tmp_path, ["MatMul"]) == (58_920, 58_920)


@needs_data
@pytest.mark.parametrize("moved, macs", [(False, 4_089_184_256), (True, 3_857_973_248)])
def test_resnet50(moved, macs, tmp_path):
    model = onnx.load(DATA / "models" / "topologies" / "light_resnet50.onnx")
    model = networks.stride_in_1x1(model) if moved else model
    assert totals(model, tmp_path)[0] == macs
