"""Beside other mappers, ZigZag and AccelForge: their search on a machine like
`eyeriss-v1`, described in their own terms, and ours; each mapping in both models
where it has an equal there. peer_NAME.py runs inside a peer's environment: reads
{"machine", "layers"}, writes for each layer the energy of its best mapping with
placement, loops and CPU seconds, and the energy of the stated mapping."""

import dataclasses
import json
import pathlib
import shutil
import subprocess
import sys
import types

import latency
import problems
import rowstationary
from tools import ROOT, start

FOLDER = ROOT / "build" / "peers"
TIMEOUT = 400  # seconds of a peer's run
MACHINE = {"rows": 12, "columns": 14, "bits": 16, "glb_words": 25 * 2048,
           "spads": {"ifmap": 12, "filter": 224, "psum": 24},
           "energy": {"mac": 1, "rf": 1, "array": 2, "glb": 6, "dram": 200}}
# Name, N, M, C, E = F, R = S; stride 1, padding stored; of two groups one.
LAYERS = [("AlexNet CONV2", 4, 128, 48, 27, 5), ("AlexNet CONV3", 4, 384, 256, 13, 3),
          ("AlexNet CONV4", 4, 192, 192, 13, 3), ("AlexNet CONV5", 4, 128, 192, 13, 3),
          ("ResNet-50 conv3_x", 1, 128, 128, 28, 3), ("ResNet-50 conv4_x", 4, 256, 256, 14, 3)]
# The filter row's loop innermost, ZigZag tries all orders of so many loops.
FREE_LOOPS = 6


@dataclasses.dataclass
class Peer:
    name: str
    packages: tuple
    python: tuple  # the oldest it runs on
    how: str  # its search was limited
    searched: tuple  # names of layers

    @property
    def key(self):
        return self.name.lower()


PEERS = [
    # It imports six without saying so.
    Peer("ZigZag", ("zigzag-dse==3.9.1", "six"), (3, 11), f"{FREE_LOOPS} free loops",
         tuple(layer[0] for layer in LAYERS)),
    # Its search takes minutes.
    Peer("AccelForge", ("accelforge==1.0.467",), (3, 12), "its defaults", ("AlexNet CONV5",))]


def layers():
    for name, images, filters, channels, ofmap, size in LAYERS:
        yield types.SimpleNamespace(name=name, N=images, M=filters, C=channels, groups=1,
                                    H=ofmap - 1 + size, E=ofmap, F=ofmap, R=size, S=size, U=1)


def interpreter(oldest):
    """A Python at least so new; a LookupError if there is none."""
    check = f"import sys; sys.exit(sys.version_info < {oldest})"
    pyenv = sorted(pathlib.Path.home().glob(".pyenv/versions/*/bin/python3"))
    for python in (sys.executable, "python3.12", "python3.13", *map(str, pyenv)):
        found = shutil.which(python)
        if found and subprocess.run([found, "-c", check], check=False,
                                    capture_output=True).returncode == 0:
            return found
    raise LookupError(f"no Python {'.'.join(map(str, oldest))}")


def environment(peer):
    """Python of a virtual environment in build/peers that is made once; a LookupError
    or CalledProcessError where it cannot be."""
    folder = FOLDER / peer.key
    python, complete = folder / "bin" / "python", folder / "complete"
    if not complete.exists() or complete.read_text().split() != list(peer.packages):
        for command in ([interpreter(peer.python), "-m", "venv", "--clear", folder],
                        [python, "-m", "pip", "install", "--quiet", *peer.packages]):
            subprocess.run(command, check=True, capture_output=True, text=True)
        complete.write_text("\n".join(peer.packages))
    return python


def ask(peer, python, ours, folder):
    questions = []
    for layer, best in zip(layers(), ours):
        stated = rowstationary.to_loops(layer, best["mapping"], MACHINE)
        questions.append({**vars(layer), "loops": FREE_LOOPS + 1,
                          "search": layer.name in peer.searched,
                          "stated": None if isinstance(stated, str) else stated})
    question, answer = folder / "question.json", folder / "answer.json"
    question.write_text(json.dumps({"machine": MACHINE, "layers": questions}))
    subprocess.run([python, ROOT / "benchmarks" / "mapper" / f"peer_{peer.key}.py", question,
                    answer], check=True, capture_output=True, text=True, timeout=TIMEOUT)
    return json.loads(answer.read_text())


def predicted(layer, mapping, folder):
    """What it costs in our model, or why it is not legal."""
    (folder / "l.mlir").write_text(latency.module(layer, mapping))
    verified = start("opt", folder / "l.mlir")
    if verified.returncode:
        return verified.stderr.decode().splitlines()[0].split(" op ", 1)[-1]
    return latency.simulate(layer, mapping, folder)["predicted"]


def least(layer, answer, folder):
    """A peer's mapping as ours in the order of loops that suits it best: (its energy
    in our model, its text), or why it has no equal there."""
    letters = rowstationary.to_letters(layer, answer["placement"], answer["loops"])
    if isinstance(letters, str):
        return letters
    text = " ".join(f"{key}={value}" for key, value in letters.items())
    texts = [f"{text} order={order} prefetch=none" for order in ("gmnhfc/cms", "gnhfmc/cms")]
    costs = [(predicted(layer, each, folder), each) for each in texts]
    legal = [(cost["energy"], each) for cost, each in costs if not isinstance(cost, str)]
    return min(legal) if legal else f"{costs[0][0]} ({text})"


def add_search(claims, peer, layer, ours, answer, folder):
    """Times; energies of both mappings in our model."""
    name, seconds = f"{layer.name}, batch {layer.N}", ours["certificate"]["cpu_seconds"]
    ratio = answer["seconds"] / seconds
    claims.add(f"{name}: search of {peer.name} ({peer.how}), {answer['seconds']:.1f} s, over "
               f"ours, {1e3 * seconds:.2f} ms", ratio, "", "at least 100", ratio >= 100)
    energy, theirs = ours["values"][0] / 1e9, least(layer, answer, folder)
    if isinstance(theirs, str):
        claims.add(f"{name}: our energy in our model; {peer.name}'s mapping has no equal there: "
                   f"{theirs}", energy, "1e9 MACs", f"no more than {peer.name}'s", None)
    else:
        claims.add(f"{name}: our energy in our model, {peer.name}'s mapping "
                   f"{theirs[0] / 1e9:.4g}, {theirs[1]}", energy, "1e9 MACs", "no more",
                   energy <= theirs[0] / 1e9)
    best = answer["energy"] / 1e9
    if answer["stated"] is None:
        why = rowstationary.to_loops(layer, ours["mapping"], MACHINE)
        claims.add(f"{name}: energy of {peer.name}'s mapping in its model, in which we do not "
                   f"state ours: {why}", best, "1e9 MACs", "no less than ours", None)
    else:
        stated = answer["stated"] / 1e9
        claims.add(f"{name}: our mapping's energy in {peer.name}'s model, {energy:.4g} in ours, "
                   f"its own {best:.4g}", stated, "1e9 MACs", "no more", stated <= best)


def add_words(claims, peer, layer, cost, words):
    """Our mapping's words in both models; our DRAM counts are bytes."""
    ours = {f"dram_{kind}s": cost[f"dram_{kind}_bytes"] // 2
            for kind in ("filter", "ifmap", "ofmap")}
    ours = {key: ours.get(key) or cost[key] for key in words}
    unlike = "; ".join(f"{key} {words[key]:.0f}, here {count}" for key, count in ours.items()
                       if count != words[key])
    claims.add(f"{layer.name}, batch {layer.N}: words of our mapping as {peer.name} counts them, "
               f"{', '.join(words)}", unlike or "all equal", "", "all equal", not unlike)


def add_peer(claims, peer, ours, folder):
    """Its claims, or one that says why there are none."""
    def skip(reason):
        claims.add(f"beside {peer.name}: skipped: {reason}", "-", "",
                   "search 100 times shorter, energy no higher", None)
    try:
        python = environment(peer)
    except LookupError as error:
        return skip(error)
    except subprocess.CalledProcessError as error:
        return skip((error.stderr.strip() or str(error)).splitlines()[-1])
    try:
        answers = ask(peer, python, ours, folder)
    except subprocess.TimeoutExpired:
        return skip(f"its search takes more than {TIMEOUT} s")
    for layer, best, answer in zip(layers(), ours, answers, strict=True):
        if layer.name in peer.searched:
            add_search(claims, peer, layer, best, answer, folder)
        if answer["stated"] is not None:
            cost = predicted(layer, best["mapping"], folder)
            add_words(claims, peer, layer, cost, answer["words"])


def add(claims, folder):
    texts = [problems.sized(layer.name, (layer.N, layer.C, layer.H, layer.H),
                            (layer.M, layer.C, layer.R, layer.S)).text("energy")
             for layer in layers()]
    ours = problems.solve(texts, "eyeriss-v1", folder, measure=5)
    for peer in PEERS:
        add_peer(claims, peer, ours, folder)
