//===- AllocateDRAM.cpp - Place tensors in DRAM ---------------------------===//
#include "rowlock/Dialect/RS/IR/RS.h"
#include "rowlock/Dialect/RS/Transforms/Passes.h"

#include "llvm/Support/MathExtras.h"

namespace rowlock::rs {
#define GEN_PASS_DEF_ALLOCATEDRAM
#include "rowlock/Dialect/RS/Transforms/Passes.h.inc"
} // namespace rowlock::rs

using namespace mlir;
using namespace rowlock;

static int64_t bytesOf(RankedTensorType type) {
  Type element = type.getElementType();
  if (auto quantized = dyn_cast<quant::QuantizedType>(element))
    element = quantized.getStorageType();
  return type.getNumElements() *
         llvm::divideCeil(element.getIntOrFloatBitWidth(), 8);
}

namespace {

struct AllocateDRAM : rs::impl::AllocateDRAMBase<AllocateDRAM> {
  void runOnOperation() override {
    Builder builder(&getContext());
    int64_t next = 0;
    getOperation().walk([&](rs::TensorOp op) {
      op.setAddressAttr(builder.getI64IntegerAttr(next));
      next = llvm::alignTo(next + bytesOf(op.getType().getTensor()), 64);
    });
  }
};

} // namespace
