// RUN: rowlock-translate --interpret %s

!a = !quant.uniform<i8:f32, 0.5:-3>
!b = !quant.uniform<u8:f32, 0.25>
!y = !quant.uniform<i8<-5:100>:f32, 0.5:1>

func.func @main() {
  %x = nn.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32> -> tensor<2x2xf32>
  %z = nn.constant dense<[[5.0], [6.0]]> : tensor<2x1xf32> -> tensor<2x1xf32>
  %0 = nn.concat %x, %z, %x {axis = 1 : i64} : (tensor<2x2xf32>, tensor<2x1xf32>, tensor<2x2xf32>) -> tensor<2x5xf32>
  %e0 = nn.constant dense<[[1.0, 2.0, 5.0, 1.0, 2.0], [3.0, 4.0, 6.0, 3.0, 4.0]]> : tensor<2x5xf32> -> tensor<2x5xf32>
  check.expect_eq %0, %e0 : tensor<2x5xf32>

  // (5 + 3) * 1 + 1 = 9; -128 gives -124, clamped; 9 * 1/2 + 1 = 5.5, rounded up.
  %a = nn.constant dense<[5, -128]> : tensor<2xi8> -> tensor<2x!a>
  %b = nn.constant dense<[9, 255]> : tensor<2xui8> -> tensor<2x!b>
  %1 = nn.concat %a, %b {axis = 0 : i64, rescale = #nn.rescale<[33554432, 33554432], [25, 26]>} : (tensor<2x!a>, tensor<2x!b>) -> tensor<4x!y>
  %e1 = nn.constant dense<[9, -5, 6, 100]> : tensor<4xi8> -> tensor<4x!y>
  check.expect_eq %1, %e1 : tensor<4x!y>

  %t = nn.constant dense<[[[1.0, 2.0, 3.0]], [[4.0, 5.0, 6.0]]]> : tensor<2x1x3xf32> -> tensor<2x1x3xf32>
  %2 = nn.transpose %t {permutation = array<i64: 2, 0, 1>} : (tensor<2x1x3xf32>) -> tensor<3x2x1xf32>
  %e2 = nn.constant dense<[[[1.0], [4.0]], [[2.0], [5.0]], [[3.0], [6.0]]]> : tensor<3x2x1xf32> -> tensor<3x2x1xf32>
  check.expect_eq %2, %e2 : tensor<3x2x1xf32>
  %3 = nn.transpose %1 {permutation = array<i64: 0>} : (tensor<4x!y>) -> tensor<4x!y>
  check.expect_eq %3, %e1 : tensor<4x!y>

  %4 = nn.mul %x, %z : (tensor<2x2xf32>, tensor<2x1xf32>) -> tensor<2x2xf32>
  %e4 = nn.constant dense<[[5.0, 10.0], [18.0, 24.0]]> : tensor<2x2xf32> -> tensor<2x2xf32>
  check.expect_eq %4, %e4 : tensor<2x2xf32>
  // (5 + 3) * 9 / 2 + 1 = 37; (-128 + 3) * 9 is far below.
  %c = nn.constant dense<[9]> : tensor<1xui8> -> tensor<1x!b>
  %5 = nn.mul %a, %c {rescale = #nn.rescale<[33554432], [26]>} : (tensor<2x!a>, tensor<1x!b>) -> tensor<2x!y>
  %e5 = nn.constant dense<[37, -5]> : tensor<2xi8> -> tensor<2x!y>
  check.expect_eq %5, %e5 : tensor<2x!y>

  // One channel before, two behind: sums 1 + 4 + 9, 1 + 4 + 9 + 16, 29, 25.
  %l = nn.constant dense<[[1.0, 2.0, 3.0, 4.0]]> : tensor<1x4xf32> -> tensor<1x4xf32>
  %6 = nn.lrn %l {size = 4 : i64, alpha = 4.0 : f32, beta = 1.0 : f32, bias = 2.0 : f32} : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %e6 = nn.constant dense<[[0.0625, 0.0625, 0.096774193548387094, 0.14814814814814814]]> : tensor<1x4xf32> -> tensor<1x4xf32>
  check.expect_eq %6, %e6 : tensor<1x4xf32>
  // Exact powers 0.75 and 0.5, and one by exp and log: 1 / 8, 1 / 4, 16^-0.6.
  %16 = nn.constant dense<[[1.0]]> : tensor<1x1xf32> -> tensor<1x1xf32>
  %7 = nn.lrn %16 {size = 1 : i64, alpha = 15.0 : f32, bias = 1.0 : f32} : (tensor<1x1xf32>) -> tensor<1x1xf32>
  %e7 = nn.constant dense<0.125> : tensor<1x1xf32> -> tensor<1x1xf32>
  check.expect_eq %7, %e7 : tensor<1x1xf32>
  %8 = nn.lrn %16 {size = 1 : i64, alpha = 15.0 : f32, beta = 0.5 : f32} : (tensor<1x1xf32>) -> tensor<1x1xf32>
  %e8 = nn.constant dense<0.25> : tensor<1x1xf32> -> tensor<1x1xf32>
  check.expect_eq %8, %e8 : tensor<1x1xf32>
  %9 = nn.lrn %16 {size = 1 : i64, alpha = 15.0 : f32, beta = 0.6 : f32} : (tensor<1x1xf32>) -> tensor<1x1xf32>
  %e9 = nn.constant dense<0.18946458> : tensor<1x1xf32> -> tensor<1x1xf32>
  check.expect_close %9, %e9 {tolerance = 1.0e-6 : f64} : tensor<1x1xf32>
  return
}
