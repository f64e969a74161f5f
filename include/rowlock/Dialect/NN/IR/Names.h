//===- Names.h - Names of tensors in locations ------------------*- C++ -*-===//
//
// A value's location carries the name of the ONNX tensor it computes. Programs,
// calibration tables and diagnostics speak of tensors by these names.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_DIALECT_NN_IR_NAMES_H
#define ROWLOCK_DIALECT_NN_IR_NAMES_H

#include "mlir/IR/Location.h"
#include "mlir/IR/Operation.h"

#include "llvm/ADT/StringMap.h"

#include <string>

namespace rowlock::nn {

/// The attribute of arguments and results of @main that holds the ONNX name.
constexpr llvm::StringLiteral kNameAttr = "nn.name";

/// The first name in a location, or an empty text.
std::string nameOf(mlir::Location loc);

/// Gives every operation inside `op` that has a result a name of its own: that
/// of the function's result if it computes one; else its name, or that of its
/// kind, with ".1", ".2", ... where it is taken. Names of arguments are taken.
void makeNamesUnique(mlir::Operation *op);

/// Names that are taken, each with the next number to try behind it.
using TakenNames = llvm::StringMap<int64_t>;

/// Names for values that a lowering puts beside one that keeps its name.
class NameDeriver {
public:
  /// The names inside `op` are taken.
  explicit NameDeriver(mlir::Operation *op);
  /// `loc` with its name and the suffix, or ".1", ".2", ... behind it.
  mlir::Location operator()(mlir::Location loc, llvm::StringRef suffix);

private:
  TakenNames taken;
};

} // namespace rowlock::nn

#endif // ROWLOCK_DIALECT_NN_IR_NAMES_H
