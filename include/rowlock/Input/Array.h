//===- Array.h - Arrays from files ------------------------------*- C++ -*-===//
//
//   Result<Array> array = readNPY("x.npy");
//   if (!array)
//     return array.takeStatus(); // names the file and the reason
//   std::vector<float> values = array->toFloats();
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_INPUT_ARRAY_H
#define ROWLOCK_INPUT_ARRAY_H

#include "rowlock/Program/program_generated.h"
#include "rowlock/Support/Result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace rowlock {

/// Elements in row-major order, little-endian.
struct Array {
  fb::ElementType type = fb::ElementType::F32;
  std::vector<int64_t> shape;
  std::vector<uint8_t> bytes;

  int64_t elements() const;
  /// The elements as binary32 numbers, rounded to nearest; F16 is not taken.
  std::vector<float> toFloats() const;
};

/// Reads a NumPy file of version 1 or 2 in C order: little-endian f4, i1, i2,
/// i4, i8, u1, u2, or f8, which becomes F32. Rank at most 8.
Result<Array> readNPY(const std::string &path);

/// Writes one (all types but F16 and I1), whole or not at all.
Status writeNPY(const std::string &path, const Array &array);

/// Reads an IDX file of unsigned bytes, as MNIST has them, compressed by gzip
/// or not.
Result<Array> readIDX(const std::string &path);

} // namespace rowlock

#endif // ROWLOCK_INPUT_ARRAY_H
