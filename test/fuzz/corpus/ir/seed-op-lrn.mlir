module {
  func.func @main(%arg0: tensor<5x5x5x5xf32> {nn.name = "x"}) -> (tensor<5x5x5x5xf32> {nn.name = "y"}) {
    %0 = nn.lrn %arg0 {size = 3 : i64} : (tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
    return %0 : tensor<5x5x5x5xf32>
  }
}
