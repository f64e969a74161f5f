// RUN: rowlock-opt %s --split-input-file --verify-diagnostics

func.func @f(%x: tensor<1x4x4xf32>) {
  // expected-error @+1 {{C1: input has rank 3, expected 4}}
  %0 = nn.max_pool2d %x {kernel = array<i64: 2, 2>} : (tensor<1x4x4xf32>) -> tensor<1x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{C1: kernel has an entry 0, below 1}}
  %0 = nn.max_pool2d %x {kernel = array<i64: 2, 0>} : (tensor<1x1x4x4xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{C1: strides has 1 entries, expected 2}}
  %0 = nn.max_pool2d %x {kernel = array<i64: 2, 2>, strides = array<i64: 2>} : (tensor<1x1x4x4xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{C1: pads has an entry -1, below 0}}
  %0 = nn.max_pool2d %x {kernel = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, -1>} : (tensor<1x1x4x4xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{C1: pad 2 is not below the kernel's span of 2}}
  %0 = nn.max_pool2d %x {kernel = array<i64: 2, 2>, pads = array<i64: 0, 0, 2, 0>} : (tensor<1x1x4x4xf32>) -> tensor<1x1x5x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{C2: result has shape [1, 1, 3, 3], expected [1, 1, 2, 2]}}
  %0 = nn.max_pool2d %x {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>} : (tensor<1x1x4x4xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{C2: the window does not fit}}
  %0 = nn.max_pool2d %x {kernel = array<i64: 5, 2>} : (tensor<1x1x4x4xf32>) -> tensor<1x1x1x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x4xf32>) {
  // expected-error @+1 {{C1: input has rank 3, expected 4}}
  %0 = nn.average_pool2d %x {kernel = array<i64: 2, 2>} : (tensor<1x4x4xf32>) -> tensor<1x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{C1: kernel has an entry 0, below 1}}
  %0 = nn.average_pool2d %x {kernel = array<i64: 2, 0>} : (tensor<1x1x4x4xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{C1: strides has 1 entries, expected 2}}
  %0 = nn.average_pool2d %x {kernel = array<i64: 2, 2>, strides = array<i64: 2>} : (tensor<1x1x4x4xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{C1: pads has an entry -1, below 0}}
  %0 = nn.average_pool2d %x {kernel = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, -1>} : (tensor<1x1x4x4xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{C1: pad 2 is not below the kernel's span of 2}}
  %0 = nn.average_pool2d %x {kernel = array<i64: 2, 2>, pads = array<i64: 0, 0, 2, 0>} : (tensor<1x1x4x4xf32>) -> tensor<1x1x5x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{C2: result has shape [1, 1, 3, 3], expected [1, 1, 2, 2]}}
  %0 = nn.average_pool2d %x {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>} : (tensor<1x1x4x4xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{C2: the window does not fit}}
  %0 = nn.average_pool2d %x {kernel = array<i64: 5, 2>} : (tensor<1x1x4x4xf32>) -> tensor<1x1x1x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{C1: dilations has an entry 0, below 1}}
  %0 = nn.max_pool2d %x {kernel = array<i64: 2, 2>, dilations = array<i64: 0, 1>} : (tensor<1x1x4x4xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
!s = !quant.uniform<i8:f32, 0.25>
func.func @f(%x: tensor<1x1x4x4x!q>) {
  // expected-error @+1 {{C3: input and result differ in scale, zero point or element type}}
  %0 = nn.max_pool2d %x {kernel = array<i64: 2, 2>} : (tensor<1x1x4x4x!q>) -> tensor<1x1x3x3x!s>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<1x1x4x4x!q>) {
  // expected-error @+1 {{C3: input and result differ in scale, zero point or element type}}
  %0 = nn.max_pool2d %x {kernel = array<i64: 2, 2>} : (tensor<1x1x4x4x!q>) -> tensor<1x1x3x3xf32>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<1x1x4x4x!q>) {
  // expected-error @+1 {{C3: a quantised pool has a rescale of 4 entries, a float one none}}
  %0 = nn.average_pool2d %x {kernel = array<i64: 2, 2>} : (tensor<1x1x4x4x!q>) -> tensor<1x1x3x3x!q>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<1x1x4x4x!q>) {
  // expected-error @+1 {{C3: a quantised pool has a rescale of 4 entries, a float one none}}
  %0 = nn.average_pool2d %x {kernel = array<i64: 2, 2>, rescale = #nn.rescale<[1], [2]>} : (tensor<1x1x4x4x!q>) -> tensor<1x1x3x3x!q>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{C3: a quantised pool has a rescale of 4 entries, a float one none}}
  %0 = nn.average_pool2d %x {kernel = array<i64: 2, 2>, rescale = #nn.rescale<[1, 1, 1, 1], [2, 2, 2, 2]>} : (tensor<1x1x4x4xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xi32>) {
  // expected-error @+1 {{C3: operands and result are not all f32 or all quantised}}
  %0 = nn.max_pool2d %x {kernel = array<i64: 2, 2>} : (tensor<1x1x4x4xi32>) -> tensor<1x1x3x3xi32>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xi32>) {
  // expected-error @+1 {{C3: operands and result are not all f32 or all quantised}}
  %0 = nn.average_pool2d %x {kernel = array<i64: 2, 2>} : (tensor<1x1x4x4xi32>) -> tensor<1x1x3x3xi32>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xi32>) {
  // expected-error @+1 {{C3: input must be f32 and result i64}}
  %0 = nn.max_pool_indices2d %x {kernel = array<i64: 2, 2>} : (tensor<1x1x4x4xi32>) -> tensor<1x1x3x3xi64>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{C3: input must be f32 and result i64}}
  %0 = nn.max_pool_indices2d %x {kernel = array<i64: 2, 2>} : (tensor<1x1x4x4xf32>) -> tensor<1x1x3x3xi32>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{C1: pad 2 is not below the kernel's span of 2}}
  %0 = nn.max_pool_indices2d %x {kernel = array<i64: 2, 2>, pads = array<i64: 2, 0, 0, 0>} : (tensor<1x1x4x4xf32>) -> tensor<1x1x5x3xi64>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{C2: result has shape [1, 1, 4, 4], expected [1, 1, 3, 3]}}
  %0 = nn.max_pool_indices2d %x {kernel = array<i64: 2, 2>} : (tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xi64>
  return
}
