// RUN: rowlock-translate --interpret %s

!x = !quant.uniform<i8:f32, 0.5:-3>
!clipped = !quant.uniform<i8<-10:4>:f32, 0.5:-3>
!y = !quant.uniform<i8:f32, 0.5:1>

func.func @main() {
  %x = nn.constant dense<[[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, -9.0]]]]> : tensor<1x1x3x3xf32> -> tensor<1x1x3x3xf32>
  %0 = nn.max_pool2d %x {kernel = array<i64: 2, 2>} : (tensor<1x1x3x3xf32>) -> tensor<1x1x2x2xf32>
  %e0 = nn.constant dense<[[[[5.0, 6.0], [8.0, 8.0]]]]> : tensor<1x1x2x2xf32> -> tensor<1x1x2x2xf32>
  check.expect_eq %0, %e0 : tensor<1x1x2x2xf32>

  // Where they are, in the second map of a picture as well, by rows and by
  // columns; of equal ones the first, and NaN never.
  %two = nn.concat %x, %x {axis = 1 : i64} : (tensor<1x1x3x3xf32>, tensor<1x1x3x3xf32>) -> tensor<1x2x3x3xf32>
  %i0 = nn.max_pool_indices2d %two {kernel = array<i64: 2, 2>} : (tensor<1x2x3x3xf32>) -> tensor<1x2x2x2xi64>
  %f0 = nn.constant dense<[[[[4, 5], [7, 7]], [[13, 14], [16, 16]]]]> : tensor<1x2x2x2xi64> -> tensor<1x2x2x2xi64>
  check.expect_eq %i0, %f0 : tensor<1x2x2x2xi64>
  %i1 = nn.max_pool_indices2d %two {kernel = array<i64: 2, 2>, column_major} : (tensor<1x2x3x3xf32>) -> tensor<1x2x2x2xi64>
  %f1 = nn.constant dense<[[[[4, 7], [5, 5]], [[13, 16], [14, 14]]]]> : tensor<1x2x2x2xi64> -> tensor<1x2x2x2xi64>
  check.expect_eq %i1, %f1 : tensor<1x2x2x2xi64>
  %equal = nn.constant dense<[[[[0x7FC00000, 2.0, 2.0, 0x7FC00000]]]]> : tensor<1x1x1x4xf32> -> tensor<1x1x1x4xf32>
  %i2 = nn.max_pool_indices2d %equal {kernel = array<i64: 1, 3>, pads = array<i64: 0, 1, 0, 1>} : (tensor<1x1x1x4xf32>) -> tensor<1x1x1x4xi64>
  %f2 = nn.constant dense<[[[[1, 1, 1, 2]]]]> : tensor<1x1x1x4xi64> -> tensor<1x1x1x4xi64>
  check.expect_eq %i2, %f2 : tensor<1x1x1x4xi64>

  // Rounded up, the last windows are cut; padding never wins.
  %1 = nn.max_pool2d %x {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, ceil_mode} : (tensor<1x1x3x3xf32>) -> tensor<1x1x2x2xf32>
  %e1 = nn.constant dense<[[[[5.0, 6.0], [8.0, -9.0]]]]> : tensor<1x1x2x2xf32> -> tensor<1x1x2x2xf32>
  check.expect_eq %1, %e1 : tensor<1x1x2x2xf32>

  %2 = nn.max_pool2d %x {kernel = array<i64: 2, 1>, dilations = array<i64: 2, 1>, pads = array<i64: 0, 0, 1, 0>} : (tensor<1x1x3x3xf32>) -> tensor<1x1x2x3xf32>
  %e2 = nn.constant dense<[[[[7.0, 8.0, 3.0], [4.0, 5.0, 6.0]]]]> : tensor<1x1x2x3xf32> -> tensor<1x1x2x3xf32>
  check.expect_eq %2, %e2 : tensor<1x1x2x3xf32>

  // Sums 1 (of 1 element), 5 and 11 (of 2), 10 (of 4).
  %3 = nn.average_pool2d %x {kernel = array<i64: 2, 2>, pads = array<i64: 1, 1, 0, 0>, strides = array<i64: 2, 2>} : (tensor<1x1x3x3xf32>) -> tensor<1x1x2x2xf32>
  %e3 = nn.constant dense<[[[[1.0, 2.5], [5.5, 2.5]]]]> : tensor<1x1x2x2xf32> -> tensor<1x1x2x2xf32>
  check.expect_eq %3, %e3 : tensor<1x1x2x2xf32>

  // Padding counts; what lies beyond it (rounded up) does not.
  %4 = nn.average_pool2d %x {kernel = array<i64: 2, 2>, pads = array<i64: 1, 1, 0, 0>, strides = array<i64: 2, 2>, count_include_pad} : (tensor<1x1x3x3xf32>) -> tensor<1x1x2x2xf32>
  %e4 = nn.constant dense<[[[[0.25, 1.25], [2.75, 2.5]]]]> : tensor<1x1x2x2xf32> -> tensor<1x1x2x2xf32>
  check.expect_eq %4, %e4 : tensor<1x1x2x2xf32>
  %5 = nn.average_pool2d %x {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, ceil_mode, count_include_pad} : (tensor<1x1x3x3xf32>) -> tensor<1x1x2x2xf32>
  %e5 = nn.constant dense<[[[[3.0, 4.5], [7.5, -9.0]]]]> : tensor<1x1x2x2xf32> -> tensor<1x1x2x2xf32>
  check.expect_eq %5, %e5 : tensor<1x1x2x2xf32>

  // Quantised maxima keep zero point and clip to the storage range.
  %q = nn.constant dense<[[[[1, 5], [-128, -20]]]]> : tensor<1x1x2x2xi8> -> tensor<1x1x2x2x!x>
  %6 = nn.max_pool2d %q {kernel = array<i64: 1, 2>} : (tensor<1x1x2x2x!x>) -> tensor<1x1x2x1x!clipped>
  %e6 = nn.constant dense<[[[[4], [-10]]]]> : tensor<1x1x2x1xi8> -> tensor<1x1x2x1x!clipped>
  check.expect_eq %6, %e6 : tensor<1x1x2x1x!clipped>

  // Windows (1, 5) and (5): sums of x + 3 are 12 and 8, means 6 and 8, plus 1.
  // Below: (-125 - 17) / 2 = -71 and -17.
  %7 = nn.average_pool2d %q {kernel = array<i64: 1, 2>, pads = array<i64: 0, 0, 0, 1>, rescale = #nn.rescale<[33554432, 33554432], [25, 26]>} : (tensor<1x1x2x2x!x>) -> tensor<1x1x2x2x!y>
  %e7 = nn.constant dense<[[[[7, 9], [-70, -16]]]]> : tensor<1x1x2x2xi8> -> tensor<1x1x2x2x!y>
  check.expect_eq %7, %e7 : tensor<1x1x2x2x!y>
  %8 = nn.average_pool2d %q {kernel = array<i64: 1, 2>, pads = array<i64: 0, 0, 0, 1>, count_include_pad, rescale = #nn.rescale<[33554432, 33554432], [25, 26]>} : (tensor<1x1x2x2x!x>) -> tensor<1x1x2x2x!y>
  %e8 = nn.constant dense<[[[[7, 5], [-70, -7]]]]> : tensor<1x1x2x2xi8> -> tensor<1x1x2x2x!y>
  check.expect_eq %8, %e8 : tensor<1x1x2x2x!y>
  return
}
