//===- ConvTransposeHandlers.cpp - ConvTranspose --------------------------===//
//
// A transposed convolution is one with stride 1 over the operand with zeros
// between its elements, by the filters turned around: the array runs it.
//
//===----------------------------------------------------------------------===//
#include "Convolutions.h"

using namespace mlir;
using namespace rowlock;

/// C x M/groups x kernel as M x C/groups x kernel, turned around.
static FailureOr<Value> turned(Node &node, Value filter, int64_t groups) {
  SmallVector<int64_t> shape(shapeOf(filter));
  ArrayRef<int64_t> kernel = ArrayRef(shape).drop_front(2);
  int64_t channels = shape[0] / groups, filters = shape[1];
  SmallVector<int64_t> order = {0, 2, 1};
  for (size_t d = 0; d < kernel.size(); ++d)
    order.push_back(int64_t(3 + d));
  Value grouped =
      node.reshape(filter, joined({groups, channels, filters}, kernel));
  Value swapped = node.reshape(makeTranspose(node, grouped, order),
                               joined({groups * filters, channels}, kernel));
  SmallVector<int64_t> starts = {0, 0}, strides = {1, 1};
  for (int64_t size : kernel) {
    starts.push_back(size - 1);
    strides.push_back(size == 1 ? 1 : -1);
  }
  OpBuilder &b = node.builder();
  return Value(nn::SliceOp::create(b, node.loc(), swapped.getType(), swapped,
                                   b.getDenseI64ArrayAttr(starts),
                                   b.getDenseI64ArrayAttr(strides)));
}

namespace {

/// What the attributes say of one ConvTranspose; `window` has the strides of
/// the convolution whose transpose it is.
struct Transposed {
  WindowAttributes window;
  SmallVector<int64_t> more; // output_padding
};

} // namespace

/// The padding that gives a result `outputs`; what is odd goes in front but for
/// SAME_UPPER. A result that is larger than all there is grows at the end.
static void padFor(ArrayRef<int64_t> sizes, ArrayRef<int64_t> outputs,
                   bool upper, Transposed &layer) {
  WindowAttributes &window = layer.window;
  for (size_t d = 0; d < sizes.size(); ++d) {
    int64_t total = (sizes[d] - 1) * window.strides[d] + layer.more[d] +
                    window.span(d) - outputs[d];
    int64_t less = std::max<int64_t>(0, total) / 2;
    window.before[d] = upper ? less : std::max<int64_t>(0, total) - less;
    window.after[d] = total - window.before[d];
  }
}

static FailureOr<Transposed> readTransposed(Node &node, ArrayRef<int64_t> sizes,
                                            ArrayRef<int64_t> kernel) {
  size_t rank = sizes.size();
  SmallVector<int64_t> zeros(rank, 0);
  auto window = readWindow(node, sizes, kernel);
  auto shape = node.integerList("kernel_shape", kernel, rank, 1, 1 << 16);
  auto more = node.integerList("output_padding", zeros, rank, 0, 1 << 16);
  auto outputs = node.integerList("output_shape", {}, 0, 1, maxElements);
  auto mode = node.string("auto_pad", "NOTSET");
  if (failed(window) || failed(shape) || failed(more) || failed(outputs) ||
      failed(mode))
    return failure();
  if (ArrayRef<int64_t>(*shape) != kernel)
    return node.error() << "kernel_shape [" << *shape
                        << "] is not the filter's [" << kernel << "]";
  Transposed layer = {*window, *more};
  bool same = StringRef(*mode).starts_with("SAME");
  if (outputs->empty() && same)
    for (size_t d = 0; d < rank; ++d)
      outputs->push_back(sizes[d] * layer.window.strides[d]);
  if (outputs->size() == rank + 2) // with images and channels
    outputs->erase(outputs->begin(), outputs->begin() + 2);
  if (!outputs->empty() && outputs->size() != rank)
    return node.error() << "attribute 'output_shape' has " << outputs->size()
                        << " entries, expected " << rank;
  if (!outputs->empty())
    padFor(sizes, *outputs, *mode == "SAME_UPPER", layer);
  return layer;
}

static LogicalResult importConvTranspose(Node &node) {
  auto input = node.real(0), filter = node.real(1);
  if (failed(input) || failed(filter))
    return failure();
  FailureOr<Value> bias = node.has(2) ? node.real(2, 1) : Value();
  auto groups = node.integer("group", 1, 1, 1 << 20);
  auto sizes = spatialSizes(node, *input);
  if (failed(bias) || failed(groups) || failed(sizes))
    return failure();
  ArrayRef<int64_t> in = shapeOf(*input), kernel = shapeOf(*filter);
  if (kernel.size() != in.size() || kernel[0] != in[1] || in[1] % *groups)
    return node.error() << *groups << " groups do not fit an operand of shape ["
                        << in << "] and a filter of shape [" << kernel << "]";
  auto layer = readTransposed(node, *sizes, kernel.drop_front(2));
  auto flipped = turned(node, *filter, *groups);
  if (failed(layer) || failed(flipped))
    return failure();
  // Convolved with all of the operand, padding of the transpose crops.
  const WindowAttributes &given = layer->window;
  WindowAttributes window(given.kernel);
  window.dilations = given.dilations;
  SmallVector<int64_t> low, high, interior;
  for (size_t d = 0; d < given.rank(); ++d) {
    int64_t before = given.span(d) - 1 - given.before[d];
    int64_t after = given.span(d) - 1 - given.after[d] + layer->more[d];
    window.before[d] = std::max<int64_t>(0, before);
    window.after[d] = std::max<int64_t>(0, after);
    low.push_back(std::min<int64_t>(0, before));
    high.push_back(std::min<int64_t>(0, after));
    interior.push_back(given.strides[d] - 1);
  }
  Value spread = makePad(node, *input, low, high, interior);
  if (!spread)
    return failure();
  auto result = makeConvolution(node, spread, *flipped, *bias, window, *groups);
  return failed(result) ? failure() : node.define(*result);
}

llvm::ArrayRef<HandlerEntry> rowlock::convTransposeHandlers() {
  static const HandlerEntry entries[] = {{"ConvTranspose", 1,
                                          importConvTranspose,
                                          "`nn.pad`, `nn.conv2d`", "array"}};
  return entries;
}
