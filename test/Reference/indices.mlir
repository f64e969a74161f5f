// RUN: rowlock-translate --interpret %s

func.func @main() {
  %x = nn.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32> -> tensor<2x3xf32>
  // From the end, and the nearest valid one.
  %i = nn.constant dense<[[-1, 7], [0, -9]]> : tensor<2x2xi32> -> tensor<2x2xi32>
  %g = nn.gather %x, %i {axis = 1 : i64} : (tensor<2x3xf32>, tensor<2x2xi32>) -> tensor<2x2x2xf32>
  %g0 = nn.constant dense<[[[3.0, 3.0], [1.0, 1.0]], [[6.0, 6.0], [4.0, 4.0]]]> : tensor<2x2x2xf32> -> tensor<2x2x2xf32>
  check.expect_eq %g, %g0 : tensor<2x2x2xf32>

  %j = nn.constant dense<[[1, 0], [-1, 0], [0, 1]]> : tensor<3x2xi64> -> tensor<3x2xi64>
  %e = nn.gather_elements %x, %j {axis = 0 : i64} : (tensor<2x3xf32>, tensor<3x2xi64>) -> tensor<3x2xf32>
  %e0 = nn.constant dense<[[4.0, 2.0], [4.0, 2.0], [1.0, 5.0]]> : tensor<3x2xf32> -> tensor<3x2xf32>
  check.expect_eq %e, %e0 : tensor<3x2xf32>

  // Row 1 twice: the second update wins, or both count.
  %k = nn.constant dense<[[1], [-1]]> : tensor<2x1xi64> -> tensor<2x1xi64>
  %u = nn.constant dense<[[1.0, 9.0, 1.0], [2.0, 2.0, 8.0]]> : tensor<2x3xf32> -> tensor<2x3xf32>
  %s = nn.scatter_nd %x, %k, %u {reduction = "none"} : (tensor<2x3xf32>, tensor<2x1xi64>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %s0 = nn.constant dense<[[1.0, 2.0, 3.0], [2.0, 2.0, 8.0]]> : tensor<2x3xf32> -> tensor<2x3xf32>
  check.expect_eq %s, %s0 : tensor<2x3xf32>
  %a = nn.scatter_nd %x, %k, %u {reduction = "add"} : (tensor<2x3xf32>, tensor<2x1xi64>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %a0 = nn.constant dense<[[1.0, 2.0, 3.0], [7.0, 16.0, 15.0]]> : tensor<2x3xf32> -> tensor<2x3xf32>
  check.expect_eq %a, %a0 : tensor<2x3xf32>
  %m = nn.scatter_nd %x, %k, %u {reduction = "max"} : (tensor<2x3xf32>, tensor<2x1xi64>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %m0 = nn.constant dense<[[1.0, 2.0, 3.0], [4.0, 9.0, 8.0]]> : tensor<2x3xf32> -> tensor<2x3xf32>
  check.expect_eq %m, %m0 : tensor<2x3xf32>

  // Integers wrap; ui8 is compared without a sign.
  %b = nn.constant dense<[200, 3]> : tensor<2xui8> -> tensor<2xui8>
  %l = nn.constant dense<[[0], [1]]> : tensor<2x1xi64> -> tensor<2x1xi64>
  %c = nn.constant dense<[100, 90]> : tensor<2xui8> -> tensor<2xui8>
  %d = nn.scatter_nd %b, %l, %c {reduction = "mul"} : (tensor<2xui8>, tensor<2x1xi64>, tensor<2xui8>) -> tensor<2xui8>
  %d0 = nn.constant dense<[32, 14]> : tensor<2xui8> -> tensor<2xui8>
  check.expect_eq %d, %d0 : tensor<2xui8>
  %n = nn.scatter_nd %b, %l, %c {reduction = "min"} : (tensor<2xui8>, tensor<2x1xi64>, tensor<2xui8>) -> tensor<2xui8>
  %n0 = nn.constant dense<[100, 3]> : tensor<2xui8> -> tensor<2xui8>
  check.expect_eq %n, %n0 : tensor<2xui8>

  %t = nn.constant dense<[[0, 1], [2, 1]]> : tensor<2x2xi64> -> tensor<2x2xi64>
  %w = nn.constant dense<[[0.5, 0.25], [2.0, -1.0]]> : tensor<2x2xf32> -> tensor<2x2xf32>
  %r = nn.resample %x, %t, %w {axis = 1 : i64} : (tensor<2x3xf32>, tensor<2x2xi64>, tensor<2x2xf32>) -> tensor<2x2xf32>
  %r0 = nn.constant dense<[[1.0, 4.0], [3.25, 7.0]]> : tensor<2x2xf32> -> tensor<2x2xf32>
  check.expect_eq %r, %r0 : tensor<2x2xf32>
  return
}
