"""Sizes of run-length coded feature maps by their closed form (hardware.md,
section 3), and what no code of zeros and 16-bit words can go below."""

import numpy as np


def code_words(blocks, bits=16):
    """The 64-bit words of each block; `blocks`: blocks x values."""
    count, size = blocks.shape
    block, place = np.nonzero(blocks)
    first = np.append(True, block[1:] != block[:-1])[:len(block)]
    before = np.where(first, -1, np.roll(place, 1))
    pairs = np.bincount(block, 1 + (place - before - 1) // 32, count).astype(np.int64)
    last = np.full(count, -1)
    last[block] = place  # of equal indices the last one stays
    pairs += -(-(size - 1 - last) // 32)
    return np.maximum(1, -(-pairs // (63 // (5 + bits))))


def fmap_bytes(fmap, rows, bits=16):
    """Code and index of a feature map N x C x H x W in blocks of `rows` rows."""
    total = 0
    for first in range(0, fmap.shape[2], rows):
        block = fmap[:, :, first:first + rows, :]
        words = code_words(block.reshape(block.shape[0] * block.shape[1], -1), bits)
        total += int(np.sum(8 * words + 4))
    return total


def entropy_bytes(fmap, bits=16):
    """Which values are zero, each by itself, and `bits` for every other."""
    share = np.mean(fmap == 0)
    where = -sum(p * np.log2(p) for p in (share, 1 - share) if p > 0)
    return fmap.size * (where + (1 - share) * bits) / 8
