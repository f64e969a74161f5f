module {
  func.func @main(%arg0: tensor<3xf32> {nn.name = "x"}, %arg1: tensor<3xf32> {nn.name = "y"}) -> (tensor<3xf32> {nn.name = "z"}) {
    %0 = nn.mul %arg0, %arg1 : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    return %0 : tensor<3xf32>
  }
}
