//===- Moves.h - Values in another shape or order ---------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_DIALECT_NN_TRANSFORMS_MOVES_H
#define ROWLOCK_LIB_DIALECT_NN_TRANSFORMS_MOVES_H

#include "rowlock/Dialect/NN/IR/NN.h"

#include "mlir/IR/PatternMatch.h"

namespace rowlock::nn {

/// The nn.reshape and nn.transpose, each with one reader, between a value and
/// what it comes from: elementwise operations may as well come before them.
struct Moves {
  explicit Moves(mlir::Value moved);

  mlir::Value source;
  llvm::SmallVector<mlir::Operation *> steps; // from the source on

  /// Which dimension of the moved value is `dimension` of the source; nothing
  /// if none is.
  std::optional<int64_t> follow(int64_t dimension) const;
  /// The same steps on another source.
  mlir::Value apply(mlir::Value other, mlir::Location loc,
                    mlir::PatternRewriter &rewriter) const;
};

/// The dimension of a tensor of shape `to` that `dimension` of the same
/// elements in shape `from` is; nothing if none is.
std::optional<int64_t> reshapedDimension(llvm::ArrayRef<int64_t> from,
                                         int64_t dimension,
                                         llvm::ArrayRef<int64_t> to);

} // namespace rowlock::nn

#endif // ROWLOCK_LIB_DIALECT_NN_TRANSFORMS_MOVES_H
