// RUN: rowlock-opt --rs-assign-mappings --verify-diagnostics --split-input-file %s

// expected-error @below {{the module has no rs.target}}
module {
}

// -----

!u8 = !quant.uniform<u8:f32, 5.0e-01>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>

// One window of 11 x 32 is more than an ifmap spad holds.
module attributes {rs.target = #rs.target<"eyeriss-int8", {ifmap_spad_words = "8"}>} {
  func.func @main(%x: tensor<1x1x11x32x!u8>) -> tensor<1x1x1x1x!u8> {
    %w = nn.constant dense<1> : tensor<1x1x11x32xi8> -> tensor<1x1x11x32x!w>
    // expected-error @below {{no mapping fits}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 0, 0, 0, 0>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>} : (tensor<1x1x11x32x!u8>, tensor<1x1x11x32x!w>) -> tensor<1x1x1x1x!u8>
    return %0 : tensor<1x1x1x1x!u8>
  }
}
