"""Files with damaged bytes, and cut: a clear error or a run to its end, nothing else."""

import argparse
import concurrent.futures
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "test" / "python")]
from claims import Claims  # noqa: E402
from tools import DATA, DIGITS, run, start  # noqa: E402

FUZZ = ROOT / "build" / "fuzz" / "bin"
MODELS = {"mnist-8": "mnist/mnist-8.onnx", "resnet8 qdq": "tiny/resnet8-qdq-i8.onnx",
          "kws fp32": "tiny/kws_dscnn-fp32.onnx"}
SEED = 1
MEMORY = 2048  # MB
# What may end one process of the driver before it is clear that all is lost.
MOST_CRASHES = 20


def programs(folder):
    """mnist-8 and a ResNet on the array, a network in float on the host."""
    wanted = {"mnist-8 on the array": ["mnist/mnist-8.onnx", f"--calibrate={DIGITS}",
                                       "--calibration-images=100"],
              "resnet8 qdq on the array": ["tiny/resnet8-qdq-i8.onnx"],
              "kws fp32 on the host": ["tiny/kws_dscnn-fp32.onnx", "--device=cpu"]}
    made = {}
    for number, (name, (model, *options)) in enumerate(wanted.items()):
        made[name] = folder / f"{number}.rlk"
        run("compile", DATA / "models" / model, *options, "--quiet", "-o", made[name])
    return made


def damage(tool, path, changed, cut, seed):
    """What the driver says of all files: counts by fate, faults, longest, peak."""
    counts, faults, longest, peak, first = {}, [], 0.0, 0.0, 0
    environment = {**os.environ, "ASAN_OPTIONS": f"hard_rss_limit_mb={MEMORY}",
                   "UBSAN_OPTIONS": "print_stacktrace=1"}
    while first < changed + cut and len(faults) < MOST_CRASHES:
        result = subprocess.run([FUZZ / tool, path, *map(str, (changed, cut, seed, first))],
                                check=False, capture_output=True, env=environment)
        said = result.stdout.decode()
        for fate, count in re.findall(r"^(\D+): (\d+)$", said, re.M):
            counts[fate] = counts.get(fate, 0) + int(count)
        for value in re.findall(r"^longest: (\S+)", said, re.M):
            longest = max(longest, float(value))
        for value in re.findall(r"^peak: (\S+)", said, re.M):
            peak = max(peak, float(value))
        if result.returncode == 0:
            break
        last = int(re.findall(r"^(\d+)$", said, re.M)[-1])
        reason = re.findall(r"^.*(?:ERROR|runtime error|exceeded|error).*$",
                            result.stderr.decode(errors="replace"), re.M)
        faults.append((last, result.returncode, reason[0] if reason else "more than 10 s of CPU"))
        first = last + 1
    return counts, faults, longest, peak


def tools_survive(path, arguments, folder, count):
    """The tools themselves on a sample: exit code 0, or 1 and one line."""
    rng = random.Random(SEED)
    data = path.read_bytes()
    bad = folder / f"bad{path.suffix}"
    good = 0
    for _ in range(count):
        changed = bytearray(data if rng.random() < 0.7 else data[:rng.randrange(len(data))])
        for _ in range(rng.randrange(1, 9)):
            if changed:
                changed[rng.randrange(len(changed))] = rng.randrange(256)
        bad.write_bytes(changed)
        result = start(arguments[0], bad, *arguments[1:])
        good += result.returncode == 0 or (
            result.returncode == 1 and result.stderr.count(b"\n") == 1)
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__, prog="benchmarks/import/damage")
    parser.add_argument("--json", metavar="FILE", help="write the claims to a file")
    parser.add_argument("--changed", type=int, default=1000, help="files with changed bytes")
    parser.add_argument("--cut", type=int, default=200, help="files cut short")
    parser.add_argument("--only", choices=["models", "programs"], help="these files alone")
    options = parser.parse_args()
    claims = Claims("import-damage", ROOT)
    if not (DATA.is_dir()):
        claims.add("damaged files", "../shared/data is missing", "", "its models", None)
        return claims.finish(options.json)
    with tempfile.TemporaryDirectory() as name, \
            concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as threads:
        folder = pathlib.Path(name)
        files = []
        if options.only != "programs":
            files += [("damage-models", f"model {name}", DATA / "models" / path)
                      for name, path in MODELS.items()]
        if options.only != "models":
            files += [("damage-programs", f"program {name}", path)
                      for name, path in programs(folder).items()]
        jobs = [(label, path, threads.submit(damage, tool, path, options.changed, options.cut,
                                             SEED)) for tool, label, path in files]
        for label, path, job in jobs:
            counts, faults, longest, peak = job.result()
            print(f"{label}: {counts}, longest {longest:.1f} s, peak {peak:.0f} MB")
            for fault in faults:
                print("  number {}: exit code {}, {}".format(*fault))
            claims.add(f"{label}, {options.changed} damaged and {options.cut} cut, ASan and UBSan",
                       len(faults), "crashes, runs over 10 s of CPU or 2 GB", "0", not faults)
        for label, path, _ in jobs:
            arguments = (["compile", "--device=cpu", "-o", folder / "out", "--quiet"]
                         if label.startswith("model") else ["translate", "--disassemble", "-o",
                                                            folder / "out"])
            good = tools_survive(path, arguments, folder, 40)
            claims.add(f"{label}: the tool itself", good, "of 40 files",
                       "exit code 0, or 1 and one line", good == 40)
    return claims.finish(options.json)


if __name__ == "__main__":
    sys.exit(main())
