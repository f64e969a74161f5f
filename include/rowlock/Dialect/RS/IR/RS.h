//===- RS.h - The rs dialect ------------------------------------*- C++ -*-===//
//
// What a row-stationary accelerator does: layer ops with mappings, and commands
// on buffers. docs/generated/rs.md describes every operation.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_DIALECT_RS_IR_RS_H
#define ROWLOCK_DIALECT_RS_IR_RS_H

#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Mapping/Parts.h"
#include "rowlock/Mapping/Schedule.h"
#include "rowlock/Mapping/Search.h"
#include "rowlock/Target/TargetSpec.h"

#include "mlir/IR/AffineMap.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/SymbolTable.h"

#include "rowlock/Dialect/RS/IR/RSDialect.h.inc"

#include "rowlock/Dialect/RS/IR/RSAttrInterfaces.h.inc"
#define GET_TYPEDEF_CLASSES
#include "rowlock/Dialect/RS/IR/RSTypes.h.inc"
#define GET_ATTRDEF_CLASSES
#include "rowlock/Dialect/RS/IR/RSAttrs.h.inc"

#define GET_OP_CLASSES
#include "rowlock/Dialect/RS/IR/RSOps.h.inc"

namespace rowlock::rs {

/// The module attribute that holds the target, `rs.target`.
constexpr llvm::StringLiteral kTargetAttrName = "rs.target";

/// The target of the module around an operation, or null.
TargetAttr getTarget(mlir::Operation *op);

/// The layer of a quantised convolution in the mapper's terms, padding
/// included.
ConvShape getShape(Conv2DOp op, const TargetSpec &target);
ConvShape getShape(nn::Conv2DOp op, const TargetSpec &target);

/// The mappings of a convolution's parts; none if it has none yet.
llvm::SmallVector<MappingAttrInterface> getMappings(Conv2DOp op);
void setMappings(Conv2DOp op, llvm::ArrayRef<MappingAttrInterface> mappings);

} // namespace rowlock::rs

#endif // ROWLOCK_DIALECT_RS_IR_RS_H
