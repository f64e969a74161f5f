module {
  func.func @main(%arg0: tensor<1x1x4xf32> {nn.name = "boxes"}) -> (tensor<1x3xi64> {nn.name = "selected_indices"}) {
    %0 = nn.constant dense<0.899999976> : tensor<1x1x1xf32> -> tensor<1x1x1xf32>
    %1 = nn.non_max_suppression %arg0, %0 {iou_threshold = 5.000000e-01 : f32, most = 1 : i64, score_threshold = 0.000000e+00 : f32} : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x3xi64>
    return %1 : tensor<1x3xi64>
  }
}
