// RUN: rowlock-opt --rs-allocate-dram %s | FileCheck %s

// CHECK: rs.tensor "a" "input" {address = 0 : i64}
// CHECK: rs.tensor "b" "intermediate" {address = 64 : i64}
// CHECK: rs.tensor "c" "output" {address = 192 : i64}
module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  func.func @main() {
    %0 = rs.tensor "a" "input" : !rs.dram<tensor<3xf32>>
    %1 = rs.tensor "b" "intermediate" : !rs.dram<tensor<65x!quant.uniform<i8:f32, 0.5>>>
    %2 = rs.tensor "c" "output" : !rs.dram<tensor<1xi64>>
    return
  }
}
