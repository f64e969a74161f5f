module {
  func.func @main(%arg0: tensor<20x10x5xf32> {nn.name = "x"}) -> (tensor<20x10x1xf32> {nn.name = "y"}) {
    %0 = nn.slice %arg0 {starts = array<i64: 0, 0, 3>, strides = array<i64: 1, 1, 1>} : (tensor<20x10x5xf32>) -> tensor<20x10x1xf32>
    return %0 : tensor<20x10x1xf32>
  }
}
