//===- Exporter.h - State of the export to a program ------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_CONVERSION_RSTOPROGRAM_EXPORTER_H
#define ROWLOCK_LIB_CONVERSION_RSTOPROGRAM_EXPORTER_H

#include "rowlock/Dialect/RS/IR/RS.h"
#include "rowlock/Program/FrameLayout.h"
#include "rowlock/Program/program_generated.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

namespace rowlock {

class Exporter {
public:
  explicit Exporter(mlir::ModuleOp module) : module(module) {}
  mlir::FailureOr<fb::ProgramT> run();

private:
  // Tensors.cpp
  mlir::LogicalResult exportTensor(rs::TensorOp op);
  // Layers.cpp
  mlir::LogicalResult exportFrame(rs::FrameOp op, const FrameLayout &layout);
  mlir::LogicalResult exportLayer(rs::LayerOp op);
  // Commands.cpp
  mlir::LogicalResult exportBlock(mlir::Block &block);
  mlir::LogicalResult exportLoop(mlir::scf::ForOp op);
  mlir::LogicalResult exportCommand(mlir::Operation *op);
  fb::OperationUnion configure(rs::ConfigureOp op);
  fb::OperationUnion load(rs::LoadOp op);
  fb::OperationUnion loadPsums(rs::LoadPsumsOp op);
  fb::OperationUnion pass(rs::PassOp op);
  fb::OperationUnion store(rs::StoreOp op);

  mlir::ModuleOp module;
  fb::ProgramT program;
  llvm::DenseMap<mlir::Value, uint32_t> tensors, tokens;
  llvm::StringMap<uint32_t> frames;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_CONVERSION_RSTOPROGRAM_EXPORTER_H
