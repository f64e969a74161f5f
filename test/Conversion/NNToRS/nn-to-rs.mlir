// RUN: rowlock-opt --convert-nn-to-rs --split-input-file %s | FileCheck %s

!u8 = !quant.uniform<u8:f32, 5.0e-01>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>

module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  // A convolution keeps its attributes, dilations too.
  // CHECK-LABEL: func @conv
  // CHECK: rs.conv2d {{.*}}groups = 1 : i64{{.*}}pads = array<i64: 1, 1, 1, 1>
  // CHECK: rs.conv2d {{.*}}dilations = array<i64: 2, 2>
  func.func @conv(%x: tensor<1x2x4x4x!u8>) -> tensor<1x1x2x2x!u8> {
    %w = nn.constant dense<1> : tensor<2x2x3x3xi8> -> tensor<2x2x3x3x!w>
    %v = nn.constant dense<2> : tensor<1x2x2x2xi8> -> tensor<1x2x2x2x!w>
    %0 = nn.conv2d %x, %w {pads = array<i64: 1, 1, 1, 1>, rescale = #nn.rescale<[33554432], [30]>} : (tensor<1x2x4x4x!u8>, tensor<2x2x3x3x!w>) -> tensor<1x2x4x4x!u8>
    %1 = nn.conv2d %0, %v {dilations = array<i64: 2, 2>, rescale = #nn.rescale<[33554432], [30]>} : (tensor<1x2x4x4x!u8>, tensor<1x2x2x2x!w>) -> tensor<1x1x2x2x!u8>
    return %1 : tensor<1x1x2x2x!u8>
  }

  // Behind a reshape of feature maps the filter covers a whole map.
  // CHECK-LABEL: func @fully_connected_of_maps
  // CHECK-SAME: (%[[X:.*]]: tensor<1x2x4x4x
  // CHECK: %[[C:.*]] = rs.conv2d %[[X]], {{.*}} -> tensor<1x3x1x1x
  // CHECK: nn.reshape %[[C]] {{.*}} -> tensor<1x3x
  func.func @fully_connected_of_maps(%x: tensor<1x2x4x4x!u8>) -> tensor<1x3x!u8> {
    %w = nn.constant dense<1> : tensor<3x32xi8> -> tensor<3x32x!w>
    %0 = nn.reshape %x : (tensor<1x2x4x4x!u8>) -> tensor<1x32x!u8>
    %1 = nn.fully_connected %0, %w {rescale = #nn.rescale<[33554432], [30]>} : (tensor<1x32x!u8>, tensor<3x32x!w>) -> tensor<1x3x!u8>
    return %1 : tensor<1x3x!u8>
  }

  // Else it is a convolution of 1 x 1.
  // CHECK-LABEL: func @fully_connected
  // CHECK: nn.reshape {{.*}} -> tensor<2x32x1x1x
  // CHECK: rs.conv2d {{.*}} tensor<3x32x1x1x{{.*}} -> tensor<2x3x1x1x
  func.func @fully_connected(%x: tensor<2x32x!u8>) -> tensor<2x3x!u8> {
    %w = nn.constant dense<1> : tensor<3x32xi8> -> tensor<3x32x!w>
    %0 = nn.fully_connected %x, %w {rescale = #nn.rescale<[33554432], [30]>} : (tensor<2x32x!u8>, tensor<3x32x!w>) -> tensor<2x3x!u8>
    return %0 : tensor<2x3x!u8>
  }

  // Features beyond the channels of a native layer fold into columns.
  // CHECK-LABEL: func @many_features
  // CHECK: nn.reshape {{.*}} -> tensor<2x1000x1x3x
  // CHECK: rs.conv2d {{.*}} tensor<3x1000x1x3x{{.*}} -> tensor<2x3x1x1x
  func.func @many_features(%x: tensor<2x3000x!u8>) -> tensor<2x3x!u8> {
    %w = nn.constant dense<1> : tensor<3x3000xi8> -> tensor<3x3000x!w>
    %0 = nn.fully_connected %x, %w {rescale = #nn.rescale<[33554432], [30]>} : (tensor<2x3000x!u8>, tensor<3x3000x!w>) -> tensor<2x3x!u8>
    return %0 : tensor<2x3x!u8>
  }

  // A filter higher than the target's native ones will run in parts.
  // CHECK-LABEL: func @tall
  // CHECK: rs.conv2d
  func.func @tall(%x: tensor<1x1x40x4x!u8>) -> tensor<1x1x1x4x!u8> {
    %w = nn.constant dense<1> : tensor<1x1x40x1xi8> -> tensor<1x1x40x1x!w>
    %0 = nn.conv2d %x, %w {rescale = #nn.rescale<[33554432], [30]>} : (tensor<1x1x40x4x!u8>, tensor<1x1x40x1x!w>) -> tensor<1x1x1x4x!u8>
    return %0 : tensor<1x1x1x4x!u8>
  }
}

// -----

!u8 = !quant.uniform<u8:f32, 5.0e-01>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>

// The overflow proof: 16 * 127 * 255 = 518,160 is below 2^19 = 524,288; 17 are
// above.
module attributes {rs.target = #rs.target<"eyeriss-int8", {psum_bits = "20"}>} {
  // CHECK-LABEL: func @proved
  // CHECK: rs.conv2d
  func.func @proved(%x: tensor<1x16x1x1x!u8>) -> tensor<1x1x1x1x!u8> {
    %w = nn.constant dense<-127> : tensor<1x16x1x1xi8> -> tensor<1x16x1x1x!w>
    %0 = nn.conv2d %x, %w {rescale = #nn.rescale<[33554432], [30]>} : (tensor<1x16x1x1x!u8>, tensor<1x16x1x1x!w>) -> tensor<1x1x1x1x!u8>
    return %0 : tensor<1x1x1x1x!u8>
  }

  // CHECK-LABEL: func @not_proved
  // CHECK-NOT: rs.conv2d
  func.func @not_proved(%x: tensor<1x17x1x1x!u8>) -> tensor<1x1x1x1x!u8> {
    %w = nn.constant dense<-127> : tensor<1x17x1x1xi8> -> tensor<1x17x1x1x!w>
    %0 = nn.conv2d %x, %w {rescale = #nn.rescale<[33554432], [30]>} : (tensor<1x17x1x1x!u8>, tensor<1x17x1x1x!w>) -> tensor<1x1x1x1x!u8>
    return %0 : tensor<1x1x1x1x!u8>
  }
}

// -----

!u8 = !quant.uniform<u8:f32, 5.0e-01>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>

module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  // CHECK-LABEL: func @no_features
  // CHECK: nn.fully_connected
  func.func @no_features(%x: tensor<1x0x!u8>) -> tensor<1x3x!u8> {
    %w = nn.constant dense<> : tensor<3x0xi8> -> tensor<3x0x!w>
    %0 = nn.fully_connected %x, %w {rescale = #nn.rescale<[33554432], [30]>} : (tensor<1x0x!u8>, tensor<3x0x!w>) -> tensor<1x3x!u8>
    return %0 : tensor<1x3x!u8>
  }
}
