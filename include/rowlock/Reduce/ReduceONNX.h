//===- ReduceONNX.h - The smallest model that still does --------*- C++ -*-===//
#ifndef ROWLOCK_REDUCE_REDUCEONNX_H
#define ROWLOCK_REDUCE_REDUCEONNX_H

#include "rowlock/Reduce/Oracle.h"

#include "mlir/IR/MLIRContext.h"

namespace rowlock {

/// What the model's input holds, and so what tensors inside it hold, that
/// become inputs of candidates.
struct ModelInputs {
  std::string images;                    // empty: random numbers
  fb::PreprocessingT preprocessing = {}; // of the images
  int64_t most = 4;                      // images
  int64_t batch = 1;                     // where the model leaves it open
};

/// Reduces the ONNX model in a file, in rounds until nothing goes any more:
///
///   nodes        tensors of those left out become inputs, or constants, or
///                give way to an operand of the same type; ends become outputs
///   outputs
///   attributes   that the operator does without
///   sizes        all dimensions of one size at once, initializers cut to them
///   the rest     documentation, metadata, unused initializers
///
/// Candidates are valid ONNX, unless the model itself is not, and hold their
/// external data; only outputs of operators that ONNX does not know may be
/// without a shape. What the model's inner tensors hold is taken from the
/// evaluator, where the importer knows the model, else it is random.
///
/// The smallest is in the oracle's file. An error, with the file, if it cannot
/// be read or is not interesting.
Status reduceONNX(const std::string &path, mlir::MLIRContext &context,
                  const ModelInputs &inputs, Oracle &oracle);

} // namespace rowlock

#endif // ROWLOCK_REDUCE_REDUCEONNX_H
