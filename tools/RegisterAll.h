//===- RegisterAll.h - Passes of all tools ----------------------*- C++ -*-===//
#ifndef ROWLOCK_TOOLS_REGISTERALL_H
#define ROWLOCK_TOOLS_REGISTERALL_H

#include "RegisterDialects.h"

#include "rowlock/Conversion/Passes.h"
#include "rowlock/Dialect/NN/Transforms/Passes.h"
#include "rowlock/Dialect/RS/Transforms/Passes.h"
#include "rowlock/Quantization/Passes.h"

#include "mlir/Transforms/Passes.h"

namespace rowlock {

inline void registerAllPasses() {
  nn::registerNNPasses();
  registerQuantizationPasses();
  registerConversionPasses();
  rs::registerRSPasses();
  mlir::registerTransformsPasses();
}

} // namespace rowlock

#endif // ROWLOCK_TOOLS_REGISTERALL_H
