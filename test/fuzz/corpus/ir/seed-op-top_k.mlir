module {
  func.func @main(%arg0: tensor<3x4xf32> {nn.name = "x"}) -> (tensor<3x3xf32> {nn.name = "values"}, tensor<3x3xi64> {nn.name = "indices"}) {
    %0 = nn.top_k %arg0 {axis = 1 : i64, largest} : (tensor<3x4xf32>) -> tensor<3x3xi64>
    %1 = nn.gather_elements %arg0, %0 {axis = 1 : i64} : (tensor<3x4xf32>, tensor<3x3xi64>) -> tensor<3x3xf32>
    return %1, %0 : tensor<3x3xf32>, tensor<3x3xi64>
  }
}
