// RUN: rowlock-opt --split-input-file --verify-diagnostics %s

!u8 = !quant.uniform<u8:f32, 5.0e-01>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  func.func @f(%x: tensor<1x1x14x2x!u8>) {
    %w = nn.constant dense<1> : tensor<1x1x13x1xi8> -> tensor<1x1x13x1x!w>
    // expected-error @+1 {{C3: has 1 mappings for 2 parts}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 0, 0, 0, 0>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>, mapping = #rs.mapping<"n=1 m=1 h=1 f=1 c=1 e=1 p=1 q=1 r=1 t=1 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<1x1x14x2x!u8>, tensor<1x1x13x1x!w>) -> tensor<1x1x2x2x!u8>
    return
  }
}

// -----

!u8 = !quant.uniform<u8:f32, 5.0e-01>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>
#one = #rs.mapping<"n=1 m=1 h=1 f=1 c=1 e=1 p=1 q=1 r=1 t=1 g=1 order=gmnhfc/cms prefetch=none">
#bad = #rs.mapping<"n=1 m=1 h=1 f=1 c=1 e=1 p=1 q=1 r=2 t=1 g=1 order=gmnhfc/cms prefetch=none">
module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  func.func @f(%x: tensor<1x1x14x2x!u8>) {
    %w = nn.constant dense<1> : tensor<1x1x13x1xi8> -> tensor<1x1x13x1x!w>
    // expected-error @+1 {{C3: part 1: r is 2, exceeds c of 1}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 0, 0, 0, 0>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>, part_mappings = [#one, #bad]} : (tensor<1x1x14x2x!u8>, tensor<1x1x13x1x!w>) -> tensor<1x1x2x2x!u8>
    return
  }
}
