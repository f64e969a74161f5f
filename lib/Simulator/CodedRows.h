//===- CodedRows.h - Rows of run-length coded tensors -----------*- C++ -*-===//
#ifndef ROWLOCK_LIB_SIMULATOR_CODEDROWS_H
#define ROWLOCK_LIB_SIMULATOR_CODEDROWS_H

#include "TensorBox.h"

#include <map>

namespace rowlock {

/// Rows of one (image, channel), decoded from the blocks that hold them.
class DecodedRows {
public:
  explicit DecodedRows(const CodedLayout &coded) : coded(coded) {}

  /// Rows [first, first + count), as far as they exist: whole blocks.
  Status open(const uint8_t *data, const TensorBox &box, int64_t image,
              int64_t channel, int64_t first, int64_t count) {
    width = box.size(3);
    values.clear();
    int64_t last = std::min(first + count, box.size(2)) - 1;
    first = std::max<int64_t>(first, 0);
    decodedFrom = first / coded.blockRows() * coded.blockRows();
    for (int64_t row = decodedFrom; row <= last; row += coded.blockRows()) {
      auto block = coded.read(data, coded.block(image, channel, row));
      if (!block)
        return block.takeStatus();
      values.insert(values.end(), block->values.begin(), block->values.end());
      read += block->bytes;
    }
    return Status::ok();
  }
  int64_t get(int64_t row, int64_t column) const {
    return values[size_t((row - decodedFrom) * width + column)];
  }
  /// That have come from DRAM.
  int64_t bytes() const { return read; }

private:
  const CodedLayout &coded;
  int64_t width = 0, decodedFrom = 0, read = 0;
  std::vector<int64_t> values;
};

/// Collects what a store makes of a coded tensor, block by block.
class BlockWriter {
public:
  /// `first` and `rows`: of the store. An error unless they are whole blocks.
  static Status check(const CodedLayout &coded, const TensorBox &box,
                      int64_t first, int64_t rows, int64_t column,
                      int64_t columns) {
    bool whole =
        first % coded.blockRows() == 0 &&
        (rows % coded.blockRows() == 0 || first + rows == box.size(2)) &&
        column == 0 && columns == box.size(3);
    if (whole)
      return Status::ok();
    return Status::error("a store of rows " + std::to_string(first) + " to " +
                         std::to_string(first + rows - 1) + ", " +
                         std::to_string(columns) +
                         " columns does not make whole code blocks");
  }
  BlockWriter(const CodedLayout &coded, const TensorBox &box)
      : coded(coded), width(box.size(3)) {}

  void put(const int64_t *indices, int64_t value) {
    int64_t block = coded.block(indices[0], indices[1], indices[2]);
    std::vector<int64_t> &values = blocks[block];
    values.resize(size_t(coded.rowsOf(block) * width));
    values[size_t(indices[2] % coded.blockRows() * width + indices[3])] = value;
  }
  /// The bytes of all blocks.
  int64_t write(uint8_t *data) const {
    int64_t bytes = 0;
    for (const auto &[block, values] : blocks)
      bytes += coded.write(data, block, values);
    return bytes;
  }

private:
  const CodedLayout &coded;
  int64_t width;
  std::map<int64_t, std::vector<int64_t>> blocks;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_CODEDROWS_H
