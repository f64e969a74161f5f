module {
  func.func @main(%arg0: tensor<3x4xf32> {nn.name = "a"}, %arg1: tensor<4x3xf32> {nn.name = "b"}) -> (tensor<3x3xf32> {nn.name = "c"}) {
    %0 = nn.matmul %arg0, %arg1 : (tensor<3x4xf32>, tensor<4x3xf32>) -> tensor<3x3xf32>
    return %0 : tensor<3x3xf32>
  }
}
