module {
  func.func @main(%arg0: tensor<2x10xf32> {nn.name = "a"}, %arg1: tensor<10x3xf32> {nn.name = "b"}) -> (tensor<2x3xf32> {nn.name = "y"}) {
    %0 = nn.transpose %arg1 {permutation = array<i64: 1, 0>} : (tensor<10x3xf32>) -> tensor<3x10xf32>
    %1 = nn.fully_connected %arg0, %0 : (tensor<2x10xf32>, tensor<3x10xf32>) -> tensor<2x3xf32>
    return %1 : tensor<2x3xf32>
  }
}
