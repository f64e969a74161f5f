// RUN: not rowlock-translate --export-program %s -o %t 2>&1 | FileCheck %s
// RUN: not ls %t

// The line names the file and the pass that is missing.
// CHECK: commands-errors.mlir:{{.*}}has no address; run rs-allocate-dram first
module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  func.func @main() {
    %0 = rs.tensor "x" "input" : <tensor<1x2x4x4xf32>>
    return
  }
}
