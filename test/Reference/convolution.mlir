// RUN: rowlock-translate --interpret %s

func.func @main() {
  // A bias comes last, then the activation.
  %x = nn.constant dense<[[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]]]> : tensor<1x1x3x3xf32> -> tensor<1x1x3x3xf32>
  %w = nn.constant dense<[[[[1.0, 0.0], [0.0, -1.0]]], [[[0.5, 0.5], [0.5, 0.5]]]]> : tensor<2x1x2x2xf32> -> tensor<2x1x2x2xf32>
  %b = nn.constant dense<[1.0, -10.0]> : tensor<2xf32> -> tensor<2xf32>
  %0 = nn.conv2d %x, %w, %b {activation = #nn.clip<-2.5, 3.0>} : (tensor<1x1x3x3xf32>, tensor<2x1x2x2xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  %e0 = nn.constant dense<[[[[-2.5, -2.5], [-2.5, -2.5]], [[-2.5, -2.0], [2.0, 3.0]]]]> : tensor<1x2x2x2xf32> -> tensor<1x2x2x2xf32>
  check.expect_eq %0, %e0 : tensor<1x2x2x2xf32>

  // Pads differ on the four sides: top 1, left 0, bottom 0, right 2.
  %1 = nn.conv2d %x, %w {pads = array<i64: 1, 0, 0, 2>, strides = array<i64: 2, 1>} : (tensor<1x1x3x3xf32>, tensor<2x1x2x2xf32>) -> tensor<1x2x2x4xf32>
  %e1 = nn.constant dense<[[[[-2.0, -3.0, 0.0, 0.0], [-4.0, -4.0, 6.0, 0.0]],
                            [[1.5, 2.5, 1.5, 0.0], [12.0, 14.0, 7.5, 0.0]]]]> : tensor<1x2x2x4xf32> -> tensor<1x2x2x4xf32>
  check.expect_eq %1, %e1 : tensor<1x2x2x4xf32>

  // Dilated: the four corners.
  %2 = nn.conv2d %x, %w {dilations = array<i64: 2, 2>} : (tensor<1x1x3x3xf32>, tensor<2x1x2x2xf32>) -> tensor<1x2x1x1xf32>
  %e2 = nn.constant dense<[[[[-8.0]], [[10.0]]]]> : tensor<1x2x1x1xf32> -> tensor<1x2x1x1xf32>
  check.expect_eq %2, %e2 : tensor<1x2x1x1xf32>

  // Two groups of two channels and one filter; two pictures.
  %gx = nn.constant dense<[[[[1.0]], [[2.0]], [[3.0]], [[4.0]]], [[[5.0]], [[6.0]], [[7.0]], [[8.0]]]]> : tensor<2x4x1x1xf32> -> tensor<2x4x1x1xf32>
  %gw = nn.constant dense<[[[[1.0]], [[10.0]]], [[[100.0]], [[1000.0]]]]> : tensor<2x2x1x1xf32> -> tensor<2x2x1x1xf32>
  %3 = nn.conv2d %gx, %gw {groups = 2 : i64} : (tensor<2x4x1x1xf32>, tensor<2x2x1x1xf32>) -> tensor<2x2x1x1xf32>
  %e3 = nn.constant dense<[[[[21.0]], [[4300.0]]], [[[65.0]], [[8700.0]]]]> : tensor<2x2x1x1xf32> -> tensor<2x2x1x1xf32>
  check.expect_eq %3, %e3 : tensor<2x2x1x1xf32>

  // From 0, in the order of columns: 2^24 + 1 is 2^24, then - 2^24 leaves 0,
  // and the bias 1 comes behind.
  %ox = nn.constant dense<[[[[1.6777216e7, 1.0, -1.6777216e7]]]]> : tensor<1x1x1x3xf32> -> tensor<1x1x1x3xf32>
  %ow = nn.constant dense<1.0> : tensor<1x1x1x3xf32> -> tensor<1x1x1x3xf32>
  %ob = nn.constant dense<1.0> : tensor<1xf32> -> tensor<1xf32>
  %4 = nn.conv2d %ox, %ow, %ob : (tensor<1x1x1x3xf32>, tensor<1x1x1x3xf32>, tensor<1xf32>) -> tensor<1x1x1x1xf32>
  %e4 = nn.constant dense<1.0> : tensor<1x1x1x1xf32> -> tensor<1x1x1x1xf32>
  check.expect_eq %4, %e4 : tensor<1x1x1x1xf32>

  %fx = nn.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32> -> tensor<2x2xf32>
  %fw = nn.constant dense<[[1.0, 1.0], [1.0, -1.0], [0.0, 2.0]]> : tensor<3x2xf32> -> tensor<3x2xf32>
  %fb = nn.constant dense<[0.0, 0.0, 0.5]> : tensor<3xf32> -> tensor<3xf32>
  %5 = nn.fully_connected %fx, %fw, %fb {activation = #nn.clip<0.0, inf>} : (tensor<2x2xf32>, tensor<3x2xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  %e5 = nn.constant dense<[[3.0, 0.0, 4.5], [7.0, 0.0, 8.5]]> : tensor<2x3xf32> -> tensor<2x3xf32>
  check.expect_eq %5, %e5 : tensor<2x3xf32>

  %6 = nn.matmul %fw, %fx : (tensor<3x2xf32>, tensor<2x2xf32>) -> tensor<3x2xf32>
  %e6 = nn.constant dense<[[4.0, 6.0], [-2.0, -2.0], [6.0, 8.0]]> : tensor<3x2xf32> -> tensor<3x2xf32>
  check.expect_eq %6, %e6 : tensor<3x2xf32>

  // Two left sides by one right side; both broadcast.
  %bl = nn.constant dense<[[[1.0, 2.0]], [[3.0, 4.0]]]> : tensor<2x1x2xf32> -> tensor<2x1x2xf32>
  %7 = nn.matmul %bl, %fx : (tensor<2x1x2xf32>, tensor<2x2xf32>) -> tensor<2x1x2xf32>
  %e7 = nn.constant dense<[[[7.0, 10.0]], [[15.0, 22.0]]]> : tensor<2x1x2xf32> -> tensor<2x1x2xf32>
  check.expect_eq %7, %e7 : tensor<2x1x2xf32>
  %br = nn.constant dense<[[[[1.0], [0.0]]], [[[0.0], [1.0]]], [[[1.0], [1.0]]]]> : tensor<3x1x2x1xf32> -> tensor<3x1x2x1xf32>
  %8 = nn.matmul %bl, %br : (tensor<2x1x2xf32>, tensor<3x1x2x1xf32>) -> tensor<3x2x1x1xf32>
  %e8 = nn.constant dense<[[[[1.0]], [[3.0]]], [[[2.0]], [[4.0]]], [[[3.0]], [[7.0]]]]> : tensor<3x2x1x1xf32> -> tensor<3x2x1x1xf32>
  check.expect_eq %8, %e8 : tensor<3x2x1x1xf32>
  return
}
