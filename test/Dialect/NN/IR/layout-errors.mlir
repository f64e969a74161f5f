// RUN: rowlock-opt %s --split-input-file --verify-diagnostics

func.func @f(%x: tensor<2x3xf32>, %y: tensor<2xf32>) {
  // expected-error @+1 {{C1: shapes [2, 3] and [2] do not broadcast}}
  %0 = nn.mul %x, %y : (tensor<2x3xf32>, tensor<2xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{C2: a quantised product has a rescale of one entry, a float one none}}
  %0 = nn.mul %x, %x {rescale = #nn.rescale<[33554432], [30]>} : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<2x!q>, %y: tensor<2xf32>) {
  // expected-error @+1 {{C2: operands and result are not all quantised}}
  %0 = nn.mul %x, %y : (tensor<2x!q>, tensor<2xf32>) -> tensor<2x!q>
  return
}

// -----

func.func @f() {
  // expected-error @+1 {{C1: there is no input}}
  %0 = nn.concat {axis = 0 : i64} : () -> tensor<2xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{C1: axis 2 is not between 0 and 1}}
  %0 = nn.concat %x {axis = 2 : i64} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>, %y: tensor<1x4xf32>) {
  // expected-error @+1 {{C2: an input has shape [1, 4], the result [2, 7] on axis 1}}
  %0 = nn.concat %x, %y {axis = 1 : i64} : (tensor<2x3xf32>, tensor<1x4xf32>) -> tensor<2x7xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>, %y: tensor<2x4xf32>) {
  // expected-error @+1 {{C2: result has shape [2, 8], expected [2, 7]}}
  %0 = nn.concat %x, %y {axis = 1 : i64} : (tensor<2x3xf32>, tensor<2x4xf32>) -> tensor<2x8xf32>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<2x!q>) {
  // expected-error @+1 {{C3: quantised tensors have a rescale with one entry for each input, others none}}
  %0 = nn.concat %x, %x {axis = 0 : i64, rescale = #nn.rescale<[33554432], [30]>} : (tensor<2x!q>, tensor<2x!q>) -> tensor<4x!q>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<2x!q>, %y: tensor<2xf32>) {
  // expected-error @+1 {{C3: the element types differ}}
  %0 = nn.concat %x, %y {axis = 0 : i64, rescale = #nn.rescale<[33554432, 33554432], [30, 30]>} : (tensor<2x!q>, tensor<2xf32>) -> tensor<4x!q>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{C1: [0, 0] is no permutation of the 2 dimensions}}
  %0 = nn.transpose %x {permutation = array<i64: 0, 0>} : (tensor<2x3xf32>) -> tensor<2x2xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{C2: result has shape [2, 3], expected [3, 2]}}
  %0 = nn.transpose %x {permutation = array<i64: 1, 0>} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{C2: element type 'f32' becomes 'i8'}}
  %0 = nn.transpose %x {permutation = array<i64: 1, 0>} : (tensor<2x3xf32>) -> tensor<3x2xi8>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{C2: size is 0, below 1}}
  %0 = nn.lrn %x {size = 0 : i64} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @f(%x: tensor<3xf32>) {
  // expected-error @+1 {{C1: input and result must be f32 of rank 2 or more}}
  %0 = nn.lrn %x {size = 1 : i64} : (tensor<3xf32>) -> tensor<3xf32>
  return
}
