//===- QuantizeTest.cpp - No psum of a quantised layer overflows ----------===//
#include "rowlock/Quantization/Quantize.h"

#include "rowlock/Dialect/NN/IR/ConstantData.h"
#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Dialect/NN/IR/Names.h"
#include "rowlock/Reference/Evaluator.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Verifier.h"

#include <gtest/gtest.h>

#include <random>

using namespace mlir;
using namespace rowlock;

namespace {

/// A fully connected layer of random size, weights, bias and ranges.
struct RandomLayer {
  explicit RandomLayer(uint64_t seed);
  void quantize(const QuantizationOptions &options);
  nn::FullyConnectedOp layer();

  std::mt19937_64 random;
  MLIRContext context;
  OwningOpRef<ModuleOp> module;
  CalibrationTable table;
  int64_t channels, filters;
  float reach; // greatest input
};

} // namespace

RandomLayer::RandomLayer(uint64_t seed) : random(seed) {
  context.loadDialect<nn::NNDialect, quant::QuantDialect, func::FuncDialect>();
  OpBuilder b(&context);
  channels = int64_t(random() % 400 + 1);
  filters = int64_t(random() % 5 + 1);
  auto real = [&] { return std::normal_distribution<float>(0, 1)(random); };
  reach = std::ldexp(std::fabs(real()) + 0.1f, int(random() % 20) - 10);
  auto named = [&](StringRef name) {
    return NameLoc::get(b.getStringAttr(name));
  };
  auto type = [&](ArrayRef<int64_t> shape) {
    return RankedTensorType::get(shape, b.getF32Type());
  };
  module = ModuleOp::create(b.getUnknownLoc());
  b.setInsertionPointToEnd(module->getBody());
  auto main = func::FuncOp::create(
      b, b.getUnknownLoc(), "main",
      b.getFunctionType({type({1, channels})}, {type({1, filters})}));
  main.setArgAttr(0, nn::kNameAttr, b.getStringAttr("x"));
  b.setInsertionPointToEnd(main.addEntryBlock());
  auto constant = [&](StringRef name, ArrayRef<int64_t> shape, float spread) {
    std::vector<float> values(size_t(type(shape).getNumElements()));
    for (float &value : values)
      value = spread * real();
    return nn::ConstantOp::create(b, named(name), type(shape),
                                  nn::makeFloats(type(shape), values));
  };
  float spread = std::ldexp(1.0f, int(random() % 12) - 6);
  Value filter = constant("w", {filters, channels}, spread);
  Value bias = constant("b", {filters}, spread * reach);
  Value result = nn::FullyConnectedOp::create(
      b, named("y"), type({1, filters}), main.getArgument(0), filter, bias,
      nn::ClipAttr(), nn::RescaleAttr(), IntegerAttr());
  func::ReturnOp::create(b, b.getUnknownLoc(), result);
  const float input[] = {random() % 2 ? -reach : 0, reach};
  const float output[] = {-reach * spread, reach * spread * 10};
  EXPECT_TRUE(table.observe("x", input, 2));
  EXPECT_TRUE(table.observe("y", output, 2));
}

void RandomLayer::quantize(const QuantizationOptions &options) {
  ASSERT_TRUE(succeeded(rowlock::quantize(*module, table, options)));
  ASSERT_TRUE(succeeded(verify(*module)));
}

nn::FullyConnectedOp RandomLayer::layer() {
  nn::FullyConnectedOp found;
  module->walk([&](nn::FullyConnectedOp op) { found = op; });
  return found;
}

static quant::UniformQuantizedType inputType(nn::FullyConnectedOp op) {
  return cast<quant::UniformQuantizedType>(
      op.getInput().getType().getElementType());
}

/// The greatest sum |w| * max |x| of a filter.
static int64_t greatestPsum(nn::FullyConnectedOp op) {
  auto weights = *nn::getIntegers(nn::getConstant(op.getFilter()));
  auto input = inputType(op);
  int64_t most = std::max(std::abs(input.getStorageTypeMin()),
                          std::abs(input.getStorageTypeMax()));
  int64_t filters = op.getFilter().getType().getDimSize(0), greatest = 0;
  int64_t words = int64_t(weights.size()) / filters;
  for (int64_t m = 0; m < filters; ++m) {
    int64_t sum = 0;
    for (int64_t k = 0; k < words; ++k)
      sum += std::abs(weights[size_t(m * words + k)]);
    greatest = std::max(greatest, sum * most);
  }
  return greatest;
}

TEST(Quantize, PsumsStayWithinTheirBits) {
  int narrowed = 0;
  for (uint64_t seed = 1; seed <= 120; ++seed)
    for (int64_t bits : {20, 24, 32}) {
      RandomLayer one(seed);
      QuantizationOptions options;
      options.arithmetic = seed % 2 && bits == 32 ? QuantizedArithmetic::Int16
                                                  : QuantizedArithmetic::Int8;
      options.psumBits = bits;
      one.quantize(options);
      EXPECT_LT(greatestPsum(one.layer()), int64_t(1) << (bits - 1))
          << "seed " << seed;
      auto filter = cast<quant::QuantizedType>(
          one.layer().getFilter().getType().getElementType());
      narrowed += options.arithmetic == QuantizedArithmetic::Int8 &&
                  filter.getStorageTypeMax() < 127;
    }
  EXPECT_GT(narrowed, 10);
}

// The worst input for each filter, and random ones: the evaluator counts no
// psum that leaves 16 bits.
TEST(Quantize, FixedPointNeverWraps) {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    RandomLayer one(seed);
    QuantizationOptions options;
    options.arithmetic = QuantizedArithmetic::Fixed16;
    options.psumBits = 16;
    one.quantize(options);
    auto weights = *nn::getIntegers(nn::getConstant(one.layer().getFilter()));
    auto main = one.module->lookupSymbol<func::FuncOp>("main");
    Evaluator evaluator(main);
    for (int64_t round = 0; round < 2 * one.filters + 4; ++round) {
      RefTensor x{cast<RankedTensorType>(main.getArgumentTypes()[0]), {}, {}};
      for (int64_t c = 0; c < one.channels; ++c) {
        float value = std::uniform_real_distribution<float>(
            -one.reach, one.reach)(one.random);
        if (round < 2 * one.filters) {
          int64_t w = weights[size_t(round / 2 * one.channels + c)];
          value = (w < 0) == bool(round % 2) ? 2 * one.reach : -2 * one.reach;
        }
        x.floats.push_back(value);
      }
      int64_t wraps = 0;
      auto observe = [&](Value, const RefTensor &made) { wraps += made.wraps; };
      ASSERT_TRUE(succeeded(evaluator.run(x, observe)));
      EXPECT_EQ(wraps, 0) << "seed " << seed;
    }
  }
}

TEST(Quantize, NamesTheTensorWithoutARange) {
  RandomLayer one(1);
  std::string said;
  ScopedDiagnosticHandler handler(&one.context, [&](Diagnostic &diagnostic) {
    said += diagnostic.str();
    return success();
  });
  EXPECT_TRUE(failed(quantize(*one.module, CalibrationTable(), {})));
  EXPECT_EQ(said, "no calibrated range for tensor 'x'");
}
