module attributes {rs.target = #rs.target<"eyeriss-int8", {bank_bytes = "1024", columns = "4", filter_banks = "1", frame_microseconds = "1", glb_banks = "4", rows = "4"}>} {
  func.func @main(%arg0: tensor<1x3x8x8xf32> {nn.name = "x"}) -> (tensor<1x5x8x8xf32> {nn.name = "relu3_out"}) {
    %0 = nn.constant dense<[-5188, 5480, -11506, -5705, -17664]> : tensor<5xi32> -> tensor<5xi32>
    %1 = nn.constant dense<[[[[127]], [[71]], [[82]], [[4]], [[71]], [[29]]], [[[40]], [[-10]], [[-97]], [[68]], [[-127]], [[-16]]], [[[-25]], [[-127]], [[75]], [[-24]], [[-53]], [[63]]], [[[-31]], [[91]], [[23]], [[-31]], [[-127]], [[-85]]], [[[84]], [[-4]], [[-22]], [[127]], [[-99]], [[-45]]]]> : tensor<5x6x1x1xi8> -> tensor<5x6x1x1x!quant.uniform<i8<-127:127>:f32:0, {0.0052954596467316151,0.0062200315296649933,0.003352329833433032,0.0062499437481164932,0.0052823205478489399}>>
    %2 = nn.constant dense<[-4899, -2589, 17718, -634, 827, -13327]> : tensor<6xi32> -> tensor<6xi32>
    %3 = nn.constant dense<"0x07F92306E3144734DABBDE0281F4BCD8E2EF1639F94BDC133105D7C4E20EBFF2F6230E17D6F83361AE62573311EC5E7F755517B2002BB6171928BCDAE7BD64E313F15B4C258103273ADC69B4DA3603730BD0E4AEA02F2C61C77FEA76DFC9134E0CD49B97264AF4AF42A0CA2F8116DF06FC0B27D5502930422C3004AFF8D5B00FE0C6C50F144BFF374A3D83411216141411ED9BFAD539F104D3E5FFB110FAC1811BF0"> : tensor<6x3x3x3xi8> -> tensor<6x3x3x3x!quant.uniform<i8<-127:127>:f32:0, {0.0035232470836490393,0.0029704873450100422,0.0033390999305993319,0.0025595976039767265,0.003409762866795063,0.0036341743543744087}>>
    %4 = nn.quantize %arg0 : (tensor<1x3x8x8xf32>) -> tensor<1x3x8x8x!quant.uniform<i8:f32, 0.030704107135534286>>
    %5 = nn.conv2d %4, %3, %2 {pads = array<i64: 1, 1, 1, 1>, rescale = #nn.rescale<[54017645, 45542855, 51194342, 39243184, 52277730, 55718358], [33, 33, 33, 33, 33, 33]>} : (tensor<1x3x8x8x!quant.uniform<i8:f32, 0.030704107135534286>>, tensor<6x3x3x3x!quant.uniform<i8<-127:127>:f32:0, {0.0035232470836490393,0.0029704873450100422,0.0033390999305993319,0.0025595976039767265,0.003409762866795063,0.0036341743543744087}>>, tensor<6xi32>) -> tensor<1x6x8x8x!quant.uniform<u8:f32, 0.017202587798237801>>
    %6 = nn.conv2d %5, %1, %0 {rescale = #nn.rescale<[39485147, 46379138, 49992727, 46602176, 39387176], [32, 32, 33, 32, 32]>} : (tensor<1x6x8x8x!quant.uniform<u8:f32, 0.017202587798237801>>, tensor<5x6x1x1x!quant.uniform<i8<-127:127>:f32:0, {0.0052954596467316151,0.0062200315296649933,0.003352329833433032,0.0062499437481164932,0.0052823205478489399}>>, tensor<5xi32>) -> tensor<1x5x8x8x!quant.uniform<u8:f32, 0.0099088568240404129>>
    %7 = nn.dequantize %6 : (tensor<1x5x8x8x!quant.uniform<u8:f32, 0.0099088568240404129>>) -> tensor<1x5x8x8xf32>
    return %7 : tensor<1x5x8x8xf32>
  }
}

