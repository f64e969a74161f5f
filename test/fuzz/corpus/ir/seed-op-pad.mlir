module {
  func.func @main(%arg0: tensor<1x3x4x5xi32> {nn.name = "x"}) -> (tensor<1x3x6x7xi32> {nn.name = "y"}) {
    %0 = nn.pad %arg0 {high = array<i64: 0, 0, 1, 1>, interior = array<i64: 0, 0, 0, 0>, low = array<i64: 0, 0, 1, 1>, mode = "edge"} : (tensor<1x3x4x5xi32>) -> tensor<1x3x6x7xi32>
    return %0 : tensor<1x3x6x7xi32>
  }
}
