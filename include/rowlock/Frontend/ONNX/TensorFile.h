//===- TensorFile.h - Tensors in TensorProto files --------------*- C++ -*-===//
//
// The test vectors of the ONNX model zoo (`input_0.pb`, `output_0.pb`).
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_FRONTEND_ONNX_TENSORFILE_H
#define ROWLOCK_FRONTEND_ONNX_TENSORFILE_H

#include "rowlock/Support/Result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace rowlock {

/// Element types, named as in numpy (those that it has not: as in ONNX).
enum class DataType {
  Float32,
  Float64,
  Float16,
  BFloat16,
  Int8,
  UInt8,
  Int16,
  UInt16,
  Int32,
  UInt32,
  Int64,
  UInt64,
  Bool,
  Float8E4M3FN,
  Float8E4M3FNUZ,
  Float8E5M2,
  Float8E5M2FNUZ,
  Int4,
  UInt4
};

/// Bytes of one element; those of 4 bits take one, with the sign extended.
int64_t byteSize(DataType type);

/// A tensor in row-major order, elements in the byte order of the host.
struct TensorData {
  std::string name;
  std::vector<int64_t> shape;
  DataType type = DataType::Float32;
  std::vector<char> bytes;

  /// The product of the shape; 1 for a scalar.
  int64_t elements() const;
  /// The elements of a Float32 tensor; empty for other types.
  std::vector<float> floats() const;
  /// The elements of an integer tensor (the bits of UInt64); empty for other
  /// types.
  std::vector<int64_t> integers() const;
};

/// Is it Float16 or BFloat16?
bool isHalf(DataType type);
/// Is it a float of 8 bits or an integer of 4?
bool isNarrow(DataType type);
/// A tensor of a half type as Float32; exact.
TensorData widened(const TensorData &data);

/// Reads a TensorProto file. The error names the file and the reason.
Result<TensorData> readTensorProto(const std::string &path);

} // namespace rowlock

#endif // ROWLOCK_FRONTEND_ONNX_TENSORFILE_H
