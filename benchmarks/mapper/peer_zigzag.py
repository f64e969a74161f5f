"""Runs inside ZigZag's environment: its search for the mapping of least energy.
peer_zigzag.py QUESTION ANSWER, both JSON; peers.py documents them."""

import json
import logging
import pathlib
import sys
import tempfile
import time

import yaml
from zigzag.mapping.data_movement import DataDirection
from zigzag.mapping.temporal_mapping import TemporalMappingType
from zigzag.stages.evaluation.cost_model_evaluation import CostModelStage
from zigzag.stages.main import MainStage
from zigzag.stages.mapping.spatial_mapping_generation import SpatialMappingGeneratorStage
from zigzag.stages.mapping.temporal_mapping_generator_stage import TemporalMappingGeneratorStage
from zigzag.stages.parser.accelerator_parser import AcceleratorParserStage
from zigzag.stages.parser.workload_parser import WorkloadParserStage
from zigzag.stages.results.reduce_stages import MinimalEnergyStage
from zigzag.stages.workload_iterator import WorkloadStage

STAGES = [WorkloadParserStage, AcceleratorParserStage, WorkloadStage, MinimalEnergyStage,
          SpatialMappingGeneratorStage, MinimalEnergyStage, TemporalMappingGeneratorStage,
          CostModelStage]


def memory(words, read, write, operands, served, bits):
    """One memory; energies are of one word. Operands I1 are ifmaps, I2 filters."""
    def port(kind, down, up):
        allocation = [f"{operand}, {way}" for operand in operands
                      for way in ([down, up] if operand == "O" else [down])]
        return {"name": f"{kind[0]}_port_1", "type": kind, "bandwidth_min": bits,
                "bandwidth_max": bits, "allocation": allocation}
    return {"size": words * bits, "r_cost": read, "w_cost": write, "area": 0, "latency": 1,
            "operands": operands, "served_dimensions": served,
            "ports": [port("read", "tl", "th"), port("write", "fh", "fl")]}


def accelerator(machine):
    """A delivery over the array's networks is a write to an ifmap or filter spad;
    filters do not pass the GLB."""
    rf, hop, glb, dram = (machine["energy"][key] for key in ("rf", "array", "glb", "dram"))
    spads, bits, whole = machine["spads"], machine["bits"], ["D1", "D2"]
    return {"name": "rows", "memories": {
        "ifmap_spad": memory(spads["ifmap"], rf, hop, ["I1"], [], bits),
        "filter_spad": memory(spads["filter"], rf, hop, ["I2"], [], bits),
        "psum_spad": memory(spads["psum"], rf, rf, ["O"], [], bits),
        "glb": memory(machine["glb_words"], glb, glb, ["I1", "O"], whole, bits),
        "dram": memory(2**32, dram, dram, ["I1", "I2", "O"], whole, bits)},
        "operational_array": {"unit_energy": machine["energy"]["mac"], "unit_area": 0,
                              "dimensions": whole,
                              "sizes": [machine["columns"], machine["rows"]]}}


def workload(layer, bits):
    U = layer["U"]
    return [{"id": 0, "name": layer["name"], "operator_type": "Conv",
             "equation": "O[b][k][oy][ox]+=W[k][c][fy][fx]*I[b][c][iy][ix]",
             "dimension_relations": [f"ix={U}*ox+1*fx", f"iy={U}*oy+1*fy"],
             "loop_dims": ["B", "K", "C", "OY", "OX", "FY", "FX"],
             "loop_sizes": [layer[key] for key in "NMCEFRS"],
             "operand_precision": {"W": bits, "I": bits, "O": bits, "O_final": bits},
             "operand_source": {"I": 0, "W": 0}}]


def placements(layer, machine):
    """Row-stationary ones: R rows of a PE set, r sets on channels, t on filters."""
    sets = machine["rows"] // layer["R"]
    columns = min(layer["E"], machine["columns"])
    for r in range(1, sets + 1):
        if sets % r == 0:
            yield {"D1": [f"OY, {columns}"],
                   "D2": [f"FY, {layer['R']}", f"C, {r}", f"K, {sets // r}"]}


def search(layer, machine, placement, order, loops, folder):
    """Best cost model evaluation over the orders of at most `loops` loops, of which
    `order` gives the innermost; all of them: one evaluation."""
    mapping = [{"name": "default", "spatial_mapping": placement,
                "temporal_ordering": order,
                "memory_operand_links": {"O": "O", "W": "I2", "I": "I1"}}]
    for name, data in (("accelerator", accelerator(machine)), ("mapping", mapping)):
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(data, sort_keys=False))
    stage = MainStage(
        STAGES, workload=workload(layer, machine["bits"]),
        accelerator=str(folder / "accelerator.yaml"), mapping=str(folder / "mapping.yaml"),
        loma_lpf_limit=loops, loma_show_progress_bar=False, nb_mappings_generated=1,
        access_same_data_considered_as_no_access=False,
        temporal_mapping_type=TemporalMappingType.UNEVEN)
    (best, _), = stage.run()
    return best


def loops_of(best):
    """Loops of each memory, innermost first, without the PEs' share."""
    temporal = best.mapping.temporal_mapping.mapping_dic_origin
    return {str(operand): [[[str(dim), int(size)] for dim, size in level] for level in levels]
            for operand, levels in temporal.items()}


def words_of(evaluation):
    """What moves, in words: from and to DRAM, psums into the GLB from the array,
    filters to PEs."""
    down, up, read = (DataDirection.WR_IN_BY_HIGH, DataDirection.WR_IN_BY_LOW,
                      DataDirection.RD_OUT_TO_LOW)
    words = {str(operand): memories for operand, memories in evaluation.memory_word_access.items()}
    return {"dram_filters": words["W"][1].get(read), "dram_ifmaps": words["I"][2].get(read),
            "dram_ofmaps": words["O"][2].get(up), "glb_psum_writes": words["O"][1].get(up),
            "filter_deliveries": words["W"][0].get(down)}


def evaluated(layer, machine, folder):
    """Energy and words of the mapping that the question states, if any."""
    stated = layer["stated"]
    if not stated:
        return {"stated": None}
    order = [loop for group in ("pe", "pass", "glb", "tile") for loop in stated[group]
             if loop[1] > 1]
    evaluation = search(layer, machine, stated["placement"], order, None, folder)
    return {"stated": evaluation.energy_total, "words": words_of(evaluation)}


def answer(layer, question, folder):
    """Best of the placements with filter rows innermost, as in any row-stationary
    mapping."""
    machine, found, begin = question["machine"], None, time.process_time()
    innermost = [["FX", layer["S"]]] if layer["S"] > 1 else []
    for placement in placements(layer, machine):
        best = search(layer, machine, placement, innermost, layer["loops"], folder)
        if found is None or best.energy_total < found[0].energy_total:
            found = best, placement
    seconds = time.process_time() - begin
    best, placement = found
    return {"seconds": seconds, "energy": best.energy_total, "placement": placement,
            "loops": loops_of(best), **evaluated(layer, machine, folder)}


def main():
    logging.disable(logging.CRITICAL)
    question = json.loads(pathlib.Path(sys.argv[1]).read_text())
    with tempfile.TemporaryDirectory() as folder:
        answers = [answer(layer, question, pathlib.Path(folder)) for layer in question["layers"]]
    pathlib.Path(sys.argv[2]).write_text(json.dumps(answers, indent=1))


if __name__ == "__main__":
    main()
