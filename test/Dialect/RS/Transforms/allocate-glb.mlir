// RUN: rowlock-opt --rs-allocate-glb %s | FileCheck %s

// 5,000 operands of a byte fill two banks of 4 KiB, all others go to psums. The
// second buffer of a region lies behind the first.
// CHECK: rs.frame @frame0 {bank_psum = array<i64: 0, 0, 1, 1,
// CHECK: rs.glb_buffer "ifmap" 4000 in @frame0 {offset = 0 : i64}
// CHECK: rs.glb_buffer "ifmap" 1000 in @frame0 {offset = 4000 : i64}
// CHECK: rs.glb_buffer "psum" 64 in @frame0 {offset = 0 : i64}
module attributes {rs.target = #rs.target<"eyeriss-int8", {bank_bytes = "4096"}>} {
  rs.frame @frame0 {mode16 = 0 : i64}
  func.func @main() {
    %0 = rs.glb_buffer "ifmap" 4000 in @frame0
    %1 = rs.glb_buffer "ifmap" 1000 in @frame0
    %2 = rs.glb_buffer "psum" 64 in @frame0
    return
  }
}
