// RUN: rowlock-opt %s --split-input-file --verify-diagnostics

func.func @valid(%x: tensor<2x5xi8>, %v: tensor<i8>, %e: tensor<0x5xi8>) {
  %0 = nn.slice %x {starts = array<i64: 1, 4>, strides = array<i64: 1, -2>} : (tensor<2x5xi8>) -> tensor<1x3xi8>
  %1 = nn.slice %x {starts = array<i64: 0, 0>, strides = array<i64: 1, 1>} : (tensor<2x5xi8>) -> tensor<0x5xi8>
  %2 = nn.pad %x, %v {low = array<i64: 1, -1>, high = array<i64: 0, 2>, interior = array<i64: 2, 0>, mode = "constant"} : (tensor<2x5xi8>, tensor<i8>) -> tensor<5x6xi8>
  %3 = nn.pad %x {low = array<i64: 1, 4>, high = array<i64: 0, 0>, interior = array<i64: 0, 0>, mode = "reflect"} : (tensor<2x5xi8>) -> tensor<3x9xi8>
  %4 = nn.pad %e {low = array<i64: 0, 9>, high = array<i64: 0, 0>, interior = array<i64: 0, 0>, mode = "wrap"} : (tensor<0x5xi8>) -> tensor<0x14xi8>
  %5 = nn.broadcast %v : (tensor<i8>) -> tensor<3x0xi8>
  return
}

// -----

func.func @f(%x: tensor<2x5xf32>) {
  // expected-error @+1 {{C1: 1 starts and 2 strides for ranks of 2 and 2}}
  %0 = nn.slice %x {starts = array<i64: 0>, strides = array<i64: 1, 1>} : (tensor<2x5xf32>) -> tensor<2x5xf32>
  return
}

// -----

func.func @f(%x: tensor<5xf32>) {
  // expected-error @+1 {{C1: element type 'f32' becomes 'i8'}}
  %0 = nn.slice %x {starts = array<i64: 0>, strides = array<i64: 1>} : (tensor<5xf32>) -> tensor<5xi8>
  return
}

// -----

func.func @f(%x: tensor<5xf32>) {
  // expected-error @+1 {{C1: a stride is 0}}
  %0 = nn.slice %x {starts = array<i64: 0>, strides = array<i64: 0>} : (tensor<5xf32>) -> tensor<5xf32>
  return
}

// -----

func.func @f(%x: tensor<5xf32>) {
  // expected-error @+1 {{C2: 3 elements from 1 on, 3 apart, do not lie in dimension 0 of 5}}
  %0 = nn.slice %x {starts = array<i64: 1>, strides = array<i64: 3>} : (tensor<5xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @f(%x: tensor<5xf32>) {
  // expected-error @+1 {{C2: 3 elements from 3 on, -2 apart, do not lie in dimension 0 of 5}}
  %0 = nn.slice %x {starts = array<i64: 3>, strides = array<i64: -2>} : (tensor<5xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @f(%x: tensor<5xf32>) {
  // expected-error @+1 {{C1: there is no mode 'mirror'}}
  %0 = nn.pad %x {low = array<i64: 0>, high = array<i64: 0>, interior = array<i64: 0>, mode = "mirror"} : (tensor<5xf32>) -> tensor<5xf32>
  return
}

// -----

func.func @f(%x: tensor<5xf32>) {
  // expected-error @+1 {{C1: low, high and interior do not have 1 entries}}
  %0 = nn.pad %x {low = array<i64: 0, 0>, high = array<i64: 0>, interior = array<i64: 0>, mode = "edge"} : (tensor<5xf32>) -> tensor<5xf32>
  return
}

// -----

func.func @f(%x: tensor<5xf32>) {
  // expected-error @+1 {{C1: interior is 1 in mode edge}}
  %0 = nn.pad %x {low = array<i64: 0>, high = array<i64: 0>, interior = array<i64: 1>, mode = "edge"} : (tensor<5xf32>) -> tensor<9xf32>
  return
}

// -----

func.func @f(%x: tensor<5xf32>) {
  // expected-error @+1 {{C1: more than 2^31 elements at dimension 0}}
  %0 = nn.pad %x {low = array<i64: 3000000000>, high = array<i64: 0>, interior = array<i64: 0>, mode = "constant"} : (tensor<5xf32>) -> tensor<5xf32>
  return
}

// -----

func.func @f(%x: tensor<5xf32>) {
  // expected-error @+1 {{C2: element type 'f32' becomes 'f16'}}
  %0 = nn.pad %x {low = array<i64: 0>, high = array<i64: 0>, interior = array<i64: 0>, mode = "constant"} : (tensor<5xf32>) -> tensor<5xf16>
  return
}

// -----

func.func @f(%x: tensor<5xf32>) {
  // expected-error @+1 {{C2: result has shape [6], expected [11]}}
  %0 = nn.pad %x {low = array<i64: 1>, high = array<i64: 1>, interior = array<i64: 1>, mode = "constant"} : (tensor<5xf32>) -> tensor<6xf32>
  return
}

// -----

func.func @f(%x: tensor<5xf32>, %v: tensor<1xf32>) {
  // expected-error @+1 {{C3: the value is no scalar of the input's type, or the mode not constant}}
  %0 = nn.pad %x, %v {low = array<i64: 1>, high = array<i64: 0>, interior = array<i64: 0>, mode = "constant"} : (tensor<5xf32>, tensor<1xf32>) -> tensor<6xf32>
  return
}

// -----

func.func @f(%x: tensor<5xf32>, %v: tensor<f32>) {
  // expected-error @+1 {{C3: the value is no scalar of the input's type, or the mode not constant}}
  %0 = nn.pad %x, %v {low = array<i64: 1>, high = array<i64: 0>, interior = array<i64: 0>, mode = "wrap"} : (tensor<5xf32>, tensor<f32>) -> tensor<6xf32>
  return
}

// -----

func.func @f(%x: tensor<5xf32>) {
  // expected-error @+1 {{C4: reflection of 5 elements at a size of 5}}
  %0 = nn.pad %x {low = array<i64: 1>, high = array<i64: 5>, interior = array<i64: 0>, mode = "reflect"} : (tensor<5xf32>) -> tensor<11xf32>
  return
}

// -----

func.func @f(%x: tensor<0xf32>) {
  // expected-error @+1 {{C4: dimension 0 has no elements}}
  %0 = nn.pad %x {low = array<i64: 1>, high = array<i64: 0>, interior = array<i64: 0>, mode = "edge"} : (tensor<0xf32>) -> tensor<1xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{C1: shape [2, 3] does not broadcast to [4, 3]}}
  %0 = nn.broadcast %x : (tensor<2x3xf32>) -> tensor<4x3xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{C1: shape [2, 3] does not broadcast to [3]}}
  %0 = nn.broadcast %x : (tensor<2x3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{C2: element type 'f32' becomes 'f64'}}
  %0 = nn.broadcast %x : (tensor<2x3xf32>) -> tensor<2x3xf64>
  return
}
