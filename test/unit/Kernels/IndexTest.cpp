//===- IndexTest.cpp - Kernels with indices -------------------------------===//
#include "HostOperation.h"

#include <gtest/gtest.h>

using namespace rowlock::test;

TEST(GatherKernel, TakesLinesOfEveryType) {
  for (const std::string &type : allTypes)
    HostOperation("%x: tensor<2x5x3xT>, %i: tensor<4x2xi64>",
                  "nn.gather %x, %i {axis = 1 : i64} : (tensor<2x5x3xT>, "
                  "tensor<4x2xi64>) -> tensor<2x4x2x3xT>",
                  type)
        .expectSame();
  HostOperation("%x: tensor<7xf32>, %i: tensor<i32>",
                "nn.gather %x, %i {axis = 0 : i64} : (tensor<7xf32>, "
                "tensor<i32>) -> tensor<f32>")
      .expectSame(32);
}

TEST(GatherElementsKernel, TakesElementsOfEveryType) {
  for (const std::string &type : allTypes)
    HostOperation("%x: tensor<2x5x3xT>, %i: tensor<2x6x2xi32>",
                  "nn.gather_elements %x, %i {axis = 1 : i64} : "
                  "(tensor<2x5x3xT>, tensor<2x6x2xi32>) -> tensor<2x6x2xT>",
                  type)
        .expectSame();
}

TEST(ScatterNDKernel, ReplacesAndReducesEveryType) {
  for (const std::string &type : allTypes)
    for (const char *reduction : {"none", "add", "mul", "max", "min"}) {
      if (type == "i1" && reduction != std::string("none"))
        continue;
      HostOperation("%x: tensor<3x2x2xT>, %i: tensor<4x3x2xi64>, "
                    "%u: tensor<4x3x2xT>",
                    "nn.scatter_nd %x, %i, %u {reduction = \"" +
                        std::string(reduction) +
                        "\"} : (tensor<3x2x2xT>, tensor<4x3x2xi64>, "
                        "tensor<4x3x2xT>) -> tensor<3x2x2xT>",
                    type)
          .expectSame();
    }
  HostOperation("%x: tensor<3xf32>, %i: tensor<2x0xi64>, %u: tensor<2x3xf32>",
                "nn.scatter_nd %x, %i, %u {reduction = \"add\"} : "
                "(tensor<3xf32>, tensor<2x0xi64>, tensor<2x3xf32>) -> "
                "tensor<3xf32>")
      .expectSame();
}

TEST(ResampleKernel, AddsInOrder) {
  HostOperation(
      "%x: tensor<2x4x3xf32>",
      "nn.resample %x, %i, %w {axis = 1 : i64} : (tensor<2x4x3xf32>, "
      "tensor<5x3xi64>, tensor<5x3xf32>) -> tensor<2x5x3xf32>",
      "f32",
      "%i = nn.constant dense<[[0, 1, 2], [3, 3, 3], [2, 0, 1], [1, 1, 0], [0, "
      "3, 2]]> : tensor<5x3xi64> -> tensor<5x3xi64>\n"
      "%w = nn.constant dense<[[0.1, 0.2, 0.7], [0.3, -0.3, 1.0], [0.9, 0.05, "
      "0.05], [1.0, 0.0, 0.0], [-0.11, 1.2, -0.09]]> : tensor<5x3xf32> -> "
      "tensor<5x3xf32>")
      .expectSame(16);
}

TEST(TopKKernel, OrdersEveryNumber) {
  for (const std::string &type : numberTypes)
    for (const char *largest : {", largest", ""})
      HostOperation("%x: tensor<2x9x2xT>",
                    "nn.top_k %x {axis = 1 : i64" + std::string(largest) +
                        "} : (tensor<2x9x2xT>) -> tensor<2x4x2xi64>",
                    type)
          .expectSame();
}

TEST(NonMaxSuppressionKernel, ChoosesTheSameBoxes) {
  for (const char *more :
       {"", ", score_threshold = -1.0 : f32", ", center_point_box"})
    for (const char *rows : {"12", "5"})
      HostOperation(
          "%b: tensor<2x9x4xf32>, %s: tensor<2x2x9xf32>",
          "nn.non_max_suppression %b, %s {most = 3 : i64, "
          "iou_threshold = 0.2 : f32" +
              std::string(more) +
              "} : (tensor<2x9x4xf32>, tensor<2x2x9xf32>) -> tensor<" + rows +
              "x3xi64>")
          .expectSame(16);
}
