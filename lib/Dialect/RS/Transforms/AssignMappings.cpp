//===- AssignMappings.cpp - Choose mappings -------------------------------===//
#include "rowlock/Dialect/RS/IR/RS.h"
#include "rowlock/Dialect/RS/Transforms/Passes.h"
#include "rowlock/Mapping/Search.h"

#include <deque>

namespace rowlock::rs {
#define GEN_PASS_DEF_ASSIGNMAPPINGS
#include "rowlock/Dialect/RS/Transforms/Passes.h.inc"
} // namespace rowlock::rs

using namespace mlir;
using namespace rowlock;

namespace {

struct AssignMappings : rs::impl::AssignMappingsBase<AssignMappings> {
  using AssignMappingsBase::AssignMappingsBase;

  void runOnOperation() override {
    rs::TargetAttr target = rs::getTarget(getOperation());
    if (!target) {
      getOperation().emitError("the module has no rs.target");
      return signalPassFailure();
    }
    Result<Objectives> parsed = parseObjectives(objective);
    if (!parsed) {
      getOperation().emitError(parsed.message());
      return signalPassFailure();
    }
    objectives = *parsed;
    TargetSpec spec = target.getSpec();
    WalkResult result = getOperation().walk([&](rs::Conv2DOp op) {
      if (!rs::getMappings(op).empty())
        return WalkResult::advance();
      Result<std::vector<LayerPart>> parts =
          partsOf(rs::getShape(op, spec), spec);
      if (!parts) {
        op.emitError() << parts.message();
        return WalkResult::interrupt();
      }
      SmallVector<rs::MappingAttrInterface> mappings;
      for (const LayerPart &part : *parts) {
        const Result<Mapping> &mapping = search({part.shape, spec});
        if (!mapping) {
          op.emitError() << "no mapping fits: " << mapping.message();
          return WalkResult::interrupt();
        }
        mappings.push_back(rs::MappingAttr::get(
            &getContext(), StringRef(printMapping(*mapping))));
      }
      rs::setMappings(op, mappings);
      ++assigned;
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      signalPassFailure();
    found.clear();
  }

  /// Equal layers are searched once.
  const Result<Mapping> &search(const MappingProblem &problem) {
    for (const auto &[layer, mapping] : found)
      if (layer == problem.layer)
        return mapping;
    found.emplace_back(problem.layer, searchPlain(problem, objectives));
    return found.back().second;
  }

  Objectives objectives;
  std::deque<std::pair<LayerShape, Result<Mapping>>> found;
};

} // namespace
