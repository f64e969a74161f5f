// RUN: rowlock-opt --split-input-file --nn-quantize="calibration-table=%S/Inputs/ranges.yaml" %s | FileCheck %s
// RUN: rowlock-opt --split-input-file --nn-quantize="calibration-table=%S/Inputs/ranges.yaml arithmetic=int16" %s | FileCheck %s --check-prefix=INT16
// RUN: rowlock-opt --split-input-file --nn-quantize="calibration-table=%S/Inputs/ranges.yaml arithmetic=fixed16" %s | FileCheck %s --check-prefix=FIXED
// RUN: rowlock-opt --split-input-file --nn-quantize="calibration-table=%S/Inputs/ranges.yaml psum-bits=16" %s | FileCheck %s --check-prefix=NARROW

// No value is negative: uint8 at 255 / 255 and 51 / 255. Weights 1.27 and 0.5 at
// 1.27 / 127 and 0.5 / 127.
// CHECK: nn.quantize %arg0 : {{.*}}tensor<1x1x2x2x!quant.uniform<u8:f32, 1.0{{.*}}>>
// CHECK: nn.constant dense<127> : tensor<2x1x1x1xi8> -> tensor<2x1x1x1x!quant.uniform<i8<-127:127>:f32:0, {0.00999{{.*}},0.003937
// CHECK: nn.conv2d {{.*}}rescale = #nn.rescale<
// CHECK-SAME: !quant.uniform<u8:f32, 0.2
// CHECK: nn.dequantize {{.*}} -> tensor<1x2x2x2xf32>

// INT16: nn.conv2d {{.*}}!quant.uniform<i16<0:32767>:f32,

// Scales are powers of two.
// FIXED: nn.quantize {{.*}}!quant.uniform<i16<0:32640>:f32, 7.812500e-03>
// FIXED: nn.conv2d {{.*}}product_shift =

// 127 * 255 just fits 16 bits; one more bit would not.
// NARROW: nn.constant dense<{{.*}}127
module {
  func.func @main(%x: tensor<1x1x2x2xf32> {nn.name = "x"}) -> (tensor<1x2x2x2xf32> {nn.name = "y"}) {
    %w = nn.constant dense<[[[[1.27]]], [[[0.5]]]]> : tensor<2x1x1x1xf32> -> tensor<2x1x1x1xf32>
    %0 = nn.conv2d %x, %w {activation = #nn.clip<0.0, inf>} : (tensor<1x1x2x2xf32>, tensor<2x1x1x1xf32>) -> tensor<1x2x2x2xf32> loc("y")
    return %0 : tensor<1x2x2x2xf32>
  }
}

// -----

// What stays in float between quantised layers reads and gives integers through
// conversions; no convolution stays in float for its sake.
// CHECK: nn.name = "p"
// CHECK: %[[Q:.*]] = nn.conv2d {{.*}}rescale
// CHECK-NEXT: %[[F:.*]] = nn.dequantize %[[Q]]
// CHECK-NEXT: %[[L:.*]] = nn.lrn %[[F]]
// CHECK-NEXT: %[[I:.*]] = nn.quantize %[[L]]
// CHECK-NEXT: nn.max_pool2d %[[I]]
// CHECK-NOT: nn.conv2d
// CHECK-NOT: nn.max_pool2d
module {
  func.func @main(%x: tensor<1x1x2x2xf32> {nn.name = "x"}) -> (tensor<1x2x1x1xf32> {nn.name = "p"}) {
    %w = nn.constant dense<[[[[1.27]]], [[[0.5]]]]> : tensor<2x1x1x1xf32> -> tensor<2x1x1x1xf32>
    %0 = nn.conv2d %x, %w {activation = #nn.clip<0.0, inf>} : (tensor<1x1x2x2xf32>, tensor<2x1x1x1xf32>) -> tensor<1x2x2x2xf32> loc("y")
    %1 = nn.lrn %0 {size = 1 : i64} : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32> loc("l")
    %2 = nn.max_pool2d %1 {kernel = array<i64: 2, 2>} : (tensor<1x2x2x2xf32>) -> tensor<1x2x1x1xf32> loc("p")
    return %2 : tensor<1x2x1x1xf32>
  }
}

// -----

// Functions of 8-bit integers are tables, but those that an even scale does not
// hold; truth values and integers stay what they are.
// CHECK: nn.name = "c"
// CHECK: %[[T:.*]] = nn.table {{.*}}values = array<i64: 2, 4, 4, 5, 5
// CHECK: %[[F:.*]] = nn.dequantize %[[T]]
// CHECK: nn.unary %[[F]] {function = "log"}
// CHECK: nn.binary {{.*}} -> tensor<4xi1>
// INT16: nn.name = "c"
// INT16: nn.unary {{.*}}function = "sigmoid"
module {
  func.func @main(%x: tensor<4xf32> {nn.name = "x"}) -> (tensor<4xf32> {nn.name = "l"}, tensor<4xi1> {nn.name = "c"}, tensor<1xi64> {nn.name = "a"}) {
    %0 = nn.unary %x {function = "sigmoid"} : (tensor<4xf32>) -> tensor<4xf32> loc("y")
    %1 = nn.unary %0 {function = "log"} : (tensor<4xf32>) -> tensor<4xf32> loc("l")
    %2 = nn.binary %0, %1 {function = "less"} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1> loc("c")
    %3 = nn.reduce %0 {function = "arg_max", axes = array<i64: 0>} : (tensor<4xf32>) -> tensor<1xi64> loc("a")
    return %1, %2, %3 : tensor<4xf32>, tensor<4xi1>, tensor<1xi64>
  }
}

// -----

// What softmax and its like read is summed, scaled and moved in float: infinite
// values of a mask have no integers.
// CHECK: nn.name = "s"
// CHECK: %[[F:.*]] = nn.lrn
// CHECK: %[[M:.*]] = nn.mul %[[F]], {{.*}}xf32>
// CHECK: %[[A:.*]] = nn.add %[[M]], {{.*}}xf32>
// CHECK: %[[R:.*]] = nn.reshape %[[A]]
// CHECK: %[[S:.*]] = nn.softmax %[[R]]
// CHECK-NEXT: return %[[S]]
module {
  func.func @main(%x: tensor<1x1x1x2xf32> {nn.name = "x"}) -> (tensor<1x2xf32> {nn.name = "s"}) {
    %mask = nn.constant dense<[[[[0.0, 0xFF800000]]]]> : tensor<1x1x1x2xf32> -> tensor<1x1x1x2xf32>
    %half = nn.constant dense<0.5> : tensor<f32> -> tensor<f32>
    %0 = nn.lrn %x {size = 1 : i64} : (tensor<1x1x1x2xf32>) -> tensor<1x1x1x2xf32> loc("l")
    %1 = nn.mul %0, %half : (tensor<1x1x1x2xf32>, tensor<f32>) -> tensor<1x1x1x2xf32> loc("m")
    %2 = nn.add %1, %mask : (tensor<1x1x1x2xf32>, tensor<1x1x1x2xf32>) -> tensor<1x1x1x2xf32> loc("a")
    %3 = nn.reshape %2 : (tensor<1x1x1x2xf32>) -> tensor<1x2xf32> loc("r")
    %4 = nn.softmax %3 {axis = 1 : i64} : (tensor<1x2xf32>) -> tensor<1x2xf32> loc("s")
    return %4 : tensor<1x2xf32>
  }
}

// -----

// What is always 0 takes no bits from what it is added to.
// CHECK: nn.name = "l"
// CHECK: nn.add {{.*}}multipliers = array<i64: 1048576, 0>
// INT16: nn.name = "l"
// INT16: nn.add {{.*}}multipliers = array<i64: 16384, 0>
// FIXED: nn.name = "l"
// FIXED: nn.add {{.*}}multipliers = array<i64: 16384, 0>
module {
  func.func @main(%x: tensor<1x2xf32> {nn.name = "x"}) -> (tensor<1x2xf32> {nn.name = "l"}) {
    %zeros = nn.constant dense<0.0> : tensor<1x2xf32> -> tensor<1x2xf32>
    %0 = nn.add %x, %zeros : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32> loc("l")
    return %0 : tensor<1x2xf32>
  }
}

// -----

// A mask that leaves no step to what it is added to is added in float, also to
// integers.
// CHECK: nn.name = "s"
// CHECK: %[[Q:.*]] = nn.conv2d {{.*}}rescale
// CHECK: %[[F:.*]] = nn.dequantize %[[Q]]
// CHECK: nn.add %[[F]], {{.*}}xf32>
module {
  func.func @main(%x: tensor<1x1x1x2xf32> {nn.name = "x"}) -> (tensor<1x1x1x2xf32> {nn.name = "s"}) {
    %mask = nn.constant dense<[[[[0.0, -1.0e9]]]]> : tensor<1x1x1x2xf32> -> tensor<1x1x1x2xf32>
    %w = nn.constant dense<1.0> : tensor<1x1x1x1xf32> -> tensor<1x1x1x1xf32>
    %0 = nn.conv2d %x, %w : (tensor<1x1x1x2xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x1x2xf32> loc("y")
    %1 = nn.add %0, %mask : (tensor<1x1x1x2xf32>, tensor<1x1x1x2xf32>) -> tensor<1x1x1x2xf32> loc("a")
    %2 = nn.softmax %1 {axis = 3 : i64} : (tensor<1x1x1x2xf32>) -> tensor<1x1x1x2xf32> loc("s")
    return %2 : tensor<1x1x1x2xf32>
  }
}
