// RUN: rowlock-opt %s | rowlock-opt | FileCheck %s
// RUN: rowlock-opt %s --mlir-print-op-generic | rowlock-opt | FileCheck %s

!act = !quant.uniform<u8<0:153>:f32, 0.04>
!sym = !quant.uniform<i8:f32, 0.5>
!off = !quant.uniform<i8:f32, 0.5:-3>
!weights = !quant.uniform<i8:f32:0, {0.5, 0.25}>
!fixed = !quant.uniform<i16:f32, 0.0078125>

// CHECK-LABEL: func @constants
func.func @constants() -> (tensor<2xf32>, tensor<2x!sym>) {
  // CHECK: nn.constant dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32> -> tensor<2xf32>
  %0 = nn.constant dense<[1.0, 2.0]> : tensor<2xf32> -> tensor<2xf32>
  // CHECK: nn.constant dense<[1, -2]> : tensor<2xi8> -> tensor<2x!quant.uniform<i8:f32, 5.000000e-01>>
  %1 = nn.constant dense<[1, -2]> : tensor<2xi8> -> tensor<2x!sym>
  return %0, %1 : tensor<2xf32>, tensor<2x!sym>
}

// CHECK-LABEL: func @float_layers
func.func @float_layers(%x: tensor<1x4x5x6xf32>, %w: tensor<2x2x3x3xf32>,
                        %b: tensor<2xf32>) -> tensor<1x2xf32> {
  // CHECK: nn.conv2d %{{.*}}, %{{.*}}, %{{.*}} {activation = #nn.clip<0.{{0+e\+00}}, inf>, dilations = array<i64: 1, 2>, groups = 2 : i64, pads = array<i64: 1, 2, 1, 2>, strides = array<i64: 2, 1>}
  %0 = nn.conv2d %x, %w, %b {activation = #nn.clip<0.0, inf>, dilations = array<i64: 1, 2>, groups = 2 : i64, pads = array<i64: 1, 2, 1, 2>, strides = array<i64: 2, 1>} : (tensor<1x4x5x6xf32>, tensor<2x2x3x3xf32>, tensor<2xf32>) -> tensor<1x2x3x6xf32>
  // CHECK: nn.batch_norm
  %1 = nn.batch_norm %0, %b, %b, %b, %b {epsilon = 1.0e-3 : f32} : (tensor<1x2x3x6xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x3x6xf32>
  // CHECK: nn.clip %{{.*}} {activation = #nn.clip<-1.{{0+e\+00}}, 6.{{0+e\+00}}>}
  %2 = nn.clip %1 {activation = #nn.clip<-1.0, 6.0>} : (tensor<1x2x3x6xf32>) -> tensor<1x2x3x6xf32>
  // CHECK: nn.max_pool2d
  %3 = nn.max_pool2d %2 {kernel = array<i64: 2, 3>, strides = array<i64: 2, 3>, ceil_mode} : (tensor<1x2x3x6xf32>) -> tensor<1x2x2x2xf32>
  // CHECK: nn.average_pool2d
  %4 = nn.average_pool2d %3 {kernel = array<i64: 2, 2>, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 3, 3>, count_include_pad} : (tensor<1x2x2x2xf32>) -> tensor<1x2x1x1xf32>
  // CHECK: nn.reshape
  %5 = nn.reshape %4 : (tensor<1x2x1x1xf32>) -> tensor<1x2xf32>
  // CHECK: nn.add
  %6 = nn.add %5, %b : (tensor<1x2xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  %7 = nn.constant dense<0.5> : tensor<2x2xf32> -> tensor<2x2xf32>
  // CHECK: nn.max_pool_indices2d {{.*}}column_major
  %indices = nn.max_pool_indices2d %2 {kernel = array<i64: 2, 3>, strides = array<i64: 2, 3>, ceil_mode, column_major} : (tensor<1x2x3x6xf32>) -> tensor<1x2x2x2xi64>
  // CHECK: nn.matmul
  %8 = nn.matmul %6, %7 : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  // CHECK: nn.fully_connected
  %9 = nn.fully_connected %8, %7, %b : (tensor<1x2xf32>, tensor<2x2xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  // CHECK: nn.softmax %{{.*}} {axis = 1 : i64}
  %10 = nn.softmax %9 {axis = 1 : i64} : (tensor<1x2xf32>) -> tensor<1x2xf32>
  return %10 : tensor<1x2xf32>
}

// CHECK-LABEL: func @quantised_layers
func.func @quantised_layers(%x: tensor<1x2x4x4xf32>, %w: tensor<2x2x3x3x!weights>,
                            %b: tensor<2xi32>, %f: tensor<2x8x!weights>) -> tensor<1x2xf32> {
  // CHECK: nn.quantize
  %0 = nn.quantize %x : (tensor<1x2x4x4xf32>) -> tensor<1x2x4x4x!off>
  // CHECK: nn.conv2d {{.*}}rescale = #nn.rescale<[33554432, 40000000], [30, 31]>
  // CHECK-SAME: !quant.uniform<u8<0:153>:f32, 4.000000e-02>
  %1 = nn.conv2d %0, %w, %b {pads = array<i64: 1, 1, 1, 1>, rescale = #nn.rescale<[33554432, 40000000], [30, 31]>} : (tensor<1x2x4x4x!off>, tensor<2x2x3x3x!weights>, tensor<2xi32>) -> tensor<1x2x4x4x!act>
  %2 = nn.average_pool2d %1 {kernel = array<i64: 1, 2>, strides = array<i64: 1, 2>, rescale = #nn.rescale<[33554432, 33554432], [25, 26]>} : (tensor<1x2x4x4x!act>) -> tensor<1x2x4x2x!act>
  %3 = nn.max_pool2d %2 {kernel = array<i64: 2, 1>, strides = array<i64: 2, 1>} : (tensor<1x2x4x2x!act>) -> tensor<1x2x2x2x!act>
  %4 = nn.reshape %3 : (tensor<1x2x2x2x!act>) -> tensor<1x8x!act>
  %5 = nn.fully_connected %4, %f, %b {rescale = #nn.rescale<[33554432], [30]>} : (tensor<1x8x!act>, tensor<2x8x!weights>, tensor<2xi32>) -> tensor<1x2x!sym>
  // CHECK: nn.add {{.*}}multipliers = array<i64: 1, 2>
  %6 = nn.add %5, %5 {multipliers = array<i64: 1, 2>, rescale = #nn.rescale<[33554432], [27]>} : (tensor<1x2x!sym>, tensor<1x2x!sym>) -> tensor<1x2x!sym>
  // CHECK: nn.dequantize
  %7 = nn.dequantize %6 : (tensor<1x2x!sym>) -> tensor<1x2xf32>
  return %7 : tensor<1x2xf32>
}

// CHECK-LABEL: func @fixed16
func.func @fixed16(%x: tensor<1x1x2x2x!fixed>, %w: tensor<1x1x2x2x!fixed>,
                   %b: tensor<1xi16>) -> tensor<1x1x1x1x!fixed> {
  // CHECK: product_shift = 7
  %0 = nn.conv2d %x, %w, %b {product_shift = 7 : i64} : (tensor<1x1x2x2x!fixed>, tensor<1x1x2x2x!fixed>, tensor<1xi16>) -> tensor<1x1x1x1x!fixed>
  return %0 : tensor<1x1x1x1x!fixed>
}

// CHECK-LABEL: func @layout
func.func @layout(%x: tensor<1x2x3x4xf32>, %q: tensor<1x2x3x4x!act>) -> (tensor<1x4x4x3xf32>, tensor<1x4x3x4x!act>) {
  // CHECK: nn.mul %{{.*}}, %{{.*}} : (tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>) -> tensor<1x2x3x4xf32>
  %0 = nn.mul %x, %x : (tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>) -> tensor<1x2x3x4xf32>
  // CHECK: nn.lrn %{{.*}} {alpha = 2.000000e+00 : f32, size = 3 : i64}
  %1 = nn.lrn %0 {size = 3 : i64, alpha = 2.0 : f32} : (tensor<1x2x3x4xf32>) -> tensor<1x2x3x4xf32>
  // CHECK: nn.concat %{{.*}}, %{{.*}} {axis = 1 : i64}
  %2 = nn.concat %1, %x {axis = 1 : i64} : (tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>) -> tensor<1x4x3x4xf32>
  // CHECK: nn.transpose %{{.*}} {permutation = array<i64: 0, 1, 3, 2>}
  %3 = nn.transpose %2 {permutation = array<i64: 0, 1, 3, 2>} : (tensor<1x4x3x4xf32>) -> tensor<1x4x4x3xf32>
  // CHECK: nn.mul {{.*}}rescale = #nn.rescale<[33554432], [30]>
  %4 = nn.mul %q, %q {rescale = #nn.rescale<[33554432], [30]>} : (tensor<1x2x3x4x!act>, tensor<1x2x3x4x!act>) -> tensor<1x2x3x4x!act>
  // CHECK: nn.concat {{.*}}rescale = #nn.rescale<[33554432, 40000000], [25, 26]>
  %5 = nn.concat %q, %4 {axis = 1 : i64, rescale = #nn.rescale<[33554432, 40000000], [25, 26]>} : (tensor<1x2x3x4x!act>, tensor<1x2x3x4x!act>) -> tensor<1x4x3x4x!act>
  return %3, %5 : tensor<1x4x4x3xf32>, tensor<1x4x3x4x!act>
}
