module {
  func.func @main(%arg0: tensor<5xf64> {nn.name = "x"}) -> (tensor<5xf64> {nn.name = "y"}) {
    %0 = nn.cumsum %arg0 {axis = 0 : i64} : (tensor<5xf64>) -> tensor<5xf64>
    return %0 : tensor<5xf64>
  }
}
