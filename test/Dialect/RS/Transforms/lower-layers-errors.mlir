// RUN: rowlock-opt --rs-lower-layers --verify-diagnostics --split-input-file %s

// expected-error @below {{the module has no rs.target}}
module {
}

// -----

// expected-error @below {{the module has no function @main}}
module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
}

// -----

!u8 = !quant.uniform<u8:f32, 5.0e-01>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>

module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  func.func @main(%x: tensor<1x2x4x4x!u8>) -> tensor<1x2x2x2x!u8> {
    %w = nn.constant dense<1> : tensor<2x2x3x3xi8> -> tensor<2x2x3x3x!w>
    // expected-error @below {{has no mapping; run rs-assign-mappings first}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 0, 0, 0, 0>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>} : (tensor<1x2x4x4x!u8>, tensor<2x2x3x3x!w>) -> tensor<1x2x2x2x!u8>
    return %0 : tensor<1x2x2x2x!u8>
  }
}

// -----

module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  func.func @main(%x: tensor<1x2x4x4xf32>, %s: tensor<2xf32>) -> tensor<1x2x4x4xf32> {
    // expected-error @below {{no kernel of the host computes 'nn.batch_norm'}}
    %0 = nn.batch_norm %x, %s, %s, %s, %s : (tensor<1x2x4x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x4x4xf32>
    return %0 : tensor<1x2x4x4xf32>
  }
}
