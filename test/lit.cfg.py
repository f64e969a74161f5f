"""The lit suite: every .mlir, .test and .onnx.test file under test/.

`--param roundtrip=1` sends every input of rowlock-opt through text and bytecode
first, so that all that is tested also prints and parses.
"""

import os

import lit.formats
import lit.llvm

config.name = "Rowlock"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test"]
config.excludes = ["unit", "lib", "python", "Inputs"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.rowlock_build, "test")

tools = os.path.join(config.rowlock_build, "bin")
path = [tools, config.llvm_tools, config.environment.get("PATH", os.environ["PATH"])]
config.environment["PATH"] = os.pathsep.join(path)

opt = os.path.join(tools, "rowlock-opt")
if lit_config.params.get("roundtrip"):
    opt += " --verify-roundtrip"
config.substitutions.append((r"\browlock-opt\b", opt))
config.substitutions.append(("%shared", config.shared))
if os.path.isdir(config.shared):
    config.available_features.add("shared")
else:
    lit_config.note("../shared is missing: tests on its models are skipped")
