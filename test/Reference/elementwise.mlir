// RUN: rowlock-translate --interpret %s

!a = !quant.uniform<i8:f32, 0.5:-3>
!b = !quant.uniform<u8:f32, 0.25>
!y = !quant.uniform<i8<-5:100>:f32, 0.5:1>
!relu = !quant.uniform<u8<0:153>:f32, 0.04>
!relu6 = !quant.uniform<u8<0:150>:f32, 0.04>
!axis = !quant.uniform<i8:f32:0, {0.5, 0.25:4}>

func.func @main() {
  // Broadcasting of both operands.
  %x = nn.constant dense<[[1.0], [2.0]]> : tensor<2x1xf32> -> tensor<2x1xf32>
  %y = nn.constant dense<[10.0, 20.0, -30.0]> : tensor<3xf32> -> tensor<3xf32>
  %0 = nn.add %x, %y {activation = #nn.clip<-28.5, 21.5>} : (tensor<2x1xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  %e0 = nn.constant dense<[[11.0, 21.0, -28.5], [12.0, 21.5, -28.0]]> : tensor<2x3xf32> -> tensor<2x3xf32>
  check.expect_eq %0, %e0 : tensor<2x3xf32>

  // (1 + 3) * 2 + 200 = 208, over 4 is 52, plus 1; -128 gives -50, -12, -11.
  %a = nn.constant dense<[1, -128]> : tensor<2xi8> -> tensor<2x!a>
  %b = nn.constant dense<[200]> : tensor<1xui8> -> tensor<1x!b>
  %1 = nn.add %a, %b {multipliers = array<i64: 2, 1>, rescale = #nn.rescale<[33554432], [27]>} : (tensor<2x!a>, tensor<1x!b>) -> tensor<2x!y>
  %e1 = nn.constant dense<[53, -5]> : tensor<2xi8> -> tensor<2x!y>
  check.expect_eq %1, %e1 : tensor<2x!y>

  %2 = nn.clip %0 {activation = #nn.clip<0.0, 20.0>} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %e2 = nn.constant dense<[[11.0, 20.0, 0.0], [12.0, 20.0, 0.0]]> : tensor<2x3xf32> -> tensor<2x3xf32>
  check.expect_eq %2, %e2 : tensor<2x3xf32>
  %u = nn.constant dense<[153, 20]> : tensor<2xui8> -> tensor<2x!relu>
  %3 = nn.clip %u : (tensor<2x!relu>) -> tensor<2x!relu6>
  %e3 = nn.constant dense<[150, 20]> : tensor<2xui8> -> tensor<2x!relu6>
  check.expect_eq %3, %e3 : tensor<2x!relu6>

  %4 = nn.reshape %0 : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %e4 = nn.constant dense<[[11.0, 21.0], [-28.5, 12.0], [21.5, -28.0]]> : tensor<3x2xf32> -> tensor<3x2xf32>
  check.expect_eq %4, %e4 : tensor<3x2xf32>

  // (x - 10) / sqrt(3 + 1) * 4 + 7 and (x - 20) / sqrt(0 + 1) * 1 + 8.
  %n = nn.constant dense<[[[[1.0, 2.0]], [[3.0, 4.0]]]]> : tensor<1x2x1x2xf32> -> tensor<1x2x1x2xf32>
  %scale = nn.constant dense<[4.0, 1.0]> : tensor<2xf32> -> tensor<2xf32>
  %shift = nn.constant dense<[7.0, 8.0]> : tensor<2xf32> -> tensor<2xf32>
  %mean = nn.constant dense<[10.0, 20.0]> : tensor<2xf32> -> tensor<2xf32>
  %variance = nn.constant dense<[3.0, 0.0]> : tensor<2xf32> -> tensor<2xf32>
  %5 = nn.batch_norm %n, %scale, %shift, %mean, %variance {epsilon = 1.0 : f32} : (tensor<1x2x1x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x1x2xf32>
  %e5 = nn.constant dense<[[[[-11.0, -9.0]], [[-9.0, -8.0]]]]> : tensor<1x2x1x2xf32> -> tensor<1x2x1x2xf32>
  check.expect_eq %5, %e5 : tensor<1x2x1x2xf32>

  // Along both axes; ln 3 against 0 is 3 : 1.
  %l = nn.constant dense<[[0.0, 1.0986123], [1000.0, 1000.0]]> : tensor<2x2xf32> -> tensor<2x2xf32>
  %6 = nn.softmax %l {axis = 1 : i64} : (tensor<2x2xf32>) -> tensor<2x2xf32>
  %e6 = nn.constant dense<[[0.25, 0.75], [0.5, 0.5]]> : tensor<2x2xf32> -> tensor<2x2xf32>
  check.expect_close %6, %e6 {tolerance = 1.0e-7 : f64} : tensor<2x2xf32>
  %7 = nn.softmax %l {axis = 0 : i64} : (tensor<2x2xf32>) -> tensor<2x2xf32>
  %e7 = nn.constant dense<[[0.0, 0.0], [1.0, 1.0]]> : tensor<2x2xf32> -> tensor<2x2xf32>
  check.expect_eq %7, %e7 : tensor<2x2xf32>

  // Ties to even; both infinities; NaN is the zero point.
  %r = nn.constant dense<[0.25, 0.75, -0.25, -1.0, 0x7F800000, 0xFF800000, 0x7FC00000, 40.0]> : tensor<8xf32> -> tensor<8xf32>
  %8 = nn.quantize %r : (tensor<8xf32>) -> tensor<8x!y>
  %e8 = nn.constant dense<[1, 3, 1, -1, 100, -5, 1, 81]> : tensor<8xi8> -> tensor<8x!y>
  check.expect_eq %8, %e8 : tensor<8x!y>
  %9 = nn.dequantize %8 : (tensor<8x!y>) -> tensor<8xf32>
  %e9 = nn.constant dense<[0.0, 1.0, 0.0, -1.0, 49.5, -3.0, 0.0, 40.0]> : tensor<8xf32> -> tensor<8xf32>
  check.expect_eq %9, %e9 : tensor<8xf32>
  %c = nn.constant dense<[[1, 2], [1, 2]]> : tensor<2x2xi8> -> tensor<2x2x!axis>
  %10 = nn.dequantize %c : (tensor<2x2x!axis>) -> tensor<2x2xf32>
  %e10 = nn.constant dense<[[0.5, 1.0], [-0.75, -0.5]]> : tensor<2x2xf32> -> tensor<2x2xf32>
  check.expect_eq %10, %e10 : tensor<2x2xf32>
  %11 = nn.quantize %10 : (tensor<2x2xf32>) -> tensor<2x2x!axis>
  check.expect_eq %11, %c : tensor<2x2x!axis>
  return
}
