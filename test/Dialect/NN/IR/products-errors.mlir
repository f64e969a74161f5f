// RUN: rowlock-opt %s --split-input-file --verify-diagnostics

func.func @f(%x: tensor<1x3xf32>, %w: tensor<2x4xf32>) {
  // expected-error @+1 {{C1: input of shape [1, 3] and filter of shape [2, 4] have no common second size of rank 2}}
  %0 = nn.fully_connected %x, %w : (tensor<1x3xf32>, tensor<2x4xf32>) -> tensor<1x2xf32>
  return
}

// -----

func.func @f(%x: tensor<1x3xf32>, %w: tensor<2x3xf32>, %b: tensor<1xf32>) {
  // expected-error @+1 {{C2: bias has shape [1], expected [2]}}
  %0 = nn.fully_connected %x, %w, %b : (tensor<1x3xf32>, tensor<2x3xf32>, tensor<1xf32>) -> tensor<1x2xf32>
  return
}

// -----

func.func @f(%x: tensor<1x3xf32>, %w: tensor<2x3xf32>) {
  // expected-error @+1 {{C2: result has shape [1, 3], expected [1, 2]}}
  %0 = nn.fully_connected %x, %w : (tensor<1x3xf32>, tensor<2x3xf32>) -> tensor<1x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x3xf32>, %w: tensor<2x3xf32>) {
  // expected-error @+1 {{C6: a quantised layer has rescale or product_shift, a float one none}}
  %0 = nn.fully_connected %x, %w {product_shift = 1 : i64} : (tensor<1x3xf32>, tensor<2x3xf32>) -> tensor<1x2xf32>
  return
}

// -----

func.func @f(%x: tensor<1x3xf32>, %w: tensor<2x3xf32>) {
  // expected-error @+1 {{C1: shapes [1, 3] and [2, 3] have no matrix product}}
  %0 = nn.matmul %x, %w : (tensor<1x3xf32>, tensor<2x3xf32>) -> tensor<1x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x3xi32>, %w: tensor<3x2xf32>) {
  // expected-error @+1 {{C1: operands and result must be f32}}
  %0 = nn.matmul %x, %w : (tensor<1x3xi32>, tensor<3x2xf32>) -> tensor<1x2xf32>
  return
}

// -----

func.func @f(%x: tensor<1x3xf32>, %w: tensor<3x2xf32>) {
  // expected-error @+1 {{C1: result has shape [2, 1], expected [1, 2]}}
  %0 = nn.matmul %x, %w : (tensor<1x3xf32>, tensor<3x2xf32>) -> tensor<2x1xf32>
  return
}

// -----

func.func @f(%x: tensor<1x3xf32>, %w: tensor<2x3xi32>) {
  // expected-error @+1 {{C8: input, filter and result are not all f32 or all quantised}}
  %0 = nn.fully_connected %x, %w : (tensor<1x3xf32>, tensor<2x3xi32>) -> tensor<1x2xf32>
  return
}

// -----

func.func @f(%x: tensor<2x1x3xf32>, %w: tensor<4x3x2xf32>) {
  // expected-error @+1 {{C1: the leading dimensions of [2, 1, 3] and [4, 3, 2] do not broadcast}}
  %0 = nn.matmul %x, %w : (tensor<2x1x3xf32>, tensor<4x3x2xf32>) -> tensor<4x1x2xf32>
  return
}

// -----

func.func @f(%x: tensor<3xf32>, %w: tensor<3x2xf32>) {
  // expected-error @+1 {{C1: shapes [3] and [3, 2] have no matrix product}}
  %0 = nn.matmul %x, %w : (tensor<3xf32>, tensor<3x2xf32>) -> tensor<2xf32>
  return
}
