// RUN: rowlock-opt --rs-assign-mappings --verify-diagnostics --split-input-file %s
// RUN: not rowlock-opt --rs-assign-mappings=objective=area %S/assign-mappings.mlir 2>&1 | FileCheck %s

// CHECK: error: no objective 'area'; there are energy, latency, edp and dram

// expected-error @below {{the module has no rs.target}}
module {
}
