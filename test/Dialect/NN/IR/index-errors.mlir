// RUN: rowlock-opt %s --split-input-file --verify-diagnostics

func.func @valid(%x: tensor<2x5xf16>, %i: tensor<3x1xi32>, %e: tensor<2x9xi64>, %n: tensor<1x1xi64>, %u: tensor<1x5xf16>, %b: tensor<1x6x4xf32>, %s: tensor<1x2x6xf32>) {
  %0 = nn.gather %x, %i {axis = 1 : i64} : (tensor<2x5xf16>, tensor<3x1xi32>) -> tensor<2x3x1xf16>
  %1 = nn.gather_elements %x, %e {axis = 1 : i64} : (tensor<2x5xf16>, tensor<2x9xi64>) -> tensor<2x9xf16>
  %2 = nn.scatter_nd %x, %n, %u {reduction = "max"} : (tensor<2x5xf16>, tensor<1x1xi64>, tensor<1x5xf16>) -> tensor<2x5xf16>
  %3 = nn.top_k %x {axis = 0 : i64, largest} : (tensor<2x5xf16>) -> tensor<1x5xi64>
  %4 = nn.non_max_suppression %b, %s {most = 3 : i64, iou_threshold = 0.5 : f32} : (tensor<1x6x4xf32>, tensor<1x2x6xf32>) -> tensor<6x3xi64>
  %c = nn.constant dense<[[0, 1]]> : tensor<1x2xi64> -> tensor<1x2xi64>
  %w = nn.constant dense<0.5> : tensor<1x2xf32> -> tensor<1x2xf32>
  %5 = nn.resample %b, %c, %w {axis = 1 : i64} : (tensor<1x6x4xf32>, tensor<1x2xi64>, tensor<1x2xf32>) -> tensor<1x1x4xf32>
  return
}

// -----

func.func @f(%x: tensor<2x5xf32>, %i: tensor<3xi64>) {
  // expected-error @+1 {{C1: axis 2 is not between 0 and 1}}
  %0 = nn.gather %x, %i {axis = 2 : i64} : (tensor<2x5xf32>, tensor<3xi64>) -> tensor<2x3xf32>
  return
}

// -----

func.func @f(%x: tensor<0x5xf32>, %i: tensor<3xi64>) {
  // expected-error @+1 {{C1: the dimension has no elements}}
  %0 = nn.gather %x, %i {axis = 0 : i64} : (tensor<0x5xf32>, tensor<3xi64>) -> tensor<3x5xf32>
  return
}

// -----

func.func @f(%x: tensor<2x5xf32>, %i: tensor<3xi16>) {
  // expected-error @+1 {{C2: the indices are neither i32 nor i64}}
  %0 = nn.gather %x, %i {axis = 1 : i64} : (tensor<2x5xf32>, tensor<3xi16>) -> tensor<2x3xf32>
  return
}

// -----

func.func @f(%x: tensor<2x5xf32>, %i: tensor<3xi64>) {
  // expected-error @+1 {{C3: input and result differ in element type}}
  %0 = nn.gather %x, %i {axis = 1 : i64} : (tensor<2x5xf32>, tensor<3xi64>) -> tensor<2x3xf64>
  return
}

// -----

func.func @f(%x: tensor<2x5xf32>, %i: tensor<3xi64>) {
  // expected-error @+1 {{C3: result has shape [3, 2], expected [2, 3]}}
  %0 = nn.gather %x, %i {axis = 1 : i64} : (tensor<2x5xf32>, tensor<3xi64>) -> tensor<3x2xf32>
  return
}

// -----

func.func @f(%x: tensor<2x5xf32>, %i: tensor<3x5xi64>) {
  // expected-error @+1 {{C2: indices of shape [3, 5] for an input of [2, 5]}}
  %0 = nn.gather_elements %x, %i {axis = 1 : i64} : (tensor<2x5xf32>, tensor<3x5xi64>) -> tensor<3x5xf32>
  return
}

// -----

func.func @f(%x: tensor<2x5xf32>, %i: tensor<3x5xi64>) {
  // expected-error @+1 {{C3: result has shape [2, 5], expected [3, 5]}}
  %0 = nn.gather_elements %x, %i {axis = 0 : i64} : (tensor<2x5xf32>, tensor<3x5xi64>) -> tensor<2x5xf32>
  return
}

// -----

func.func @f(%x: tensor<2x5xf32>, %i: tensor<4x3xi64>, %u: tensor<4xf32>) {
  // expected-error @+1 {{C1: indices of shape [4, 3] for an input of [2, 5]}}
  %0 = nn.scatter_nd %x, %i, %u {reduction = "none"} : (tensor<2x5xf32>, tensor<4x3xi64>, tensor<4xf32>) -> tensor<2x5xf32>
  return
}

// -----

func.func @f(%x: tensor<2x5xf32>, %i: tensor<4x1xi64>, %u: tensor<4xf32>) {
  // expected-error @+1 {{C1: updates has shape [4], expected [4, 5]}}
  %0 = nn.scatter_nd %x, %i, %u {reduction = "none"} : (tensor<2x5xf32>, tensor<4x1xi64>, tensor<4xf32>) -> tensor<2x5xf32>
  return
}

// -----

func.func @f(%x: tensor<2x5xf32>, %i: tensor<4x2xi64>, %u: tensor<4xf64>) {
  // expected-error @+1 {{C2: the element types differ or are quantised}}
  %0 = nn.scatter_nd %x, %i, %u {reduction = "none"} : (tensor<2x5xf32>, tensor<4x2xi64>, tensor<4xf64>) -> tensor<2x5xf32>
  return
}

// -----

func.func @f(%x: tensor<0x5xf32>, %i: tensor<4x2xi64>, %u: tensor<4xf32>) {
  // expected-error @+1 {{C2: a dimension that is indexed has no elements}}
  %0 = nn.scatter_nd %x, %i, %u {reduction = "none"} : (tensor<0x5xf32>, tensor<4x2xi64>, tensor<4xf32>) -> tensor<0x5xf32>
  return
}

// -----

func.func @f(%x: tensor<2x5xi1>, %i: tensor<4x2xi64>, %u: tensor<4xi1>) {
  // expected-error @+1 {{C3: no reduction 'add' of 'i1'}}
  %0 = nn.scatter_nd %x, %i, %u {reduction = "add"} : (tensor<2x5xi1>, tensor<4x2xi64>, tensor<4xi1>) -> tensor<2x5xi1>
  return
}

// -----

func.func @f(%x: tensor<5xf32>, %i: tensor<2x1xi64>) {
  %w = nn.constant dense<0.5> : tensor<2x1xf32> -> tensor<2x1xf32>
  // expected-error @+1 {{C2: indices and weights are no constants of i64 and f32, of rank 2}}
  %0 = nn.resample %x, %i, %w {axis = 0 : i64} : (tensor<5xf32>, tensor<2x1xi64>, tensor<2x1xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%x: tensor<5xf32>) {
  %i = nn.constant dense<[[0], [5]]> : tensor<2x1xi64> -> tensor<2x1xi64>
  %w = nn.constant dense<0.5> : tensor<2x1xf32> -> tensor<2x1xf32>
  // expected-error @+1 {{C2: the input has no line 5}}
  %0 = nn.resample %x, %i, %w {axis = 0 : i64} : (tensor<5xf32>, tensor<2x1xi64>, tensor<2x1xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%x: tensor<5xf16>) {
  %i = nn.constant dense<[[0], [4]]> : tensor<2x1xi64> -> tensor<2x1xi64>
  %w = nn.constant dense<0.5> : tensor<2x1xf32> -> tensor<2x1xf32>
  // expected-error @+1 {{C3: input and result must be f32}}
  %0 = nn.resample %x, %i, %w {axis = 0 : i64} : (tensor<5xf16>, tensor<2x1xi64>, tensor<2x1xf32>) -> tensor<2xf16>
  return
}

// -----

func.func @f(%x: tensor<5xf32>) {
  // expected-error @+1 {{C2: 'tensor<6xi64>' holds no indices of 'tensor<5xf32>'}}
  %0 = nn.top_k %x {axis = 0 : i64} : (tensor<5xf32>) -> tensor<6xi64>
  return
}

// -----

func.func @f(%x: tensor<5xi1>) {
  // expected-error @+1 {{C3: the input is quantised or i1}}
  %0 = nn.top_k %x {axis = 0 : i64} : (tensor<5xi1>) -> tensor<2xi64>
  return
}

// -----

func.func @f(%b: tensor<1x6x4xf32>, %s: tensor<1x2x5xf32>) {
  // expected-error @+1 {{C1: boxes of [1, 6, 4] and scores of [1, 2, 5]}}
  %0 = nn.non_max_suppression %b, %s {most = 3 : i64, iou_threshold = 0.5 : f32} : (tensor<1x6x4xf32>, tensor<1x2x5xf32>) -> tensor<6x3xi64>
  return
}

// -----

func.func @f(%b: tensor<1x6x4xf32>, %s: tensor<1x2x6xf32>) {
  // expected-error @+1 {{C2: the result is not i64 of shape N x 3}}
  %0 = nn.non_max_suppression %b, %s {most = 3 : i64, iou_threshold = 0.5 : f32} : (tensor<1x6x4xf32>, tensor<1x2x6xf32>) -> tensor<6x4xi64>
  return
}

// -----

func.func @f(%b: tensor<1x6x4xf32>, %s: tensor<1x2x6xf32>) {
  // expected-error @+1 {{C3: most is -1}}
  %0 = nn.non_max_suppression %b, %s {most = -1 : i64, iou_threshold = 0.5 : f32} : (tensor<1x6x4xf32>, tensor<1x2x6xf32>) -> tensor<6x3xi64>
  return
}
