module {
  func.func @main(%arg0: tensor<6xf32> {nn.name = "x"}) -> (tensor<6x!quant.uniform<u8:f32, 2.000000e+00:128>> {nn.name = "y"}) {
    %0 = nn.quantize %arg0 : (tensor<6xf32>) -> tensor<6x!quant.uniform<u8:f32, 2.000000e+00:128>>
    return %0 : tensor<6x!quant.uniform<u8:f32, 2.000000e+00:128>>
  }
}
