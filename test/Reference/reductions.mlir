// RUN: rowlock-translate --interpret %s

func.func @main() {
  %x = nn.constant dense<[[1, 5], [-3, 5], [2, 4]]> : tensor<3x2xi16> -> tensor<3x2xi16>
  %0 = nn.reduce %x {function = "sum", axes = array<i64: 0>} : (tensor<3x2xi16>) -> tensor<1x2xi16>
  %e0 = nn.constant dense<[[0, 14]]> : tensor<1x2xi16> -> tensor<1x2xi16>
  check.expect_eq %0, %e0 : tensor<1x2xi16>
  %1 = nn.reduce %x {function = "prod", axes = array<i64: 0, 1>} : (tensor<3x2xi16>) -> tensor<1x1xi16>
  %e1 = nn.constant dense<[[-600]]> : tensor<1x1xi16> -> tensor<1x1xi16>
  check.expect_eq %1, %e1 : tensor<1x1xi16>
  %2 = nn.reduce %x {function = "min", axes = array<i64: 1>} : (tensor<3x2xi16>) -> tensor<3x1xi16>
  %e2 = nn.constant dense<[[1], [-3], [2]]> : tensor<3x1xi16> -> tensor<3x1xi16>
  check.expect_eq %2, %e2 : tensor<3x1xi16>
  %3 = nn.reduce %x {function = "arg_max", axes = array<i64: 0>} : (tensor<3x2xi16>) -> tensor<1x2xi64>
  %e3 = nn.constant dense<[[2, 0]]> : tensor<1x2xi64> -> tensor<1x2xi64>
  check.expect_eq %3, %e3 : tensor<1x2xi64>
  %4 = nn.reduce %x {function = "arg_max", axes = array<i64: 0>, select_last} : (tensor<3x2xi16>) -> tensor<1x2xi64>
  %e4 = nn.constant dense<[[2, 1]]> : tensor<1x2xi64> -> tensor<1x2xi64>
  check.expect_eq %4, %e4 : tensor<1x2xi64>
  %n = nn.constant dense<> : tensor<0x2xf32> -> tensor<0x2xf32>
  %5 = nn.reduce %n {function = "max", axes = array<i64: 0>} : (tensor<0x2xf32>) -> tensor<1x2xf32>
  %e5 = nn.constant dense<0xFF800000> : tensor<1x2xf32> -> tensor<1x2xf32>
  check.expect_eq %5, %e5 : tensor<1x2xf32>

  %6 = nn.cumsum %x {axis = 0 : i64} : (tensor<3x2xi16>) -> tensor<3x2xi16>
  %e6 = nn.constant dense<[[1, 5], [-2, 10], [0, 14]]> : tensor<3x2xi16> -> tensor<3x2xi16>
  check.expect_eq %6, %e6 : tensor<3x2xi16>
  %7 = nn.cumsum %x {axis = 1 : i64, exclusive, reverse} : (tensor<3x2xi16>) -> tensor<3x2xi16>
  %e7 = nn.constant dense<[[5, 0], [5, 0], [4, 0]]> : tensor<3x2xi16> -> tensor<3x2xi16>
  check.expect_eq %7, %e7 : tensor<3x2xi16>
  return
}
