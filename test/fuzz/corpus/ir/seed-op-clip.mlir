module {
  func.func @main(%arg0: tensor<3x4x5xf32> {nn.name = "x"}) -> (tensor<3x4x5xf32> {nn.name = "y"}) {
    %0 = nn.clip %arg0 {activation = #nn.clip<0.000000e+00, inf>} : (tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
    return %0 : tensor<3x4x5xf32>
  }
}
