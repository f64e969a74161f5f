module {
  func.func @main(%arg0: tensor<2xf32> {nn.name = "x"}, %arg1: tensor<2xf32> {nn.name = "y"}) -> (tensor<2xf32> {nn.name = "z"}) {
    %0 = nn.binary %arg0, %arg1 {function = "div"} : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
    return %0 : tensor<2xf32>
  }
}
