//===- Check.cpp - Tests that check themselves ----------------------------===//
#include "Check/Check.h"

#include "llvm/ADT/bit.h"
#include "llvm/Support/Format.h"

#include <cmath>

using namespace mlir;
using namespace rowlock;

#include "Check/CheckDialect.cpp.inc"

#define GET_OP_CLASSES
#include "Check/CheckOps.cpp.inc"

void check::CheckDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "Check/CheckOps.cpp.inc"
      >();
}

static std::string text(int64_t value) { return std::to_string(value); }
static std::string text(float value) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.9g", double(value));
  return text;
}

template <typename T, typename Holds>
static LogicalResult compare(Operation *op, const std::vector<T> &actual,
                             const std::vector<T> &expected, Holds holds) {
  for (size_t k = 0; k < expected.size(); ++k)
    if (!holds(actual[k], expected[k]))
      return op->emitOpError() << "element " << k << " is " << text(actual[k])
                               << ", expected " << text(expected[k]);
  return success();
}

LogicalResult check::visit(Operation *op,
                           ArrayRef<const RefTensor *> operands) {
  if (isa<ExpectEqOp>(op)) {
    auto sameBits = [](float a, float b) {
      return llvm::bit_cast<uint32_t>(a) == llvm::bit_cast<uint32_t>(b);
    };
    if (failed(compare(op, operands[0]->floats, operands[1]->floats, sameBits)))
      return failure();
    return compare(op, operands[0]->integers, operands[1]->integers,
                   std::equal_to<int64_t>());
  }
  if (auto close = dyn_cast<ExpectCloseOp>(op)) {
    double tolerance = close.getTolerance().convertToDouble();
    return compare(op, operands[0]->floats, operands[1]->floats,
                   [&](float a, float b) {
                     return std::abs(double(a) - double(b)) <= tolerance;
                   });
  }
  return op->emitOpError("is unknown to tests that check themselves");
}
