//===- RefusalTest.cpp - What kernels say of damaged layers ---------------===//
#include "HostOperation.h"

#include <gtest/gtest.h>

using namespace rowlock;
using namespace rowlock::test;

using Tensors = std::vector<KernelTensor>;

TEST(SliceKernel, Refuses) {
  HostOperation slice("%x: tensor<5xf32>",
                      "nn.slice %x {starts = array<i64: 1>, strides = "
                      "array<i64: 2>} : (tensor<5xf32>) -> tensor<2xf32>");
  EXPECT_EQ(slice.refusalOf("starts", {3}), "the slice leaves dimension 0");
  EXPECT_EQ(slice.refusalOf("strides", {0}), "the slice leaves dimension 0");
  EXPECT_EQ(slice.refusalOf("strides", {-2}), "the slice leaves dimension 0");
  EXPECT_EQ(slice.refusalOf("starts", {1, 1}),
            "attribute 'starts' has 2 values, expected 1");
  EXPECT_EQ(slice.refusal([](Tensors &, KernelTensor &result) {
    result.type = fb::ElementType::I32;
  }),
            "expected one operand of the result's type and rank");
}

TEST(PadKernel, Refuses) {
  HostOperation pad("%x: tensor<5xf32>",
                    "nn.pad %x {low = array<i64: 1>, high = array<i64: 2>, "
                    "interior = array<i64: 0>, mode = \"reflect\"} : "
                    "(tensor<5xf32>) -> tensor<8xf32>");
  EXPECT_EQ(pad.refusalOf("low", {2}),
            "the result has size 8 of dimension 0, expected 9");
  EXPECT_EQ(pad.refusalOf("low", {5}), "reflection of dimension 0 exceeds it");
  EXPECT_EQ(pad.refusalOf("interior", {1}),
            "interior of dimension 0 is not possible");
  EXPECT_EQ(pad.refusalOf("mode", {4}),
            "attribute 'mode' is 4, expected 0 to 3");
  EXPECT_EQ(pad.refusal([](Tensors &operands, KernelTensor &) {
    operands.push_back(operands[0]);
  }),
            "result or value does not fit the operand");
}

TEST(BroadcastKernel, Refuses) {
  HostOperation broadcast("%x: tensor<2xf32>",
                          "nn.broadcast %x : (tensor<2xf32>) -> "
                          "tensor<3x2xf32>");
  EXPECT_EQ(broadcast.refusal(
                [](Tensors &, KernelTensor &result) { result.shape = {2, 3}; }),
            "the operand does not broadcast to the result");
  EXPECT_EQ(broadcast.refusal(
                [](Tensors &, KernelTensor &result) { result.shape = {}; }),
            "the operand's rank exceeds the result's");
}

TEST(GatherKernels, Refuse) {
  HostOperation gather("%x: tensor<2x5xf32>, %i: tensor<3xi64>",
                       "nn.gather %x, %i {axis = 0 : i64} : (tensor<2x5xf32>, "
                       "tensor<3xi64>) -> tensor<3x5xf32>");
  EXPECT_EQ(gather.refusalOf("axis", {1}),
            "the result's shape is not the operands'");
  EXPECT_EQ(gather.refusalOf("axis", {2}),
            "attribute 'axis' is 2, expected 0 to 1");
  EXPECT_EQ(gather.refusal([](Tensors &operands, KernelTensor &) {
    operands[1].type = fb::ElementType::F32;
  }),
            "expected an operand of the result's type and indices of 32 or 64 "
            "bits");
  HostOperation elements("%x: tensor<2x5xf32>, %i: tensor<2x3xi64>",
                         "nn.gather_elements %x, %i {axis = 1 : i64} : "
                         "(tensor<2x5xf32>, tensor<2x3xi64>) -> "
                         "tensor<2x3xf32>");
  EXPECT_EQ(elements.refusal([](Tensors &operands, KernelTensor &) {
    operands[0].shape = {1, 10};
  }),
            "operand, indices and result do not fit");
}

TEST(ScatterNDKernel, Refuses) {
  HostOperation scatter(
      "%x: tensor<2x5xf32>, %i: tensor<3x1xi64>, %u: tensor<3x5xf32>",
      "nn.scatter_nd %x, %i, %u {reduction = \"none\"} : (tensor<2x5xf32>, "
      "tensor<3x1xi64>, tensor<3x5xf32>) -> tensor<2x5xf32>");
  EXPECT_EQ(scatter.refusalOf("reduction", {5}),
            "attribute 'reduction' is 5, expected 0 to 4");
  EXPECT_EQ(scatter.refusal([](Tensors &operands, KernelTensor &) {
    operands[1].shape = {1, 3};
  }),
            "the index vectors are longer than the rank");
  EXPECT_EQ(scatter.refusal([](Tensors &operands, KernelTensor &) {
    operands[2].shape = {5, 3};
  }),
            "the updates have another shape");
}

TEST(ResampleKernel, Refuses) {
  HostOperation resample("%x: tensor<2x4xf32>",
                         "nn.resample %x, %i, %w {axis = 1 : i64} : "
                         "(tensor<2x4xf32>, tensor<1x2xi64>, tensor<1x2xf32>) "
                         "-> tensor<2x1xf32>",
                         "f32",
                         "%i = nn.constant dense<0> : tensor<1x2xi64> -> "
                         "tensor<1x2xi64>\n%w = nn.constant dense<0.5> : "
                         "tensor<1x2xf32> -> tensor<1x2xf32>");
  EXPECT_EQ(resample.refusalOf("axis", {0}),
            "the result's shape is not the operands'");
  EXPECT_EQ(resample.refusal([](Tensors &operands, KernelTensor &) {
    operands[2].shape = {2, 1};
  }),
            "indices and weights differ in shape");
}

TEST(SelectionKernels, Refuse) {
  HostOperation top("%x: tensor<5xf32>", "nn.top_k %x {axis = 0 : i64} : "
                                         "(tensor<5xf32>) -> tensor<2xi64>");
  EXPECT_EQ(top.refusal([](Tensors &operands, KernelTensor &result) {
    operands[0].shape = {1};
    (void)result;
  }),
            "the result's shape is not the operand's");
  HostOperation boxes("%b: tensor<1x3x4xf32>, %s: tensor<1x1x3xf32>",
                      "nn.non_max_suppression %b, %s {most = 1 : i64, "
                      "iou_threshold = 0.5 : f32} : (tensor<1x3x4xf32>, "
                      "tensor<1x1x3xf32>) -> tensor<1x3xi64>");
  EXPECT_EQ(boxes.refusalOf("most", {-1}).substr(0, 22),
            "attribute 'most' is -1");
  EXPECT_EQ(boxes.refusal([](Tensors &operands, KernelTensor &) {
    operands[1].shape = {1, 3, 1};
  }),
            "boxes, scores and result do not fit");
}
