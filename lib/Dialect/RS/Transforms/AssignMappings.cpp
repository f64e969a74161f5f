//===- AssignMappings.cpp - Choose mappings -------------------------------===//
#include "rowlock/Dialect/RS/IR/RS.h"
#include "rowlock/Dialect/RS/Transforms/Passes.h"
#include "rowlock/Mapping/Cache/MappingCache.h"
#include "rowlock/Mapping/Search.h"

#include "mlir/IR/Threading.h"

#include <optional>

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
    std::optional<MappingCache> kept;
    if (!cache.empty()) {
      Result<MappingCache> opened = MappingCache::open(cache);
      if (!opened) {
        getOperation().emitError("mapping cache: ") << opened.message();
        return signalPassFailure();
      }
      kept = *opened;
    }
    spec = target.getSpec();
    std::vector<Layer> layers;
    WalkResult walked = getOperation().walk([&](rs::Conv2DOp op) {
      if (!rs::getMappings(op).empty())
        return WalkResult::advance();
      auto parts = partsOf(rs::getShape(op, spec), spec);
      if (!parts) {
        op.emitError() << parts.message();
        return WalkResult::interrupt();
      }
      layers.push_back({op, {}});
      for (const LayerPart &part : *parts)
        layers.back().problems.push_back(number(part.shape));
      return WalkResult::advance();
    });
    found.resize(problems.size());
    // Layers do not depend on each other, nor results on threads.
    parallelFor(&getContext(), 0, problems.size(), [&](size_t k) {
      MappingProblem problem{problems[k], spec};
      found[k].emplace(kept ? kept->search(problem, objectives)
                            : searchOptimal(problem, objectives));
    });
    for (Layer &layer : layers)
      if (failed(assign(layer))) {
        walked = WalkResult::interrupt();
        break;
      }
    if (walked.wasInterrupted())
      signalPassFailure();
    problems.clear();
    found.clear();
  }

  /// A convolution and the problem of each of its parts.
  struct Layer {
    rs::Conv2DOp op;
    SmallVector<size_t> problems;
  };

  /// Equal layers are one problem.
  size_t number(const LayerShape &layer) {
    auto known = llvm::find(problems, layer);
    if (known == problems.end())
      known = problems.insert(known, layer);
    return size_t(known - problems.begin());
  }

  LogicalResult assign(Layer &layer) {
    SmallVector<rs::MappingAttrInterface> mappings;
    for (size_t problem : layer.problems) {
      const Result<Optimum> &best = *found[problem];
      if (!best)
        return layer.op.emitError() << best.message();
      mappings.push_back(rs::MappingAttr::get(
          &getContext(), StringRef(printMapping(best->mapping))));
    }
    rs::setMappings(layer.op, mappings);
    ++assigned;
    return success();
  }

  Objectives objectives;
  TargetSpec spec;
  std::vector<LayerShape> problems;
  std::vector<std::optional<Result<Optimum>>> found;
};

} // namespace
