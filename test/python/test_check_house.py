"""Each rule of scripts/check_house.py against a small tree that breaks it."""

import os
import pathlib
import sys

import pytest

ROOT = pathlib.Path(os.environ.get("ROWLOCK_ROOT", pathlib.Path(__file__).parents[2]))
sys.path.insert(0, str(ROOT / "scripts"))
import check_house  # noqa: E402

GOOD = {
    "cmake/borders.txt": "# borders\nSupport:\nMapping: Support\nNNIR:\nNNTransforms: NNIR\n"
                         "NNToRS: NNIR\nPipelines: *\n",
    "lib/Support/CMakeLists.txt": "add_rowlock_library(Support)",
    "lib/Mapping/CMakeLists.txt": "add_rowlock_library(Mapping SOURCES Verify.cpp USES Support)",
    "lib/Mapping/Verify.cpp": '#include "rowlock/Support/Result.h"\n#include "Geometry.h"\n',
    "lib/Dialect/NN/IR/CMakeLists.txt": "add_rowlock_llvm_library(NNIR SOURCES NN.cpp)",
    "lib/Dialect/NN/Transforms/CMakeLists.txt":
        "add_rowlock_llvm_library(NNTransforms SOURCES FoldBatchNorm.cpp\n  USES NNIR)",
    "lib/Dialect/NN/Transforms/FoldBatchNorm.cpp":
        '#define GEN_PASS_DEF_FOLDBATCHNORM\n#include "mlir/IR/Builders.h"\n'
        '#include "rowlock/Dialect/NN/IR/NN.h"\n',
    "include/rowlock/Dialect/NN/Transforms/Passes.td":
        'def FoldBatchNorm : Pass<"nn-fold-batch-norm"> {\n}\n',
    "test/Dialect/NN/Transforms/fold-batch-norm.mlir": "// RUN: rowlock-opt %s\n",
    "lib/Conversion/NNToRS/CMakeLists.txt": "add_rowlock_llvm_library(NNToRS SOURCES NNToRS.cpp)",
    "lib/Conversion/NNToRS/NNToRS.cpp": '#include "rowlock/Conversion/Passes.h"\n',
    "include/rowlock/Conversion/Passes.td": 'def NNToRS : Pass<"convert-nn-to-rs"> {\n}\n',
    "test/Conversion/NNToRS/nn-to-rs.mlir": "// RUN: rowlock-opt %s\n",
    "README.md": "See [the law](cmake/borders.txt#top) and `[not](a-link)`.\n",
}
TEST = "test/Dialect/NN/Transforms/fold-batch-norm.mlir"
PASS = "lib/Dialect/NN/Transforms/FoldBatchNorm.cpp"
TABLE = "include/rowlock/Dialect/NN/Transforms/Passes.td"


def violations(folder, changes):
    for name, text in {**GOOD, **changes}.items():
        if text is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    return [str(violation) for violation in check_house.check(folder)]


def test_a_good_tree_has_no_violation(tmp_path):
    assert violations(tmp_path, {}) == []


@pytest.mark.parametrize("name, words", [
    ("FoldBatchNorm", "fold-batch-norm"), ("NNToRS", "nn-to-rs"),
    ("AllocateGLB", "allocate-glb"), ("LowerConv2D", "lower-conv2d"),
])
def test_kebab(name, words):
    assert check_house.kebab(name) == words


BROKEN = [
    # The path law.
    ({TABLE: 'def FoldBatchNorm : Pass<"nn-fold-bn"> {\n}\n'},
     f"{TABLE}:1: pass 'nn-fold-bn' of FoldBatchNorm should be 'nn-fold-batch-norm'"),
    ({PASS: None}, f"{TABLE}:1: {PASS} of pass FoldBatchNorm is missing"),
    ({TEST: None}, f"{PASS}:1: {TEST} of pass FoldBatchNorm is missing"),
    ({PASS: "op.emitOpError();\n"},
     f"{PASS}:1: test/Dialect/NN/Transforms/fold-batch-norm-errors.mlir of pass FoldBatchNorm is missing"),
    ({"lib/Dialect/NN/Transforms/Other.cpp": "\n#define GEN_PASS_DEF_THIS\n"},
     "lib/Dialect/NN/Transforms/Other.cpp:2: defines the pass THIS, whose name it should have"),
    ({"test/Dialect/NN/Transforms/stray.mlir": ""},
     "test/Dialect/NN/Transforms/stray.mlir:1: no pass of include/rowlock has this test's name"),
    # Borders.
    ({"lib/Support/Up.cpp": '\n#include "rowlock/Mapping/Mapping.h"\n'},
     "lib/Support/Up.cpp:2: Support may not use Mapping (cmake/borders.txt)"),
    ({"include/rowlock/Mapping/Mapping.h": '#include "mlir/IR/Value.h"\n'},
     "include/rowlock/Mapping/Mapping.h:1: Mapping may not include 'mlir/IR/Value.h': it does without MLIR"),
    ({"lib/Support/L.cpp": '#include "llvm/ADT/APInt.h"\n'},
     "lib/Support/L.cpp:1: Support may not include 'llvm/ADT/APInt.h': it does without LLVM"),
    ({"lib/Mapping/P.cpp": "#include <onnx/onnx_pb.h>\n"},
     "lib/Mapping/P.cpp:1: Mapping may not include 'onnx/onnx_pb.h': only FrontendONNX, Reduce may"),
    ({"lib/Mapping/R.cpp": '#include "../Support/Secret.h"\n'},
     "lib/Mapping/R.cpp:1: include '../Support/Secret.h' leaves its folder"),
    ({"lib/Extra/CMakeLists.txt": "add_rowlock_library(Extra)"},
     "lib/Extra/CMakeLists.txt:1: library Extra is not listed in cmake/borders.txt"),
    # Words, lengths, links.
    ({"docs/a.md": "fine\nTO" "DO: later\n"},
     "docs/a.md:2: unfinished work is named in an issue, not here"),
    ({"docs/a.md": "from py" "pi.org\n"}, "docs/a.md:1: names the host of a registry"),
    ({"docs/a.md": "in /" "home/me/x\n"}, "docs/a.md:1: names a path of one machine"),
    ({"lib/Mapping/Say.cpp": 'std::cout << "x"; // fine: printf(\n'},
     "lib/Mapping/Say.cpp:1: 'std::cout' has no place in lib/"),
    ({"lib/Mapping/Long.cpp": "\n" * 501}, "lib/Mapping/Long.cpp:501: 501 lines exceed 500"),
    ({"README.md": "\n[x](missing.md)\n"},
     "README.md:2: link to 'missing.md', which does not exist"),
]


@pytest.mark.parametrize("changes, expected", BROKEN)
def test_a_broken_rule_is_named(tmp_path, changes, expected):
    assert violations(tmp_path, changes) == [expected]


def test_unchecked_words_stay_free(tmp_path):
    changes = {
        "lib/Mapping/Verify.cpp": "snprintf(a, n, f); problem.exit(); // getenv() no\n",
        "lib/Conversion/NNToRS/NNToRS.cpp": '#include "mlir/Pass/Pass.h"\n',
        "LICENSE": "any word\n",
    }
    assert violations(tmp_path, changes) == []
