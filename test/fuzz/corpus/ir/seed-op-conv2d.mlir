module {
  func.func @main(%arg0: tensor<1x1x5x5xf32> {nn.name = "x"}, %arg1: tensor<1x1x3x3xf32> {nn.name = "W"}) -> (tensor<1x1x5x5xf32> {nn.name = "y"}) {
    %0 = nn.conv2d %arg0, %arg1 {pads = array<i64: 1, 1, 1, 1>} : (tensor<1x1x5x5xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x5x5xf32>
    return %0 : tensor<1x1x5x5xf32>
  }
}
