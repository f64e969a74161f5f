module attributes {rs.target = #rs.target<"eyeriss-v1", {bank_bytes = "1024", columns = "4", filter_banks = "1", frame_microseconds = "1", glb_banks = "4", rows = "4"}>} {
  func.func @main(%arg0: tensor<1x2x9x9xf32> {nn.name = "x"}) -> (tensor<1x2x5x5xf32> {nn.name = "conv2_out"}) {
    %0 = nn.constant dense<[41, 86]> : tensor<2xi16> -> tensor<2xi16>
    %1 = nn.constant dense<[[[[-2029, -2282, 6340], [2386, 5775, 6714], [-2580, 1215, 1445]], [[1765, 1709, 637], [549, -4738, -522], [-2357, 398, -1474]], [[1950, 2583, 973], [997, 293, -1412], [-519, -1563, 1223]]], [[[45, 1833, -4189], [2799, -2405, -2315], [-623, -1776, 918]], [[-1810, -3372, -2667], [4137, 140, -3681], [26, -4906, 5643]], [[-4807, 1510, 1714], [-4572, 947, 3144], [1474, 823, 2993]]]]> : tensor<2x3x3x3xi16> -> tensor<2x3x3x3x!quant.uniform<i16:f32, 6.103515625E-5>>
    %2 = nn.constant dense<[231, 1111, 592]> : tensor<3xi16> -> tensor<3xi16>
    %3 = nn.constant dense<"0x280027068B05B1FDA7FE9DFD9402BFFF6103A4F7170790FF140362FF49FE1902BB0315FF4FFF1A0310FC26F9CA01F7FC4FF751FCE2FD9AFA3FF92A000F04F2FEA3FCBE013F03A4FE7702B80410FF52FC93011F01F90430FA02FD35FC27F892006302A8FC4506B803D702D1015304F9F9C702BA0200F89201DEFE890303FEEBFF8D0109FCB50286FF3B02A3FDEA04BD0232FFDC02B3051B08E1F8FF031B0293FF72FBB0054AFA9102E405C3F8A2FE13FA1B01DA062809F4F766FD2F032607E801A0FC5801EDFF14FFADFCC101650194FFFFFE2FFACDFD760523FF7CF90A0666028A094800E9FD73F9FE05A10B49FC12FDB3023EFCC7FE6BFEDE00F4041A0029041AFE7C0153F670F99A0354FDA0027402FC05AD039A047FFFD7FCB0FCCBFDE3FA86FD95FF230177FE4BF7ACFF"> : tensor<3x2x5x5xi16> -> tensor<3x2x5x5x!quant.uniform<i16:f32, 1.220703125E-4>>
    %4 = nn.quantize %arg0 : (tensor<1x2x9x9xf32>) -> tensor<1x2x9x9x!quant.uniform<i16<-29685:29685>:f32, 1.220703125E-4>>
    %5 = nn.conv2d %4, %3, %2 {pads = array<i64: 2, 2, 2, 2>, product_shift = 16 : i64} : (tensor<1x2x9x9x!quant.uniform<i16<-29685:29685>:f32, 1.220703125E-4>>, tensor<3x2x5x5x!quant.uniform<i16:f32, 1.220703125E-4>>, tensor<3xi16>) -> tensor<1x3x9x9x!quant.uniform<i16<0:32767>:f32, 9.765625E-4>>
    %6 = nn.conv2d %5, %1, %0 {dilations = array<i64: 2, 2>, product_shift = 16 : i64} : (tensor<1x3x9x9x!quant.uniform<i16<0:32767>:f32, 9.765625E-4>>, tensor<2x3x3x3x!quant.uniform<i16:f32, 6.103515625E-5>>, tensor<2xi16>) -> tensor<1x2x5x5x!quant.uniform<i16:f32, 3.906250e-03>>
    %7 = nn.dequantize %6 : (tensor<1x2x5x5x!quant.uniform<i16:f32, 3.906250e-03>>) -> tensor<1x2x5x5xf32>
    return %7 : tensor<1x2x5x5xf32>
  }
}

