//===- PartsTest.cpp - Parts cover every product once ---------------------===//
#include "RandomProblem.h"

#include "rowlock/Mapping/Parts.h"
#include "rowlock/Mapping/Search.h"
#include "rowlock/Target/YAML/TargetYAML.h"

#include <gtest/gtest.h>

#include <map>

using namespace rowlock;

namespace {

/// A product of a convolution: output element, channel, filter element, and
/// where it reads the padded ifmap.
using Product = std::array<int64_t, 9>;

} // namespace

/// The products of a convolution by its definition.
static std::map<Product, int> productsOf(const ConvShape &conv) {
  std::map<Product, int> products;
  const LayerShape &layer = conv.layer;
  for (int64_t g = 0; g < layer.groups; ++g)
    for (int64_t m = 0; m < layer.filtersPerGroup(); ++m)
      for (int64_t e = 0; e < conv.ofmapHeight(); ++e)
        for (int64_t f = 0; f < conv.ofmapWidth(); ++f)
          for (int64_t c = 0; c < layer.channels; ++c)
            for (int64_t r = 0; r < layer.filterHeight; ++r)
              for (int64_t s = 0; s < layer.filterWidth; ++s)
                ++products[{g, m, e, f, c, r, s,
                            e * layer.strideY + r * conv.dilationY,
                            f * layer.strideX + s * conv.dilationX}];
  return products;
}

/// Takes away the products of a part.
static void takePart(const LayerPart &part, std::map<Product, int> &products) {
  const LayerShape &shape = part.shape;
  auto at = [](const Stride &stride, int64_t k) {
    return stride.first + k * stride.step;
  };
  for (int64_t g = 0; g < shape.groups; ++g)
    for (int64_t m = 0; m < shape.filtersPerGroup(); ++m)
      for (int64_t e = 0; e < shape.ofmapHeight(); ++e)
        for (int64_t f = 0; f < shape.ofmapWidth(); ++f)
          for (int64_t c = 0; c < shape.channels; ++c)
            for (int64_t r = 0; r < shape.filterHeight; ++r)
              for (int64_t s = 0; s < shape.filterWidth; ++s)
                --products[{part.group + g, part.filter + m,
                            at(part.ofmapRows, e), at(part.ofmapColumns, f),
                            part.channel + c, at(part.filterRows, r),
                            at(part.filterColumns, s),
                            at(part.ifmapRows, e * shape.strideY + r),
                            at(part.ifmapColumns, f * shape.strideX + s)}];
}

/// Each output has one first and one last part, at the ends of a run.
static void checkRuns(const std::vector<LayerPart> &parts) {
  bool open = false;
  for (const LayerPart &part : parts) {
    EXPECT_NE(open, part.first());
    open = !part.last();
  }
  EXPECT_FALSE(open);
}

TEST(Parts, CoverEveryProductOnce) {
  RandomProblem random(1);
  TargetSpec target = *loadTarget("eyeriss-int8");
  size_t split = 0;
  for (int k = 0; k < 400; ++k) {
    target.rows = random.number(1, 12);
    random.narrow(target);
    ConvShape conv = random.convolution();
    auto parts = partsOf(conv, target);
    ASSERT_TRUE(parts) << parts.message();
    std::map<Product, int> products = productsOf(conv);
    for (const LayerPart &part : *parts) {
      MappingProblem problem{part.shape, target};
      EXPECT_TRUE(problem.check()) << problem.check().message();
      takePart(part, products);
    }
    for (const auto &[product, count] : products)
      ASSERT_EQ(count, 0) << "case " << k;
    checkRuns(*parts);
    if (parts->size() > 1) {
      EXPECT_NE(splitReason(conv, target), "");
    }
    split += parts->size() > 1;
  }
  EXPECT_GT(split, 200u);
}

TEST(Parts, EveryPartHasAMapping) {
  RandomProblem random(3);
  for (int k = 0; k < 300; ++k) {
    TargetSpec target = random.target();
    ConvShape conv = random.convolution();
    conv.layer.filterHeight = random.number(1, 40);
    conv.layer.filterWidth = random.number(1, 40);
    conv.layer.height += conv.layer.filterHeight * conv.dilationY;
    conv.layer.width += conv.layer.filterWidth * conv.dilationX;
    conv.layer.mode16 = !target.isFixed16() && random.number(0, 1);
    auto parts = partsOf(conv, target);
    ASSERT_TRUE(parts) << parts.message();
    for (size_t part : {size_t(0), parts->size() - 1}) {
      auto mapping =
          searchOptimal({(*parts)[part].shape, target}, {Objective::EDP});
      EXPECT_TRUE(mapping) << mapping.message();
    }
  }
}

TEST(Parts, NativeLayerIsItself) {
  RandomProblem random(2);
  for (int k = 0; k < 200; ++k) {
    TargetSpec target = random.target();
    MappingProblem problem = random.problem(target);
    auto parts = partsOf({problem.layer, 1, 1}, target);
    ASSERT_TRUE(parts) << parts.message();
    ASSERT_EQ(parts->size(), 1u);
    EXPECT_EQ(parts->front().shape, problem.layer);
    EXPECT_EQ(splitReason({problem.layer, 1, 1}, target), "");
  }
}

TEST(Parts, ReasonsNameValueAndBound) {
  TargetSpec target = *loadTarget("eyeriss-int8");
  ConvShape conv;
  conv.layer = {1, 4096, 2048, 1, 40, 80, 13, 33, 3, 13};
  conv.dilationX = 2;
  EXPECT_EQ(splitReason(conv, target),
            "4096 filters exceed the 1024 of a native layer; 2048 channels "
            "exceed the 1024 of a native layer; 13 filter rows exceed the 12 "
            "of a native layer; stride 3 of rows is none of the target's; 33 "
            "filter columns exceed the 24 of a native layer; stride 13 of "
            "columns is none of the target's; dilation 2 of columns");
}

TEST(Parts, RawPsumsCount) {
  TargetSpec target = *loadTarget("eyeriss-int8");
  ConvShape conv;
  conv.layer = {1, 8, 2000, 1, 4, 4, 1, 1, 1, 1};
  auto parts = partsOf(conv, target);
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 2u);
  int64_t words = 8 * 16;
  for (const LayerPart &part : *parts) {
    Mapping mapping =
        searchOptimal({part.shape, target}, {Objective::EDP})->mapping;
    Cost cost = evaluate({part.shape, target}, mapping);
    EXPECT_EQ(cost.dramOfmapBytes, part.first() ? 4 * words : 5 * words);
    LayerShape whole = part.shape;
    whole.resumes = whole.leavesRaw = false;
    EXPECT_GT(cost.energy, evaluate({whole, target}, mapping).energy);
  }
}

TEST(Parts, RefusesWhatIsNoConvolution) {
  TargetSpec target = *loadTarget("eyeriss-int8");
  ConvShape conv;
  conv.layer.filterHeight = 3;
  EXPECT_EQ(partsOf(conv, target).message(),
            "the filter exceeds the padded ifmap");
  conv.layer.height = 3;
  conv.layer.groups = 2;
  EXPECT_FALSE(partsOf(conv, target));
}
