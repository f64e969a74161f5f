module attributes {rs.target = #rs.target<"eyeriss-v1", {bank_bytes = "1024", columns = "4", filter_banks = "1", frame_microseconds = "1", glb_banks = "4", rows = "4"}>} {
  func.func @main(%arg0: tensor<1x2x9x9xf32> {nn.name = "x"}) -> (tensor<1x3xf32> {nn.name = "softmax5_out"}) {
    %0 = nn.constant dense<0> : tensor<3xi16> -> tensor<3xi16>
    %1 = nn.constant dense<[[6438, 2267, -2599, -8447, 9802, 1763, 5163, -1951, 7449, 2128, 204, -3694, 1508, -1993, -912, -6646], [-2009, 655, -5123, 303, 2717, -1256, -2543, -2540, 3855, -6285, -1231, -1718, 590, -285, -4536, 8356], [727, -5497, -3651, 400, 2511, -5497, 2914, -5625, -3254, 3494, 6967, -347, -1268, 5193, -4391, 1138]]> : tensor<3x16xi16> -> tensor<3x16x!quant.uniform<i16:f32, 6.103515625E-5>>
    %2 = nn.constant dense<[594, 3969, -492, 1091]> : tensor<4xi16> -> tensor<4xi16>
    %3 = nn.constant dense<[[[[-6713, -5162, -5256], [-1358, -8931, -729], [-3697, 3451, 3695]], [[5377, 2964, -205], [3320, 5814, -2524], [2357, -165, 5561]]], [[[-3232, -1164, 1399], [997, -6331, 1391], [-458, -926, -600]], [[846, -7014, 5995], [-3327, -8656, -317], [5628, -2003, 5991]]], [[[6013, -3332, -9520], [-4770, 4586, -3154], [-5834, -5166, 1]], [[-101, 3368, 3819], [-3600, -605, -4379], [278, -4443, -4635]]], [[[8200, 125, 2484], [9801, 3035, -441], [211, -2875, 4226]], [[-1275, 6807, -1331], [-1366, -1620, 2416], [722, 5296, -2137]]]]> : tensor<4x2x3x3xi16> -> tensor<4x2x3x3x!quant.uniform<i16:f32, 6.103515625E-5>>
    %4 = nn.quantize %arg0 : (tensor<1x2x9x9xf32>) -> tensor<1x2x9x9x!quant.uniform<i16<-26493:26493>:f32, 1.220703125E-4>>
    %5 = nn.conv2d %4, %3, %2 {product_shift = 16 : i64, strides = array<i64: 2, 2>} : (tensor<1x2x9x9x!quant.uniform<i16<-26493:26493>:f32, 1.220703125E-4>>, tensor<4x2x3x3x!quant.uniform<i16:f32, 6.103515625E-5>>, tensor<4xi16>) -> tensor<1x4x4x4x!quant.uniform<i16<0:32767>:f32, 4.8828125E-4>>
    %6 = nn.max_pool2d %5 {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>} : (tensor<1x4x4x4x!quant.uniform<i16<0:32767>:f32, 4.8828125E-4>>) -> tensor<1x4x2x2x!quant.uniform<i16<0:32767>:f32, 4.8828125E-4>>
    %7 = nn.reshape %6 : (tensor<1x4x2x2x!quant.uniform<i16<0:32767>:f32, 4.8828125E-4>>) -> tensor<1x16x!quant.uniform<i16<0:32767>:f32, 4.8828125E-4>>
    %8 = nn.fully_connected %7, %1, %0 {product_shift = 16 : i64} : (tensor<1x16x!quant.uniform<i16<0:32767>:f32, 4.8828125E-4>>, tensor<3x16x!quant.uniform<i16:f32, 6.103515625E-5>>, tensor<3xi16>) -> tensor<1x3x!quant.uniform<i16:f32, 0.001953125>>
    %9 = nn.dequantize %8 : (tensor<1x3x!quant.uniform<i16:f32, 0.001953125>>) -> tensor<1x3xf32>
    %10 = nn.softmax %9 {axis = 1 : i64} : (tensor<1x3xf32>) -> tensor<1x3xf32>
    return %10 : tensor<1x3xf32>
  }
}

