// RUN: rowlock-opt %s --split-input-file --verify-diagnostics

func.func @f(%x: tensor<4x5x5xf32>, %w: tensor<2x4x3x3xf32>) {
  // expected-error @+1 {{C1: input has rank 3 and filter rank 4, expected 4}}
  %0 = nn.conv2d %x, %w : (tensor<4x5x5xf32>, tensor<2x4x3x3xf32>) -> tensor<1x2x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x5x5xf32>, %w: tensor<2x4x3x3xf32>) {
  // expected-error @+1 {{C2: strides has 1 entries, expected 2}}
  %0 = nn.conv2d %x, %w {strides = array<i64: 1>} : (tensor<1x4x5x5xf32>, tensor<2x4x3x3xf32>) -> tensor<1x2x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x5x5xf32>, %w: tensor<2x4x3x3xf32>) {
  // expected-error @+1 {{C2: strides has an entry 0, below 1}}
  %0 = nn.conv2d %x, %w {strides = array<i64: 1, 0>} : (tensor<1x4x5x5xf32>, tensor<2x4x3x3xf32>) -> tensor<1x2x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x5x5xf32>, %w: tensor<2x4x3x3xf32>) {
  // expected-error @+1 {{C2: dilations has an entry -1, below 1}}
  %0 = nn.conv2d %x, %w {dilations = array<i64: -1, 1>} : (tensor<1x4x5x5xf32>, tensor<2x4x3x3xf32>) -> tensor<1x2x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x5x5xf32>, %w: tensor<2x4x3x3xf32>) {
  // expected-error @+1 {{C2: pads has an entry 9223372036854775807, above 2147483647}}
  %0 = nn.conv2d %x, %w {pads = array<i64: 0, 0, 9223372036854775807, 0>} : (tensor<1x4x5x5xf32>, tensor<2x4x3x3xf32>) -> tensor<1x2x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x5x9223372036854775807xf32>, %w: tensor<2x4x3x3xf32>) {
  // expected-error @+1 {{operand #0 must be ranked tensor of static shape, of at most 2^31 elements}}
  %0 = nn.conv2d %x, %w : (tensor<1x4x5x9223372036854775807xf32>, tensor<2x4x3x3xf32>) -> tensor<1x2x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x5x5xf32>, %w: tensor<2x4x3x3xf32>) {
  // expected-error @+1 {{C2: pads has 2 entries, expected 4}}
  %0 = nn.conv2d %x, %w {pads = array<i64: 1, 1>} : (tensor<1x4x5x5xf32>, tensor<2x4x3x3xf32>) -> tensor<1x2x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x5x5xf32>, %w: tensor<2x4x3x3xf32>) {
  // expected-error @+1 {{C2: pads has an entry -1, below 0}}
  %0 = nn.conv2d %x, %w {pads = array<i64: 1, 1, -1, 1>} : (tensor<1x4x5x5xf32>, tensor<2x4x3x3xf32>) -> tensor<1x2x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x5x5xf32>, %w: tensor<2x4x3x3xf32>) {
  // expected-error @+1 {{C3: 2 groups do not fit 4 channels and a filter of shape [2, 4, 3, 3]}}
  %0 = nn.conv2d %x, %w {groups = 2 : i64} : (tensor<1x4x5x5xf32>, tensor<2x4x3x3xf32>) -> tensor<1x2x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x5x5xf32>, %w: tensor<2x4x3x3xf32>) {
  // expected-error @+1 {{C3: 0 groups do not fit}}
  %0 = nn.conv2d %x, %w {groups = 0 : i64} : (tensor<1x4x5x5xf32>, tensor<2x4x3x3xf32>) -> tensor<1x2x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x5x5xf32>, %w: tensor<2x4x3x3xf32>, %b: tensor<3xf32>) {
  // expected-error @+1 {{C4: bias has shape [3], expected [2]}}
  %0 = nn.conv2d %x, %w, %b : (tensor<1x4x5x5xf32>, tensor<2x4x3x3xf32>, tensor<3xf32>) -> tensor<1x2x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x5x5xf32>, %w: tensor<2x4x3x3xf32>) {
  // expected-error @+1 {{C5: result has shape [1, 2, 3, 3], expected [1, 2, 5, 3]}}
  %0 = nn.conv2d %x, %w {pads = array<i64: 1, 0, 1, 0>} : (tensor<1x4x5x5xf32>, tensor<2x4x3x3xf32>) -> tensor<1x2x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x4x5x5xf32>, %w: tensor<2x4x3x3xf32>) {
  // expected-error @+1 {{C5: the window does not fit: result would have shape [1, 2, 0, 3]}}
  %0 = nn.conv2d %x, %w {dilations = array<i64: 3, 1>} : (tensor<1x4x5x5xf32>, tensor<2x4x3x3xf32>) -> tensor<1x2x3x3xf32>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<1x1x2x2x!q>, %w: tensor<2x1x2x2x!q>) {
  // expected-error @+1 {{C6: input and result are not both quantised}}
  %0 = nn.conv2d %x, %w : (tensor<1x1x2x2x!q>, tensor<2x1x2x2x!q>) -> tensor<1x2x1x1xf32>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<1x1x2x2x!q>, %w: tensor<2x1x2x2x!q>) {
  // expected-error @+1 {{C6: a quantised layer has rescale or product_shift, a float one none}}
  %0 = nn.conv2d %x, %w : (tensor<1x1x2x2x!q>, tensor<2x1x2x2x!q>) -> tensor<1x2x1x1x!q>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<1x1x2x2x!q>, %w: tensor<2x1x2x2x!q>) {
  // expected-error @+1 {{C6: a quantised layer has rescale or product_shift, a float one none}}
  %0 = nn.conv2d %x, %w {product_shift = 1 : i64, rescale = #nn.rescale<[1], [2]>} : (tensor<1x1x2x2x!q>, tensor<2x1x2x2x!q>) -> tensor<1x2x1x1x!q>
  return
}

// -----

func.func @f(%x: tensor<1x4x5x5xf32>, %w: tensor<2x4x3x3xf32>) {
  // expected-error @+1 {{C6: a quantised layer has rescale or product_shift, a float one none}}
  %0 = nn.conv2d %x, %w {rescale = #nn.rescale<[1], [2]>} : (tensor<1x4x5x5xf32>, tensor<2x4x3x3xf32>) -> tensor<1x2x3x3xf32>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<1x1x2x2x!q>, %w: tensor<2x1x2x2x!q>) {
  // expected-error @+1 {{C6: rescale has 3 entries, expected 1 or 2}}
  %0 = nn.conv2d %x, %w {rescale = #nn.rescale<[1, 1, 1], [2, 2, 2]>} : (tensor<1x1x2x2x!q>, tensor<2x1x2x2x!q>) -> tensor<1x2x1x1x!q>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<1x1x2x2x!q>, %w: tensor<2x1x2x2x!q>) {
  // expected-error @+1 {{C6: product_shift 17 exceeds 16}}
  %0 = nn.conv2d %x, %w {product_shift = 17 : i64} : (tensor<1x1x2x2x!q>, tensor<2x1x2x2x!q>) -> tensor<1x2x1x1x!q>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<1x1x2x2x!q>, %w: tensor<2x1x2x2x!q>) {
  // expected-error @+1 {{C7: activation on a quantised layer}}
  %0 = nn.conv2d %x, %w {activation = #nn.clip<0.0, inf>, rescale = #nn.rescale<[1], [2]>} : (tensor<1x1x2x2x!q>, tensor<2x1x2x2x!q>) -> tensor<1x2x1x1x!q>
  return
}

// -----

func.func @f(%x: tensor<1x1x2x2xf32>, %w: tensor<1x1x2x2xi32>) {
  // expected-error @+1 {{C8: input, filter and result are not all f32 or all quantised}}
  %0 = nn.conv2d %x, %w : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xi32>) -> tensor<1x1x1x1xf32>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<1x1x2x2x!q>, %w: tensor<1x1x2x2xf32>) {
  // expected-error @+1 {{C8: input, filter and result are not all f32 or all quantised}}
  %0 = nn.conv2d %x, %w {rescale = #nn.rescale<[1], [2]>} : (tensor<1x1x2x2x!q>, tensor<1x1x2x2xf32>) -> tensor<1x1x1x1x!q>
  return
}

// -----

func.func @f(%x: tensor<1x1x2x2xf32>, %w: tensor<1x1x2x2xf32>, %b: tensor<1xi32>) {
  // expected-error @+1 {{C8: bias of 'tensor<1xi32>' in a float layer}}
  %0 = nn.conv2d %x, %w, %b : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xf32>, tensor<1xi32>) -> tensor<1x1x1x1xf32>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<1x1x2x2x!q>, %w: tensor<1x1x2x2x!q>, %b: tensor<1xf32>) {
  // expected-error @+1 {{C8: bias of 'tensor<1xf32>' in a quantised layer}}
  %0 = nn.conv2d %x, %w, %b {rescale = #nn.rescale<[1], [2]>} : (tensor<1x1x2x2x!q>, tensor<1x1x2x2x!q>, tensor<1xf32>) -> tensor<1x1x1x1x!q>
  return
}
