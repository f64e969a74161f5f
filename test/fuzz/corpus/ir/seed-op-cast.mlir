module {
  func.func @main(%arg0: tensor<3x4xf64> {nn.name = "input"}) -> (tensor<3x4xf32> {nn.name = "output"}) {
    %0 = nn.cast %arg0 : (tensor<3x4xf64>) -> tensor<3x4xf32>
    return %0 : tensor<3x4xf32>
  }
}
