//===- ConstantData.h - Elements of constants -------------------*- C++ -*-===//
//
// Constants are `dense` attributes when small and `dense_resource` when large;
// these functions hide the difference.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_DIALECT_NN_IR_CONSTANTDATA_H
#define ROWLOCK_DIALECT_NN_IR_CONSTANTDATA_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Value.h"

#include <optional>
#include <vector>

namespace rowlock::nn {

/// The attribute of the nn.constant that defines `value`, or null.
mlir::ElementsAttr getConstant(mlir::Value value);

/// The integers of an attribute where they lie: one value at a time, so that
/// filters of many millions are not copied.
class IntegerElements {
public:
  /// Nothing when the element type is not an integer of 4, 8, 16, 32 or 64
  /// bits, or the elements are not held in memory.
  static std::optional<IntegerElements> of(mlir::ElementsAttr attr);

  size_t size() const { return count; }
  /// One element stands for all.
  bool isSplat() const { return splat; }
  /// Sign-extended unless the type is unsigned.
  int64_t operator[](size_t index) const;

private:
  size_t bytes() const { return (bits + 7) / 8; }

  llvm::ArrayRef<char> data;
  size_t count = 0;
  unsigned bits = 8;
  bool splat = false, isUnsigned = false;
};

/// All elements in row-major order; nothing when the element type is not f32,
/// or not an integer (sign-extended unless the type is unsigned), or when the
/// elements are not held in memory. Splats are expanded.
std::optional<std::vector<float>> getFloats(mlir::ElementsAttr attr);
std::optional<std::vector<int64_t>> getIntegers(mlir::ElementsAttr attr);

/// Is an f32 element NaN? False for null and other types.
bool holdsNaN(mlir::ElementsAttr attr);

/// A `dense` attribute of the type (f32, or integer of 8, 16, 32, 64 bits).
mlir::ElementsAttr makeFloats(mlir::RankedTensorType type,
                              llvm::ArrayRef<float> values);
mlir::ElementsAttr makeIntegers(mlir::RankedTensorType type,
                                llvm::ArrayRef<int64_t> values);
/// Fewer values than elements: each stands for as many in a row.
mlir::ElementsAttr makeIntegers(mlir::RankedTensorType type,
                                llvm::ArrayRef<int16_t> values);

} // namespace rowlock::nn

#endif // ROWLOCK_DIALECT_NN_IR_CONSTANTDATA_H
