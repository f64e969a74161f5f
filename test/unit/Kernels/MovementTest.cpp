//===- MovementTest.cpp - Kernels that move elements ----------------------===//
#include "HostOperation.h"

#include <gtest/gtest.h>

using namespace rowlock::test;

TEST(SliceKernel, MovesEveryType) {
  for (const std::string &type : allTypes)
    HostOperation("%x: tensor<3x5x4xT>",
                  "nn.slice %x {starts = array<i64: 2, 1, 0>, strides = "
                  "array<i64: -1, 3, 1>} : (tensor<3x5x4xT>) -> "
                  "tensor<3x2x4xT>",
                  type)
        .expectSame();
  HostOperation("%x: tensor<7xf32>",
                "nn.slice %x {starts = array<i64: 6>, strides = array<i64: "
                "-3>} : (tensor<7xf32>) -> tensor<3xf32>")
      .expectSame();
  HostOperation("%x: tensor<f32>", "nn.slice %x {starts = array<i64>, strides "
                                   "= array<i64>} : (tensor<f32>) -> "
                                   "tensor<f32>")
      .expectSame();
}

TEST(PadKernel, FillsEveryType) {
  for (const std::string &type : allTypes)
    HostOperation("%x: tensor<2x4xT>, %v: tensor<T>",
                  "nn.pad %x, %v {low = array<i64: 1, -1>, high = array<i64: "
                  "0, 3>, interior = array<i64: 0, 2>, mode = \"constant\"} : "
                  "(tensor<2x4xT>, tensor<T>) -> tensor<3x12xT>",
                  type)
        .expectSame();
}

TEST(PadKernel, HasFourModes) {
  for (const char *mode : {"constant", "reflect", "edge", "wrap"})
    HostOperation("%x: tensor<2x4x3xf32>",
                  "nn.pad %x {low = array<i64: 1, 3, -1>, high = array<i64: 1, "
                  "2, 2>, interior = array<i64: 0, 0, 0>, mode = \"" +
                      std::string(mode) +
                      "\"} : (tensor<2x4x3xf32>) -> tensor<4x9x4xf32>")
        .expectSame();
}

TEST(PadKernel, FillsWithTheZeroPoint) {
  for (const char *type :
       {"!quant.uniform<i8:f32, 0.5:-3>", "!quant.uniform<u8:f32, 0.5:200>",
        "!quant.uniform<i16:f32, 0.5>"})
    HostOperation("%x: tensor<3xT>",
                  "nn.pad %x {low = array<i64: 1>, high = array<i64: 2>, "
                  "interior = array<i64: 1>, mode = \"constant\"} : "
                  "(tensor<3xT>) -> tensor<8xT>",
                  type)
        .expectSame();
}

TEST(BroadcastKernel, RepeatsEveryType) {
  for (const std::string &type : allTypes)
    HostOperation("%x: tensor<3x1x2xT>",
                  "nn.broadcast %x : (tensor<3x1x2xT>) -> tensor<2x3x4x2xT>",
                  type)
        .expectSame();
  HostOperation("%x: tensor<f32>",
                "nn.broadcast %x : (tensor<f32>) -> tensor<2x3xf32>")
      .expectSame();
  HostOperation("%x: tensor<4x1xf32>",
                "nn.broadcast %x : (tensor<4x1xf32>) -> tensor<4x5xf32>")
      .expectSame();
}
