//===- ExtractMappingProblems.cpp - Layers of a network as problems -------===//
#include "rowlock/Dialect/NN/IR/Names.h"
#include "rowlock/Dialect/RS/IR/RS.h"
#include "rowlock/Dialect/RS/Transforms/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace rowlock::rs {
#define GEN_PASS_DEF_EXTRACTMAPPINGPROBLEMS
#include "rowlock/Dialect/RS/Transforms/Passes.h.inc"
} // namespace rowlock::rs

using namespace mlir;
using namespace rowlock;

namespace {

struct ExtractMappingProblems
    : rs::impl::ExtractMappingProblemsBase<ExtractMappingProblems> {
  using ExtractMappingProblemsBase::ExtractMappingProblemsBase;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    rs::TargetAttr target = rs::getTarget(module);
    if (!target) {
      module.emitError("the module has no rs.target");
      return signalPassFailure();
    }
    if (auto known = parseObjectives(objectives); !known) {
      module.emitError(known.message());
      return signalPassFailure();
    }
    TargetSpec spec = target.getSpec();
    OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
    std::vector<LayerShape> stated;
    module.walk([&](rs::Conv2DOp op) {
      // The verifier of the operation has made sure that there are parts.
      std::vector<LayerPart> parts = *partsOf(rs::getShape(op, spec), spec);
      for (const LayerPart &part : parts)
        if (!llvm::is_contained(stated, part.shape)) {
          stated.push_back(part.shape);
          std::string name = nn::nameOf(op.getLoc());
          if (name.empty())
            name = "layer" + std::to_string(stated.size());
          rs::MappingProblemOp::create(builder, op.getLoc(), name, part.shape,
                                       objectives);
        }
    });
    for (auto function :
         llvm::make_early_inc_range(module.getOps<func::FuncOp>()))
      function.erase();
  }
};

} // namespace
