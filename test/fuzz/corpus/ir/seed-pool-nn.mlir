module attributes {rs.target = #rs.target<"eyeriss-int8", {bank_bytes = "1024", columns = "4", filter_banks = "1", frame_microseconds = "1", glb_banks = "4", rows = "4"}>} {
  func.func @main(%arg0: tensor<1x2x9x9xf32> {nn.name = "x"}) -> (tensor<1x3xf32> {nn.name = "softmax5_out"}) {
    %0 = nn.constant dense<0> : tensor<3xi32> -> tensor<3xi32>
    %1 = nn.constant dense<[[-27, -31, -21, 127, -36, -25, 29, -10, -16, -93, -1, -37, 97, 54, -2, 56], [-19, 60, 0, 33, -73, 20, -96, -115, -17, -51, 9, 127, -47, -35, 12, 28], [-11, -13, 45, 33, -66, -5, 2, -67, 17, -55, 62, 12, 6, -38, -8, -127]]> : tensor<3x16xi8> -> tensor<3x16x!quant.uniform<i8<-127:127>:f32:0, {0.0029990735929459333,0.0044188122265040874,0.00393257150426507}>>
    %2 = nn.constant dense<[-7252, -814, 13225, 7282]> : tensor<4xi32> -> tensor<4xi32>
    %3 = nn.constant dense<[[[[0, 28, -26], [-84, -43, -94], [6, 127, -47]], [[-59, 46, 34], [10, -88, -3], [66, -127, -43]]], [[[-96, -65, -93], [-12, -64, 14], [8, -9, -127]], [[-27, -2, 6], [-77, -24, -49], [-41, 54, -41]]], [[[-2, 56, -37], [-7, 7, 4], [-78, 5, 86]], [[-98, 55, 8], [-41, 127, 48], [-76, 5, 37]]], [[[-12, 44, -4], [43, 92, -43], [13, -30, 8]], [[-76, -37, -13], [57, 73, -84], [-51, 41, -127]]]]> : tensor<4x2x3x3xi8> -> tensor<4x2x3x3x!quant.uniform<i8<-127:127>:f32:0, {0.0024947591591626406,0.0046709128655493259,0.0037126196548342705,0.0036977783311158419}>>
    %4 = nn.quantize %arg0 : (tensor<1x2x9x9xf32>) -> tensor<1x2x9x9x!quant.uniform<i8:f32, 0.025601876899600029>>
    %5 = nn.conv2d %4, %3, %2 {rescale = #nn.rescale<[43817814, 41019829, 65208249, 64947577], [33, 32, 33, 33]>, strides = array<i64: 2, 2>} : (tensor<1x2x9x9x!quant.uniform<i8:f32, 0.025601876899600029>>, tensor<4x2x3x3x!quant.uniform<i8<-127:127>:f32:0, {0.0024947591591626406,0.0046709128655493259,0.0037126196548342705,0.0036977783311158419}>>, tensor<4xi32>) -> tensor<1x4x4x4x!quant.uniform<u8:f32, 0.012521016411483288>>
    %6 = nn.max_pool2d %5 {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>} : (tensor<1x4x4x4x!quant.uniform<u8:f32, 0.012521016411483288>>) -> tensor<1x4x2x2x!quant.uniform<u8:f32, 0.012521016411483288>>
    %7 = nn.reshape %6 : (tensor<1x4x2x2x!quant.uniform<u8:f32, 0.012521016411483288>>) -> tensor<1x16x!quant.uniform<u8:f32, 0.012521016411483288>>
    %8 = nn.fully_connected %7, %1, %0 {rescale = #nn.rescale<[38561500, 56816222, 50564234], [34, 34, 34]>} : (tensor<1x16x!quant.uniform<u8:f32, 0.012521016411483288>>, tensor<3x16x!quant.uniform<i8<-127:127>:f32:0, {0.0029990735929459333,0.0044188122265040874,0.00393257150426507}>>, tensor<3xi32>) -> tensor<1x3x!quant.uniform<i8:f32, 0.016729872673749924>>
    %9 = nn.dequantize %8 : (tensor<1x3x!quant.uniform<i8:f32, 0.016729872673749924>>) -> tensor<1x3xf32>
    %10 = nn.softmax %9 {axis = 1 : i64} : (tensor<1x3xf32>) -> tensor<1x3xf32>
    return %10 : tensor<1x3xf32>
  }
}

