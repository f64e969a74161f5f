//===- CastTest.cpp - The kernel Cast -------------------------------------===//
#include "HostOperation.h"

#include "rowlock/Numerics/Float8.h"

#include "llvm/ADT/APFloat.h"

#include <cmath>
#include <gtest/gtest.h>

using namespace rowlock;
using namespace rowlock::test;
using llvm::APFloat;

static const std::vector<std::string> float8Types = {"f8E4M3FN", "f8E4M3FNUZ",
                                                     "f8E5M2", "f8E5M2FNUZ"};

static void expectSameCast(const std::string &from, const std::string &to,
                           const std::string &more = "") {
  HostOperation("%x: tensor<99x" + from + ">",
                "nn.cast %x" + more + " : (tensor<99x" + from +
                    ">) -> tensor<99x" + to + ">")
      .expectSame();
}

TEST(CastKernel, MakesEveryTypeOfEveryOther) {
  std::vector<std::string> types = allTypes;
  types.insert(types.end(), float8Types.begin(), float8Types.end());
  types.insert(types.end(), {"i4", "ui4"});
  for (const std::string &to : types)
    for (const std::string &from : types)
      expectSameCast(from, to);
}

TEST(CastKernel, Saturates) {
  for (const std::string &to : float8Types)
    for (const char *from : {"f16", "f32", "f64", "i32", "ui64", "f8E5M2"})
      expectSameCast(from, to, " {saturate}");
}

TEST(CastKernel, RefusesDamagedLayers) {
  HostOperation cast("%x: tensor<4xf32>",
                     "nn.cast %x {saturate} : "
                     "(tensor<4xf32>) -> tensor<4xf8E5M2>");
  EXPECT_NE(cast.refusalOf("saturate", {2}).find("saturate"),
            std::string::npos);
  EXPECT_NE(
      cast.refusal([](auto &, KernelTensor &result) { result.shape = {3}; })
          .find("result's shape"),
      std::string::npos);
}

TEST(NarrowKernels, OnlyMoveAndCast) {
  HostOperation("%x: tensor<2x3xT>",
                "nn.transpose %x {permutation = array<i64: 1, 0>} : "
                "(tensor<2x3xT>) -> tensor<3x2xT>",
                "f8E4M3FN")
      .expectSame();
  HostOperation sum("%x: tensor<4xi8>",
                    "nn.binary %x, %x {function = \"add\"} : (tensor<4xi8>, "
                    "tensor<4xi8>) -> tensor<4xi8>");
  std::string message = sum.refusal([](auto &operands, KernelTensor &result) {
    for (KernelTensor &operand : operands)
      operand.type = fb::ElementType::I4;
    result.type = fb::ElementType::I4;
  });
  EXPECT_NE(message.find("only be cast and moved"), std::string::npos)
      << message;
}

static void expectAsLLVM(float value, const Float8Format &format,
                         const llvm::fltSemantics &semantics) {
  APFloat expected(value);
  bool losesInfo;
  expected.convert(semantics, APFloat::rmNearestTiesToEven, &losesInfo);
  uint8_t bits = floatToFloat8(value, format, /*saturate=*/false);
  ASSERT_EQ(expected.bitcastToAPInt().getZExtValue(), bits) << value;
  uint8_t saturated = floatToFloat8(value, format, /*saturate=*/true);
  if (!expected.isFinite())
    expected = APFloat::getLargest(semantics, std::signbit(value));
  ASSERT_EQ(expected.bitcastToAPInt().getZExtValue(), saturated) << value;
}

static void expectAsLLVM(const Float8Format &format,
                         const llvm::fltSemantics &semantics) {
  float before = 0;
  for (int code = 0; code < 256; ++code) {
    APFloat exact(semantics, llvm::APInt(8, uint64_t(code)));
    float value = float8ToFloat(uint8_t(code), format);
    if (exact.isNaN()) {
      ASSERT_TRUE(std::isnan(value)) << code;
      continue;
    }
    ASSERT_EQ(exact.convertToFloat(), value) << code;
    // The value, the middle to the one before, and their neighbours.
    for (float near : {value, before + (value - before) / 2})
      for (float to : {near, std::nextafter(near, INFINITY),
                       std::nextafter(near, -INFINITY)})
        if (std::isfinite(to))
          expectAsLLVM(to, format, semantics);
    before = value;
  }
  for (float value = 1e-9f; value < 1e9f; value *= 1.003f) {
    expectAsLLVM(value, format, semantics);
    expectAsLLVM(-value, format, semantics);
  }
  expectAsLLVM(INFINITY, format, semantics);
  EXPECT_TRUE(std::isnan(
      float8ToFloat(floatToFloat8(std::nanf(""), format, true), format)));
}

TEST(Float8, IsWhatLLVMMakes) {
  expectAsLLVM(float8E4M3FN, APFloat::Float8E4M3FN());
  expectAsLLVM(float8E4M3FNUZ, APFloat::Float8E4M3FNUZ());
  expectAsLLVM(float8E5M2, APFloat::Float8E5M2());
  expectAsLLVM(float8E5M2FNUZ, APFloat::Float8E5M2FNUZ());
}
