module {
  func.func @main(%arg0: tensor<5x4x3x2xf32> {nn.name = "a"}) -> (tensor<5x24xf32> {nn.name = "b"}) {
    %0 = nn.reshape %arg0 : (tensor<5x4x3x2xf32>) -> tensor<5x24xf32>
    return %0 : tensor<5x24xf32>
  }
}
