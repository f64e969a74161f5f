// RUN: rowlock-translate --interpret %s

func.func @main() {
  // NaN is the greatest; of equal ones the first comes first.
  %x = nn.constant dense<[[1.0, 0x7FC00000, 3.0, 3.0], [2.0, 2.0, -1.0, 0.0]]> : tensor<2x4xf32> -> tensor<2x4xf32>
  %g = nn.top_k %x {axis = 1 : i64, largest} : (tensor<2x4xf32>) -> tensor<2x3xi64>
  %g0 = nn.constant dense<[[1, 2, 3], [0, 1, 3]]> : tensor<2x3xi64> -> tensor<2x3xi64>
  check.expect_eq %g, %g0 : tensor<2x3xi64>
  %l = nn.top_k %x {axis = 1 : i64} : (tensor<2x4xf32>) -> tensor<2x4xi64>
  %l0 = nn.constant dense<[[0, 2, 3, 1], [2, 3, 0, 1]]> : tensor<2x4xi64> -> tensor<2x4xi64>
  check.expect_eq %l, %l0 : tensor<2x4xi64>
  %u = nn.constant dense<[[255, 1], [7, 2]]> : tensor<2x2xui8> -> tensor<2x2xui8>
  %t = nn.top_k %u {axis = 0 : i64, largest} : (tensor<2x2xui8>) -> tensor<1x2xi64>
  %t0 = nn.constant dense<[[0, 1]]> : tensor<1x2xi64> -> tensor<1x2xi64>
  check.expect_eq %t, %t0 : tensor<1x2xi64>

  // Box 1 covers 9/11 of the union with box 0, box 2 nothing, box 3 is box 2.
  %b = nn.constant dense<[[[0.0, 0.0, 10.0, 10.0], [10.0, 11.0, 0.0, 1.0], [20.0, 0.0, 30.0, 10.0], [20.0, 0.0, 30.0, 10.0]]]> : tensor<1x4x4xf32> -> tensor<1x4x4xf32>
  %s = nn.constant dense<[[[0.9, 0.8, 0.5, 0.5], [0.1, 0.2, 0.0, 0.3]]]> : tensor<1x2x4xf32> -> tensor<1x2x4xf32>
  %n = nn.non_max_suppression %b, %s {most = 3 : i64, iou_threshold = 0.5 : f32} : (tensor<1x4x4xf32>, tensor<1x2x4xf32>) -> tensor<6x3xi64>
  %n0 = nn.constant dense<[[0, 0, 0], [0, 0, 2], [0, 1, 3], [0, 1, 1], [-1, -1, -1], [-1, -1, -1]]> : tensor<6x3xi64> -> tensor<6x3xi64>
  check.expect_eq %n, %n0 : tensor<6x3xi64>
  %o = nn.non_max_suppression %b, %s {most = 3 : i64, iou_threshold = 0.85 : f32, score_threshold = 0.15 : f32} : (tensor<1x4x4xf32>, tensor<1x2x4xf32>) -> tensor<5x3xi64>
  %o0 = nn.constant dense<[[0, 0, 0], [0, 0, 1], [0, 0, 2], [0, 1, 3], [0, 1, 1]]> : tensor<5x3xi64> -> tensor<5x3xi64>
  check.expect_eq %o, %o0 : tensor<5x3xi64>

  // The same two boxes by centre and size.
  %c = nn.constant dense<[[[5.0, 5.0, 10.0, 10.0], [6.0, 5.0, 10.0, 10.0]]]> : tensor<1x2x4xf32> -> tensor<1x2x4xf32>
  %d = nn.constant dense<[[[0.9, 0.8]]]> : tensor<1x1x2xf32> -> tensor<1x1x2xf32>
  %p = nn.non_max_suppression %c, %d {most = 2 : i64, iou_threshold = 0.5 : f32, center_point_box} : (tensor<1x2x4xf32>, tensor<1x1x2xf32>) -> tensor<2x3xi64>
  %p0 = nn.constant dense<[[0, 0, 0], [-1, -1, -1]]> : tensor<2x3xi64> -> tensor<2x3xi64>
  check.expect_eq %p, %p0 : tensor<2x3xi64>
  return
}
