"""Runs inside AccelForge's environment: its search for the mapping of least energy.
peer_accelforge.py QUESTION ANSWER, both JSON; peers.py documents them."""

import json
import pathlib
import sys
import tempfile
import time

import accelforge
import yaml
from accelforge.mapper.FFM.main import join_pmappings, make_pmappings
from accelforge.model.main import evaluate_mapping

# Its rank variables by the dimensions of rowstationary.py.
RANKS = {"B": "n", "K": "m", "C": "c", "OY": "p", "OX": "q", "FY": "r", "FX": "s"}
DIMENSIONS = {rank: dim for dim, rank in RANKS.items()}
SIDES = {"columns": "D1", "rows": "D2"}


class Node(dict):
    """A YAML mapping with a tag."""

    def __init__(self, tag, **fields):
        super().__init__(fields)
        self.tag = tag


class Dumper(yaml.SafeDumper):
    pass


Dumper.add_representer(Node, lambda dumper, node: dumper.represent_mapping(node.tag, dict(node)))


def memory(name, words, read, write, tensors, bits):
    """Energies are of one word."""
    return Node("!Memory", name=name, size=words if words == "inf" else words * bits, area=0,
                leak_power=0, total_latency=0, bits_per_action=bits, tensors={"keep": tensors},
                actions=[{"name": "read", "energy": read, "latency": 0},
                         {"name": "write", "energy": write, "latency": 0}])


def architecture(machine, layer):
    """A delivery over the array's networks is a write to an ifmap or filter spad;
    filters do not pass the GLB. Ofmap rows are side by side in columns, filter rows,
    channels and filters in rows."""
    rf, hop, glb, dram = (machine["energy"][key] for key in ("rf", "array", "glb", "dram"))
    spads, bits = machine["spads"], machine["bits"]
    def only(ranks):
        return {"expression": f"~({ranks})", "operator": "==", "value": 1}
    array = Node("!Container", name="Array", spatial=[
        {"name": "columns", "fanout": machine["columns"], "min_usage": 1,
         "loop_bounds": [only("p")]},
        {"name": "rows", "fanout": machine["rows"], "min_usage": 1,
         "loop_bounds": [only("r | c | m"), {"expression": "r", "operator": "==",
                                             "value": layer["R"]}]}])
    compute = Node("!Compute", name="MAC", area=0, leak_power=0, total_latency=1, actions=[
        {"name": "compute", "energy": machine["energy"]["mac"], "latency": 0}])
    return {"arch": {"nodes": [
        memory("DRAM", "inf", dram, dram, "All", bits),
        memory("GLB", machine["glb_words"], glb, glb, "input | output", bits), array,
        memory("FilterSpad", spads["filter"], rf, hop, "weight", bits),
        memory("IfmapSpad", spads["ifmap"], rf, hop, "input", bits),
        memory("PsumSpad", spads["psum"], rf, rf, "output", bits), compute]}}


def workload(layer, bits):
    U, sizes = layer["U"], zip("nmcpqrs", "NMCEFRS")
    return {"workload": {"bits_per_value": {"All": bits}, "einsums": [{
        "einsum": f"O[n, m, p, q] = I[n, c, H: {U}*p + r, W: {U}*q + s] * F[m, c, r, s]",
        "iteration_space_shape": [f"0 <= {rank} < {layer[key]}" for rank, key in sizes],
        "renames": {"input": "I", "output": "O", "weight": "F"}}]}}


def storage(component, *tensors):
    return Node("!Storage", tensors=list(tensors), component=component)


def nest(stated):
    """The mapping that `rowstationary.to_loops` states, as nodes outermost first."""
    left, nodes = {dim: 1 for dim in RANKS}, [Node("!Compute", einsum="O", component="MAC")]

    def loops(pairs, tag="!Temporal", **more):
        for dim, size in pairs:
            nodes.insert(0, Node(tag, rank_variable=RANKS[dim], tile_shape=left[dim], **more))
            left[dim] *= size

    def place(*storages):
        nodes[:0] = storages

    loops(stated["pe"])
    place(storage("PsumSpad", "O"))
    columns, *strips = stated["pass"]
    loops([columns])
    place(storage("IfmapSpad", "I"))  # above the columns: its window slides over them
    loops(strips)
    place(storage("FilterSpad", "F"))
    for name, side in reversed(SIDES.items()):
        pairs = [text.split(", ") for text in stated["placement"][side]]
        loops([(dim, int(size)) for dim, size in pairs], "!Spatial", name=name, component="Array")
    loops(stated["glb"])
    channels, *outer = stated["tile"]
    held = outer[0][0] == "K"  # the ifmaps of a tile stay for all filters
    if not held:
        place(storage("GLB", "I"))
    loops([channels])
    place(storage("GLB", "O"))
    if held:
        loops([outer.pop(0)])
        place(storage("GLB", "I"))
    loops(outer)
    place(storage("DRAM", "I", "F", "O"))
    return {"mapping": {"nodes": nodes}}


def specification(folder, *parts):
    files = []
    for k, part in enumerate(parts):
        files.append(folder / f"{k}.yaml")
        files[-1].write_text(yaml.dump(part, Dumper=Dumper, sort_keys=False))
    spec = accelforge.Spec.from_yaml(*map(str, files))
    spec.mapper.metrics = accelforge.Metrics.ENERGY
    return spec


def loops_of(mapping, sizes):
    """Placement and loops of each memory, innermost first, as rowstationary.py has them."""
    placement, operands = {"D1": [], "D2": []}, {"O": "O", "I": "I", "F": "W"}
    levels = {operand: [] for operand in operands.values()}
    left = dict(sizes)
    for node in mapping.nodes:
        kind = type(node).__name__
        if kind == "Storage":
            for tensor in node.tensors:
                levels[operands[str(tensor)]].insert(0, [])
        if kind not in ("Temporal", "Spatial"):
            continue
        (rank,) = {str(rank) for rank in [node.rank_variable]}
        trips = -(-left[rank] // int(node.tile_shape))
        left[rank] = int(node.tile_shape)
        if kind == "Spatial":
            placement[SIDES[str(node.name)]].append(f"{DIMENSIONS[rank]}, {trips}")
        else:
            for memories in levels.values():
                memories[0].insert(0, [DIMENSIONS[rank], trips])
    return placement, levels


def search(spec):
    """The search itself: `map_workload_to_arch` would draw its result with Graphviz."""
    quiet = {"print_progress": False}
    partial = make_pmappings(spec, **quiet)
    return join_pmappings(partial, metrics=spec.mapper.metrics, **quiet)


def words_of(evaluation):
    """What moves, in words: from and to DRAM, psums into the GLB from the array,
    filters and ifmaps to PEs."""
    keys = {"dram_filters": ("DRAM", "F", "read"), "dram_ifmaps": ("DRAM", "I", "read"),
            "dram_ofmaps": ("DRAM", "O", "write"), "glb_psum_writes": ("GLB", "O", "write"),
            "filter_deliveries": ("FilterSpad", "F", "write"),
            "ifmap_deliveries": ("IfmapSpad", "I", "write")}
    words = evaluation.actions(per_component=True, per_tensor=True)
    return {name: float(words[key]) for name, key in keys.items()}


def evaluated(layer, parts, folder):
    """Energy and words of the mapping that the question states, if any."""
    if not layer["stated"]:
        return {"stated": None}
    evaluation = specification(folder, *parts, nest(layer["stated"])).evaluate_mapping()
    return {"stated": float(evaluation.energy()), "words": words_of(evaluation)}


def searched(layer, parts, folder):
    """The search's CPU seconds; its mapping and that one's energy."""
    spec, begin = specification(folder, *parts), time.process_time()
    best = search(spec)
    seconds = time.process_time() - begin
    spec.mapping = best.data.iloc[0]["Total<SEP>mapping"](_for_model=True)
    energy = evaluate_mapping(spec, flattened_arches=best.flattened_arches,
                              evaluated_specs=best.evaluated_specs).energy()
    sizes = dict(zip("nmcpqrs", (layer[key] for key in "NMCEFRS")))
    placement, loops = loops_of(best.mapping(), sizes)
    return {"seconds": seconds, "energy": float(energy), "placement": placement, "loops": loops}


def answer(layer, machine, folder):
    parts = architecture(machine, layer), workload(layer, machine["bits"])
    return {**evaluated(layer, parts, folder),
            **(searched(layer, parts, folder) if layer["search"] else {})}


def main():
    accelforge.set_n_parallel_jobs(1)
    question = json.loads(pathlib.Path(sys.argv[1]).read_text())
    with tempfile.TemporaryDirectory() as folder:
        answers = [answer(layer, question["machine"], pathlib.Path(folder))
                   for layer in question["layers"]]
    pathlib.Path(sys.argv[2]).write_text(json.dumps(answers, indent=1))


if __name__ == "__main__":
    main()
