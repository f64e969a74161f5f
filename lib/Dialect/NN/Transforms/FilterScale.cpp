//===- FilterScale.cpp - Factors and offsets of filters -------------------===//
#include "FilterScale.h"

#include "rowlock/Dialect/NN/IR/ConstantData.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::nn;

std::optional<std::vector<float>>
nn::perFilter(Value constant, RankedTensorType result, int64_t filterDim) {
  auto values = getFloats(getConstant(constant));
  auto type = cast<RankedTensorType>(constant.getType());
  if (!values || type.getRank() > result.getRank())
    return std::nullopt;
  int64_t lead = result.getRank() - type.getRank();
  for (int64_t d = 0; d < type.getRank(); ++d)
    if (d + lead != filterDim && type.getDimSize(d) != 1)
      return std::nullopt;
  if (values->size() == 1)
    values->assign(result.getDimSize(filterDim), values->front());
  return values;
}

Conv2DOp nn::scaleFilters(Conv2DOp conv, ArrayRef<double> factor,
                          ArrayRef<double> offset, Location biasLoc,
                          PatternRewriter &rewriter) {
  if (!conv || !conv->hasOneUse() || conv.getActivation() ||
      conv.getRescale() || conv.getProductShift())
    return {};
  auto filter = getFloats(getConstant(conv.getFilter()));
  if (!filter)
    return {};
  std::vector<float> bias(factor.size(), 0);
  if (conv.getBias()) {
    auto present = getFloats(getConstant(conv.getBias()));
    if (!present)
      return {};
    bias = *present;
  }
  size_t words = filter->size() / factor.size();
  for (size_t m = 0; m < factor.size(); ++m) {
    for (size_t k = m * words; k < (m + 1) * words; ++k)
      (*filter)[k] = float((*filter)[k] * factor[m]);
    bias[m] = float(bias[m] * factor[m] + offset[m]);
  }
  auto scaled = cast<Conv2DOp>(rewriter.clone(*conv));
  rewriter.setInsertionPoint(scaled);
  scaled.getFilterMutable().assign(ConstantOp::create(
      rewriter, conv.getFilter().getLoc(), conv.getFilter().getType(),
      makeFloats(conv.getFilter().getType(), *filter)));
  auto biasType =
      RankedTensorType::get(int64_t(bias.size()), rewriter.getF32Type());
  scaled.getBiasMutable().assign(ConstantOp::create(
      rewriter, biasLoc, biasType, makeFloats(biasType, bias)));
  return scaled;
}
