//===- MovementVerifiers.cpp - slice, pad, broadcast ----------------------===//
#include "VerifierUtils.h"

#include "rowlock/Dialect/NN/IR/HostOperations.h"
#include "rowlock/Dialect/NN/IR/Shapes.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::nn;

std::optional<PadMode> nn::padMode(StringRef name) {
  constexpr StringLiteral names[] = {"constant", "reflect", "edge", "wrap"};
  for (uint8_t code = 0; code < 4; ++code)
    if (name == names[code])
      return PadMode(code);
  return std::nullopt;
}

template <typename Op>
static LogicalResult checkSameElement(Op op, StringRef label) {
  Type input = op.getInput().getType().getElementType();
  Type result = op.getResult().getType().getElementType();
  if (input != result)
    return op.emitOpError()
           << label << ": element type " << input << " becomes " << result;
  return success();
}

LogicalResult SliceOp::verify() {
  ArrayRef<int64_t> in = getInput().getType().getShape();
  ArrayRef<int64_t> out = getResult().getType().getShape();
  if (getStarts().size() != in.size() || getStrides().size() != in.size() ||
      out.size() != in.size())
    return emitOpError() << "C1: " << getStarts().size() << " starts and "
                         << getStrides().size() << " strides for ranks of "
                         << in.size() << " and " << out.size();
  if (failed(checkSameElement(*this, "C1")))
    return failure();
  for (size_t d = 0; d < in.size(); ++d) {
    int64_t start = getStarts()[d], stride = getStrides()[d];
    if (stride == 0 || stride > kMostEntry || stride < -kMostEntry)
      return emitOpError() << "C1: a stride is " << stride << ", 0 or beyond +-"
                           << kMostEntry;
    if (out[d] == 0)
      continue;
    bool inside = start >= 0 && start < in[d] &&
                  (stride > 0 ? (in[d] - 1 - start) / stride >= out[d] - 1
                              : start / -stride >= out[d] - 1);
    if (!inside)
      return emitOpError() << "C2: " << out[d] << " elements from " << start
                           << " on, " << stride
                           << " apart, do not lie in dimension " << d << " of "
                           << in[d];
  }
  return success();
}

LogicalResult PadOp::verify() {
  ArrayRef<int64_t> in = getInput().getType().getShape();
  auto mode = padMode(getMode());
  if (!mode)
    return emitOpError() << "C1: there is no mode '" << getMode() << "'";
  if (getLow().size() != in.size() || getHigh().size() != in.size() ||
      getInterior().size() != in.size())
    return emitOpError() << "C1: low, high and interior do not have "
                         << in.size() << " entries";
  if (failed(checkSameElement(*this, "C2")))
    return failure();
  constexpr int64_t most = int64_t(1) << 31;
  SmallVector<int64_t> expected;
  for (size_t d = 0; d < in.size(); ++d) {
    int64_t low = getLow()[d], high = getHigh()[d];
    int64_t interior = getInterior()[d];
    if (interior < 0 || (interior && *mode != PadMode::Constant))
      return emitOpError() << "C1: interior is " << interior << " in mode "
                           << getMode();
    if (low < -most || low > most || high < -most || high > most ||
        interior > most)
      return emitOpError() << "C1: more than 2^31 elements at dimension " << d;
    if (*mode == PadMode::Reflect && (low >= in[d] || high >= in[d]) &&
        (low > 0 || high > 0))
      return emitOpError() << "C4: reflection of " << std::max(low, high)
                           << " elements at a size of " << in[d];
    if (*mode != PadMode::Constant && in[d] == 0 && (low > 0 || high > 0))
      return emitOpError() << "C4: dimension " << d << " has no elements";
    expected.push_back(in[d] + std::max<int64_t>(0, in[d] - 1) * interior +
                       low + high);
  }
  if (Value value = getValue()) {
    auto type = cast<RankedTensorType>(value.getType());
    if (*mode != PadMode::Constant || type.getRank() != 0 ||
        type.getElementType() != getInput().getType().getElementType())
      return emitOpError("C3: the value is no scalar of the input's type, or "
                         "the mode not constant");
  }
  return checkShape(*this, "C2", "result", getResult(), expected);
}

LogicalResult BroadcastOp::verify() {
  if (failed(checkSameElement(*this, "C2")))
    return failure();
  ArrayRef<int64_t> in = getInput().getType().getShape();
  ArrayRef<int64_t> out = getResult().getType().getShape();
  auto shape = broadcastShapes(in, out);
  if (!shape || ArrayRef<int64_t>(*shape) != out)
    return emitOpError() << "C1: shape [" << in << "] does not broadcast to ["
                         << out << "]";
  return success();
}
