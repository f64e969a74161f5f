module {
  func.func @main(%arg0: tensor<3x4x5xf32> {nn.name = "x"}, %arg1: tensor<5xf32> {nn.name = "y"}) -> (tensor<3x4x5xf32> {nn.name = "sum"}) {
    %0 = nn.add %arg0, %arg1 : (tensor<3x4x5xf32>, tensor<5xf32>) -> tensor<3x4x5xf32>
    return %0 : tensor<3x4x5xf32>
  }
}
