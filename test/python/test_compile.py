"""The whole path: compile, run on the model, compare with the evaluator."""

import gzip
import re

import numpy as np
import onnx
import pytest

import graphs
from tools import DIGITS, MNIST, needs_data, one_line, run, start

MODES = {"eyeriss-int8": ["--target=eyeriss-int8"],
         "eyeriss-int8 in 16 bits": ["--target=eyeriss-int8", "--int16"],
         "eyeriss-v1": ["--target=eyeriss-v1"]}


def save(model, folder, seed, images=4):
    onnx.save(model, folder / "m.onnx")
    shape = [d.dim_value for d in model.graph.input[0].type.tensor_type.shape.dim][1:]
    values = np.random.default_rng(seed).normal(0, 1, [images, *shape])
    np.save(folder / "images.npy", values.astype(np.float32))


def verified(result):
    """(images, elements) that --verify found equal."""
    match = re.fullmatch(r"verified: (\d+) images, \d+ tensors, (\d+) elements equal\n",
                         result.stderr.decode())
    assert result.returncode == 0 and match, result.stderr.decode()
    return tuple(map(int, match.groups()))


def verify_chains(seeds, mode, folder):
    for seed in seeds:
        save(graphs.chain(seed), folder, seed)
        result = start("compile", folder / "m.onnx", *MODES[mode], "--verify",
                   f"--calibrate={folder / 'images.npy'}", "-o", folder / "m.rlk")
        images, elements = verified(result)
        assert images == 4 and elements > 0


@pytest.mark.parametrize("mode", MODES)
def test_chains(mode, tmp_path):
    verify_chains(range(40), mode, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
def test_many_chains(mode, tmp_path):
    verify_chains(range(40, 400), mode, tmp_path)


@needs_data
@pytest.mark.parametrize("mode", MODES)
def test_mnist(mode, tmp_path):
    result = start("compile", MNIST / "mnist-8.onnx", *MODES[mode], f"--calibrate={DIGITS}",
               "--calibration-images=20", "--verify", "--verify-images=20",
               "-o", tmp_path / "m.rlk")
    assert verified(result) == (20, 20 * 12036)


@needs_data
@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
def test_mnist_on_1000_images(mode, tmp_path):
    result = start("compile", MNIST / "mnist-8.onnx", *MODES[mode], f"--calibrate={DIGITS}",
               "--verify", "--verify-images=1000", "-o", tmp_path / "m.rlk")
    assert verified(result) == (1000, 1000 * 12036)


def test_every_command_line_gives_the_same_bytes(tmp_path):
    """Over runs, threads, working directories and the batch of the images."""
    save(graphs.chain(5), tmp_path, 5)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    arguments = [tmp_path / "m.onnx", f"--calibrate={tmp_path / 'images.npy'}"]
    programs = []
    for k, (cwd, model, env) in enumerate([
            (tmp_path, tmp_path / "m.onnx", {}), (elsewhere, tmp_path / "m.onnx", {}),
            (tmp_path, "m.onnx", {}), (elsewhere, "../m.onnx", {}),
            (tmp_path, "m.onnx", {"OMP_NUM_THREADS": "1", "LLVM_PARALLEL_LINK_JOBS": "1"})]):
        out = tmp_path / f"{k}.rlk"
        run("compile", model, *arguments[1:], "-o", out, cwd=cwd, env=env)
        programs.append(out.read_bytes())
    assert len(set(programs)) == 1


def test_a_saved_table_stands_for_the_images(tmp_path):
    save(graphs.chain(6), tmp_path, 6)
    table = tmp_path / "table.yaml"
    run("compile", tmp_path / "m.onnx", f"--calibrate={tmp_path / 'images.npy'}",
        f"--save-calibration={table}", "-o", tmp_path / "a.rlk")
    run("compile", tmp_path / "m.onnx", f"--calibration-table={table}", "-o",
        tmp_path / "b.rlk")
    assert (tmp_path / "a.rlk").read_bytes() == (tmp_path / "b.rlk").read_bytes()


def assemble_again(program, folder):
    run("translate", "--disassemble", program, "-o", folder / "m.txt")
    run("translate", "--assemble", folder / "m.txt", "-o", folder / "again.rlk")
    assert (folder / "again.rlk").read_bytes() == program.read_bytes()


def test_disassembled_and_assembled(tmp_path):
    for seed in range(20):
        save(graphs.chain(seed), tmp_path, seed)
        for mode in MODES.values():
            run("compile", tmp_path / "m.onnx", *mode,
                f"--calibrate={tmp_path / 'images.npy'}", "-o", tmp_path / "m.rlk")
            assemble_again(tmp_path / "m.rlk", tmp_path)


@needs_data
def test_disassembled_and_assembled_mnist(tmp_path):
    for mode in MODES.values():
        run("compile", MNIST / "mnist-8.onnx", *mode, f"--calibrate={DIGITS}",
            "--calibration-images=10", "-o", tmp_path / "m.rlk")
        assemble_again(tmp_path / "m.rlk", tmp_path)


def test_the_program_runs_any_number_of_images(tmp_path):
    """In chunks of the compiled batch, the last one partly filled."""
    save(graphs.chain(7), tmp_path, 7, images=5)
    outputs = []
    for batch in (1, 2, 3):
        # Ranges of one run, so that only the batch differs.
        table = tmp_path / "table.yaml"
        if batch == 1:
            run("compile", tmp_path / "m.onnx", f"--calibrate={tmp_path / 'images.npy'}",
                f"--save-calibration={table}", "-o", tmp_path / "m.rlk")
        else:
            run("compile", tmp_path / "m.onnx", f"--calibration-table={table}",
                f"--batch={batch}", "-o", tmp_path / "m.rlk")
        run("run", tmp_path / "m.rlk", f"--input={tmp_path / 'images.npy'}",
            f"--output={tmp_path / 'y.npy'}")
        outputs.append(np.load(tmp_path / "y.npy"))
        assert len(outputs[-1]) == 5
    assert np.array_equal(outputs[0], outputs[1]) and np.array_equal(outputs[0], outputs[2])


def test_results_without_images(tmp_path):
    """Whole results, of one run each: their first size is no number of images."""
    g = graphs.Graph(np.random.default_rng(1), (1, 2, 3, 3), 13)
    y = g.node("Squeeze", [g.input, g.constant([0], np.int64)], (2, 3, 3))
    save(g.model(y), tmp_path, 1, images=3)
    run("compile", tmp_path / "m.onnx", "--device=cpu", "-o", tmp_path / "m.rlk")
    run("run", tmp_path / "m.rlk", f"--input={tmp_path / 'images.npy'}",
        f"--output={tmp_path / 'y.npy'}")
    assert np.array_equal(np.load(tmp_path / "y.npy"), np.load(tmp_path / "images.npy"))


def test_a_model_without_inputs(tmp_path):
    helper = onnx.helper
    graph = helper.make_graph(
        [helper.make_node("Shape", ["w"], ["y"])], "g", [],
        [helper.make_tensor_value_info("y", onnx.TensorProto.INT64, [2])],
        [onnx.numpy_helper.from_array(np.zeros((2, 3), np.float32), "w")])
    onnx.save(helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 13)]),
              tmp_path / "m.onnx")
    run("compile", tmp_path / "m.onnx", "--device=cpu", "-o", tmp_path / "m.rlk")
    assert "no inputs" in one_line(start("run", tmp_path / "m.rlk", "--output=-"))


def test_an_input_that_is_an_output_and_a_result_without_elements(tmp_path):
    g = graphs.Graph(np.random.default_rng(1), (1, 2, 3, 3), 13)
    one = g.constant([1], np.int64)
    y = g.node("Conv", [g.input, g.weights(3, 2, 1, 1)], (1, 3, 3, 3))
    empty = g.node("Slice", [y, one, one], (0, 3, 3, 3))
    model = g.model(y)
    for value in (empty, g.input):
        model.graph.output.append(onnx.helper.make_tensor_value_info(
            value.name, onnx.TensorProto.FLOAT, value.shape))
    save(model, tmp_path, 1)
    result = start("compile", tmp_path / "m.onnx", "--verify",
                   f"--calibrate={tmp_path / 'images.npy'}", "-o", tmp_path / "m.rlk")
    assert verified(result)[0] == 4


@needs_data
def test_digits_are_recognised(tmp_path):
    run("compile", MNIST / "mnist-8.onnx", f"--calibrate={DIGITS}", "-o", tmp_path / "m.rlk")
    run("run", tmp_path / "m.rlk", f"--input={DIGITS}", "--images=200", "--quiet",
        f"--output={tmp_path / 'y.npy'}")
    with gzip.open(DIGITS / "t10k-labels-idx1-ubyte.gz") as stream:
        labels = np.frombuffer(stream.read(), np.uint8, offset=8)[:200]
    answers = np.load(tmp_path / "y.npy").reshape(200, -1).argmax(1)
    assert np.mean(answers == labels) > 0.97


def test_feature_maps_are_summarised_and_scores_listed(tmp_path):
    rng = np.random.default_rng(1)
    for name, shown in [("conv", "y_out: 3 x 4 x 4, from "), ("gemm", "recognised: ")]:
        g = graphs.Graph(rng, (1, 2, 6, 6), 13)
        x = g.node("Conv", [g.input, g.weights(3, 2, 3, 3)], (1, 3, 4, 4))
        if name == "gemm":
            flat = g.node("Flatten", [x], (1, 48))
            x = g.node("Gemm", [flat, g.weights(48, 5)], (1, 5))
        save(g.model(x), tmp_path, 1)
        run("compile", tmp_path / "m.onnx", f"--calibrate={tmp_path / 'images.npy'}", "-o",
            tmp_path / "m.rlk")
        text = run("run", tmp_path / "m.rlk", f"--input={tmp_path / 'images.npy'}", "--images=1")
        assert shown.replace("y_out", x.name) in text, text


def test_preprocessing_is_kept_in_the_program(tmp_path):
    """Pictures of bytes with the steps declared, and tensors that have been through them."""
    g = graphs.Graph(np.random.default_rng(3), (1, 1, 6, 8), 13)
    x = g.node("Conv", [g.input, g.weights(3, 1, 3, 3)], (1, 3, 4, 6))
    onnx.save(g.model(x), tmp_path / "m.onnx")
    pictures = np.random.default_rng(4).integers(0, 256, (5, 6, 8), np.uint8)
    np.save(tmp_path / "pictures.npy", pictures)
    tensors = (pictures[:, None].astype(np.float32) - 100) * np.float32(0.0625)
    np.save(tmp_path / "tensors.npy", tensors)
    (tmp_path / "p.yaml").write_text("mean: [100]\nscale: [0.0625]\n")
    outputs = []
    for images, options in [("pictures.npy", [f"--preprocess={tmp_path / 'p.yaml'}"]),
                            ("tensors.npy", [])]:
        run("compile", tmp_path / "m.onnx", f"--calibrate={tmp_path / images}", *options,
            "-o", tmp_path / "m.rlk")
        run("run", tmp_path / "m.rlk", f"--input={tmp_path / images}",
            f"--output={tmp_path / 'y.npy'}")
        outputs.append(np.load(tmp_path / "y.npy"))
    assert outputs[0].shape == (5, 3, 4, 6) and np.ptp(outputs[0]) > 0
    assert np.array_equal(outputs[0], outputs[1])
