// RUN: rowlock-opt --verify-diagnostics --split-input-file %s

// One illegal mapping for each rule of legality, on AlexNet's CONV3 with the
// published mapping but for what the rule is about. The diagnostic names rule,
// value and bound.

// n at least 1
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: n is 0, below 1}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=0 m=64 h=13 f=13 c=6 e=13 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// m at least 1
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: m is 0, below 1}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=0 h=13 f=13 c=6 e=13 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// h at least 1
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: h is 0, below 1}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=0 f=13 c=6 e=13 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// f at least 1
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: f is 0, below 1}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=0 c=6 e=13 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// c at least 1
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: c is 0, below 1}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=0 e=13 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// e at least 1
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: e is 0, below 1}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=6 e=0 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// p at least 1
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: p is 0, below 1}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=6 e=13 p=0 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// q at least 1
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: q is 0, below 1}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=6 e=13 p=16 q=0 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// r at least 1
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: r is 0, below 1}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=6 e=13 p=16 q=3 r=0 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// t at least 1
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: t is 0, below 1}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=6 e=13 p=16 q=3 r=2 t=0 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// g at least 1
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: g is 0, below 1}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=6 e=13 p=16 q=3 r=2 t=2 g=0 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// n within N
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: n is 5, exceeds N of 4}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=5 m=64 h=13 f=13 c=6 e=13 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// m within M/G
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: m is 385, exceeds M/G of 384}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=385 h=13 f=13 c=6 e=13 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// h within E
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: h is 14, exceeds E of 13}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=14 f=13 c=6 e=13 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// f within F
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: f is 14, exceeds F of 13}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=14 c=6 e=13 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// c within C
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: c is 257, exceeds C of 256}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=257 e=13 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// e within h
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: e is 13, exceeds h of 12}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=12 f=13 c=6 e=13 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// g within G
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: g is 2, exceeds G of 1}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=6 e=13 p=16 q=3 r=2 t=2 g=2 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// p within m
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: p is 16, exceeds m of 15}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=15 h=13 f=13 c=6 e=13 p=16 q=3 r=2 t=1 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// t within m
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: t is 2, exceeds m of 1}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=1 h=13 f=13 c=6 e=13 p=1 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// q within c
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: q is 3, exceeds c of 2}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=2 e=13 p=16 q=3 r=1 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// r within c
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: r is 2, exceeds c of 1}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=1 e=13 p=16 q=1 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// p*t within m
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: p*t is 32, exceeds m of 31}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=31 h=13 f=13 c=6 e=13 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// q*r within c
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: q*r is 6, exceeds c of 5}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=5 e=13 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// filter spad
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {filter_spad_words = "143"}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: p*q*S is 144, exceeds the filter spad of 143 words}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=6 e=13 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// ifmap spad
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {ifmap_spad_words = "8"}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: q*S is 9, exceeds the ifmap spad of 8 words}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=6 e=13 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// psum spad
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {psum_spad_words = "15"}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: p is 16, exceeds the psum spad of 15 words}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=6 e=13 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// record memory
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {record_entries = "63"}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: m*g is 64, exceeds the 63 entries of the record memory}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=6 e=13 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// PE rows
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: R*r is 15, exceeds the 12 PE rows}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=15 e=13 p=16 q=3 r=5 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// slots of the array
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: t*g*segments is 3, exceeds the 2 slots of 6 rows by 13 columns}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=6 e=13 p=16 q=3 r=2 t=3 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// ifmap column IDs
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {ifmap_column_id_bits = "3"}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: number of ifmap column IDs on one row ID is 15, exceeds the 8 of 3 bits}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=6 e=13 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// GLB banks
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {glb_banks = "23"}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: banks(ifmap) + banks(psum) is 25, exceeds the 23 banks of the GLB (5400 ifmap words, 43264 psum words)}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=6 e=13 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// GLB banks, prefetched
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {glb_banks = "25"}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: banks(ifmap) + banks(psum) is 28, exceeds the 25 banks of the GLB (5400 ifmap words twice, 43264 psum words)}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=6 e=13 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=double">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// channel tiles innermost
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{'rs.conv2d' op C3: order has 43 channel tiles outside loop m of 6 trips, exceeds 1: psums stay in the GLB until their last channel}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=6 e=13 p=16 q=3 r=2 t=2 g=1 order=gcmnhf/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

// -----

// order of the loops
!x = !quant.uniform<i16:f32, 5.0e-01>
!w = !quant.uniform<i16<-32767:32767>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  func.func @main(%x: tensor<4x256x13x13x!x>, %w: tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x> {
    // expected-error @below {{C1: mapping has order 'ggmnhf/cms', not a permutation of gmnhfc, '/' and one of cms}}
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, product_shift = 6 : i64, mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=6 e=13 p=16 q=3 r=2 t=2 g=1 order=ggmnhf/cms prefetch=none">} : (tensor<4x256x13x13x!x>, tensor<384x256x3x3x!w>) -> tensor<4x384x13x13x!x>
    return %0 : tensor<4x384x13x13x!x>
  }
}

