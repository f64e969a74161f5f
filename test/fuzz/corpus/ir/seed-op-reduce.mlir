module {
  func.func @main(%arg0: tensor<2x2xf32> {nn.name = "data"}) -> (tensor<1x2xi64> {nn.name = "result"}) {
    %0 = nn.reduce %arg0 {axes = array<i64: 0>, function = "arg_max"} : (tensor<2x2xf32>) -> tensor<1x2xi64>
    return %0 : tensor<1x2xi64>
  }
}
