module attributes {rs.target = #rs.target<"eyeriss-int8", {bank_bytes = "1024", columns = "4", filter_banks = "1", frame_microseconds = "1", glb_banks = "4", rows = "4"}>} {
  func.func @main(%arg0: tensor<2x2x6x6xf32> {nn.name = "x"}) -> (tensor<2x5x6x6xf32> {nn.name = "relu3_out"}) {
    %0 = nn.constant dense<[-69, 566, -7899, -1649, -537]> : tensor<5xi32> -> tensor<5xi32>
    %1 = nn.constant dense<[[[[-19]], [[89]], [[9]], [[-68]], [[33]], [[-127]]], [[[93]], [[-10]], [[3]], [[127]], [[121]], [[7]]], [[[47]], [[82]], [[127]], [[-10]], [[10]], [[92]]], [[[13]], [[36]], [[29]], [[-55]], [[-41]], [[-127]]], [[[-25]], [[127]], [[-105]], [[117]], [[95]], [[-5]]]]> : tensor<5x6x1x1xi8> -> tensor<5x6x1x1x!quant.uniform<i8<-127:127>:f32:0, {0.0054812007583677769,0.0072577237151563168,0.0054069468751549721,0.0084907244890928268,0.0043037645518779755}>>
    %2 = nn.constant dense<[-14424, 14634, 1007, 2052, 5684, -179]> : tensor<6xi32> -> tensor<6xi32>
    %3 = nn.constant dense<"0xDBF65E25A300DD08A50E0D59121DAC7F943EECCBD9D817F9599200CB2F81EB0DA73B0B3C3BC4CFF32E35D4DBCFDCF1F87FE1EE1CC5E90130AF55EA0A3429410BFF14C34BD0B27FF8C261EF38D5F3A89CCDFC2A7FCA35E0F8B2B3B18700B97F10117335FCF7F46D502551C934"> : tensor<6x2x3x3xi8> -> tensor<6x2x3x3x!quant.uniform<i8<-127:127>:f32:0, {0.0041808928363025188,0.003930957056581974,0.0038197026588022709,0.0038165370933711529,0.0045028794556856155,0.0023211976513266563}>>
    %4 = nn.quantize %arg0 : (tensor<2x2x6x6xf32>) -> tensor<2x2x6x6x!quant.uniform<i8:f32, 0.023420462384819984>>
    %5 = nn.conv2d %4, %3, %2 {pads = array<i64: 1, 1, 1, 1>, rescale = #nn.rescale<[41720737, 39226652, 38116455, 38084866, 44933812, 46326027], [33, 33, 33, 33, 33, 34]>} : (tensor<2x2x6x6x!quant.uniform<i8:f32, 0.023420462384819984>>, tensor<6x2x3x3x!quant.uniform<i8<-127:127>:f32:0, {0.0041808928363025188,0.003930957056581974,0.0038197026588022709,0.0038165370933711529,0.0045028794556856155,0.0023211976513266563}>>, tensor<6xi32>) -> tensor<2x6x6x6x!quant.uniform<u8:f32, 0.020160550251603127>>
    %6 = nn.conv2d %5, %1, %0 {rescale = #nn.rescale<[56603469, 37474666, 55836661, 43841165, 44444277], [33, 32, 33, 32, 33]>} : (tensor<2x6x6x6x!quant.uniform<u8:f32, 0.020160550251603127>>, tensor<5x6x1x1x!quant.uniform<i8<-127:127>:f32:0, {0.0054812007583677769,0.0072577237151563168,0.0054069468751549721,0.0084907244890928268,0.0043037645518779755}>>, tensor<5xi32>) -> tensor<2x5x6x6x!quant.uniform<u8:f32, 0.016769684851169586>>
    %7 = nn.dequantize %6 : (tensor<2x5x6x6x!quant.uniform<u8:f32, 0.016769684851169586>>) -> tensor<2x5x6x6xf32>
    return %7 : tensor<2x5x6x6xf32>
  }
}

