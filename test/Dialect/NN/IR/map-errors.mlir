// RUN: rowlock-opt %s --split-input-file --verify-diagnostics

func.func @f(%x: tensor<2xf32>) {
  // expected-error @+1 {{C1: result has shape [3], expected [2]}}
  %0 = nn.cast %x : (tensor<2xf32>) -> tensor<3xi8>
  return
}

// -----

func.func @f(%x: tensor<2x!quant.uniform<i8:f32, 0.5>>) {
  // expected-error @+1 {{C2: '!quant.uniform<i8:f32, 5.000000e-01>' and 'f32' do not hold the same integers}}
  %0 = nn.cast %x : (tensor<2x!quant.uniform<i8:f32, 0.5>>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error @+1 {{C3: 'f16' is not saturated}}
  %0 = nn.cast %x {saturate} : (tensor<2xf32>) -> tensor<2xf16>
  return
}

// -----

func.func @f(%x: tensor<2xf8E5M2>) {
  // expected-error @+1 {{C2: exp takes no 'f8E5M2'}}
  %0 = nn.unary %x {function = "exp"} : (tensor<2xf8E5M2>) -> tensor<2xf8E5M2>
  return
}

// -----

func.func @f(%x: tensor<2xi4>) {
  // expected-error @+1 {{C3: add takes no 'i4'}}
  %0 = nn.binary %x, %x {function = "add"} : (tensor<2xi4>, tensor<2xi4>) -> tensor<2xi4>
  return
}

// -----

func.func @f(%x: tensor<2xi4>) {
  // expected-error @+1 {{C3: max of 'i4' gives no 'i4'}}
  %0 = nn.reduce %x {function = "max", axes = array<i64: 0>} : (tensor<2xi4>) -> tensor<1xi4>
  return
}

// -----

func.func @f(%x: tensor<2xf8E5M2>) {
  // expected-error @+1 {{C1: input and result differ in type or hold no numbers}}
  %0 = nn.cumsum %x {axis = 0 : i64} : (tensor<2xf8E5M2>) -> tensor<2xf8E5M2>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error @+1 {{C1: input and result differ in type or are quantised}}
  %0 = nn.unary %x {function = "exp"} : (tensor<2xf32>) -> tensor<2xf64>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error @+1 {{C2: there is no function 'sinc'}}
  %0 = nn.unary %x {function = "sinc"} : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%x: tensor<2xi8>) {
  // expected-error @+1 {{C2: exp takes no 'i8'}}
  %0 = nn.unary %x {function = "exp"} : (tensor<2xi8>) -> tensor<2xi8>
  return
}

// -----

func.func @f(%x: tensor<2xi1>) {
  // expected-error @+1 {{C2: neg takes no 'i1'}}
  %0 = nn.unary %x {function = "neg"} : (tensor<2xi1>) -> tensor<2xi1>
  return
}

// -----

func.func @f(%x: tensor<2xf32>, %y: tensor<2xf16>) {
  // expected-error @+1 {{C1: the operands differ in type or are quantised}}
  %0 = nn.binary %x, %y {function = "sub"} : (tensor<2xf32>, tensor<2xf16>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>, %y: tensor<3xf32>) {
  // expected-error @+1 {{C1: shapes [2] and [3] do not broadcast}}
  %0 = nn.binary %x, %y {function = "sub"} : (tensor<2xf32>, tensor<3xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error @+1 {{C2: the result has elements of 'f32', expected 'i1'}}
  %0 = nn.binary %x, %x {function = "less"} : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error @+1 {{C3: there is no function 'atan2'}}
  %0 = nn.binary %x, %x {function = "atan2"} : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%x: tensor<2xi1>) {
  // expected-error @+1 {{C3: add takes no 'i1'}}
  %0 = nn.binary %x, %x {function = "add"} : (tensor<2xi1>, tensor<2xi1>) -> tensor<2xi1>
  return
}

// -----

func.func @f(%c: tensor<2xi8>, %x: tensor<2xf32>) {
  // expected-error @+1 {{C1: the condition is not i1}}
  %0 = nn.select %c, %x, %x : (tensor<2xi8>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%c: tensor<2xi1>, %x: tensor<2xf32>, %y: tensor<2xi8>) {
  // expected-error @+1 {{C2: values and result differ in type or are quantised}}
  %0 = nn.select %c, %x, %y : (tensor<2xi1>, tensor<2xf32>, tensor<2xi8>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%c: tensor<2xi1>, %x: tensor<1xf32>) {
  // expected-error @+1 {{C1: result has shape [1], expected [2]}}
  %0 = nn.select %c, %x, %x : (tensor<2xi1>, tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{C1: axis 0 is none of the input's or out of order}}
  %0 = nn.reduce %x {function = "sum", axes = array<i64: 1, 0>} : (tensor<2x3xf32>) -> tensor<1x1xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{C1: arg_max along 2 axes, expected 1}}
  %0 = nn.reduce %x {function = "arg_max", axes = array<i64: 0, 1>} : (tensor<2x3xf32>) -> tensor<1x1xi64>
  return
}

// -----

func.func @f(%x: tensor<0x3xf32>) {
  // expected-error @+1 {{C1: arg_min of no elements}}
  %0 = nn.reduce %x {function = "arg_min", axes = array<i64: 0>} : (tensor<0x3xf32>) -> tensor<1x3xi64>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{C2: result has shape [2, 3], expected [2, 1]}}
  %0 = nn.reduce %x {function = "max", axes = array<i64: 1>} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{C3: arg_max of 'f32' gives no 'f32'}}
  %0 = nn.reduce %x {function = "arg_max", axes = array<i64: 1>} : (tensor<2x3xf32>) -> tensor<2x1xf32>
  return
}

// -----

func.func @f(%x: tensor<2xi1>) {
  // expected-error @+1 {{C3: sum of 'i1' gives no 'i1'}}
  %0 = nn.reduce %x {function = "sum", axes = array<i64: 0>} : (tensor<2xi1>) -> tensor<1xi1>
  return
}

// -----

func.func @f(%x: tensor<2xi1>) {
  // expected-error @+1 {{C1: input and result differ in type or hold no numbers}}
  %0 = nn.cumsum %x {axis = 0 : i64} : (tensor<2xi1>) -> tensor<2xi1>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error @+1 {{C2: axis 1 is not between 0 and 0}}
  %0 = nn.cumsum %x {axis = 1 : i64} : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @f(%x: tensor<2x!q>) {
  // expected-error @+1 {{C2: 2 values, expected 256}}
  %0 = nn.table %x {values = array<i64: 1, 2>} : (tensor<2x!q>) -> tensor<2x!q>
  return
}

// -----

func.func @f(%x: tensor<2x!quant.uniform<i16:f32, 0.5>>) {
  // expected-error @+1 {{C1: input and result are not quantised in 8 bits}}
  %0 = nn.table %x {values = array<i64: 1, 2>} : (tensor<2x!quant.uniform<i16:f32, 0.5>>) -> tensor<2x!quant.uniform<i16:f32, 0.5>>
  return
}
