"""Mapping problems as text of rs, and what rowlock-opt makes of them."""

import dataclasses
import re
import struct

from tools import run
from without_data import random_input


@dataclasses.dataclass
class Problem:
    """One rs.mapping_problem; `attributes` are its text but for objectives."""

    name: str
    attributes: str

    def text(self, objectives, **more):
        extra = "".join(f", {key} = {value}" for key, value in more.items())
        return (f'rs.mapping_problem "{self.name}" {{{self.attributes}, '
                f'objectives = "{objectives}"{extra}}}')


def sized(name, ifmap, filters, stride=1):
    """A layer with stored padding: ifmap and filter sizes."""
    return Problem(name, f"ifmap = array<i64: {', '.join(map(str, ifmap))}>, "
                         f"filter = array<i64: {', '.join(map(str, filters))}>, "
                         f"strides = array<i64: {stride}, {stride}>")


def module(texts, target, fields=""):
    lines = "\n".join(texts)
    return f'module attributes {{rs.target = #rs.target<"{target}", {{{fields}}}>}} {{\n{lines}\n}}\n'


def parsed(text):
    """Name, mapping, values and certificate of every problem of a solved module."""
    result = []
    for line in text.splitlines():
        if "rs.mapping_problem" not in line:
            continue
        values = re.search(r" values = array<f64: ([^>]*)>", line)[1]
        certificate = re.search(r"certificate = {([^}]*)}", line)[1]
        result.append({
            "name": re.search(r'mapping_problem "([^"]*)"', line)[1],
            "mapping": re.search(r'#rs.mapping<"([^"]*)">', line)[1],
            "values": [number(value) for value in values.split(", ")],
            "certificate": {key: number(value.split(" : ")[0])
                            for key, value in (entry.split(" = ")
                                               for entry in certificate.split(", "))}})
    return result


def number(text):
    """MLIR prints some floats by their bits."""
    if text.startswith("0x"):
        return struct.unpack(">d", bytes.fromhex(text[2:]))[0]
    return float(text)


def solve(texts, target, folder, measure=0, fields=""):
    file = folder / "problems.mlir"
    file.write_text(module(texts, target, fields))
    return parsed(run("opt", file, f"--rs-solve-mapping-problems=measure={measure}"))


def mapped(model, folder, target, name):
    """A network as a module of rs."""
    file = folder / f"{name}.mlir"
    run("compile", model, f"--target={target}", "--random-weights=1", "--quiet",
        f"--calibrate={random_input(model, folder)}", "--emit=rs", "-o", file)
    return file


def extracted(module_file, objectives):
    """The distinct problems of a network, as lines of text."""
    text = run("opt", module_file, f"--rs-extract-mapping-problems=objectives={objectives}")
    return [line.strip() for line in text.splitlines() if "rs.mapping_problem" in line]
