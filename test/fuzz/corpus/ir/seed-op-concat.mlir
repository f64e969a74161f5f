module {
  func.func @main(%arg0: tensor<2xf32> {nn.name = "value0"}, %arg1: tensor<2xf32> {nn.name = "value1"}) -> (tensor<4xf32> {nn.name = "output"}) {
    %0 = nn.concat %arg0, %arg1 {axis = 0 : i64} : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
    return %0 : tensor<4xf32>
  }
}
