#!/usr/bin/env python3
"""Holds the tree to the rules of the house.

Path law: a pass, its source and its tests have one name. Borders: a library
includes only what cmake/borders.txt allows it. Words: what no file may say.
Prints one line `file:line: reason` for each violation and exits with 1.
"""

import argparse
import pathlib
import re
import subprocess
import sys
from typing import Iterator, NamedTuple, Optional

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCES = {".c", ".cpp", ".h", ".py", ".td", ".def", ".fbs", ".cmake", ".sh"}
LONGEST = 500

# Libraries of plain C++, and those that may use LLVM but not MLIR.
PLAIN = {"Support", "Numerics", "Target", "Timing", "Program", "Runtime", "Simulator", "Input"}
NO_MLIR = PLAIN | {"TargetYAML", "Mapping"}
# Start of an include, and the libraries that may have it.
FOREIGN = {
    "onnx/": {"FrontendONNX", "Reduce"},
    "google/protobuf/": {"FrontendONNX", "Reduce"},
    "png.h": {"Input"},
    "jpeglib.h": {"Input"},
}

UNDONE = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX)\b")
REGISTRY = re.compile(
    r"\b(?:debian|ubuntu|pypi|pythonhosted|npmjs|crates|golang|docker)\.(?:org|com|io|net)\b")
MACHINE_PATH = re.compile(r"(?<![\w.$}>*-])/(?:work|root|home|Users|mnt)/\w")
LOCAL_LINK = re.compile(r"\]\((?!\w+:|#)([^)\s#]+)(?:#[^)\s]*)?\)")
PASS = re.compile(r'^def\s+(\w+)\s*:\s*(?:InterfacePass|Pass)<\s*"([^"]+)"', re.M)
INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]', re.M)
LIBRARY = re.compile(r"add_rowlock(?:_llvm)?_library\(\s*(\w+)")
NOT_IN_LIB = re.compile(
    r"\bstd::(?:cout|cerr|getenv|exit|abort)\b|(?<![\w.>:])(?:f?printf|puts|getenv|exit|abort)\s*\("
    r"|\b(?:llvm::)?(?:outs|errs)\(\)|\bPassWrapper\b")


class Violation(NamedTuple):
    file: str
    line: int
    reason: str

    def __str__(self):
        return f"{self.file}:{self.line}: {self.reason}"


def kebab(name: str) -> str:
    """FoldBatchNorm -> fold-batch-norm, NNToRS -> nn-to-rs."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z0-9])(?=[A-Z][a-z])", "-", name).lower()


def line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


class Tree:
    """The files of a checkout, by their path from its root."""

    def __init__(self, root: pathlib.Path):
        self.root = root
        if (root / ".git").exists():
            listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, check=True,
                                    capture_output=True, text=True).stdout.split("\0")
            names = [name for name in listed if name]
        else:
            names = [path.relative_to(root).as_posix() for path in root.rglob("*")]
        self.files = sorted(name for name in names if (root / name).is_file())

    def text(self, file: str) -> Optional[str]:
        try:
            return (self.root / file).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            return None

    def exists(self, file: str) -> bool:
        return (self.root / file).exists()

    def under(self, folder: str, *suffixes: str) -> Iterator[str]:
        for file in self.files:
            if file.startswith(folder) and file.endswith(suffixes):
                yield file


# --- the path law -----------------------------------------------------------


def pass_places(folder: str, name: str):
    """The prefix of a pass in `folder`, and the folder of its source and tests."""
    parts = folder.split("/")
    if parts[0] == "Dialect":
        return parts[1].lower() + "-", folder
    if parts[0] == "Conversion":
        return "convert-", f"{folder}/{name}"
    return "nn-", folder


def check_path_law(tree: Tree) -> Iterator[Violation]:
    known = {}
    for table in tree.under("include/rowlock/", "/Passes.td"):
        folder = table[len("include/rowlock/"):-len("/Passes.td")]
        text = tree.text(table)
        for match in PASS.finditer(text):
            name, argument = match.groups()
            here = line_of(text, match.start())
            prefix, place = pass_places(folder, name)
            known.setdefault(place, set()).add(kebab(name))
            if argument != prefix + kebab(name):
                yield Violation(table, here, f"pass '{argument}' of {name} should be "
                                f"'{prefix + kebab(name)}'")
            source = f"lib/{place}/{name}.cpp"
            if not tree.exists(source):
                yield Violation(table, here, f"{source} of pass {name} is missing")
                continue
            tests = [f"test/{place}/{kebab(name)}.mlir"]
            if re.search(r"\bemit(?:Op)?Error\b", tree.text(source)):
                tests.append(f"test/{place}/{kebab(name)}-errors.mlir")
            for test in tests:
                if not tree.exists(test):
                    yield Violation(source, 1, f"{test} of pass {name} is missing")
    for source in tree.under("lib/", ".cpp"):
        text = tree.text(source)
        match = re.search(r"^#define GEN_PASS_DEF_(\w+)", text, re.M)
        if match and match.group(1) != pathlib.PurePath(source).stem.upper():
            yield Violation(source, line_of(text, match.start()),
                            f"defines the pass {match.group(1)}, whose name it should have")
    for place, names in known.items():
        for test in tree.under(f"test/{place}/", ".mlir"):
            stem = pathlib.PurePath(test).stem
            if not any(stem == name or stem.startswith(name + "-") for name in names):
                yield Violation(test, 1, "no pass of include/rowlock has this test's name")


# --- borders ----------------------------------------------------------------


class Borders:
    """Which library a folder is, and whom it may use."""

    def __init__(self, tree: Tree):
        self.allowed, self.folders = {}, {}
        for line in tree.text("cmake/borders.txt").splitlines():
            if re.match(r"[A-Za-z]", line):
                name, used = line.split(":")
                self.allowed[name] = set(used.split())
        for file in tree.files:
            match = re.fullmatch(r"(?:lib|test/lib)/(.+)/CMakeLists\.txt", file)
            library = match and LIBRARY.search(tree.text(file))
            if library:
                self.folders[match.group(1)] = library.group(1)

    def of_header(self, path: str) -> set:
        """The libraries that share the header rowlock/PATH."""
        folder = path.rpartition("/")[0]
        if folder in self.folders:
            return {self.folders[folder]}
        alone = self.folders.get(path.split(".")[0])
        if alone:
            return {alone}
        return {name for below, name in self.folders.items() if below.startswith(folder + "/")}

    def may_use(self, user: str, owners: set) -> bool:
        allowed = self.allowed.get(user, set())
        return user in owners or "*" in allowed or bool(owners & allowed)


def check_include(path: str, user: str, borders: Borders) -> Optional[str]:
    if ".." in path.split("/"):
        return f"include '{path}' leaves its folder"
    top = path.split("/")[0]
    if top == "rowlock":
        owners = borders.of_header(path[len("rowlock/"):])
        if not borders.may_use(user, owners):
            return f"{user} may not use {'/'.join(sorted(owners)) or path} (cmake/borders.txt)"
    if top == "mlir" and user in NO_MLIR or top in ("llvm", "llvm-c") and user in PLAIN:
        return f"{user} may not include '{path}': it does without {top.upper()}"
    for start, users in FOREIGN.items():
        if path.startswith(start) and user not in users:
            return f"{user} may not include '{path}': only {', '.join(sorted(users))} may"
    return None


def check_borders(tree: Tree) -> Iterator[Violation]:
    borders = Borders(tree)
    for folder, library in borders.folders.items():
        if library not in borders.allowed:
            yield Violation(f"lib/{folder}/CMakeLists.txt", 1,
                            f"library {library} is not listed in cmake/borders.txt")
    for top in ("lib/", "include/rowlock/"):
        for file in tree.under(top, ".h", ".cpp", ".inc", ".def"):
            owners = borders.of_header(file[len(top):])
            if len(owners) != 1:
                continue
            (user,) = owners
            text = tree.text(file)
            for match in INCLUDE.finditer(text):
                reason = check_include(match.group(1), user, borders)
                if reason:
                    yield Violation(file, line_of(text, match.start(1)), reason)


# --- words, lengths, links --------------------------------------------------


def check_words(tree: Tree) -> Iterator[Violation]:
    for file in tree.files:
        text = tree.text(file)
        if text is None or file == "LICENSE":
            continue
        lines = text.split("\n")
        source = pathlib.PurePath(file).suffix in SOURCES
        if source and len(lines) - 1 > LONGEST:
            yield Violation(file, LONGEST + 1, f"{len(lines) - 1} lines exceed {LONGEST}")
        for number, line in enumerate(lines, 1):
            if UNDONE.search(line):
                yield Violation(file, number, "unfinished work is named in an issue, not here")
            if REGISTRY.search(line):
                yield Violation(file, number, "names the host of a registry")
            if MACHINE_PATH.search(line):
                yield Violation(file, number, "names a path of one machine")
            code = line.split("//")[0]
            if source and file.startswith("lib/") and NOT_IN_LIB.search(code):
                word = NOT_IN_LIB.search(code).group(0).rstrip("( ")
                yield Violation(file, number, f"'{word}' has no place in lib/")


def check_links(tree: Tree) -> Iterator[Violation]:
    for file in tree.under("", ".md"):
        text = tree.text(file)
        plain = re.sub(r"```.*?```|`[^`\n]*`", lambda m: re.sub(r"[^\n]", " ", m.group(0)),
                       text, flags=re.S)
        for match in LOCAL_LINK.finditer(plain):
            target = (tree.root / file).parent / match.group(1)
            if not target.exists():
                yield Violation(file, line_of(text, match.start()),
                                f"link to '{match.group(1)}', which does not exist")


def check(root: pathlib.Path) -> list:
    tree = Tree(root)
    found = []
    for rule in (check_path_law, check_borders, check_words, check_links):
        found.extend(rule(tree))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", nargs="?", type=pathlib.Path, default=ROOT,
                        help="the checkout to look at (this one)")
    found = check(parser.parse_args().root)
    for violation in found:
        print(violation)
    print(f"house: {len(found)} violations")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
