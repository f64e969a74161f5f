//===- Faults.cpp - Passes that are wrong ---------------------------------===//
#include "Faults/Faults.h"

#include "rowlock/Dialect/NN/IR/NN.h"

#include "llvm/Support/ErrorHandling.h"

using namespace mlir;
using namespace rowlock;

namespace rowlock::faults {

#define GEN_PASS_DEF_FORGETCLIP
#define GEN_PASS_DEF_CRASHONPRODUCT
#define GEN_PASS_DEF_BREAKPRODUCT
#include "Faults/Passes.h.inc"

namespace {

struct ForgetClip : impl::ForgetClipBase<ForgetClip> {
  void runOnOperation() override {
    getOperation()->walk([](nn::ClipOp op) {
      if (op.getActivation())
        op.getResult().replaceAllUsesWith(op.getInput());
    });
  }
};

struct CrashOnProduct : impl::CrashOnProductBase<CrashOnProduct> {
  void runOnOperation() override {
    getOperation()->walk([](nn::AddOp op) {
      for (Value operand : op->getOperands())
        if (operand.getDefiningOp<nn::MulOp>())
          llvm::report_fatal_error("a sum of a product");
    });
  }
};

struct BreakProduct : impl::BreakProductBase<BreakProduct> {
  void runOnOperation() override {
    getOperation()->walk([](nn::MulOp op) {
      auto type = cast<RankedTensorType>(op.getResult().getType());
      SmallVector<int64_t> shape(type.getShape());
      shape.back() += 1;
      op.getResult().setType(
          RankedTensorType::get(shape, type.getElementType()));
    });
  }
};

} // namespace

} // namespace rowlock::faults
