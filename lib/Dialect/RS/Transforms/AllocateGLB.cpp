//===- AllocateGLB.cpp - Place GLB buffers, divide the banks --------------===//
#include "rowlock/Dialect/RS/IR/RS.h"
#include "rowlock/Dialect/RS/Transforms/Passes.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/Support/MathExtras.h"

namespace rowlock::rs {
#define GEN_PASS_DEF_ALLOCATEGLB
#include "rowlock/Dialect/RS/Transforms/Passes.h.inc"
} // namespace rowlock::rs

using namespace mlir;
using namespace rowlock;

namespace {

/// Words that the buffers of one frame take in each region.
struct Regions {
  int64_t ifmap = 0, psum = 0;
};

struct AllocateGLB : rs::impl::AllocateGLBBase<AllocateGLB> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    rs::TargetAttr target = rs::getTarget(module);
    if (!target) {
      module.emitError("the module has no rs.target");
      return signalPassFailure();
    }
    Builder builder(&getContext());
    llvm::MapVector<StringAttr, Regions> frames;
    module.walk([&](rs::GlbBufferOp op) {
      Regions &regions = frames[op.getFrameAttr().getAttr()];
      int64_t &next = op.getRegion() == "ifmap" ? regions.ifmap : regions.psum;
      op.setOffsetAttr(builder.getI64IntegerAttr(next));
      next += op.getWords();
    });
    TargetSpec spec = target.getSpec();
    WalkResult result = module.walk([&](rs::FrameOp frame) {
      return place(frame, frames.lookup(frame.getSymNameAttr()), spec, builder);
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }

  WalkResult place(rs::FrameOp frame, Regions regions, const TargetSpec &spec,
                   Builder &builder) {
    auto mode16 = frame.getFields().getAs<IntegerAttr>("mode16");
    int64_t operand = spec.operandBytes(mode16 && mode16.getInt());
    int64_t ifmap = llvm::divideCeil(regions.ifmap * operand, spec.bank_bytes);
    int64_t psum =
        llvm::divideCeil(regions.psum * spec.psumBytes(), spec.bank_bytes);
    if (ifmap + psum > spec.glb_banks) {
      frame.emitError() << "ifmaps take " << ifmap << " banks and psums "
                        << psum << ", together more than the " << spec.glb_banks
                        << " banks of the GLB";
      return WalkResult::interrupt();
    }
    SmallVector<int64_t> banks(spec.glb_banks, 1);
    std::fill_n(banks.begin(), ifmap, 0);
    NamedAttrList fields(frame.getFields());
    fields.set("bank_psum", builder.getDenseI64ArrayAttr(banks));
    frame.setFieldsAttr(fields.getDictionary(&getContext()));
    return WalkResult::advance();
  }
};

} // namespace
