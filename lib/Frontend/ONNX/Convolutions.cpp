//===- Convolutions.cpp - Convolutions in one to three dimensions ---------===//
#include "Convolutions.h"

#include "Listed.h"

using namespace mlir;
using namespace rowlock;

static FailureOr<Value> makePlanar(Node &node, Value input, Value filter,
                                   Value bias, const WindowAttributes &window,
                                   int64_t groups) {
  ArrayRef<int64_t> in = shapeOf(input);
  auto type = node.type(
      joined({in[0], shapeOf(filter)[0]}, window.outputs(in.drop_front(2))));
  if (failed(type))
    return failure();
  OpBuilder &b = node.builder();
  nn::RescaleAttr rescale;
  if (auto steps = dyn_cast<quant::UniformQuantizedType>(elementOf(input))) {
    type = RankedTensorType::get(
        type->getShape(),
        quant::UniformQuantizedType::get(
            quant::QuantizationFlags::Signed, b.getI32Type(), b.getF32Type(),
            steps.getScale(), 0, INT32_MIN, INT32_MAX));
    rescale = nn::RescaleAttr::get(b.getContext(), {4}, {2}); // times 1
  }
  return Value(nn::Conv2DOp::create(b, node.loc(), *type, input, filter, bias,
                                    b.getDenseI64ArrayAttr(window.strides),
                                    b.getDenseI64ArrayAttr(window.pads()),
                                    b.getDenseI64ArrayAttr(window.dilations),
                                    b.getI64IntegerAttr(groups), nn::ClipAttr(),
                                    rescale, IntegerAttr()));
}

/// For N x C x D x H x W, the planes at `depth`'s windows: N x C x outputs x
/// kernel x H x W.
static FailureOr<Value> gatherPlanes(Node &node, Value input,
                                     const WindowAttributes &depth) {
  input = makePad(node, input, {depth.before[0], 0, 0}, {depth.after[0], 0, 0},
                  {0, 0, 0});
  if (!input)
    return failure();
  ArrayRef<int64_t> in = shapeOf(input);
  int64_t outputs =
      depth.part(0, 1).outputs(in[2] - depth.before[0] - depth.after[0])[0];
  int64_t kernel = depth.kernel[0];
  SmallVector<int64_t> shape = {in[0], in[1], outputs, kernel, in[3], in[4]};
  auto type = node.type(shape);
  if (failed(type))
    return failure();
  bool apart = kernel == 1 || outputs == 1; // no plane is in two windows
  if (apart && outputs * kernel == in[2])
    return node.reshape(input, shape);
  if (failed(checkListed(node, double(outputs) * double(kernel))))
    return failure();
  SmallVector<int64_t> planes;
  for (int64_t o = 0; o < outputs; ++o)
    for (int64_t k = 0; k < kernel; ++k)
      planes.push_back(o * depth.strides[0] + k * depth.dilations[0]);
  OpBuilder &b = node.builder();
  return Value(nn::GatherOp::create(b, node.loc(), *type, input,
                                    node.constantOf({outputs, kernel}, planes),
                                    b.getI64IntegerAttr(2)));
}

static FailureOr<Value> makeSpatial(Node &node, Value input, Value filter,
                                    Value bias, const WindowAttributes &window,
                                    int64_t groups) {
  auto planes = gatherPlanes(node, input, window.part(0, 1));
  if (failed(planes))
    return failure();
  SmallVector<int64_t> in(shapeOf(*planes)), kernel(shapeOf(filter));
  Value images = makeTranspose(node, *planes, {0, 2, 1, 3, 4, 5});
  images = node.reshape(images, {in[0] * in[2], in[1] * in[3], in[4], in[5]});
  filter = node.reshape(
      filter, {kernel[0], kernel[1] * kernel[2], kernel[3], kernel[4]});
  auto result =
      makePlanar(node, images, filter, bias, window.part(1, 2), groups);
  if (failed(result))
    return failure();
  SmallVector<int64_t> out(shapeOf(*result));
  Value apart = node.reshape(*result, {in[0], in[2], out[1], out[2], out[3]});
  if (in[2] == 1)
    return node.reshape(apart, {in[0], out[1], 1, out[2], out[3]});
  return makeTranspose(node, apart, {0, 2, 1, 3, 4});
}

FailureOr<Value> rowlock::makeConvolution(Node &node, Value input, Value filter,
                                          Value bias,
                                          const WindowAttributes &window,
                                          int64_t groups) {
  if (window.rank() == 3)
    return makeSpatial(node, input, filter, bias, window, groups);
  auto result = makePlanar(node, asPlane(node, input), asPlane(node, filter),
                           bias, window.planar(), groups);
  if (failed(result) || window.rank() == 2)
    return result;
  SmallVector<int64_t> out(shapeOf(*result));
  return node.reshape(*result, {out[0], out[1], out[3]});
}

FailureOr<Value> rowlock::makeWindowSums(Node &node, Value input,
                                         const WindowAttributes &window,
                                         float factor) {
  int64_t channels = shapeOf(input)[1];
  SmallVector<int64_t> shape = joined({channels, 1}, window.kernel);
  auto type = node.type(shape);
  if (failed(type) || failed(checkListed(node, double(type->getNumElements()))))
    return failure();
  std::vector<float> taps(type->getNumElements(), factor);
  return makeConvolution(node, input, node.constantOf(shape, taps), {},
                         window.withoutCeil(shapeOf(input).drop_front(2)),
                         channels);
}
