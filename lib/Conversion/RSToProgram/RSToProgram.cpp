//===- RSToProgram.cpp - Commands to a program file -----------------------===//
#include "rowlock/Conversion/RSToProgram.h"

#include "Exporter.h"

#include "rowlock/Program/ProgramWriter.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace rowlock;

FailureOr<fb::ProgramT> Exporter::run() {
  rs::TargetAttr target = rs::getTarget(module);
  auto main = module.lookupSymbol<func::FuncOp>("main");
  if (!target || !main)
    return module.emitError(target ? "the module has no function @main"
                                   : "the module has no rs.target");
  TargetSpec spec = target.getSpec();
  program.target = std::make_unique<fb::TargetT>(encodeTarget(spec));
  program.producer = "rowlock";
  FrameLayout layout(spec);
  for (rs::FrameOp frame : module.getOps<rs::FrameOp>())
    if (failed(exportFrame(frame, layout)))
      return failure();
  for (Operation &op : main.getBody().front().without_terminator()) {
    LogicalResult done = success();
    if (auto tensor = dyn_cast<rs::TensorOp>(op)) {
      done = exportTensor(tensor);
    } else if (auto token = dyn_cast<rs::TokenOp>(op)) {
      tokens[token] = uint32_t(program.tokens.size());
      program.tokens.push_back(token.getName().str());
    } else if (auto layer = dyn_cast<rs::LayerOp>(op)) {
      done = exportLayer(layer);
    } else if (!isa<rs::GlbBufferOp>(op)) {
      done = op.emitError() << "'" << op.getName()
                            << "' has no place in a program; run "
                               "rs-lower-layers first";
    }
    if (failed(done))
      return failure();
  }
  return std::move(program);
}

FailureOr<fb::ProgramT> rowlock::exportProgram(ModuleOp module) {
  return Exporter(module).run();
}
