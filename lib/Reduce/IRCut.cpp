//===- IRCut.cpp - Operations left out ------------------------------------===//
#include "IREdits.h"

#include "rowlock/Dialect/NN/IR/Names.h"

#include "mlir/IR/Matchers.h"
#include "mlir/IR/SymbolTable.h"

using namespace mlir;
using namespace rowlock;

bool rowlock::canCut(func::FuncOp function) {
  auto module = function->getParentOfType<ModuleOp>();
  return function.getBody().hasOneBlock() &&
         function.getBody().front().mightHaveTerminator() &&
         isa<func::ReturnOp>(function.getBody().front().getTerminator()) &&
         SymbolTable::symbolKnownUseEmpty(function, module);
}

static bool isConstant(Operation *op) {
  return op->hasTrait<OpTrait::ConstantLike>() && !op->getNumOperands();
}

std::vector<Operation *> rowlock::cuttableOps(func::FuncOp function) {
  std::vector<Operation *> ops;
  for (Operation &op : function.getBody().front().without_terminator())
    if (!isConstant(&op))
      ops.push_back(&op);
  return ops;
}

/// Attributes of an argument or result that is `value`, in a function whose
/// others carry names.
static DictionaryAttr attributesFor(Value value, bool named) {
  std::string name = nn::nameOf(value.getLoc());
  Builder builder(value.getContext());
  if (!named || name.empty())
    return builder.getDictionaryAttr({});
  return builder.getDictionaryAttr(
      builder.getNamedAttr(nn::kNameAttr, builder.getStringAttr(name)));
}

static bool hasNames(func::FuncOp function) {
  for (unsigned k = 0; k < function.getNumArguments(); ++k)
    if (function.getArgAttr(k, nn::kNameAttr))
      return true;
  return false;
}

void rowlock::keepOutputs(func::FuncOp function,
                          const std::vector<size_t> &kept) {
  Operation *terminator = function.getBody().front().getTerminator();
  llvm::BitVector erased(terminator->getNumOperands(), true);
  for (size_t k : kept)
    erased.reset(unsigned(k));
  terminator->eraseOperands(erased);
  (void)function.eraseResults(erased);
}

static void addResult(func::FuncOp function, Value value, bool named) {
  Operation *terminator = function.getBody().front().getTerminator();
  terminator->insertOperands(terminator->getNumOperands(), value);
  (void)function.insertResult(function.getNumResults(), value.getType(),
                              attributesFor(value, named));
}

/// Erases the arguments of `used` that have lost their uses, and constants
/// without any.
static void sweep(func::FuncOp function, const llvm::BitVector &used) {
  Block &block = function.getBody().front();
  for (Operation &op : llvm::make_early_inc_range(block.without_terminator()))
    if (isConstant(&op) && op.use_empty())
      op.erase();
  llvm::BitVector erased(function.getNumArguments());
  for (unsigned k : used.set_bits())
    if (function.getArgument(k).use_empty())
      erased.set(k);
  (void)function.eraseArguments(erased);
}

void rowlock::cut(func::FuncOp function, ArrayRef<Operation *> dropped,
                  bool returnEnds) {
  Block &block = function.getBody().front();
  Operation *terminator = block.getTerminator();
  bool named = hasNames(function);
  returnEnds &= terminator->getNumOperands() > 0;
  llvm::DenseSet<Operation *> gone(dropped.begin(), dropped.end());
  SmallVector<Value> mayEnd;
  for (Operation &op : block.without_terminator())
    if (!gone.count(&op) && !isConstant(&op))
      for (Value result : op.getResults())
        if (!result.use_empty())
          mayEnd.push_back(result);
  llvm::BitVector used(function.getNumArguments());
  for (BlockArgument argument : function.getArguments())
    if (!argument.use_empty())
      used.set(argument.getArgNumber());

  std::vector<size_t> outputs;
  for (auto [k, value] : llvm::enumerate(terminator->getOperands()))
    if (!gone.count(value.getDefiningOp()))
      outputs.push_back(k);
  keepOutputs(function, outputs);
  for (Operation *op : llvm::reverse(dropped)) {
    for (Value result : op->getResults()) {
      // Users that go as well are erased by now.
      if (result.use_empty())
        continue;
      unsigned index = function.getNumArguments();
      (void)function.insertArgument(index, result.getType(),
                                    attributesFor(result, named),
                                    result.getLoc());
      result.replaceAllUsesWith(function.getArgument(index));
    }
    op->erase();
  }
  for (Value value : mayEnd)
    if (returnEnds && value.use_empty())
      addResult(function, value, named);
  sweep(function, used);
}

std::vector<Operation *> rowlock::erasableOps(ModuleOp module) {
  std::vector<Operation *> ops;
  module.walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (op != module && !op->hasTrait<OpTrait::IsTerminator>())
      ops.push_back(op);
  });
  return ops;
}

void rowlock::eraseOps(const std::vector<Operation *> &dropped) {
  // Users and inner operations first.
  for (Operation *op : llvm::reverse(dropped)) {
    SmallVector<Value> instead;
    for (Value result : op->getResults()) {
      auto found = llvm::find_if(op->getOperands(), [&](Value operand) {
        return operand.getType() == result.getType();
      });
      instead.push_back(found == op->operand_end() ? Value() : Value(*found));
    }
    bool possible = true;
    for (auto [result, other] : llvm::zip(op->getResults(), instead))
      possible &= result.use_empty() || other;
    if (!possible)
      continue;
    for (auto [result, other] : llvm::zip(op->getResults(), instead))
      if (other)
        result.replaceAllUsesWith(other);
    op->dropAllDefinedValueUses();
    op->erase();
  }
}
