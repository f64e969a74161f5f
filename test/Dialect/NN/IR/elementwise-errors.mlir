// RUN: rowlock-opt %s --split-input-file --verify-diagnostics

func.func @f() {
  // expected-error @+1 {{C1: value has shape [2], the result [1, 2]}}
  %0 = nn.constant dense<[1.0, 2.0]> : tensor<2xf32> -> tensor<1x2xf32>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f() {
  // expected-error @+1 {{C2: value holds 'i16', the result 'i8'}}
  %0 = nn.constant dense<[1, 2]> : tensor<2xi16> -> tensor<2x!q>
  return
}

// -----

func.func @f() {
  // expected-error @+1 {{C2: value holds 'i32', the result 'f32'}}
  %0 = nn.constant dense<[1, 2]> : tensor<2xi32> -> tensor<2xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>, %y: tensor<2xf32>) {
  // expected-error @+1 {{C1: shapes [2, 3] and [2] do not broadcast}}
  %0 = nn.add %x, %y : (tensor<2x3xf32>, tensor<2xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>, %y: tensor<3xf32>) {
  // expected-error @+1 {{C1: result has shape [3], expected [2, 3]}}
  %0 = nn.add %x, %y : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<2x!q>, %y: tensor<2xf32>) {
  // expected-error @+1 {{C2: operands and result are not all quantised}}
  %0 = nn.add %x, %y : (tensor<2x!q>, tensor<2xf32>) -> tensor<2x!q>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<2x!q>) {
  // expected-error @+1 {{C2: a quantised sum has multipliers and a rescale of one entry, a float one neither}}
  %0 = nn.add %x, %x {rescale = #nn.rescale<[1], [2]>} : (tensor<2x!q>, tensor<2x!q>) -> tensor<2x!q>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<2x!q>) {
  // expected-error @+1 {{C2: a quantised sum has multipliers and a rescale of one entry, a float one neither}}
  %0 = nn.add %x, %x {multipliers = array<i64: 1, 1>, rescale = #nn.rescale<[1, 1], [2, 2]>} : (tensor<2x!q>, tensor<2x!q>) -> tensor<2x!q>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error @+1 {{C2: a quantised sum has multipliers and a rescale of one entry, a float one neither}}
  %0 = nn.add %x, %x {multipliers = array<i64: 1, 1>} : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<2x!q>) {
  // expected-error @+1 {{C2: multipliers has 3 entries, expected 2}}
  %0 = nn.add %x, %x {multipliers = array<i64: 1, 1, 1>, rescale = #nn.rescale<[1], [2]>} : (tensor<2x!q>, tensor<2x!q>) -> tensor<2x!q>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<2x!q>) {
  // expected-error @+1 {{C2: multiplier 4194305 exceeds 2^22}}
  %0 = nn.add %x, %x {multipliers = array<i64: 1, 4194305>, rescale = #nn.rescale<[1], [2]>} : (tensor<2x!q>, tensor<2x!q>) -> tensor<2x!q>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error @+1 {{C1: result has shape [3], expected [2]}}
  %0 = nn.clip %x {activation = #nn.clip<0.0, inf>} : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error @+1 {{C2: a float clip has an activation, a quantised one has not}}
  %0 = nn.clip %x : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<2x!q>) {
  // expected-error @+1 {{C2: a float clip has an activation, a quantised one has not}}
  %0 = nn.clip %x {activation = #nn.clip<0.0, inf>} : (tensor<2x!q>) -> tensor<2x!q>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{C1: 6 elements do not fill shape [5]}}
  %0 = nn.reshape %x : (tensor<2x3xf32>) -> tensor<5xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error @+1 {{C2: element type 'f32' becomes 'i32'}}
  %0 = nn.reshape %x : (tensor<2xf32>) -> tensor<2x1xi32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>, %p: tensor<2xf32>) {
  // expected-error @+1 {{C1: the result's type is not the input's, f32 of rank 2 or more}}
  %0 = nn.batch_norm %x, %p, %p, %p, %p : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%x: tensor<1x2xf32>, %p: tensor<2xf32>, %v: tensor<3xf32>) {
  // expected-error @+1 {{C1: parameter has shape [3], expected [2]}}
  %0 = nn.batch_norm %x, %p, %p, %p, %v : (tensor<1x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<3xf32>) -> tensor<1x2xf32>
  return
}

// -----

func.func @f(%x: tensor<1x2xf32>) {
  // expected-error @+1 {{C1: result has shape [2, 1], expected [1, 2]}}
  %0 = nn.softmax %x {axis = 1 : i64} : (tensor<1x2xf32>) -> tensor<2x1xf32>
  return
}

// -----

func.func @f(%x: tensor<1x2xf32>) {
  // expected-error @+1 {{C2: axis 2 is not between 0 and 1}}
  %0 = nn.softmax %x {axis = 2 : i64} : (tensor<1x2xf32>) -> tensor<1x2xf32>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<2x!q>) {
  // expected-error @+1 {{C1: input must be f32 and result quantised}}
  %0 = nn.quantize %x : (tensor<2x!q>) -> tensor<2x!q>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<2xf32>) {
  // expected-error @+1 {{C1: result has shape [1], expected [2]}}
  %0 = nn.quantize %x : (tensor<2xf32>) -> tensor<1x!q>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error @+1 {{C1: input must be quantised and result f32}}
  %0 = nn.dequantize %x : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<2x!q>) {
  // expected-error @+1 {{C1: result has shape [3], expected [2]}}
  %0 = nn.dequantize %x : (tensor<2x!q>) -> tensor<3xf32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error @+1 {{C2: operands and result are not all f32 or all quantised}}
  %0 = nn.add %x, %x : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error @+1 {{C3: operands and result are not all f32 or all quantised}}
  %0 = nn.clip %x {activation = #nn.clip<0.0, inf>} : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
!s = !quant.uniform<i8:f32, 0.25>
func.func @f(%x: tensor<2x!q>) {
  // expected-error @+1 {{C3: input and result differ in scale or zero point}}
  %0 = nn.clip %x : (tensor<2x!q>) -> tensor<2x!s>
  return
}

// -----

func.func @f(%x: tensor<1x2xf32>, %p: tensor<2xf32>, %v: tensor<2xi32>) {
  // expected-error @+1 {{C1: operands and result are not all f32 or all quantised}}
  %0 = nn.batch_norm %x, %p, %p, %p, %v : (tensor<1x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xi32>) -> tensor<1x2xf32>
  return
}

// -----

func.func @f(%x: tensor<1x2xi32>) {
  // expected-error @+1 {{C1: input and result must be f32}}
  %0 = nn.softmax %x {axis = 1 : i64} : (tensor<1x2xi32>) -> tensor<1x2xi32>
  return
}
