//===- RSDialect.cpp - The rs dialect -------------------------------------===//
#include "rowlock/Dialect/RS/IR/RS.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::rs;

#include "rowlock/Dialect/RS/IR/RSDialect.cpp.inc"

#include "rowlock/Dialect/RS/IR/RSAttrInterfaces.cpp.inc"
#define GET_TYPEDEF_CLASSES
#include "rowlock/Dialect/RS/IR/RSTypes.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "rowlock/Dialect/RS/IR/RSAttrs.cpp.inc"

#define GET_OP_CLASSES
#include "rowlock/Dialect/RS/IR/RSOps.cpp.inc"

void RSDialect::initialize() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "rowlock/Dialect/RS/IR/RSTypes.cpp.inc"
      >();
  addAttributes<
#define GET_ATTRDEF_LIST
#include "rowlock/Dialect/RS/IR/RSAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "rowlock/Dialect/RS/IR/RSOps.cpp.inc"
      >();
}

LogicalResult TensorOp::verify() {
  StringRef kind = getKind();
  if (kind != "input" && kind != "output" && kind != "intermediate" &&
      kind != "constant")
    return emitOpError() << "kind '" << kind
                         << "' is not input, output, intermediate or constant";
  if ((kind == "constant") != getValue().has_value())
    return emitOpError("a constant has a value, others have none");
  return success();
}
