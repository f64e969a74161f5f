"""Measures the claims of the whole path on one network, mnist-8."""

import argparse
import gzip
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import numpy as np
import onnx
import onnxruntime
from onnx import numpy_helper

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "test" / "python")]
from claims import Claims  # noqa: E402
from test_compile import MODES  # noqa: E402
from tools import BIN, DIGITS, MNIST, run, start  # noqa: E402

MODEL = MNIST / "mnist-8.onnx"
CALIBRATED, IMAGES, ELEMENTS = 1000, 10000, 12036


def read_idx(path, header):
    with gzip.open(path) as stream:
        return np.frombuffer(stream.read(), np.uint8, offset=header)


def ort(model):
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(model.SerializeToString(), options,
                                           providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return lambda values: session.run(None, {name: values})[0]


def simulator_equals_evaluator(claims, folder):
    for mode, options in MODES.items():
        result = start("compile", MODEL, *options, f"--calibrate={DIGITS}", "--verify",
                       f"--verify-images={CALIBRATED}", "-o", folder / "m.rlk")
        said = result.stderr.decode()
        match = re.search(r"verified: (\d+) images, \d+ tensors, (\d+) elements equal", said)
        whole = match and (int(match[1]), int(match[2])) == (CALIBRATED, CALIBRATED * ELEMENTS)
        claims.add(f"sim equals evaluator, every tensor of mnist-8, {mode}",
                   f"{match[2]} equal on {match[1]} images" if match else said.strip(),
                   "integers", "0 differing on 1,000 images", whole and not result.returncode)


def difference(actual, expected):
    """Largest difference as a share of the expected output's range."""
    return float(np.abs(actual - expected).max() / max(np.ptp(expected), 1e-6))


def interpret(model, values, folder):
    run("translate", "--import-onnx", model, "-o", folder / "m.mlir")
    run("translate", "--interpret", folder / "m.mlir", f"--input={values}",
        f"--output={folder / 'y.npy'}")
    return np.load(folder / "y.npy")


def float_import(claims, folder):
    judge = ort(onnx.load(MODEL))
    published = runtime = 0.0
    for k in range(3):
        vector = MNIST / f"mnist-8_test_data_set_{k}"
        actual = interpret(MODEL, vector / "input_0.pb", folder)
        values, expected = (numpy_helper.to_array(onnx.load_tensor(vector / f"{name}_0.pb"))
                            for name in ("input", "output"))
        published = max(published, difference(actual, expected))
        runtime = max(runtime, difference(actual, judge(values)))
    bar = "at most 1e-4 of the range"
    claims.add("float import, the model's three vectors", published, "of the range", bar,
               published <= 1e-4)
    claims.add("float import, ONNX Runtime", runtime, "of the range", bar, runtime <= 1e-4)


def accuracy(claims, folder):
    run("compile", MODEL, f"--calibrate={DIGITS}", f"--calibration-images={CALIBRATED}",
        "-o", folder / "m.rlk")
    run("run", folder / "m.rlk", f"--input={DIGITS}", "--quiet", f"--output={folder / 'y.npy'}")
    integer = np.load(folder / "y.npy").reshape(IMAGES, -1).argmax(1)[CALIBRATED:]
    images = read_idx(DIGITS / "t10k-images-idx3-ubyte.gz", 16).reshape(IMAGES, 1, 1, 28, 28)
    labels = read_idx(DIGITS / "t10k-labels-idx1-ubyte.gz", 8)[CALIBRATED:]
    judge = ort(onnx.load(MODEL))
    exact = np.array([judge(image.astype(np.float32)).argmax() for image in images[CALIBRATED:]])
    scores = [100 * float(np.mean(answers == labels)) for answers in (exact, integer)]
    agreement = 100 * float(np.mean(exact == integer))
    claims.add(f"int8 top-1 on 9,000 digits, float {scores[0]:.3f} %", round(scores[1], 3), "%",
               "within 0.3 points of float", abs(scores[0] - scores[1]) <= 0.3)
    claims.add("int8 agrees with float on 9,000 digits", round(agreement, 3), "%",
               "at least 99 %", agreement >= 99)


def gtest(name, *arguments):
    """The JSON report of a test program."""
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        subprocess.run([BIN / name, f"--gtest_output=json:{report.name}", *arguments],
                       check=False, capture_output=True)
        return json.load(report)


def random_programs(claims):
    done = 0
    for suite in ("Quick", "Slow"):
        report = gtest(f"RandomPrograms{suite}Tests")
        if report["failures"] == 0:
            done += int(report["testsuites"][0]["testsuite"][0]["programs"])
    claims.add("random targets x mappings x layers on sim", done, "programs",
               "at least 1,000 bit-exact", done >= 1000)


def same_bytes(claims, folder):
    equal, texts = 0, 0
    for mode in MODES.values():
        programs = set()
        for k, cwd in enumerate((folder, ROOT, folder)):
            run("compile", MODEL, *mode, f"--calibrate={DIGITS}", "--calibration-images=50",
                "-o", folder / f"{k}.rlk", cwd=cwd)
            programs.add((folder / f"{k}.rlk").read_bytes())
        equal += len(programs) == 1
        run("translate", "--disassemble", folder / "0.rlk", "-o", folder / "m.txt")
        run("translate", "--assemble", folder / "m.txt", "-o", folder / "again.rlk")
        texts += (folder / "again.rlk").read_bytes() == (folder / "0.rlk").read_bytes()
    claims.add("disassemble then assemble", texts, "of 3 modes", "the same bytes", texts == 3)
    claims.add("same input, same program: runs, directories", equal, "of 3 modes",
               "byte-identical", equal == 3)


def tests_as_claims(claims):
    """Claims that tests hold: what passed of what there is."""
    report = gtest("MappingTests", "--gtest_filter=AlexNet.*")
    claims.add("evaluate on AlexNet's five layers, published mapping",
               report["tests"] - report["failures"], f"of {report['tests']} tests",
               "hardware.md section 4 to the printed digit",
               report["tests"] > 0 and not report["failures"])
    illegal = ROOT / "test" / "Dialect" / "RS" / "IR" / "illegal-mappings.mlir"
    cases = illegal.read_text().count("expected-error")
    passed = subprocess.run([BIN / "rowlock-opt", "--verify-diagnostics", "--split-input-file",
                             illegal], check=False, capture_output=True).returncode == 0
    claims.add("illegal mappings by attribute", cases if passed else 0, f"of {cases} cases",
               "rule, value and bound named", passed and cases > 0)
    for name, claim, bar in [
            ("test_bad_input.py", "bad input", "one line, exit code 1, nothing left behind"),
            ("test_onnx_import.py", "random graphs against ONNX Runtime",
             "at most 1e-4 of the range"),
            ("test_compile.py", "random chains through the whole path", "0 differing integers")]:
        result = subprocess.run([sys.executable, "-m", "pytest", ROOT / "test" / "python" / name],
                                cwd=ROOT, check=False, capture_output=True, text=True)
        counts = {word: int(count) for count, word in
                  re.findall(r"(\d+) (passed|failed|error|skipped)", result.stdout)}
        claims.add(f"{claim}: {name}", counts.get("passed", 0),
                   f"of {sum(counts.values())} tests", bar, result.returncode == 0)


def first_result(command, cwd, pattern):
    """Seconds until a line matches, and whether the command succeeds."""
    begin, first = time.monotonic(), None
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, errors="replace") as process:
        for line in process.stdout:
            if first is None and re.search(pattern, line):
                first = time.monotonic() - begin
    return first, process.returncode == 0


def clean_clone(claims, folder):
    subprocess.run(["git", "clone", "-q", ROOT, folder / "main"], check=True)
    (folder / "shared").symlink_to(ROOT.parent / "shared")
    for command, pattern in [("./demo", "recognised"), ("./check", r"Test +#\d+:.*Passed")]:
        runs = [first_result([command], folder / "main", pattern) for _ in range(2)]
        first = runs[1][0]
        claims.add(f"clean clone, {command} twice: first result of the second run",
                   "none" if first is None else round(first, 1), "s", "works, under 60 s",
                   all(ok for _, ok in runs) and first is not None and first < 60)


def main():
    parser = argparse.ArgumentParser(description=__doc__, prog="benchmarks/path/run")
    parser.add_argument("--json", metavar="FILE", help="write the claims to a file")
    parser.add_argument("--clone", action="store_true",
                        help="try both commands of the README in a clean clone (minutes)")
    options = parser.parse_args()
    claims = Claims("path", ROOT)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if MODEL.is_file() and DIGITS.is_dir():
            simulator_equals_evaluator(claims, folder)
            float_import(claims, folder)
            accuracy(claims, folder)
            same_bytes(claims, folder)
        else:
            claims.add("all claims on mnist-8", "../shared/data is missing", "", "its models and "
                       "images", None)
        random_programs(claims)
        tests_as_claims(claims)
        if options.clone:
            clean_clone(claims, folder)
    return claims.finish(options.json)


if __name__ == "__main__":
    sys.exit(main())
