//===- CheckOps.td - The check dialect ---------------------*- tablegen -*-===//
#ifndef ROWLOCK_TEST_LIB_CHECK_CHECKOPS_TD
#define ROWLOCK_TEST_LIB_CHECK_CHECKOPS_TD

include "rowlock/Dialect/NN/IR/NNDialect.td"

def Check_Dialect : Dialect {
  let name = "check";
  let cppNamespace = "::rowlock::check";
  let summary = "Expectations in tests that check themselves";
}

def Check_Tensor : Type<
    And<[CPred<"::llvm::isa<::mlir::RankedTensorType>($_self)">,
         CPred<"::llvm::cast<::mlir::RankedTensorType>($_self).hasStaticShape()">]>,
    "ranked tensor of static shape", "::mlir::RankedTensorType">;

def Check_FloatTensor : Type<
    And<[Check_Tensor.predicate,
         CPred<"::llvm::cast<::mlir::RankedTensorType>($_self).getElementType().isF32()">]>,
    "f32 tensor of static shape", "::mlir::RankedTensorType">;

def Check_ExpectEqOp : Op<Check_Dialect, "expect_eq", [SameTypeOperands]> {
  let summary = "The tensors have the same elements, floats the same bits";
  let arguments = (ins Check_Tensor:$actual, Check_Tensor:$expected);
  let assemblyFormat = "$actual `,` $expected attr-dict `:` type($actual)";
}

def Check_ExpectCloseOp : Op<Check_Dialect, "expect_close", [SameTypeOperands]> {
  let summary = "No element is further than `tolerance` from the expected one";
  let arguments = (ins Check_FloatTensor:$actual, Check_FloatTensor:$expected,
                       F64Attr:$tolerance);
  let assemblyFormat = "$actual `,` $expected attr-dict `:` type($actual)";
}

#endif // ROWLOCK_TEST_LIB_CHECK_CHECKOPS_TD
