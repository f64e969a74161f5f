//===- HostOperation.h - One operation, its kernel and its meaning *- C++
//-*-===//
#ifndef ROWLOCK_TEST_UNIT_KERNELS_HOSTOPERATION_H
#define ROWLOCK_TEST_UNIT_KERNELS_HOSTOPERATION_H

#include "rowlock/Program/program_generated.h"
#include "rowlock/Reference/Evaluator.h"
#include "rowlock/Runtime/RunKernel.h"
#include "rowlock/Support/Result.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include <random>
#include <string>

namespace rowlock::test {

/// Element types in the words of IR.
extern const std::vector<std::string> floatTypes;  // f16, bf16, f32, f64
extern const std::vector<std::string> numberTypes; // and integers
extern const std::vector<std::string> allTypes;    // and i1

/// An nn operation, written as text, on arguments: "%0 = nn.slice %x {...} :
/// (tensor<4xT>) -> tensor<2xT>". It runs as its host kernel and in the
/// evaluator, on the same elements.
class HostOperation {
public:
  /// `arguments` is what stands between the parentheses of the function, "%x:
  /// tensor<4xT>"; `before` constants that the operation needs. T is `type`.
  HostOperation(const std::string &arguments, const std::string &operation,
                const std::string &type = "f32",
                const std::string &before = "");

  /// Random elements, infinities, NaN and the ends of the range among them,
  /// `count` times; fails where kernel and evaluator differ in a bit. NaNs are
  /// equal.
  void expectSame(int count = 4);

  /// What the kernel says of another operand or result than the operation's.
  std::string refusal(const std::function<void(std::vector<KernelTensor> &,
                                               KernelTensor &)> &change);
  /// The same for another attribute of the layer.
  std::string refusalOf(const std::string &attribute,
                        std::vector<int64_t> values);

private:
  std::vector<RefTensor> randomInputs();
  /// Operands in order, from the arguments' elements and constants.
  std::vector<KernelTensor> operands(mlir::ArrayRef<RefTensor> inputs);
  std::string refusal(const fb::LayerT &layer,
                      const std::vector<KernelTensor> &operands,
                      KernelTensor result);

  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  mlir::func::FuncOp function;
  mlir::Operation *op = nullptr;
  fb::LayerT layer;
  std::mt19937_64 random{1};
};

} // namespace rowlock::test

#endif // ROWLOCK_TEST_UNIT_KERNELS_HOSTOPERATION_H
