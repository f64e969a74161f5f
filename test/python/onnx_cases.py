"""ONNX's own node tests, as the package onnx holds them."""

import json
import pathlib

import numpy as np
import onnx
from onnx import numpy_helper

from onnx_operators import CLASS_OF

FOLDER = pathlib.Path(onnx.__file__).parent / "backend" / "test" / "data" / "node"
# The tolerances of onnx.backend.test, where a case does not state its own.
RTOL, ATOL = 1e-3, 1e-7


class Case:
    """One node test: a model, and inputs with the outputs they must give."""

    def __init__(self, folder):
        self.folder = folder
        self.name = folder.name
        self.model = onnx.load(folder / "model.onnx")
        self.ops = {node.op_type for node in self.model.graph.node}
        self.op = self._operator()

    def _operator(self):
        """The operator that is tested: of an expanded function the function."""
        name, expanded, _ = self.name.partition("_expanded")
        if expanded and (self.folder.parent / name / "model.onnx").exists():
            return onnx.load(self.folder.parent / name / "model.onnx").graph.node[0].op_type
        return self.model.graph.node[0].op_type

    def counts(self):
        """Whether all operators are of the list."""
        domains = {node.domain for node in self.model.graph.node}
        return self.op in CLASS_OF and self.ops <= set(CLASS_OF) and domains <= {"", "ai.onnx"}

    def tolerances(self):
        file = self.folder / "data.json"
        stated = json.loads(file.read_text()) if file.exists() else {}
        return stated.get("rtol", RTOL), stated.get("atol", ATOL)

    def data_sets(self):
        folders = sorted(self.folder.glob("test_data_set_*"))
        assert folders, f"{self.name} has no data"
        for data in folders:
            yield (read_values(data, "input", self.model.graph.input),
                   read_values(data, "output", self.model.graph.output))


class NotTensor(Exception):
    """A value is a sequence or an optional."""


def read_values(folder, kind, infos):
    values = []
    for k, info in enumerate(infos):
        if not info.type.HasField("tensor_type"):
            raise NotTensor(f"{kind} '{info.name}' is no tensor")
        tensor = onnx.TensorProto.FromString((folder / f"{kind}_{k}.pb").read_bytes())
        value = numpy_helper.to_array(tensor)
        if info.type.tensor_type.elem_type == onnx.TensorProto.BFLOAT16:
            # The files have the bits, as uint16.
            value = numpy_helper.bfloat16_to_float32(value.view(np.uint16), value.shape)
        values.append(value)
    return values


def load_cases():
    """All tests that count, by name."""
    cases = (Case(folder) for folder in sorted(FOLDER.iterdir())
             if (folder / "model.onnx").exists())
    return [case for case in cases if case.counts()]
