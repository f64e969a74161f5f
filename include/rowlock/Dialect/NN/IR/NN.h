//===- NN.h - The nn dialect ------------------------------------*- C++ -*-===//
//
// Layers of trained networks. docs/generated/nn.md describes every operation
// and the constraints (C1, C2, ...) that its verifier names.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_DIALECT_NN_IR_NN_H
#define ROWLOCK_DIALECT_NN_IR_NN_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "rowlock/Dialect/NN/IR/NNDialect.h.inc"

#define GET_ATTRDEF_CLASSES
#include "rowlock/Dialect/NN/IR/NNAttrs.h.inc"

#define GET_OP_CLASSES
#include "rowlock/Dialect/NN/IR/NNOps.h.inc"

#endif // ROWLOCK_DIALECT_NN_IR_NN_H
