//===- Passes.td - Passes that are wrong -------------------*- tablegen -*-===//
#ifndef ROWLOCK_TEST_LIB_FAULTS_PASSES_TD
#define ROWLOCK_TEST_LIB_FAULTS_PASSES_TD

include "mlir/Pass/PassBase.td"

def ForgetClip : Pass<"test-forget-clip"> {
  let summary = "Replace float nn.clip by its input: other numbers";
}

def CrashOnProduct : Pass<"test-crash-on-product"> {
  let summary = "Crash where a sum has a product as operand";
}

def BreakProduct : Pass<"test-break-product"> {
  let summary = "Give nn.mul a result that its verifier refuses";
}

#endif // ROWLOCK_TEST_LIB_FAULTS_PASSES_TD
