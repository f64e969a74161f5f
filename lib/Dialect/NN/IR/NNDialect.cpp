//===- NNDialect.cpp - The nn dialect and its attributes ------------------===//
#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Dialect/NN/IR/Shapes.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::nn;

#include "rowlock/Dialect/NN/IR/NNDialect.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "rowlock/Dialect/NN/IR/NNAttrs.cpp.inc"

#define GET_OP_CLASSES
#include "rowlock/Dialect/NN/IR/NNOps.cpp.inc"

void NNDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "rowlock/Dialect/NN/IR/NNAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "rowlock/Dialect/NN/IR/NNOps.cpp.inc"
      >();
}

LogicalResult RescaleAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                  ArrayRef<int64_t> multipliers,
                                  ArrayRef<int64_t> shifts) {
  if (multipliers.empty() || multipliers.size() != shifts.size())
    return emitError() << "C1: " << multipliers.size() << " multipliers and "
                       << shifts.size() << " shifts";
  for (int64_t multiplier : multipliers)
    if (multiplier < 0 || multiplier >= (int64_t(1) << 26))
      return emitError() << "C2: multiplier " << multiplier
                         << " is not between 0 and 2^26 - 1";
  for (int64_t shift : shifts)
    if (shift < 2 || shift > 62)
      return emitError() << "C3: shift " << shift << " is not between 2 and 62";
  return success();
}

// The generated declaration takes its parameters by value.
// NOLINTBEGIN(performance-unnecessary-value-param)
LogicalResult ClipAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                               APFloat low, APFloat high) {
  if (low.isNaN() || high.isNaN() || low > high)
    return emitError() << "C1: clip from " << low.convertToFloat() << " to "
                       << high.convertToFloat();
  return success();
}
// NOLINTEND(performance-unnecessary-value-param)

static void printBound(AsmPrinter &printer, const APFloat &bound) {
  if (bound.isInfinity())
    printer << (bound.isNegative() ? "-inf" : "inf");
  else
    printer.printFloat(bound);
}

void ClipAttr::print(AsmPrinter &printer) const {
  printer << "<";
  printBound(printer, getLow());
  printer << ", ";
  printBound(printer, getHigh());
  printer << ">";
}

static ParseResult parseBound(AsmParser &parser, APFloat &bound) {
  bool negative = false;
  if (succeeded(parser.parseOptionalMinus()))
    negative = true;
  if (succeeded(parser.parseOptionalKeyword("inf"))) {
    bound = APFloat::getInf(APFloat::IEEEsingle(), negative);
    return success();
  }
  double value;
  if (parser.parseFloat(value))
    return failure();
  bound = APFloat(float(negative ? -value : value));
  return success();
}

Attribute ClipAttr::parse(AsmParser &parser, Type) {
  APFloat low(0.0f), high(0.0f);
  if (parser.parseLess() || parseBound(parser, low) || parser.parseComma() ||
      parseBound(parser, high) || parser.parseGreater())
    return {};
  return parser.getChecked<ClipAttr>(parser.getContext(), low, high);
}
