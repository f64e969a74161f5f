//===- Picture.h - Pictures of 8 bits ---------------------------*- C++ -*-===//
#ifndef ROWLOCK_INPUT_PICTURE_H
#define ROWLOCK_INPUT_PICTURE_H

#include "rowlock/Support/Result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace rowlock {

/// Rows from the top, pixels from the left; a pixel is one grey value or red,
/// green, blue.
struct Picture {
  int64_t width = 0, height = 0, channels = 0;
  std::vector<uint8_t> pixels;

  uint8_t at(int64_t y, int64_t x, int64_t channel) const {
    return pixels[size_t((y * width + x) * channels + channel)];
  }
};

/// Reads a PNG (alpha over black, 16 bits to 8) or JPEG file of at most 2^26
/// pixels. Damaged files are errors, truncated ones as well.
Result<Picture> readPicture(const std::string &path);

/// The picture in another size, at least 1 x 1: a triangle filter as wide as
/// the step between pixels, columns first, rounded to 8 bits after each
/// direction.
Picture resize(const Picture &picture, int64_t width, int64_t height);

} // namespace rowlock

#endif // ROWLOCK_INPUT_PICTURE_H
