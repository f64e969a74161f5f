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

/// Element types, named as in numpy. Tensors of float16 and bfloat16 are read
/// as Float32.
enum class DataType {
  Float32,
  Float64,
  Int8,
  UInt8,
  Int16,
  UInt16,
  Int32,
  Int64,
  Bool
};

/// Bytes of one element.
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
  /// The elements of an integer tensor; empty for other types.
  std::vector<int64_t> integers() const;
};

/// Reads a TensorProto file. The error names the file and the reason.
Result<TensorData> readTensorProto(const std::string &path);

} // namespace rowlock

#endif // ROWLOCK_FRONTEND_ONNX_TENSORFILE_H
