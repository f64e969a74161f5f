//===- MapTest.cpp - Kernels that compute elements ------------------------===//
#include "HostOperation.h"

#include <gtest/gtest.h>

using namespace rowlock;
using namespace rowlock::test;
using Tensors = std::vector<KernelTensor>;

static std::string unary(const std::string &function) {
  return "nn.unary %x {function = \"" + function +
         "\", alpha = 0.75 : f32, beta = 0.375 : f32} : (tensor<7x9xT>) -> "
         "tensor<7x9xT>";
}

TEST(UnaryKernel, ComputesEveryFunction) {
  for (const char *function :
       {"abs",   "neg",        "sign",         "floor",      "ceil",
        "round", "sqrt",       "reciprocal",   "exp",        "log",
        "erf",   "tanh",       "sigmoid",      "softplus",   "softsign",
        "mish",  "gelu",       "gelu_tanh",    "elu",        "selu",
        "celu",  "leaky_relu", "hard_sigmoid", "hard_swish", "swish"})
    for (const std::string &type : floatTypes)
      HostOperation("%x: tensor<7x9xT>", unary(function), type).expectSame(8);
  for (const char *function : {"abs", "neg", "sign"})
    for (const std::string &type : numberTypes)
      HostOperation("%x: tensor<7x9xT>", unary(function), type).expectSame();
  HostOperation("%x: tensor<7x9xT>", unary("not"), "i1").expectSame();
}

static std::string binary(const std::string &function,
                          const std::string &result) {
  return "nn.binary %x, %y {function = \"" + function +
         "\"} : (tensor<5x1x3xT>, tensor<4x3xT>) -> tensor<5x4x3x" + result +
         ">";
}

static void expectSameBinary(const char *function, const std::string &type,
                             const char *result) {
  HostOperation("%x: tensor<5x1x3xT>, %y: tensor<4x3xT>",
                binary(function, result), type)
      .expectSame(8);
}

TEST(BinaryKernel, ComputesEveryFunction) {
  for (const std::string &type : numberTypes) {
    for (const char *function : {"add", "sub", "mul", "div", "pow", "min",
                                 "max", "mod", "fmod", "prelu"})
      expectSameBinary(function, type, "T");
    for (const char *function :
         {"equal", "greater", "greater_equal", "less", "less_equal"})
      expectSameBinary(function, type, "i1");
  }
  for (const char *function : {"equal", "and", "or", "xor"})
    expectSameBinary(function, "i1", "i1");
}

TEST(SelectKernel, ChoosesElementsOfEveryType) {
  for (const std::string &type : allTypes)
    HostOperation("%c: tensor<5x1xi1>, %x: tensor<2x1x3xT>, %y: tensor<T>",
                  "nn.select %c, %x, %y : (tensor<5x1xi1>, tensor<2x1x3xT>, "
                  "tensor<T>) -> tensor<2x5x3xT>",
                  type)
        .expectSame();
}

static void expectSameReduce(const std::string &function,
                             const std::string &type, const std::string &result,
                             const std::string &more = "") {
  HostOperation("%x: tensor<3x4x5xT>",
                "nn.reduce %x {function = \"" + function +
                    "\", axes = array<i64: 1>" + more +
                    "} : (tensor<3x4x5xT>) -> tensor<3x1x5x" + result + ">",
                type)
      .expectSame();
}

TEST(ReduceKernel, JoinsElementsOfEveryType) {
  for (const std::string &type : numberTypes)
    for (const char *function : {"sum", "prod"})
      expectSameReduce(function, type, "T");
  for (const std::string &type : allTypes) {
    for (const char *function : {"max", "min"})
      expectSameReduce(function, type, "T");
    for (const char *function : {"arg_max", "arg_min"})
      for (const char *last : {"", ", select_last"})
        expectSameReduce(function, type, "i64", last);
  }
  for (const char *function : {"sum", "prod", "max", "min"}) {
    std::string name(function);
    HostOperation("%x: tensor<2x0xf32>",
                  "nn.reduce %x {function = \"" + name +
                      "\", axes = array<i64: 1>} : (tensor<2x0xf32>) -> "
                      "tensor<2x1xf32>")
        .expectSame(1);
    HostOperation("%x: tensor<3x2x4xf32>",
                  "nn.reduce %x {function = \"" + name +
                      "\", axes = array<i64: 0, 2>} : (tensor<3x2x4xf32>) -> "
                      "tensor<1x2x1xf32>")
        .expectSame();
  }
}

TEST(CumSumKernel, AddsNumbersOfEveryType) {
  for (const std::string &type : numberTypes)
    for (const char *more :
         {"", ", exclusive", ", reverse", ", exclusive, reverse"})
      HostOperation("%x: tensor<3x4x5xT>",
                    "nn.cumsum %x {axis = 1 : i64" + std::string(more) +
                        "} : (tensor<3x4x5xT>) -> tensor<3x4x5xT>",
                    type)
          .expectSame();
}

TEST(TableKernel, FindsEveryInteger) {
  std::string values;
  for (int k = 0; k < 256; ++k)
    values += (k ? ", " : "") + std::to_string(k * 37 % 256 - 128);
  HostOperation("%x: tensor<999x!quant.uniform<i8:f32, 0.5>>",
                "nn.table %x {values = array<i64: " + values +
                    ">} : (tensor<999x!quant.uniform<i8:f32, 0.5>>) -> "
                    "tensor<999x!quant.uniform<i8:f32, 0.25>>")
      .expectSame();
}

TEST(MapKernels, Refuse) {
  HostOperation tanh("%x: tensor<3xi8>",
                     "nn.unary %x {function = \"abs\"} : (tensor<3xi8>) -> "
                     "tensor<3xi8>");
  EXPECT_EQ(tanh.refusalOf("function", {11}),
            "the function takes no elements of this type");
  EXPECT_EQ(tanh.refusalOf("function", {26}),
            "attribute 'function' is 26, expected 0 to 25");
  EXPECT_EQ(tanh.refusal([](Tensors &, KernelTensor &result) {
    result.type = fb::ElementType::F32;
  }),
            "operand and result differ in type");
  HostOperation add("%x: tensor<3xf32>",
                    "nn.binary %x, %x {function = \"add\"} : (tensor<3xf32>, "
                    "tensor<3xf32>) -> tensor<3xf32>");
  EXPECT_EQ(add.refusalOf("function", {10}),
            "the result has not the function's type");
  EXPECT_EQ(add.refusalOf("function", {-1}).substr(0, 27),
            "attribute 'function' is -1,");
  EXPECT_EQ(add.refusal([](Tensors &operands, KernelTensor &) {
    operands[1].shape = {2};
  }),
            "an operand does not broadcast to the result");
  HostOperation reduce("%x: tensor<2x3xf32>",
                       "nn.reduce %x {function = \"sum\", axes = array<i64: "
                       "1>} : (tensor<2x3xf32>) -> tensor<2x1xf32>");
  EXPECT_EQ(reduce.refusalOf("axes", {2}), "axis 2 is none of the operand's");
  EXPECT_EQ(reduce.refusalOf("axes", {0}),
            "the result has not the operand's shape with 1 along the axes");
  EXPECT_EQ(reduce.refusalOf("function", {4}),
            "the result has not the function's type");
  HostOperation sum("%x: tensor<2x3xf32>",
                    "nn.cumsum %x {axis = 1 : i64} : (tensor<2x3xf32>) -> "
                    "tensor<2x3xf32>");
  EXPECT_EQ(sum.refusalOf("axis", {2}),
            "attribute 'axis' is 2, expected 0 to 1");
}
