module {
  func.func @main(%arg0: tensor<4x4x4xf32> {nn.name = "data"}, %arg1: tensor<2x4x4xf32> {nn.name = "updates"}) -> (tensor<4x4x4xf32> {nn.name = "y"}) {
    %0 = nn.constant dense<[[0], [2]]> : tensor<2x1xi64> -> tensor<2x1xi64>
    %1 = nn.scatter_nd %arg0, %0, %arg1 {reduction = "none"} : (tensor<4x4x4xf32>, tensor<2x1xi64>, tensor<2x4x4xf32>) -> tensor<4x4x4xf32>
    return %1 : tensor<4x4x4xf32>
  }
}
