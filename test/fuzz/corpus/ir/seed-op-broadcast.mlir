module {
  func.func @main(%arg0: tensor<3x1xf32> {nn.name = "data"}) -> (tensor<3x4xf32> {nn.name = "expanded"}) {
    %0 = nn.broadcast %arg0 : (tensor<3x1xf32>) -> tensor<3x4xf32>
    return %0 : tensor<3x4xf32>
  }
}
