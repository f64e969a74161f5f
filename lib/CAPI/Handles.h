//===- Handles.h - What the handles of the C API hold -----------*- C++ -*-===//
#ifndef ROWLOCK_LIB_CAPI_HANDLES_H
#define ROWLOCK_LIB_CAPI_HANDLES_H

#include "rowlock-c/Rowlock.h"

#include "rowlock/Frontend/ONNX/ImportONNX.h"
#include "rowlock/Program/Program.h"
#include "rowlock/Quantization/CalibrationTable.h"
#include "rowlock/Runtime/Device.h"
#include "rowlock/Target/TargetSpec.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

struct RowlockError {
  std::string message;
  std::vector<std::string> unknownInputs;
};

struct RowlockTensor {
  uint32_t index; // in the program
  std::string name;
  RowlockElementType type;
  std::vector<int64_t> shape;
  size_t bytes;
  float scale;
  int32_t zeroPoint;
};

struct RowlockProgram {
  rowlock::Program program;
  std::vector<RowlockTensor> inputs, outputs;
};

struct RowlockDevice {
  std::unique_ptr<rowlock::Device> device;
  std::vector<RowlockTensor> inputs, outputs;
};

struct RowlockCompileOptions {
  std::optional<rowlock::TargetSpec> target; // none: the default
  std::optional<rowlock::CalibrationTable> table;
  std::optional<std::string> images; // in place of the table
  RowlockRunsOn runsOn = ROWLOCK_RUNS_ON_ARRAY;
  rowlock::ImportOptions importing;
  bool wide = false;
};

namespace rowlock::capi {

inline RowlockError *error(std::string message) {
  while (!message.empty() && message.back() == '\n')
    message.pop_back();
  return new RowlockError{std::move(message), {}};
}

/// Null on success.
inline RowlockError *error(const Status &status) {
  return status ? nullptr : error(status.message());
}

/// The error for argument `name` of `function`.
inline RowlockError *nullArgument(const char *function, const char *name) {
  return error(std::string(function) + ": " + name + " is null");
}

RowlockProgram *wrap(Program program);

} // namespace rowlock::capi

/// Ends a function of the C API where an argument is null.
#define ROWLOCK_REQUIRE(argument)                                              \
  if (!(argument))                                                             \
  return rowlock::capi::nullArgument(__func__, #argument)

#endif // ROWLOCK_LIB_CAPI_HANDLES_H
