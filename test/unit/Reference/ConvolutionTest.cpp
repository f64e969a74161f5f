//===- ConvolutionTest.cpp - Convolutions against another formulation -----===//
//
// The evaluator gathers a window for each output; here every input element is
// scattered to the outputs that it reaches, in double precision or integers.
//
//===----------------------------------------------------------------------===//
#include "OneOperation.h"

#include "rowlock/Dialect/NN/IR/Shapes.h"
#include "rowlock/Numerics/Integer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

using namespace mlir;
using namespace rowlock;

namespace {

struct Layer {
  int64_t images, groups, channels, filters; // the last two of one group
  int64_t size[2], kernel[2], stride[2], dilation[2], out[2];
  std::vector<int64_t> pads;

  int64_t inputs() const {
    return images * groups * channels * size[0] * size[1];
  }
  int64_t weights() const {
    return groups * filters * channels * kernel[0] * kernel[1];
  }
  int64_t outputs() const {
    return images * groups * filters * out[0] * out[1];
  }
};

} // namespace

static Layer randomLayer(std::mt19937_64 &random) {
  auto upTo = [&](int64_t high) { return 1 + int64_t(random() % high); };
  Layer layer;
  do {
    layer.images = upTo(2);
    layer.groups = upTo(3);
    layer.channels = upTo(3);
    layer.filters = upTo(3);
    layer.pads.clear();
    for (int d = 0; d < 2; ++d) {
      layer.size[d] = upTo(9);
      layer.kernel[d] = upTo(4);
      layer.stride[d] = upTo(3);
      layer.dilation[d] = upTo(2);
    }
    for (int k = 0; k < 4; ++k)
      layer.pads.push_back(upTo(4) - 1);
    for (int d = 0; d < 2; ++d)
      layer.out[d] =
          nn::windowedSize(layer.size[d], layer.kernel[d], layer.stride[d],
                           layer.dilation[d], layer.pads[d], layer.pads[2 + d]);
  } while (layer.out[0] < 1 || layer.out[1] < 1);
  return layer;
}

/// Adds input * weight to every output that it belongs to.
template <typename T, typename Product>
static std::vector<T> scatter(const Layer &z, Product product) {
  std::vector<T> sums(z.outputs());
  int64_t i = 0;
  for (int64_t n = 0; n < z.images; ++n)
    for (int64_t c = 0; c < z.groups * z.channels; ++c)
      for (int64_t y = 0; y < z.size[0]; ++y)
        for (int64_t x = 0; x < z.size[1]; ++x, ++i)
          for (int64_t m = 0; m < z.filters; ++m)
            for (int64_t r = 0; r < z.kernel[0]; ++r)
              for (int64_t s = 0; s < z.kernel[1]; ++s) {
                int64_t e = y + z.pads[0] - r * z.dilation[0];
                int64_t f = x + z.pads[1] - s * z.dilation[1];
                if (e < 0 || e % z.stride[0] || e / z.stride[0] >= z.out[0] ||
                    f < 0 || f % z.stride[1] || f / z.stride[1] >= z.out[1])
                  continue;
                int64_t filter = c / z.channels * z.filters + m;
                int64_t w =
                    ((filter * z.channels + c % z.channels) * z.kernel[0] + r) *
                        z.kernel[1] +
                    s;
                int64_t at = ((n * z.groups * z.filters + filter) * z.out[0] +
                              e / z.stride[0]) *
                                 z.out[1] +
                             f / z.stride[1];
                sums[at] += product(i, w);
              }
  return sums;
}

static nn::Conv2DOp makeConv(OneOperation &one, const Layer &z, Type type,
                             ValueRange args, nn::RescaleAttr rescale) {
  OpBuilder &build = one.builder();
  return nn::Conv2DOp::create(
      build, build.getUnknownLoc(), type, args[0], args[1], args[2],
      build.getDenseI64ArrayAttr(z.stride), build.getDenseI64ArrayAttr(z.pads),
      build.getDenseI64ArrayAttr(z.dilation), build.getI64IntegerAttr(z.groups),
      nn::ClipAttr(), rescale, IntegerAttr());
}

static std::vector<int64_t> inputShape(const Layer &z) {
  return {z.images, z.groups * z.channels, z.size[0], z.size[1]};
}
static std::vector<int64_t> filterShape(const Layer &z) {
  return {z.groups * z.filters, z.channels, z.kernel[0], z.kernel[1]};
}
static std::vector<int64_t> outputShape(const Layer &z) {
  return {z.images, z.groups * z.filters, z.out[0], z.out[1]};
}

TEST(ReferenceConvolution, FloatAtRandom) {
  std::mt19937_64 random(6);
  std::uniform_real_distribution<float> real(-1, 1);
  OneOperation one;
  for (int round = 0; round < 200; ++round) {
    Layer z = randomLayer(random);
    RefTensor input{one.floats(inputShape(z)), {}, {}};
    RefTensor filter{one.floats(filterShape(z)), {}, {}};
    RefTensor bias{one.floats({z.groups * z.filters}), {}, {}};
    for (RefTensor *tensor : {&input, &filter, &bias})
      for (int64_t k = 0; k < tensor->type.getNumElements(); ++k)
        tensor->floats.push_back(real(random));
    RefTensor result = one.run({input, filter, bias}, [&](ValueRange args) {
      return makeConv(one, z, one.floats(outputShape(z)), args, {}).getResult();
    });
    std::vector<double> sums = scatter<double>(z, [&](int64_t i, int64_t w) {
      return double(input.floats[i]) * filter.floats[w];
    });
    int64_t plane = z.out[0] * z.out[1];
    for (int64_t k = 0; k < z.outputs(); ++k)
      ASSERT_NEAR(result.floats[k],
                  sums[k] + bias.floats[k / plane % (z.groups * z.filters)],
                  1e-5);
  }
}

TEST(ReferenceConvolution, IntegersAtRandom) {
  std::mt19937_64 random(7);
  OneOperation one;
  for (int round = 0; round < 200; ++round) {
    Layer z = randomLayer(random);
    int64_t filters = z.groups * z.filters;
    int64_t zx = int64_t(random() % 256), zw = int64_t(random() % 9) - 4;
    RefTensor input{one.quantised(inputShape(z), 8, false, 1, zx), {}, {}};
    RefTensor filter{one.quantised(filterShape(z), 8, true, 1, zw), {}, {}};
    RefTensor bias{one.integers({filters}, 32), {}, {}};
    for (int64_t k = 0; k < z.inputs(); ++k)
      input.integers.push_back(uint8_t(random()));
    for (int64_t k = 0; k < z.weights(); ++k)
      filter.integers.push_back(int8_t(random()));
    std::vector<int64_t> multipliers, shifts;
    for (int64_t k = 0; k < filters; ++k) {
      bias.integers.push_back(int64_t(random() % 100000) - 50000);
      multipliers.push_back((1 << 25) + int64_t(random() % (1 << 25)));
      shifts.push_back(33 + int64_t(random() % 4));
    }
    auto rescales =
        nn::RescaleAttr::get(one.builder().getContext(), multipliers, shifts);
    RankedTensorType type = one.quantised(outputShape(z), 8, true, 1, -9);
    RefTensor result = one.run({input, filter, bias}, [&](ValueRange args) {
      return makeConv(one, z, type, args, rescales).getResult();
    });
    std::vector<int64_t> sums = scatter<int64_t>(z, [&](int64_t i, int64_t w) {
      return (input.integers[i] - zx) * (filter.integers[w] - zw);
    });
    int64_t plane = z.out[0] * z.out[1];
    for (int64_t k = 0; k < z.outputs(); ++k) {
      int64_t m = k / plane % filters;
      int64_t v =
          rescale(sums[k] + bias.integers[m], multipliers[m], int(shifts[m]));
      ASSERT_EQ(result.integers[k], saturateToBits(v - 9, 8, true));
    }
  }
}
