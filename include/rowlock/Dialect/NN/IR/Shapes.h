//===- Shapes.h - Result shapes of layers -----------------------*- C++ -*-===//
//
// One place for the shape rules that importers and verifiers share.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_DIALECT_NN_IR_SHAPES_H
#define ROWLOCK_DIALECT_NN_IR_SHAPES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include <cstdint>
#include <optional>

namespace rowlock::nn {

/// Are there at most 2^31 elements, and no size above that?
bool isBounded(llvm::ArrayRef<int64_t> shape);

/// Size of one spatial dimension of a convolution's or pool's result:
/// floor((size + before + after - (kernel-1)*dilation - 1) / stride) + 1, or
/// with `ceil` rounded up without a window that starts in the padding after.
/// Below 1 where the window does not fit. No parameter is above 2^31.
int64_t windowedSize(int64_t size, int64_t kernel, int64_t stride,
                     int64_t dilation, int64_t before, int64_t after,
                     bool ceil = false);

/// The numpy broadcast of two shapes, or nothing if they do not broadcast.
std::optional<llvm::SmallVector<int64_t>>
broadcastShapes(llvm::ArrayRef<int64_t> lhs, llvm::ArrayRef<int64_t> rhs);

} // namespace rowlock::nn

#endif // ROWLOCK_DIALECT_NN_IR_SHAPES_H
