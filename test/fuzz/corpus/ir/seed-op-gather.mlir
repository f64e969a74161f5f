module {
  func.func @main(%arg0: tensor<3x3xf32> {nn.name = "data"}) -> (tensor<3x1x2xf32> {nn.name = "y"}) {
    %0 = nn.constant dense<[[0, 2]]> : tensor<1x2xi64> -> tensor<1x2xi64>
    %1 = nn.gather %arg0, %0 {axis = 1 : i64} : (tensor<3x3xf32>, tensor<1x2xi64>) -> tensor<3x1x2xf32>
    return %1 : tensor<3x1x2xf32>
  }
}
