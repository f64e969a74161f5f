"""The lit suite: every .mlir and .test file under test/.

`--param roundtrip=1` sends every input of rowlock-opt through text and bytecode
first, so that all that is tested also prints and parses.
"""

import os

import lit.formats

config.name = "Rowlock"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test"]
config.excludes = ["unit", "lib", "python", "fuzz", "Inputs"]
config.test_source_root = os.path.dirname(__file__)
roundtrip = bool(lit_config.params.get("roundtrip"))
# Folders of their own: both runs of the suite may be under way at once.
config.test_exec_root = os.path.join(
    config.rowlock_build, "test", "lit-roundtrip" if roundtrip else "lit")

tools = os.path.join(config.rowlock_build, "bin")
path = [tools, config.llvm_tools, config.environment.get("PATH", os.environ["PATH"])]
config.environment["PATH"] = os.pathsep.join(path)

opt = os.path.join(tools, "rowlock-opt")
if roundtrip:
    opt += " --verify-roundtrip"
config.substitutions.append((r"\browlock-opt\b", opt))
config.substitutions.append(("%shared", config.shared))
python = os.path.join(config.rowlock_source, ".venv", "bin", "python")
config.substitutions.append(("%python", python))
if os.path.isdir(config.shared):
    config.available_features.add("shared")
else:
    lit_config.note("../shared is missing: tests on its models are skipped")
