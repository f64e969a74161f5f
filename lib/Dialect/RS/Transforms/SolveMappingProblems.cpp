//===- SolveMappingProblems.cpp - Solvers without a model -----------------===//
#include "rowlock/Dialect/RS/IR/RS.h"
#include "rowlock/Dialect/RS/Transforms/Passes.h"
#include "rowlock/Mapping/Search.h"

#include "llvm/Support/Process.h"

#include <chrono>

namespace rowlock::rs {
#define GEN_PASS_DEF_SOLVEMAPPINGPROBLEMS
#include "rowlock/Dialect/RS/Transforms/Passes.h.inc"
} // namespace rowlock::rs

using namespace mlir;
using namespace rowlock;

static double cpuSeconds() {
  llvm::sys::TimePoint<> wall;
  std::chrono::nanoseconds user, system;
  llvm::sys::Process::GetTimeUsage(wall, user, system);
  return std::chrono::duration<double>(user + system).count();
}

namespace {

struct SolveMappingProblems
    : rs::impl::SolveMappingProblemsBase<SolveMappingProblems> {
  using SolveMappingProblemsBase::SolveMappingProblemsBase;

  void runOnOperation() override {
    WalkResult result = getOperation().walk([&](rs::MappingProblemOp op) {
      return failed(solve(op)) ? WalkResult::interrupt()
                               : WalkResult::advance();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }

  LogicalResult solve(rs::MappingProblemOp op) {
    MappingProblem problem = *op.getProblem();
    Objectives objectives = *parseObjectives(op.getObjectives().str());
    auto search = bruteForce ? searchBruteForce : searchOptimal;
    double seconds = 0;
    Result<Optimum> best = search(problem, objectives, op.getMapSpace());
    for (unsigned k = 0; k < measure; ++k) {
      double begin = cpuSeconds();
      best = search(problem, objectives, op.getMapSpace());
      double spent = cpuSeconds() - begin;
      seconds = k ? std::min(seconds, spent) : spent;
    }
    if (!best)
      return op.emitError() << best.message();
    op.setMappingAttr(rs::MappingAttr::get(
        &getContext(), StringRef(printMapping(best->mapping))));
    op.setValues(best->values);
    addCertificate(op, best->certificate, seconds);
    return compareWithExpected(op, best->values);
  }

  void addCertificate(rs::MappingProblemOp op, const Certificate &certificate,
                      double seconds) {
    Builder builder(&getContext());
    NamedAttrList list;
    auto count = [&](StringRef name, int64_t value) {
      list.set(name, builder.getI64IntegerAttr(value));
    };
    auto real = [&](StringRef name, double value) {
      list.set(name, builder.getF64FloatAttr(value));
    };
    real("space_size", certificate.spaceSize);
    count("passes", certificate.passes);
    count("evaluated", certificate.evaluated);
    count("pruned_placements", certificate.prunedPlacements);
    count("pruned_passes", certificate.prunedPasses);
    count("pruned_tiles", certificate.prunedTiles);
    count("pruned_residencies", certificate.prunedResidencies);
    count("do_not_fit", certificate.doNotFit);
    if (std::isfinite(certificate.bestRemaining))
      real("best_remaining", certificate.bestRemaining);
    if (measure)
      real("cpu_seconds", seconds);
    op.setCertificateAttr(list.getDictionary(&getContext()));
  }

  LogicalResult compareWithExpected(rs::MappingProblemOp op,
                                    ArrayRef<double> values) {
    std::optional<ArrayRef<double>> expected = op.getExpected();
    if (!expected)
      return success();
    for (auto [wanted, value] : llvm::zip(*expected, values))
      if (std::abs(value - wanted) > 1e-6 * std::abs(wanted))
        return op.emitError()
               << "the optimum has " << value << ", expected " << wanted;
    return success();
  }
};

} // namespace
