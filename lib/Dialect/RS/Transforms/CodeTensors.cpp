//===- CodeTensors.cpp - Keep feature maps in DRAM run-length coded -------===//
#include "rowlock/Dialect/RS/IR/RS.h"
#include "rowlock/Dialect/RS/Transforms/Passes.h"

namespace rowlock::rs {
#define GEN_PASS_DEF_CODETENSORS
#include "rowlock/Dialect/RS/Transforms/Passes.h.inc"
} // namespace rowlock::rs

using namespace mlir;
using namespace rowlock;

/// The greatest value of a count: the constant among its terms.
static std::optional<int64_t> fullCount(AffineMap map) {
  for (AffineExpr term : map.getResults())
    if (auto constant = dyn_cast<AffineConstantExpr>(term))
      return constant.getValue();
  return std::nullopt;
}

/// Every value of the expression is a multiple of `step`.
static bool isMultipleOf(AffineMap map, int64_t step) {
  return map.getNumResults() == 1 && map.getResult(0).isMultipleOf(step);
}

/// The rows of the blocks that all passes of a store make whole; nothing if it
/// makes parts of blocks.
static std::optional<int64_t> blockRows(rs::StoreOp store,
                                        RankedTensorType type) {
  auto rows = fullCount(store.getRows());
  auto columns = fullCount(store.getColumns());
  auto column = dyn_cast<AffineConstantExpr>(store.getColumn().getResult(0));
  if (store.getRaw() || store.getRowStep() != 1 || store.getColumnStep() != 1 ||
      !rows || columns != type.getDimSize(3) || !column ||
      column.getValue() != 0 || !isMultipleOf(store.getRow(), *rows))
    return std::nullopt;
  return rows;
}

namespace {

struct CodeTensors : rs::impl::CodeTensorsBase<CodeTensors> {
  using CodeTensorsBase::CodeTensorsBase;

  void runOnOperation() override {
    getOperation().walk([&](rs::TensorOp op) {
      if (std::optional<int64_t> rows = rowsFor(op)) {
        op.setCodedRows(*rows);
        ++coded;
      }
    });
  }

  /// `coded_rows` of a tensor; nothing if it stays raw.
  std::optional<int64_t> rowsFor(rs::TensorOp op) {
    RankedTensorType type = op.getType().getTensor();
    Type element = type.getElementType();
    if (auto quantized = dyn_cast<quant::QuantizedType>(element))
      element = quantized.getStorageType();
    bool atBoundary = op.getKind() == "input" || op.getKind() == "output";
    if (type.getRank() != 4 || !element.isInteger() ||
        element.getIntOrFloatBitWidth() > 16 || op.getKind() == "constant" ||
        (atBoundary && !boundary) || llvm::is_contained(raw, op.getName()))
      return std::nullopt;
    std::optional<int64_t> rows;
    llvm::SmallPtrSet<Value, 4> rings;
    bool onArray = false;
    for (OpOperand &use : op->getUses()) {
      Operation *user = use.getOwner();
      if (auto layer = dyn_cast<rs::LayerOp>(user)) {
        bool read = use.getOperandNumber() < layer.getInputs().size();
        if (read && layer.getKernel() != "ArrayConv")
          return std::nullopt;
      } else if (auto load = dyn_cast<rs::LoadOp>(user)) {
        if (load.getRowStep() != 1 || load.getColumnStep() != 1)
          return std::nullopt;
        // Strip by strip, loads would read blocks again and again.
        if (load.getRing() && !rings.insert(load.getGlb()).second)
          return std::nullopt;
        onArray = true;
      } else if (auto store = dyn_cast<rs::StoreOp>(user)) {
        std::optional<int64_t> made = blockRows(store, type);
        if (!made || (rows && *rows != *made))
          return std::nullopt;
        rows = made;
        onArray = true;
      } else {
        return std::nullopt;
      }
    }
    if (!onArray)
      return std::nullopt;
    return rows && *rows < type.getDimSize(2) ? *rows : -1;
  }
};

} // namespace
