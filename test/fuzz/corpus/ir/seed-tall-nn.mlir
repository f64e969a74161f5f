module attributes {rs.target = #rs.target<"eyeriss-int8", {bank_bytes = "1024", columns = "5", filter_banks = "1", frame_microseconds = "1", glb_banks = "4", rows = "6"}>} {
  func.func @main(%arg0: tensor<1x2x24x6xf32> {nn.name = "x"}) -> (tensor<1x5x24x6xf32> {nn.name = "relu3_out"}) {
    %0 = nn.constant dense<[-3643, -8542, -11331, 5211, 5159]> : tensor<5xi32> -> tensor<5xi32>
    %1 = nn.constant dense<[[[[-34]], [[30]], [[-127]], [[65]], [[59]], [[-73]]], [[[-61]], [[-50]], [[3]], [[40]], [[127]], [[-12]]], [[[55]], [[11]], [[127]], [[54]], [[99]], [[-78]]], [[[-16]], [[-69]], [[127]], [[55]], [[-26]], [[-38]]], [[[25]], [[-36]], [[-48]], [[25]], [[127]], [[-13]]]]> : tensor<5x6x1x1xi8> -> tensor<5x6x1x1x!quant.uniform<i8<-127:127>:f32:0, {0.0073260525241494179,0.0065830391831696033,0.0056573771871626377,0.0048377341590821743,0.0079178698360919952}>>
    %2 = nn.constant dense<[1388, 27063, 10882, 12325, -24377, -4040]> : tensor<6xi32> -> tensor<6xi32>
    %3 = nn.constant dense<"0x4E9E10EAEFF8B3F7DF7F09F3F5E6D8F112F73FF3026524DFF4237FEEF042C6ED3A26062C812ED5B50C1FECD001FE3F220932F7D61A1AF5D80C812319AD03CF2798D1243B92E711E176A81AB368FEE4817C3838541AD1C5C56594D4E8102AA48100593810E916EE3CC60AF828"> : tensor<6x2x3x3xi8> -> tensor<6x2x3x3x!quant.uniform<i8<-127:127>:f32:0, {0.006167232058942318,0.0035913751926273108,0.0052488520741462708,0.0046284766867756844,0.0031888193916529417,0.0032107722945511341}>>
    %4 = nn.quantize %arg0 : (tensor<1x2x24x6xf32>) -> tensor<1x2x24x6x!quant.uniform<i8:f32, 0.026236860081553459>>
    %5 = nn.conv2d %4, %3, %2 {pads = array<i64: 1, 1, 1, 1>, rescale = #nn.rescale<[66738711, 38864072, 56800461, 50087068, 34507814, 34745377], [33, 33, 33, 33, 33, 33]>} : (tensor<1x2x24x6x!quant.uniform<i8:f32, 0.026236860081553459>>, tensor<6x2x3x3x!quant.uniform<i8<-127:127>:f32:0, {0.006167232058942318,0.0035913751926273108,0.0052488520741462708,0.0046284766867756844,0.0031888193916529417,0.0032107722945511341}>>, tensor<6xi32>) -> tensor<1x6x24x6x!quant.uniform<u8:f32, 0.020826399326324463>>
    %6 = nn.conv2d %5, %1, %0 {rescale = #nn.rescale<[41822903, 37581195, 64593568, 55235227, 45201464], [32, 32, 33, 33, 32]>} : (tensor<1x6x24x6x!quant.uniform<u8:f32, 0.020826399326324463>>, tensor<5x6x1x1x!quant.uniform<i8<-127:127>:f32:0, {0.0073260525241494179,0.0065830391831696033,0.0056573771871626377,0.0048377341590821743,0.0079178698360919952}>>, tensor<5xi32>) -> tensor<1x5x24x6x!quant.uniform<u8:f32, 0.015668589621782303>>
    %7 = nn.dequantize %6 : (tensor<1x5x24x6x!quant.uniform<u8:f32, 0.015668589621782303>>) -> tensor<1x5x24x6xf32>
    return %7 : tensor<1x5x24x6xf32>
  }
}

