//===- AssignMappings.cpp - Choose mappings -------------------------------===//
#include "rowlock/Dialect/RS/IR/RS.h"
#include "rowlock/Dialect/RS/Transforms/Passes.h"

namespace rowlock::rs {
#define GEN_PASS_DEF_ASSIGNMAPPINGS
#include "rowlock/Dialect/RS/Transforms/Passes.h.inc"
} // namespace rowlock::rs

using namespace mlir;
using namespace rowlock;

namespace {

struct AssignMappings : rs::impl::AssignMappingsBase<AssignMappings> {
  void runOnOperation() override {
    rs::TargetAttr target = rs::getTarget(getOperation());
    if (!target) {
      getOperation().emitError("the module has no rs.target");
      return signalPassFailure();
    }
    TargetSpec spec = target.getSpec();
    WalkResult result = getOperation().walk([&](rs::Conv2DOp op) {
      if (op.getMapping())
        return WalkResult::advance();
      Result<Mapping> mapping = searchPlain(rs::getProblem(op, spec));
      if (!mapping) {
        op.emitError() << "no mapping fits: " << mapping.message();
        return WalkResult::interrupt();
      }
      op.setMappingAttr(rs::MappingAttr::get(
          &getContext(), StringRef(printMapping(*mapping))));
      ++assigned;
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};

} // namespace
