// RUN: rowlock-opt %s --split-input-file --verify-diagnostics --allow-unregistered-dialect

// expected-error @+1 {{C1: 1 multipliers and 2 shifts}}
"test.attribute"() {value = #nn.rescale<[1], [2, 3]>} : () -> ()

// -----

// expected-error @+1 {{C2: multiplier 67108864 is not between 0 and 2^26 - 1}}
"test.attribute"() {value = #nn.rescale<[67108864], [2]>} : () -> ()

// -----

// expected-error @+1 {{C2: multiplier -1 is not between 0 and 2^26 - 1}}
"test.attribute"() {value = #nn.rescale<[-1], [2]>} : () -> ()

// -----

// expected-error @+1 {{C3: shift 1 is not between 2 and 62}}
"test.attribute"() {value = #nn.rescale<[1], [1]>} : () -> ()

// -----

// expected-error @+1 {{C3: shift 63 is not between 2 and 62}}
"test.attribute"() {value = #nn.rescale<[1], [63]>} : () -> ()

// -----

// expected-error @+1 {{C1: clip from 1.000000e+00 to -1.000000e+00}}
"test.attribute"() {value = #nn.clip<1.0, -1.0>} : () -> ()
