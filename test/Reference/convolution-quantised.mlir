// RUN: rowlock-translate --interpret %s

!x = !quant.uniform<i8:f32, 0.5:-3>
!w = !quant.uniform<i8:f32:0, {0.5, 0.25}>
!w1 = !quant.uniform<i8:f32, 0.5:2>
!y = !quant.uniform<i8:f32, 0.5:1>
!relu = !quant.uniform<u8<0:153>:f32, 0.04>
!fixed = !quant.uniform<i16:f32, 0.0078125>
!low = !quant.uniform<i16<0:32767>:f32, 0.0078125>

func.func @main() {
  // Real inputs 4, 5 (zero point -3). Filter 0: 4*2 + 5*(-3) + 10 = 3, times
  // 2^25 / 2^26 = 1.5, to 2, plus 1: 3. Filter 1: 4 - 20 = -16; its factor
  // 2^25 / 2^27 gives -4, plus 1: -3.
  %x = nn.constant dense<[[[[1, 2]]]]> : tensor<1x1x1x2xi8> -> tensor<1x1x1x2x!x>
  %w = nn.constant dense<[[[[2, -3]]], [[[1, 0]]]]> : tensor<2x1x1x2xi8> -> tensor<2x1x1x2x!w>
  %b = nn.constant dense<[10, -20]> : tensor<2xi32> -> tensor<2xi32>
  %0 = nn.conv2d %x, %w, %b {rescale = #nn.rescale<[33554432, 33554432], [26, 27]>} : (tensor<1x1x1x2x!x>, tensor<2x1x1x2x!w>, tensor<2xi32>) -> tensor<1x2x1x1x!y>
  %e0 = nn.constant dense<[[[[3]], [[-3]]]]> : tensor<1x2x1x1xi8> -> tensor<1x2x1x1x!y>
  check.expect_eq %0, %e0 : tensor<1x2x1x1x!y>

  // A filter with zero point 2 is 0, -5 and padding is the real 0: columns
  // 4*(-5), 4*0 + 5*(-5), 5*0; halved, ties up: -10, -12, 0; plus 1.
  %w1 = nn.constant dense<[[[[2, -3]]]]> : tensor<1x1x1x2xi8> -> tensor<1x1x1x2x!w1>
  %1 = nn.conv2d %x, %w1 {pads = array<i64: 0, 1, 0, 1>, rescale = #nn.rescale<[33554432], [26]>} : (tensor<1x1x1x2x!x>, tensor<1x1x1x2x!w1>) -> tensor<1x1x1x3x!y>
  %e1 = nn.constant dense<[[[[-9, -11, 1]]]]> : tensor<1x1x1x3xi8> -> tensor<1x1x1x3x!y>
  check.expect_eq %1, %e1 : tensor<1x1x1x3x!y>

  // The storage range clips. Real inputs 127, -125; halved 6350, 127, ...
  %cx = nn.constant dense<[[124], [-128]]> : tensor<2x1xi8> -> tensor<2x1x!x>
  %cw = nn.constant dense<[[100], [2]]> : tensor<2x1xi8> -> tensor<2x1x!w>
  %2 = nn.fully_connected %cx, %cw {rescale = #nn.rescale<[33554432], [26]>} : (tensor<2x1x!x>, tensor<2x1x!w>) -> tensor<2x2x!relu>
  %e2 = nn.constant dense<[[153, 127], [0, 0]]> : tensor<2x2xi8> -> tensor<2x2x!relu>
  check.expect_eq %2, %e2 : tensor<2x2x!relu>

  // An input above 127: 200 * 3 / 4 = 150.
  %ux = nn.constant dense<[[200]]> : tensor<1x1xui8> -> tensor<1x1x!quant.uniform<u8:f32, 0.04>>
  %uw = nn.constant dense<[[3]]> : tensor<1x1xi8> -> tensor<1x1x!quant.uniform<i8:f32, 0.5>>
  %3 = nn.fully_connected %ux, %uw {rescale = #nn.rescale<[33554432], [27]>} : (tensor<1x1x!quant.uniform<u8:f32, 0.04>>, tensor<1x1x!quant.uniform<i8:f32, 0.5>>) -> tensor<1x1x!relu>
  %e3 = nn.constant dense<[[150]]> : tensor<1x1xui8> -> tensor<1x1x!relu>
  check.expect_eq %3, %e3 : tensor<1x1x!relu>

  // fixed16. -3 * 5 >> 2 is -4 (rounded down) and 7 * 5 >> 2 is 8: 100 - 4 + 8.
  // -30000 * 5 >> 2 = -37500 has 28036 as its low 16 bits: 28036 + 8 + 100.
  // 32767 * 5 >> 2 = 40958 is -24578: -24578 - 4 + 100.
  %gx = nn.constant dense<[[-3, 7], [-30000, 7], [32767, -3]]> : tensor<3x2xi16> -> tensor<3x2x!fixed>
  %gw = nn.constant dense<[[5, 5]]> : tensor<1x2xi16> -> tensor<1x2x!fixed>
  %gb = nn.constant dense<[100]> : tensor<1xi16> -> tensor<1xi16>
  %4 = nn.fully_connected %gx, %gw, %gb {product_shift = 2 : i64} : (tensor<3x2x!fixed>, tensor<1x2x!fixed>, tensor<1xi16>) -> tensor<3x1x!fixed>
  %e4 = nn.constant dense<[[104], [28144], [-24482]]> : tensor<3x1xi16> -> tensor<3x1x!fixed>
  check.expect_eq %4, %e4 : tensor<3x1x!fixed>
  %5 = nn.fully_connected %gx, %gw, %gb {product_shift = 2 : i64} : (tensor<3x2x!fixed>, tensor<1x2x!fixed>, tensor<1xi16>) -> tensor<3x1x!low>
  %e5 = nn.constant dense<[[104], [28144], [0]]> : tensor<3x1xi16> -> tensor<3x1x!low>
  check.expect_eq %5, %e5 : tensor<3x1x!low>

  // Psums wrap: 20000 + 20000 is -25536.
  %hx = nn.constant dense<[[20000, 20000]]> : tensor<1x2xi16> -> tensor<1x2x!fixed>
  %hw = nn.constant dense<[[1, 1]]> : tensor<1x2xi16> -> tensor<1x2x!fixed>
  %6 = nn.fully_connected %hx, %hw {product_shift = 0 : i64} : (tensor<1x2x!fixed>, tensor<1x2x!fixed>) -> tensor<1x1x!fixed>
  %e6 = nn.constant dense<[[-25536]]> : tensor<1x1xi16> -> tensor<1x1x!fixed>
  check.expect_eq %6, %e6 : tensor<1x1x!fixed>
  return
}
