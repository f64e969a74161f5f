// RUN: rowlock-translate --interpret %s

!q = !quant.uniform<i8:f32, 0.5:-3>

func.func @main() {
  %x = nn.constant dense<[[1, 2, 3, 4], [5, 6, 7, 8]]> : tensor<2x4xi16> -> tensor<2x4xi16>
  %s = nn.slice %x {starts = array<i64: 1, 3>, strides = array<i64: -1, -2>} : (tensor<2x4xi16>) -> tensor<2x2xi16>
  %s0 = nn.constant dense<[[8, 6], [4, 2]]> : tensor<2x2xi16> -> tensor<2x2xi16>
  check.expect_eq %s, %s0 : tensor<2x2xi16>

  // Between, around, and one taken away.
  %v = nn.constant dense<9> : tensor<i16> -> tensor<i16>
  %p = nn.pad %x, %v {low = array<i64: 0, -1>, high = array<i64: 1, 1>, interior = array<i64: 1, 0>, mode = "constant"} : (tensor<2x4xi16>, tensor<i16>) -> tensor<4x4xi16>
  %p0 = nn.constant dense<[[2, 3, 4, 9], [9, 9, 9, 9], [6, 7, 8, 9], [9, 9, 9, 9]]> : tensor<4x4xi16> -> tensor<4x4xi16>
  check.expect_eq %p, %p0 : tensor<4x4xi16>

  %f = nn.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf16> -> tensor<3xf16>
  %r = nn.pad %f {low = array<i64: 2>, high = array<i64: 1>, interior = array<i64: 0>, mode = "reflect"} : (tensor<3xf16>) -> tensor<6xf16>
  %r0 = nn.constant dense<[3.0, 2.0, 1.0, 2.0, 3.0, 2.0]> : tensor<6xf16> -> tensor<6xf16>
  check.expect_eq %r, %r0 : tensor<6xf16>
  %e = nn.pad %f {low = array<i64: 2>, high = array<i64: 2>, interior = array<i64: 0>, mode = "edge"} : (tensor<3xf16>) -> tensor<7xf16>
  %e0 = nn.constant dense<[1.0, 1.0, 1.0, 2.0, 3.0, 3.0, 3.0]> : tensor<7xf16> -> tensor<7xf16>
  check.expect_eq %e, %e0 : tensor<7xf16>
  %w = nn.pad %f {low = array<i64: 4>, high = array<i64: -1>, interior = array<i64: 0>, mode = "wrap"} : (tensor<3xf16>) -> tensor<6xf16>
  %w0 = nn.constant dense<[3.0, 1.0, 2.0, 3.0, 1.0, 2.0]> : tensor<6xf16> -> tensor<6xf16>
  check.expect_eq %w, %w0 : tensor<6xf16>

  // The real number 0 is the zero point.
  %a = nn.constant dense<[5, -128]> : tensor<2xi8> -> tensor<2x!q>
  %z = nn.pad %a {low = array<i64: 1>, high = array<i64: 0>, interior = array<i64: 0>, mode = "constant"} : (tensor<2x!q>) -> tensor<3x!q>
  %z0 = nn.constant dense<[-3, 5, -128]> : tensor<3xi8> -> tensor<3x!q>
  check.expect_eq %z, %z0 : tensor<3x!q>

  %c = nn.constant dense<[[1.5], [2.5]]> : tensor<2x1xf64> -> tensor<2x1xf64>
  %b = nn.broadcast %c : (tensor<2x1xf64>) -> tensor<2x2x2xf64>
  %b0 = nn.constant dense<[[[1.5, 1.5], [2.5, 2.5]], [[1.5, 1.5], [2.5, 2.5]]]> : tensor<2x2x2xf64> -> tensor<2x2x2xf64>
  check.expect_eq %b, %b0 : tensor<2x2x2xf64>
  return
}
