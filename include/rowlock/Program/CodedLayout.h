//===- CodedLayout.h - Blocks of run-length coded tensors -------*- C++ -*-===//
//
// A coded tensor, N x C x H x W, is cut into blocks of some rows of one (image,
// channel). At its address stands an index, one 32-bit number for each block:
// the offset, in words of 64 bits from the address, at which the block's code
// begins; 0: never written, all zeros. Behind the index, which is rounded up to
// whole words, every block has a slot for the longest code it can have.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_PROGRAM_CODEDLAYOUT_H
#define ROWLOCK_PROGRAM_CODEDLAYOUT_H

#include "rowlock/Program/program_generated.h"
#include "rowlock/Support/Result.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace rowlock {

class CodedLayout {
public:
  /// An error if the tensor cannot be coded: rank 4, integers of 8 or 16 bits,
  /// no other order, pitch or padding, no constant, `coded_rows` -1 or from 1
  /// to H, and an index that 32 bits can hold.
  static Result<CodedLayout> compute(const fb::Tensor &tensor);
  /// The layout of a tensor N x C x H x W in blocks of `rows` rows (-1: planes)
  /// of integers of 8 or 16 bits, or the same errors.
  static Result<CodedLayout> compute(const int64_t *shape, int64_t rows,
                                     int64_t bits, bool isSigned);

  int64_t blockRows() const { return rows; }
  int64_t blocksPerPlane() const { return perPlane; }
  int64_t blocks() const { return count; }
  /// The block of rows `row / blockRows()` of an (image, channel).
  int64_t block(int64_t image, int64_t channel, int64_t row) const {
    return (image * channels + channel) * perPlane + row / rows;
  }
  /// Its rows, fewer at the end of a plane.
  int64_t rowsOf(int64_t block) const {
    return std::min(rows, height - block % perPlane * rows);
  }
  int64_t byteSize() const { return (indexWords + count * slotWords) * 8; }

  struct Block {
    std::vector<int64_t> values; // rows x W
    int64_t bytes = 0;           // of its code and index entry
  };
  /// An error where index or code are damaged.
  Result<Block> read(const uint8_t *data, int64_t block) const;
  /// The bytes of its code and index entry.
  int64_t write(uint8_t *data, int64_t block,
                const std::vector<int64_t> &values) const;

private:
  CodedLayout() = default;
  int64_t channels = 1, height = 1, width = 1;
  int64_t rows = 1, perPlane = 1, count = 1;
  int64_t indexWords = 1, slotWords = 1, bits = 8;
  bool isSigned = false;
};

} // namespace rowlock

#endif // ROWLOCK_PROGRAM_CODEDLAYOUT_H
