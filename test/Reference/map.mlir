// RUN: rowlock-translate --interpret %s

!a = !quant.uniform<i8:f32, 0.5>
!y = !quant.uniform<u8:f32, 0.25>

func.func @main() {
  %x = nn.constant dense<[-2.0, -0.5, 0.0, 0.5, 2.5]> : tensor<5xf32> -> tensor<5xf32>
  %0 = nn.unary %x {function = "round"} : (tensor<5xf32>) -> tensor<5xf32>
  %e0 = nn.constant dense<[-2.0, -0.0, 0.0, 0.0, 2.0]> : tensor<5xf32> -> tensor<5xf32>
  check.expect_eq %0, %e0 : tensor<5xf32>
  %1 = nn.unary %x {function = "leaky_relu", alpha = 0.25 : f32} : (tensor<5xf32>) -> tensor<5xf32>
  %e1 = nn.constant dense<[-0.5, -0.125, 0.0, 0.5, 2.5]> : tensor<5xf32> -> tensor<5xf32>
  check.expect_eq %1, %e1 : tensor<5xf32>
  %2 = nn.unary %x {function = "tanh"} : (tensor<5xf32>) -> tensor<5xf32>
  %e2 = nn.constant dense<[-0.96402758, -0.46211716, 0.0, 0.46211716, 0.98661430]> : tensor<5xf32> -> tensor<5xf32>
  check.expect_close %2, %e2 {tolerance = 1.0e-6 : f64} : tensor<5xf32>
  %3 = nn.unary %x {function = "gelu"} : (tensor<5xf32>) -> tensor<5xf32>
  %e3 = nn.constant dense<[-0.04550026, -0.15426877, 0.0, 0.34573123, 2.48447584]> : tensor<5xf32> -> tensor<5xf32>
  check.expect_close %3, %e3 {tolerance = 1.0e-6 : f64} : tensor<5xf32>
  %4 = nn.unary %x {function = "selu", alpha = 2.0 : f32, beta = 3.0 : f32} : (tensor<5xf32>) -> tensor<5xf32>
  %e4 = nn.constant dense<[-5.18798830, -2.36081604, 0.0, 1.5, 7.5]> : tensor<5xf32> -> tensor<5xf32>
  check.expect_close %4, %e4 {tolerance = 1.0e-6 : f64} : tensor<5xf32>

  // Binary64, and 16 bits rounded at the end: 1 / 3.
  %d = nn.constant dense<[0.5, -1.5]> : tensor<2xf64> -> tensor<2xf64>
  %5 = nn.unary %d {function = "erf"} : (tensor<2xf64>) -> tensor<2xf64>
  %e5 = nn.constant dense<[0.52049987781304654, -0.96610514647531071]> : tensor<2xf64> -> tensor<2xf64>
  check.expect_eq %5, %e5 : tensor<2xf64>
  %h = nn.constant dense<3.0> : tensor<1xf16> -> tensor<1xf16>
  %6 = nn.unary %h {function = "reciprocal"} : (tensor<1xf16>) -> tensor<1xf16>
  %e6 = nn.constant dense<0x3555> : tensor<1xf16> -> tensor<1xf16>
  check.expect_eq %6, %e6 : tensor<1xf16>

  // The least integer has no absolute value.
  %i = nn.constant dense<[-128, -3, 7]> : tensor<3xi8> -> tensor<3xi8>
  %7 = nn.unary %i {function = "abs"} : (tensor<3xi8>) -> tensor<3xi8>
  %e7 = nn.constant dense<[-128, 3, 7]> : tensor<3xi8> -> tensor<3xi8>
  check.expect_eq %7, %e7 : tensor<3xi8>

  // Broadcast; signs of the remainders; division by 0; wrapping.
  %a = nn.constant dense<[[7], [-7]]> : tensor<2x1xi8> -> tensor<2x1xi8>
  %b = nn.constant dense<[3, -3, 0]> : tensor<3xi8> -> tensor<3xi8>
  %8 = nn.binary %a, %b {function = "mod"} : (tensor<2x1xi8>, tensor<3xi8>) -> tensor<2x3xi8>
  %e8 = nn.constant dense<[[1, -2, 0], [2, -1, 0]]> : tensor<2x3xi8> -> tensor<2x3xi8>
  check.expect_eq %8, %e8 : tensor<2x3xi8>
  %9 = nn.binary %a, %b {function = "fmod"} : (tensor<2x1xi8>, tensor<3xi8>) -> tensor<2x3xi8>
  %e9 = nn.constant dense<[[1, 1, 0], [-1, -1, 0]]> : tensor<2x3xi8> -> tensor<2x3xi8>
  check.expect_eq %9, %e9 : tensor<2x3xi8>
  %10 = nn.binary %a, %b {function = "pow"} : (tensor<2x1xi8>, tensor<3xi8>) -> tensor<2x3xi8>
  %e10 = nn.constant dense<[[87, 0, 1], [-87, 0, 1]]> : tensor<2x3xi8> -> tensor<2x3xi8>
  check.expect_eq %10, %e10 : tensor<2x3xi8>
  %11 = nn.binary %a, %b {function = "div"} : (tensor<2x1xi8>, tensor<3xi8>) -> tensor<2x3xi8>
  %e11 = nn.constant dense<[[2, -2, 0], [-2, 2, 0]]> : tensor<2x3xi8> -> tensor<2x3xi8>
  check.expect_eq %11, %e11 : tensor<2x3xi8>

  // Unsigned comparisons; NaN wins a maximum and compares as false.
  %u = nn.constant dense<[1, 255]> : tensor<2xui8> -> tensor<2xui8>
  %v = nn.constant dense<[2, 2]> : tensor<2xui8> -> tensor<2xui8>
  %12 = nn.binary %u, %v {function = "greater"} : (tensor<2xui8>, tensor<2xui8>) -> tensor<2xi1>
  %e12 = nn.constant dense<[false, true]> : tensor<2xi1> -> tensor<2xi1>
  check.expect_eq %12, %e12 : tensor<2xi1>
  %p = nn.constant dense<[-8.0, 9.0, -2.0]> : tensor<3xf32> -> tensor<3xf32>
  %q = nn.constant dense<[3.0, 0.5, 0.25]> : tensor<3xf32> -> tensor<3xf32>
  %13 = nn.binary %p, %q {function = "prelu"} : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %e13 = nn.constant dense<[-24.0, 9.0, -0.5]> : tensor<3xf32> -> tensor<3xf32>
  check.expect_eq %13, %e13 : tensor<3xf32>
  %r = nn.constant dense<[-2.0, 9.0, 0.0]> : tensor<3xf32> -> tensor<3xf32>
  %s = nn.constant dense<[3.0, 0.5, -1.0]> : tensor<3xf32> -> tensor<3xf32>
  %14 = nn.binary %r, %s {function = "pow"} : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %e14 = nn.constant dense<[-8.0, 3.0, 0x7F800000]> : tensor<3xf32> -> tensor<3xf32>
  check.expect_eq %14, %e14 : tensor<3xf32>

  // 256 values: 255 for the least integer, 0 for the greatest.
  %t = nn.constant dense<[-128, 0, 127]> : tensor<3xi8> -> tensor<3x!a>
  %16 = nn.table %t {values = array<i64: 255, 254, 253, 252, 251, 250, 249, 248, 247, 246, 245, 244, 243, 242, 241, 240, 239, 238, 237, 236, 235, 234, 233, 232, 231, 230, 229, 228, 227, 226, 225, 224, 223, 222, 221, 220, 219, 218, 217, 216, 215, 214, 213, 212, 211, 210, 209, 208, 207, 206, 205, 204, 203, 202, 201, 200, 199, 198, 197, 196, 195, 194, 193, 192, 191, 190, 189, 188, 187, 186, 185, 184, 183, 182, 181, 180, 179, 178, 177, 176, 175, 174, 173, 172, 171, 170, 169, 168, 167, 166, 165, 164, 163, 162, 161, 160, 159, 158, 157, 156, 155, 154, 153, 152, 151, 150, 149, 148, 147, 146, 145, 144, 143, 142, 141, 140, 139, 138, 137, 136, 135, 134, 133, 132, 131, 130, 129, 128, 127, 126, 125, 124, 123, 122, 121, 120, 119, 118, 117, 116, 115, 114, 113, 112, 111, 110, 109, 108, 107, 106, 105, 104, 103, 102, 101, 100, 99, 98, 97, 96, 95, 94, 93, 92, 91, 90, 89, 88, 87, 86, 85, 84, 83, 82, 81, 80, 79, 78, 77, 76, 75, 74, 73, 72, 71, 70, 69, 68, 67, 66, 65, 64, 63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0>} : (tensor<3x!a>) -> tensor<3x!y>
  %e16 = nn.constant dense<[255, 127, 0]> : tensor<3xui8> -> tensor<3x!y>
  check.expect_eq %16, %e16 : tensor<3x!y>

  %w = nn.constant dense<[0, 255]> : tensor<2xui8> -> tensor<2x!y>
  %17 = nn.table %w {values = array<i64: -128, -127, -126, -125, -124, -123, -122, -121, -120, -119, -118, -117, -116, -115, -114, -113, -112, -111, -110, -109, -108, -107, -106, -105, -104, -103, -102, -101, -100, -99, -98, -97, -96, -95, -94, -93, -92, -91, -90, -89, -88, -87, -86, -85, -84, -83, -82, -81, -80, -79, -78, -77, -76, -75, -74, -73, -72, -71, -70, -69, -68, -67, -66, -65, -64, -63, -62, -61, -60, -59, -58, -57, -56, -55, -54, -53, -52, -51, -50, -49, -48, -47, -46, -45, -44, -43, -42, -41, -40, -39, -38, -37, -36, -35, -34, -33, -32, -31, -30, -29, -28, -27, -26, -25, -24, -23, -22, -21, -20, -19, -18, -17, -16, -15, -14, -13, -12, -11, -10, -9, -8, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127>} : (tensor<2x!y>) -> tensor<2x!a>
  %e17 = nn.constant dense<[-128, 127]> : tensor<2xi8> -> tensor<2x!a>
  check.expect_eq %17, %e17 : tensor<2x!a>

  %c = nn.constant dense<[[true], [false]]> : tensor<2x1xi1> -> tensor<2x1xi1>
  %15 = nn.select %c, %p, %q : (tensor<2x1xi1>, tensor<3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  %e15 = nn.constant dense<[[-8.0, 9.0, -2.0], [3.0, 0.5, 0.25]]> : tensor<2x3xf32> -> tensor<2x3xf32>
  check.expect_eq %15, %e15 : tensor<2x3xf32>
  return
}
