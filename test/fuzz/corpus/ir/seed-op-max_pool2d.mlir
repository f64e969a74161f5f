module {
  func.func @main(%arg0: tensor<1x3x5x5xf32> {nn.name = "x"}) -> (tensor<1x3x1x1xf32> {nn.name = "y"}) {
    %0 = nn.max_pool2d %arg0 {kernel = array<i64: 5, 5>} : (tensor<1x3x5x5xf32>) -> tensor<1x3x1x1xf32>
    return %0 : tensor<1x3x1x1xf32>
  }
}
