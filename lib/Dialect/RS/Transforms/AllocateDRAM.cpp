//===- AllocateDRAM.cpp - Place tensors in DRAM ---------------------------===//
#include "rowlock/Dialect/RS/IR/RS.h"
#include "rowlock/Dialect/RS/Transforms/Passes.h"
#include "rowlock/Program/CodedLayout.h"

#include "llvm/Support/MathExtras.h"

namespace rowlock::rs {
#define GEN_PASS_DEF_ALLOCATEDRAM
#include "rowlock/Dialect/RS/Transforms/Passes.h.inc"
} // namespace rowlock::rs

using namespace mlir;
using namespace rowlock;

static int64_t bytesOf(rs::TensorOp op) {
  RankedTensorType type = op.getType().getTensor();
  Type element = type.getElementType();
  if (auto quantized = dyn_cast<quant::QuantizedType>(element))
    element = quantized.getStorageType();
  int64_t bits = element.getIntOrFloatBitWidth();
  if (op.getCodedRows() && type.getRank() == 4)
    if (auto coded = CodedLayout::compute(type.getShape().data(),
                                          *op.getCodedRows(), bits,
                                          /*isSigned=*/false))
      return coded->byteSize();
  return type.getNumElements() * llvm::divideCeil(bits, 8);
}

namespace {

struct AllocateDRAM : rs::impl::AllocateDRAMBase<AllocateDRAM> {
  void runOnOperation() override {
    Builder builder(&getContext());
    int64_t next = 0;
    getOperation().walk([&](rs::TensorOp op) {
      op.setAddressAttr(builder.getI64IntegerAttr(next));
      next = llvm::alignTo(next + bytesOf(op), 64);
    });
  }
};

} // namespace
