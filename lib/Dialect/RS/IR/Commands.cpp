//===- Commands.cpp - Verifiers of commands -------------------------------===//
#include "rowlock/Dialect/RS/IR/RS.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::rs;

/// Maps are over the induction variables; waits and signals come in pairs.
template <typename Op> static LogicalResult verifyCommand(Op op) {
  for (NamedAttribute named : op->getAttrs()) {
    SmallVector<Attribute> maps = {named.getValue()};
    if (auto array = dyn_cast<ArrayAttr>(named.getValue()))
      maps.assign(array.begin(), array.end());
    for (Attribute attribute : maps) {
      auto map = dyn_cast<AffineMapAttr>(attribute);
      if (!map)
        continue;
      if (map.getValue().getNumDims() != op.getIvs().size() ||
          map.getValue().getNumSymbols() || !map.getValue().getNumResults())
        return op.emitOpError()
               << "'" << named.getName().getValue() << "' has "
               << map.getValue().getNumDims() << " dimensions, expected "
               << op.getIvs().size() << " (one per induction variable)";
    }
  }
  if (op.getWaits().size() != op.getWaitValues().size())
    return op.emitOpError() << op.getWaits().size() << " waits and "
                            << op.getWaitValues().size() << " wait_values";
  if (op.getSignals().size() != op.getSignalAmounts().size())
    return op.emitOpError()
           << op.getSignals().size() << " signals and "
           << op.getSignalAmounts().size() << " signal_amounts";
  for (int64_t amount : op.getSignalAmounts())
    if (amount < 1)
      return op.emitOpError() << "signal amount " << amount << " is below 1";
  return success();
}

LogicalResult ConfigureOp::verify() { return verifyCommand(*this); }
LogicalResult LoadOp::verify() { return verifyCommand(*this); }
LogicalResult LoadPsumsOp::verify() { return verifyCommand(*this); }
LogicalResult PassOp::verify() { return verifyCommand(*this); }
LogicalResult StoreOp::verify() { return verifyCommand(*this); }
LogicalResult HostOp::verify() { return verifyCommand(*this); }
