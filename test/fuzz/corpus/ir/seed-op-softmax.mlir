module {
  func.func @main(%arg0: tensor<1x3xf32> {nn.name = "x"}) -> (tensor<1x3xf32> {nn.name = "y"}) {
    %0 = nn.softmax %arg0 {axis = 1 : i64} : (tensor<1x3xf32>) -> tensor<1x3xf32>
    return %0 : tensor<1x3xf32>
  }
}
