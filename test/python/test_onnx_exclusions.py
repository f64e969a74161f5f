"""Reading and rewriting the list of node tests that do not pass."""

import pytest

import onnx_exclusions

ROWS = [("test_a*", "no such type"), ("test_b", "unexplained: old words"), ("test_c", "too wide")]


def test_parse():
    text = "# a comment\n\ntest_a*\tno such type\n"
    assert onnx_exclusions.parse(text) == ROWS[:1]
    for bad in ("test_a", "test_a\t", "test_a no such type"):
        with pytest.raises(ValueError, match=":1: "):
            onnx_exclusions.parse(bad)


def test_find():
    assert onnx_exclusions.find(ROWS, "test_abs") == "no such type"
    assert onnx_exclusions.find(ROWS, "test_d") is None


def test_rewrite():
    """Words stay while they hold; what nobody has explained is said anew."""
    text = onnx_exclusions.rewrite(ROWS, ["test_c"], {"test_a1": "x", "test_a2": "y", "test_b": "z"})
    assert onnx_exclusions.parse(text) == [("test_a*", "no such type"),
                                           ("test_b", "unexplained: z")]
    text = onnx_exclusions.rewrite(ROWS, ["test_a2"], {"test_a1": "x", "test_c": "w"})
    assert onnx_exclusions.parse(text) == [("test_a1", "unexplained: x"), ("test_c", "too wide")]
