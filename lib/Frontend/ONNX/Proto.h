//===- Proto.h - Reading protobuf files and tensors -------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_FRONTEND_ONNX_PROTO_H
#define ROWLOCK_LIB_FRONTEND_ONNX_PROTO_H

#include "rowlock/Frontend/ONNX/TensorFile.h"

#include "llvm/ADT/StringRef.h"

#include <onnx/onnx_pb.h>

#include <optional>

namespace rowlock {

/// More elements than this in one tensor are refused.
constexpr int64_t maxElements = int64_t(1) << 31;

/// The product of the sizes, or -1 if one is negative or it exceeds
/// `maxElements`.
int64_t countElements(const std::vector<int64_t> &shape);

/// The type of a TensorProto::DataType; nothing for strings, complex numbers
/// and 4-bit floats.
std::optional<DataType> dataType(int onnxType);

/// "string", "complex64", ...; "77" where ONNX has none.
std::string dataTypeName(int onnxType);

/// Parses a whole file; the error is the reason alone.
Status readMessage(const std::string &path,
                   google::protobuf::MessageLite &message);

/// Parses the bytes of a file; the error is the reason alone.
Status parseMessage(llvm::StringRef bytes,
                    google::protobuf::MessageLite &message);

/// Checks and unpacks a tensor. External data are looked up in `folder`. The
/// error is the reason alone.
Result<TensorData> decodeTensor(const onnx::TensorProto &proto,
                                const std::string &folder);

} // namespace rowlock

#endif // ROWLOCK_LIB_FRONTEND_ONNX_PROTO_H
