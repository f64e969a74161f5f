// RUN: rowlock-opt --nn-fuse-quantization %s --split-input-file | FileCheck %s
!x = !quant.uniform<u8:f32, 0.5:10>
!w = !quant.uniform<u8:f32:0, {0.5:1, 0.25:255}>
!y = !quant.uniform<i8:f32, 0.25:-128>

// Filters without zero points, in 16 bits as 0 - 255 does not fit 8; the bias
// as it is where its scale is the product of the others (first filter), else
// in their steps; the clip in the storage range.
// CHECK-LABEL: func @conv
// CHECK-SAME: ([[X:%.*]]: tensor<1x1x2x2x!quant.uniform<u8:f32, 5.000000e-01:10>>)
// CHECK-DAG: [[W:%.*]] = nn.constant dense<{{\[\[\[\[}}-1]]], {{\[\[\[}}-255]]]]> : tensor<2x1x1x1xi16> -> tensor<2x1x1x1x!quant.uniform<i16:f32:0, {5.000000e-01,2.500000e-01}>>
// CHECK-DAG: [[B:%.*]] = nn.constant dense<[8, 32]> : tensor<2xi32>
// CHECK: [[Y:%.*]] = nn.conv2d [[X]], [[W]], [[B]]
// CHECK-SAME: rescale = #nn.rescale<[33554432, 33554432], [25, 26]>
// CHECK-SAME: -> tensor<1x2x2x2x!quant.uniform<i8<-128:-104>:f32, 2.500000e-01:-128>>
// CHECK-NEXT: return [[Y]]
func.func @conv(%x: tensor<1x1x2x2x!x>) -> tensor<1x2x2x2x!y> {
  %wi = nn.constant dense<[[[[0]]], [[[0]]]]> : tensor<2x1x1x1xi8> -> tensor<2x1x1x1x!w>
  %bi = nn.constant dense<[8, 16]> : tensor<2xi32> -> tensor<2x!quant.uniform<i32:f32, 0.25>>
  %0 = nn.dequantize %x : (tensor<1x1x2x2x!x>) -> tensor<1x1x2x2xf32>
  %w = nn.dequantize %wi : (tensor<2x1x1x1x!w>) -> tensor<2x1x1x1xf32>
  %b = nn.dequantize %bi : (tensor<2x!quant.uniform<i32:f32, 0.25>>) -> tensor<2xf32>
  %1 = nn.conv2d %0, %w, %b : (tensor<1x1x2x2xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  %2 = nn.clip %1 {activation = #nn.clip<-inf, 6.0>} : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
  %3 = nn.quantize %2 : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2x!y>
  return %3 : tensor<1x2x2x2x!y>
}

// -----

!x = !quant.uniform<u8:f32, 0.5:10>
!w = !quant.uniform<i8:f32:1, {0.5, 0.25}>

// A product by a constant is a fully connected layer; what is not quantised again
// stays in float.
// CHECK-LABEL: func @products
// CHECK: [[D:%.*]] = nn.dequantize %arg0
// CHECK-DAG: nn.constant dense<{{\[\[}}1, 3], [2, 4]]> : tensor<2x2xi8> -> tensor<2x2x!quant.uniform<i8:f32:0
// CHECK: nn.fully_connected %arg0
// CHECK-SAME: rescale = #nn.rescale<[33554432, 33554432], [26, 27]>
// CHECK: nn.softmax [[D]]
func.func @products(%x: tensor<1x2x!x>) -> (tensor<1x2x!x>, tensor<1x2xf32>) {
  %wi = nn.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi8> -> tensor<2x2x!w>
  %0 = nn.dequantize %x : (tensor<1x2x!x>) -> tensor<1x2xf32>
  %w = nn.dequantize %wi : (tensor<2x2x!w>) -> tensor<2x2xf32>
  %1 = nn.matmul %0, %w : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  %2 = nn.quantize %1 : (tensor<1x2xf32>) -> tensor<1x2x!x>
  %3 = nn.softmax %0 {axis = 1 : i64} : (tensor<1x2xf32>) -> tensor<1x2xf32>
  return %2, %3 : tensor<1x2x!x>, tensor<1x2xf32>
}

// -----

!x = !quant.uniform<u8:f32, 0.5:10>

// One matrix for each of the batch is no fully connected layer.
// CHECK-LABEL: func @stack
// CHECK: nn.matmul
func.func @stack(%x: tensor<2x1x2x!x>) -> tensor<2x1x1x!x> {
  %wi = nn.constant dense<1> : tensor<2x2x1xi8> -> tensor<2x2x1x!x>
  %0 = nn.dequantize %x : (tensor<2x1x2x!x>) -> tensor<2x1x2xf32>
  %w = nn.dequantize %wi : (tensor<2x2x1x!x>) -> tensor<2x2x1xf32>
  %1 = nn.matmul %0, %w : (tensor<2x1x2xf32>, tensor<2x2x1xf32>) -> tensor<2x1x1xf32>
  %2 = nn.quantize %1 : (tensor<2x1x1xf32>) -> tensor<2x1x1x!x>
  return %2 : tensor<2x1x1x!x>
}

// -----

!x = !quant.uniform<u8:f32, 0.5:10>
!y = !quant.uniform<i8:f32, 0.25:-1>

// Integers move, and the greatest is taken, without a scale.
// CHECK-LABEL: func @movement
// CHECK: [[P:%.*]] = nn.max_pool2d %arg0
// CHECK-SAME: -> tensor<1x2x1x1x!quant.uniform<u8:f32, 5.000000e-01:10>>
// CHECK: [[R:%.*]] = nn.reshape [[P]]
// CHECK: [[T:%.*]] = nn.transpose [[R]]
// CHECK: nn.concat [[T]] {axis = 0 : i64, rescale = #nn.rescale<[33554432], [24]>}
func.func @movement(%x: tensor<1x2x2x2x!x>) -> tensor<2x1x!y> {
  %0 = nn.dequantize %x : (tensor<1x2x2x2x!x>) -> tensor<1x2x2x2xf32>
  %1 = nn.max_pool2d %0 {kernel = array<i64: 2, 2>} : (tensor<1x2x2x2xf32>) -> tensor<1x2x1x1xf32>
  %2 = nn.reshape %1 : (tensor<1x2x1x1xf32>) -> tensor<1x2xf32>
  %3 = nn.transpose %2 {permutation = array<i64: 1, 0>} : (tensor<1x2xf32>) -> tensor<2x1xf32>
  %4 = nn.quantize %3 : (tensor<2x1xf32>) -> tensor<2x1x!y>
  return %4 : tensor<2x1x!y>
}

// -----

!x = !quant.uniform<u8:f32, 0.5:10>
!y = !quant.uniform<i8:f32, 1.0:-1>

// CHECK-LABEL: func @elementwise
// CHECK: [[S:%.*]] = nn.add %arg0, %arg1 {multipliers = array<i64: 524288, 1048576>, rescale = #nn.rescale<[33554432], [45]>}
// CHECK: [[M:%.*]] = nn.mul %arg0, [[S]] {rescale = #nn.rescale<[33554432], [26]>}
// CHECK: [[A:%.*]] = nn.average_pool2d [[M]] {kernel = array<i64: 1, 3>, rescale = #nn.rescale<[33554432, 33554432, 44739243], [25, 26, 27]>}
// CHECK: nn.concat [[A]], [[A]] {axis = 1 : i64, rescale = #nn.rescale<[33554432, 33554432], [25, 25]>}
func.func @elementwise(%x: tensor<1x1x1x3x!x>, %y: tensor<1x1x1x3x!y>) -> tensor<1x2x1x1x!y> {
  %0 = nn.dequantize %x : (tensor<1x1x1x3x!x>) -> tensor<1x1x1x3xf32>
  %1 = nn.dequantize %y : (tensor<1x1x1x3x!y>) -> tensor<1x1x1x3xf32>
  %2 = nn.add %0, %1 : (tensor<1x1x1x3xf32>, tensor<1x1x1x3xf32>) -> tensor<1x1x1x3xf32>
  %3 = nn.quantize %2 : (tensor<1x1x1x3xf32>) -> tensor<1x1x1x3x!y>
  %4 = nn.dequantize %3 : (tensor<1x1x1x3x!y>) -> tensor<1x1x1x3xf32>
  %5 = nn.mul %0, %4 : (tensor<1x1x1x3xf32>, tensor<1x1x1x3xf32>) -> tensor<1x1x1x3xf32>
  %6 = nn.quantize %5 : (tensor<1x1x1x3xf32>) -> tensor<1x1x1x3x!y>
  %7 = nn.dequantize %6 : (tensor<1x1x1x3x!y>) -> tensor<1x1x1x3xf32>
  %8 = nn.average_pool2d %7 {kernel = array<i64: 1, 3>} : (tensor<1x1x1x3xf32>) -> tensor<1x1x1x1xf32>
  %9 = nn.quantize %8 : (tensor<1x1x1x1xf32>) -> tensor<1x1x1x1x!y>
  %10 = nn.dequantize %9 : (tensor<1x1x1x1x!y>) -> tensor<1x1x1x1xf32>
  %11 = nn.concat %10, %10 {axis = 1 : i64} : (tensor<1x1x1x1xf32>, tensor<1x1x1x1xf32>) -> tensor<1x2x1x1xf32>
  %12 = nn.quantize %11 : (tensor<1x2x1x1xf32>) -> tensor<1x2x1x1x!y>
  return %12 : tensor<1x2x1x1x!y>
}

// -----

!x = !quant.uniform<u8:f32, 0.5:10>

// The mean of two integers often lies in the middle of two: the sum of floats
// decides.
// CHECK-LABEL: func @means_that_tie
// CHECK: nn.average_pool2d {{.*}} -> tensor<1x1x1x1xf32>
func.func @means_that_tie(%x: tensor<1x1x1x2x!x>) -> tensor<1x1x1x1x!x> {
  %0 = nn.dequantize %x : (tensor<1x1x1x2x!x>) -> tensor<1x1x1x2xf32>
  %1 = nn.average_pool2d %0 {kernel = array<i64: 1, 2>} : (tensor<1x1x1x2xf32>) -> tensor<1x1x1x1xf32>
  %2 = nn.quantize %1 : (tensor<1x1x1x1xf32>) -> tensor<1x1x1x1x!x>
  return %2 : tensor<1x1x1x1x!x>
}

// -----

!x = !quant.uniform<i8:f32, 0.5>

// Filters that nobody reads as integers are floats; a float layer between
// integers stays.
// CHECK-LABEL: func @leftovers
// CHECK: [[W:%.*]] = nn.constant dense<1.000000e+00> : tensor<1x1x1x1xf32>
// CHECK: nn.conv2d %arg0, [[W]] : {{.*}} -> tensor<1x1x1x2xf32>
// CHECK: nn.dequantize
// CHECK: nn.softmax
// CHECK: nn.quantize
// CHECK: nn.constant dense<4> : tensor<1x2xi8> -> tensor<1x2x!quant.uniform<i8:f32, 5.000000e-01>>
// CHECK-NOT: nn.quantize
func.func @leftovers(%f: tensor<1x1x1x2xf32>, %x: tensor<1x2x!x>)
    -> (tensor<1x1x1x2xf32>, tensor<1x2x!x>, tensor<1x2x!x>) {
  %wi = nn.constant dense<2> : tensor<1x1x1x1xi8> -> tensor<1x1x1x1x!x>
  %w = nn.dequantize %wi : (tensor<1x1x1x1x!x>) -> tensor<1x1x1x1xf32>
  %0 = nn.conv2d %f, %w : (tensor<1x1x1x2xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x1x2xf32>
  %1 = nn.dequantize %x : (tensor<1x2x!x>) -> tensor<1x2xf32>
  %2 = nn.softmax %1 {axis = 1 : i64} : (tensor<1x2xf32>) -> tensor<1x2xf32>
  %3 = nn.quantize %2 : (tensor<1x2xf32>) -> tensor<1x2x!x>
  %c = nn.constant dense<2.0> : tensor<1x2xf32> -> tensor<1x2xf32>
  %4 = nn.quantize %c : (tensor<1x2xf32>) -> tensor<1x2x!x>
  return %0, %3, %4 : tensor<1x1x1x2xf32>, tensor<1x2x!x>, tensor<1x2x!x>
}

// -----

!x = !quant.uniform<i8:f32, 0.5>

// A float constant that is added is a bias in steps of 0.25; one that is quantised
// keeps its integers.
// CHECK-LABEL: func @sums
// CHECK: [[B:%.*]] = nn.constant dense<[4, -8]> : tensor<2xi32>
// CHECK: nn.fully_connected %arg0, {{%[0-9]+}}, [[B]]
// CHECK: [[C:%.*]] = nn.constant dense<[5, 6]> : tensor<2xi32>
// CHECK: nn.conv2d %arg1, {{%[0-9]+}}, [[C]]
// CHECK-NOT: nn.add
func.func @sums(%x: tensor<1x2x!x>, %m: tensor<1x1x1x1x!x>) -> (tensor<1x2x!x>, tensor<1x2x1x1x!x>) {
  %wi = nn.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi8> -> tensor<2x2x!x>
  %w = nn.dequantize %wi : (tensor<2x2x!x>) -> tensor<2x2xf32>
  %b = nn.constant dense<[1.0, -2.0]> : tensor<2xf32> -> tensor<2xf32>
  %0 = nn.dequantize %x : (tensor<1x2x!x>) -> tensor<1x2xf32>
  %1 = nn.matmul %0, %w : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  %2 = nn.add %b, %1 : (tensor<2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  %3 = nn.quantize %2 : (tensor<1x2xf32>) -> tensor<1x2x!x>
  %vi = nn.constant dense<1> : tensor<2x1x1x1xi8> -> tensor<2x1x1x1x!x>
  %v = nn.dequantize %vi : (tensor<2x1x1x1x!x>) -> tensor<2x1x1x1xf32>
  %ci = nn.constant dense<[[[[5]], [[6]]]]> : tensor<1x2x1x1xi32> -> tensor<1x2x1x1x!quant.uniform<i32:f32, 0.25>>
  %c = nn.dequantize %ci : (tensor<1x2x1x1x!quant.uniform<i32:f32, 0.25>>) -> tensor<1x2x1x1xf32>
  %4 = nn.dequantize %m : (tensor<1x1x1x1x!x>) -> tensor<1x1x1x1xf32>
  %5 = nn.conv2d %4, %v : (tensor<1x1x1x1xf32>, tensor<2x1x1x1xf32>) -> tensor<1x2x1x1xf32>
  %6 = nn.add %5, %c : (tensor<1x2x1x1xf32>, tensor<1x2x1x1xf32>) -> tensor<1x2x1x1xf32>
  %7 = nn.quantize %6 : (tensor<1x2x1x1xf32>) -> tensor<1x2x1x1x!x>
  return %3, %7 : tensor<1x2x!x>, tensor<1x2x1x1x!x>
}

// -----

!x = !quant.uniform<u8:f32, 0.5:10>
!w = !quant.uniform<i8:f32:1, {0.5, 0.25}>

// Around a layer integers move: padding in front, filters in another order,
// turned around and in another shape with their scales, the result behind.
// CHECK-LABEL: func @moved
// CHECK: [[P:%.*]] = nn.pad %arg0
// CHECK-SAME: -> tensor<1x1x3x!quant.uniform<u8:f32, 5.000000e-01:10>>
// CHECK: [[R:%.*]] = nn.reshape [[P]]
// CHECK: [[W:%.*]] = nn.constant dense<{{\[\[\[\[}}5, 1]]], {{\[\[\[}}7, 3]]]]> : tensor<2x1x1x2xi8> -> tensor<2x1x1x2x!quant.uniform<i8:f32:0, {5.000000e-01,2.500000e-01}>>
// CHECK: [[Y:%.*]] = nn.conv2d [[R]], [[W]]
// CHECK-SAME: -> tensor<1x2x1x2x!quant.uniform<u8<10:255>:f32, 5.000000e-01:10>>
// CHECK: nn.reshape [[Y]]
// CHECK-SAME: -> tensor<1x2x2x
// CHECK-NOT: nn.quantize
// CHECK: return
func.func @moved(%x: tensor<1x1x2x!x>) -> tensor<1x2x2x!x> {
  %wi = nn.constant dense<[[[1, 5], [3, 7]]]> : tensor<1x2x2xi8> -> tensor<1x2x2x!w>
  %0 = nn.dequantize %x : (tensor<1x1x2x!x>) -> tensor<1x1x2xf32>
  %1 = nn.pad %0 {low = array<i64: 0, 0, 0>, high = array<i64: 0, 0, 0>, interior = array<i64: 0, 0, 1>, mode = "constant"} : (tensor<1x1x2xf32>) -> tensor<1x1x3xf32>
  %2 = nn.reshape %1 : (tensor<1x1x3xf32>) -> tensor<1x1x1x3xf32>
  %w = nn.dequantize %wi : (tensor<1x2x2x!w>) -> tensor<1x2x2xf32>
  %3 = nn.transpose %w {permutation = array<i64: 1, 0, 2>} : (tensor<1x2x2xf32>) -> tensor<2x1x2xf32>
  %4 = nn.slice %3 {starts = array<i64: 0, 0, 1>, strides = array<i64: 1, 1, -1>} : (tensor<2x1x2xf32>) -> tensor<2x1x2xf32>
  %5 = nn.reshape %4 : (tensor<2x1x2xf32>) -> tensor<2x1x1x2xf32>
  %6 = nn.conv2d %2, %5 : (tensor<1x1x1x3xf32>, tensor<2x1x1x2xf32>) -> tensor<1x2x1x2xf32>
  %7 = nn.reshape %6 : (tensor<1x2x1x2xf32>) -> tensor<1x2x2xf32>
  %8 = nn.clip %7 {activation = #nn.clip<0.0, inf>} : (tensor<1x2x2xf32>) -> tensor<1x2x2xf32>
  %9 = nn.quantize %8 : (tensor<1x2x2xf32>) -> tensor<1x2x2x!x>
  return %9 : tensor<1x2x2x!x>
}
