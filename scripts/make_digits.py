#!/usr/bin/env python3
"""Unpacks MNIST's test images into PNG files.

OUT/calibrate gets the first images of the file, OUT/digits one image of every
digit out of the images that do not calibrate: `7-1004.png` is a seven, number
1004 of the file. Files that are there already are left alone.
"""

import argparse
import gzip
import pathlib
import struct
import sys
import zlib

CALIBRATE = 1000
IMAGES, LABELS = "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"


def png(pixels: bytes, width: int, height: int) -> bytes:
    """An 8-bit grey PNG file of `pixels`, row by row."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(
            ">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + pixels[y * width:(y + 1) * width] for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
            + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def write_new(path: pathlib.Path, data: bytes):
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def read_idx(path: pathlib.Path, rank: int):
    """The sizes and the bytes of a gzipped IDX file of bytes."""
    with gzip.open(path) as file:
        data = file.read()
    if data[:4] != bytes((0, 0, 8, rank)):
        raise ValueError(f"{path}: not an IDX file of {rank} dimensions of bytes")
    sizes = struct.unpack_from(f">{rank}I", data, 4)
    return sizes, data[4 + 4 * rank:]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path, help="where MNIST's two files are")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--calibrate", type=int, default=CALIBRATE, metavar="N",
                        help=f"how many images calibrate ({CALIBRATE})")
    options = parser.parse_args()
    try:
        (count, height, width), pixels = read_idx(options.folder / IMAGES, 3)
        _, labels = read_idx(options.folder / LABELS, 1)
    except (OSError, EOFError, ValueError) as error:
        print(f"make_digits: {error}", file=sys.stderr)
        return 1
    size = height * width

    def image(number):
        return png(pixels[number * size:(number + 1) * size], width, height)

    for number in range(min(options.calibrate, count)):
        write_new(options.out / "calibrate" / f"{number:04}.png", image(number))
    for digit in range(10):
        number = labels.index(digit, CALIBRATE)
        write_new(options.out / "digits" / f"{digit}-{number}.png", image(number))
    return 0


if __name__ == "__main__":
    sys.exit(main())
