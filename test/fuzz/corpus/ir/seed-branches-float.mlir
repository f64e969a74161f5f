module {
  func.func @main(%arg0: tensor<1x3x6x6xf32> {nn.name = "x"}) -> (tensor<1x3x3x8xf32> {nn.name = "clip9_out"}) {
    %0 = nn.constant dense<[[[[-0.00394144328]], [[0.603991091]], [[0.428156286]]], [[[0.417976499]], [[0.934600889]], [[-0.696029305]]], [[[-0.361972898]], [[-0.762485266]], [[-0.0622109398]]], [[[0.576636493]], [[-0.0126716178]], [[0.286296487]]]]> : tensor<4x3x1x1xf32> -> tensor<4x3x1x1xf32>
    %1 = nn.constant dense<[-1.91076863, 0.147064164, -0.906943261, 1.77538943]> : tensor<4xf32> -> tensor<4xf32>
    %2 = nn.conv2d %arg0, %0, %1 : (tensor<1x3x6x6xf32>, tensor<4x3x1x1xf32>, tensor<4xf32>) -> tensor<1x4x6x6xf32>
    %3 = nn.clip %2 {activation = #nn.clip<0.000000e+00, inf>} : (tensor<1x4x6x6xf32>) -> tensor<1x4x6x6xf32>
    %4 = nn.constant dense<"0x37C52E3E56163B3E306C36BC5C8DF13D52A6013EFBBD87BD7A08C4BDF6F1B4BCABA1EEBD6A40EABDBD605FBD698C0FBEF504173EFD449DBE694C223E348FF6BDF22CD7BDE01A85BEB367E3BCBB3943BD82EB163D7061D2BDB9CF933C654DB33EC633A13DE81CE2BD08D43B3EC30FCBBC8011EA3DC581F13D3F229ABD2733BEBEFF0589BD7359D93DDDD095BDAF03AD3D7509413EA674D6BD40A9723EB9CD9F3E7AA5543E2DAD653EFB24583E5626DE3E7682123D4E48D23917B5ED3D1DFA32BE9A0A99BEFBD02DBE93D7923DBD72BA3D5F6297BE0896B9BE0B3579BD883D14BDA0221BBCFE4D043E3D2A723E9002363D717BF13D87D457BE50D067BE8D383A3D03FC023EB81E0F3E3C9FE93D47891A3E88971F3E8FA6ACBE65AE10BE4965B33DC42BEB3D42FE94BE852C673ED2F5ACBDFA3637BD34D8573DD3BA133E1E368DBEBB14433ED6B6733C43E717BEB8FD58BD6061D7BE3D40FFBD1A650F3D57BB0BBE424881BDDD60E7BCC68C183CC022493E75FF9CBB27ED4CBDE94CD43D4A9ECC3EFE1687BDEF23CA3D3B6B9BBED793843EA8F1013EA153833E18393ABCAA814DBE5E9F2E3E7E7F143ECCDD2ABE852291BE"> : tensor<4x3x3x3xf32> -> tensor<4x3x3x3xf32>
    %5 = nn.constant dense<[0.449132115, -1.713920e-01, 2.61216593, -0.614246428]> : tensor<4xf32> -> tensor<4xf32>
    %6 = nn.conv2d %arg0, %4, %5 {pads = array<i64: 1, 1, 1, 1>} : (tensor<1x3x6x6xf32>, tensor<4x3x3x3xf32>, tensor<4xf32>) -> tensor<1x4x6x6xf32>
    %7 = nn.clip %6 {activation = #nn.clip<0.000000e+00, inf>} : (tensor<1x4x6x6xf32>) -> tensor<1x4x6x6xf32>
    %8 = nn.add %3, %7 : (tensor<1x4x6x6xf32>, tensor<1x4x6x6xf32>) -> tensor<1x4x6x6xf32>
    %9 = nn.concat %8, %7 {axis = 1 : i64} : (tensor<1x4x6x6xf32>, tensor<1x4x6x6xf32>) -> tensor<1x8x6x6xf32>
    %10 = nn.mul %9, %9 : (tensor<1x8x6x6xf32>, tensor<1x8x6x6xf32>) -> tensor<1x8x6x6xf32>
    %11 = nn.average_pool2d %10 {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>} : (tensor<1x8x6x6xf32>) -> tensor<1x8x3x3xf32>
    %12 = nn.transpose %11 {permutation = array<i64: 0, 2, 3, 1>} : (tensor<1x8x3x3xf32>) -> tensor<1x3x3x8xf32>
    %13 = nn.clip %12 {activation = #nn.clip<0.000000e+00, 1.000000e+00>} : (tensor<1x3x3x8xf32>) -> tensor<1x3x3x8xf32>
    return %13 : tensor<1x3x3x8xf32>
  }
}
