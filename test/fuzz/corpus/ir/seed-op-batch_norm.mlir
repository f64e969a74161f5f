module {
  func.func @main(%arg0: tensor<2x3x4x5xf32> {nn.name = "x"}) -> (tensor<2x3x4x5xf32> {nn.name = "y"}) {
    %0 = nn.constant dense<[0.376425534, -1.09940076, 0.298238188]> : tensor<3xf32> -> tensor<3xf32>
    %1 = nn.constant dense<[1.32638586, -0.694567859, -0.14963454]> : tensor<3xf32> -> tensor<3xf32>
    %2 = nn.constant dense<[-0.435153544, 1.84926379, 0.672294736]> : tensor<3xf32> -> tensor<3xf32>
    %3 = nn.constant dense<[0.975521504, 0.85580337, 0.0117140841]> : tensor<3xf32> -> tensor<3xf32>
    %4 = nn.batch_norm %arg0, %0, %1, %2, %3 : (tensor<2x3x4x5xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<2x3x4x5xf32>
    return %4 : tensor<2x3x4x5xf32>
  }
}
