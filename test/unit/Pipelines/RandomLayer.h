//===- RandomLayer.h - Random quantised convolutions ------------*- C++ -*-===//
#ifndef ROWLOCK_TEST_UNIT_PIPELINES_RANDOMLAYER_H
#define ROWLOCK_TEST_UNIT_PIPELINES_RANDOMLAYER_H

#include "../Mapping/RandomProblem.h"

#include "rowlock/Reference/Evaluator.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace rowlock {

/// A module with one nn.conv2d on integers, of the sizes of a shape, for a
/// target: types, zero points, pads, weights, biases and requants are
/// random, but no psum leaves the target's width. `spread`: outputs of `int`
/// targets take many values of their type, some of them clipped at either end;
/// otherwise most layers clip or lose most of them.
mlir::OwningOpRef<mlir::ModuleOp> randomLayer(mlir::MLIRContext *context,
                                              const ConvShape &shape,
                                              const TargetSpec &target,
                                              RandomProblem &random,
                                              bool spread = false);

/// A random tensor of the type, within its storage range.
RefTensor randomTensor(mlir::RankedTensorType type, RandomProblem &random);

} // namespace rowlock

#endif // ROWLOCK_TEST_UNIT_PIPELINES_RANDOMLAYER_H
