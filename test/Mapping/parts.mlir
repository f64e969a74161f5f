// RUN: rowlock-opt --rs-assign-mappings --rs-lower-layers --split-input-file %s | FileCheck %s

// Layers beyond the native shapes run in parts: one frame for each, psums that
// add up go through DRAM raw.

!u8 = !quant.uniform<u8:f32, 5.0e-01>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>

// A filter of 13 rows: 7 and 6, the second from row 7 of filter and ifmap on.
// CHECK: rs.frame @frame0 {{.*}}filter_height = 7
// CHECK: rs.frame @frame1 {{.*}}filter_height = 6
// CHECK: rs.tensor "y" "output"
// CHECK: rs.tensor "{{.*}}.psums" "intermediate" : {{.*}}tensor<1x1x2x2xi32>
// CHECK: rs.layer {{.*}}split = "13 filter rows exceed the 12 of a native layer"
// CHECK:   rs.configure @frame0
// CHECK-NOT: rs.load_psums
// CHECK:   rs.pass {{.*}}init_when
// CHECK:   rs.store {{.*}}raw
// CHECK:   rs.configure @frame1
// CHECK:   rs.load_psums
// CHECK:   rs.pass
// CHECK-NOT: init_when
// CHECK-SAME: filter_rows = array<i64: 7, 1>
// CHECK:   rs.store
// CHECK-NOT: raw
module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  func.func @main(%x: tensor<1x1x14x2x!u8> {nn.name = "x"}) -> (tensor<1x1x2x2x!u8> {nn.name = "y"}) {
    %w = nn.constant dense<1> : tensor<1x1x13x1xi8> -> tensor<1x1x13x1x!w>
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 0, 0, 0, 0>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>} : (tensor<1x1x14x2x!u8>, tensor<1x1x13x1x!w>) -> tensor<1x1x2x2x!u8>
    return %0 : tensor<1x1x2x2x!u8>
  }
}

// -----

!u8 = !quant.uniform<u8:f32, 5.0e-01>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>

// A filter of 30 columns where the ifmap spad has 24 words: 15 and 15.
// CHECK: rs.frame @frame0 {{.*}}filter_width = 15
// CHECK: rs.frame @frame1 {{.*}}filter_width = 15
// CHECK: split = "30 filter columns exceed the 24 of a native layer"
// CHECK: rs.load_psums
// CHECK: rs.pass {{.*}}filter_columns = array<i64: 15, 1>
module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  func.func @main(%x: tensor<1x1x2x31x!u8> {nn.name = "x"}) -> (tensor<1x1x2x2x!u8> {nn.name = "y"}) {
    %w = nn.constant dense<1> : tensor<1x1x1x30xi8> -> tensor<1x1x1x30x!w>
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 0, 0, 0, 0>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>} : (tensor<1x1x2x31x!u8>, tensor<1x1x1x30x!w>) -> tensor<1x1x2x2x!u8>
    return %0 : tensor<1x1x2x2x!u8>
  }
}

// -----

!u8 = !quant.uniform<u8:f32, 5.0e-01>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>

// 1,200 channels: twice 600.
// CHECK: #[[SECOND:.*]] = affine_map<() -> (600)>
// CHECK: split = "1200 channels exceed the 1024 of a native layer"
// CHECK: rs.store {{.*}}raw
// CHECK: rs.load {{.*}}channel = #[[SECOND]]
// CHECK: rs.load_psums
module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  func.func @main(%x: tensor<1x1200x1x1x!u8> {nn.name = "x"}) -> (tensor<1x1x1x1x!u8> {nn.name = "y"}) {
    %w = nn.constant dense<1> : tensor<1x1200x1x1xi8> -> tensor<1x1200x1x1x!w>
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 0, 0, 0, 0>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>, part_mappings = [#rs.mapping<"n=1 m=1 h=1 f=1 c=600 e=1 p=1 q=1 r=1 t=1 g=1 order=gmnhfc/cms prefetch=none">, #rs.mapping<"n=1 m=1 h=1 f=1 c=600 e=1 p=1 q=1 r=1 t=1 g=1 order=gmnhfc/cms prefetch=none">]} : (tensor<1x1200x1x1x!u8>, tensor<1x1200x1x1x!w>) -> tensor<1x1x1x1x!u8>
    return %0 : tensor<1x1x1x1x!u8>
  }
}

// -----

!u8 = !quant.uniform<u8:f32, 5.0e-01>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>

// 1,100 filters: two parts that make their own channels, no raw psums.
// CHECK-NOT: .psums
// CHECK: split = "1100 filters exceed the 1024 of a native layer"
// CHECK: rs.configure @frame0
// CHECK: rs.configure @frame1
// CHECK-NOT: rs.load_psums
module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  func.func @main(%x: tensor<1x1x1x1x!u8> {nn.name = "x"}) -> (tensor<1x1100x1x1x!u8> {nn.name = "y"}) {
    %w = nn.constant dense<1> : tensor<1100x1x1x1xi8> -> tensor<1100x1x1x1x!w>
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 0, 0, 0, 0>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>} : (tensor<1x1x1x1x!u8>, tensor<1100x1x1x1x!w>) -> tensor<1x1100x1x1x!u8>
    return %0 : tensor<1x1100x1x1x!u8>
  }
}

// -----

!u8 = !quant.uniform<u8:f32, 5.0e-01>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>

// A vertical stride of 3: filter rows of one phase on every third ifmap row.
// CHECK: rs.frame @frame0 {{.*}}stride_y = 1
// CHECK: split = "stride 3 of rows is none of the target's"
// CHECK: rs.load {{.*}}row_step = 3
// CHECK: rs.pass {{.*}}filter_rows = array<i64: 0, 3>
// CHECK: rs.load {{.*}}row_step = 3
// CHECK: rs.load_psums
// CHECK: rs.pass {{.*}}filter_rows = array<i64: 1, 3>
module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  func.func @main(%x: tensor<1x1x7x1x!u8> {nn.name = "x"}) -> (tensor<1x1x2x1x!u8> {nn.name = "y"}) {
    %w = nn.constant dense<1> : tensor<1x1x4x1xi8> -> tensor<1x1x4x1x!w>
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 0, 0, 0, 0>, strides = array<i64: 3, 1>, rescale = #nn.rescale<[33554432], [30]>} : (tensor<1x1x7x1x!u8>, tensor<1x1x4x1x!w>) -> tensor<1x1x2x1x!u8>
    return %0 : tensor<1x1x2x1x!u8>
  }
}

// -----

!u8 = !quant.uniform<u8:f32, 5.0e-01>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>

// A dilation of 2 in columns: even and odd columns of the result, each from
// every second column of the ifmap.
// CHECK: split = "dilation 2 of columns"
// CHECK: rs.load {{.*}}column_step = 2
// CHECK: rs.store {{.*}}column_step = 2
// CHECK: rs.load {{.*}}column_step = 2
// CHECK: rs.store {{.*}}column_step = 2
module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  func.func @main(%x: tensor<1x1x1x7x!u8> {nn.name = "x"}) -> (tensor<1x1x1x3x!u8> {nn.name = "y"}) {
    %w = nn.constant dense<1> : tensor<1x1x1x3xi8> -> tensor<1x1x1x3x!w>
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 0, 0, 0, 0>, strides = array<i64: 1, 1>, dilations = array<i64: 1, 2>, rescale = #nn.rescale<[33554432], [30]>} : (tensor<1x1x1x7x!u8>, tensor<1x1x1x3x!w>) -> tensor<1x1x1x3x!u8>
    return %0 : tensor<1x1x1x3x!u8>
  }
}

// -----

!u8 = !quant.uniform<u8:f32, 5.0e-01>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>

// 1,100 groups: twice 550.
// CHECK: split = "1100 filters exceed the 1024 of a native layer"
// CHECK: rs.load
// CHECK: rs.load
module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  func.func @main(%x: tensor<1x1100x1x1x!u8> {nn.name = "x"}) -> (tensor<1x1100x1x1x!u8> {nn.name = "y"}) {
    %w = nn.constant dense<1> : tensor<1100x1x1x1xi8> -> tensor<1100x1x1x1x!w>
    %0 = rs.conv2d %x, %w {groups = 1100 : i64, pads = array<i64: 0, 0, 0, 0>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>} : (tensor<1x1100x1x1x!u8>, tensor<1100x1x1x1x!w>) -> tensor<1x1100x1x1x!u8>
    return %0 : tensor<1x1100x1x1x!u8>
  }
}
