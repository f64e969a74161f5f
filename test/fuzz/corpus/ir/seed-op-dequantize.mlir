module {
  func.func @main(%arg0: tensor<4xui8> {nn.name = "x"}) -> (tensor<4xf32> {nn.name = "y"}) {
    %0 = nn.cast %arg0 : (tensor<4xui8>) -> tensor<4x!quant.uniform<u8:f32, 2.000000e+00:128>>
    %1 = nn.dequantize %0 : (tensor<4x!quant.uniform<u8:f32, 2.000000e+00:128>>) -> tensor<4xf32>
    return %1 : tensor<4xf32>
  }
}
