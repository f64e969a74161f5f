//===- WrongPool.cpp - A maximum that is wrong ----------------------------===//
//
// Linked into tools for tests around the host kernel (ld's --wrap): the
// first element of a maximum pool is a little too low. The evaluator, which
// shares no code with kernels, is right.
//
//===----------------------------------------------------------------------===//
#include "Runtime/Kernels.h"

using namespace rowlock;

Result<KernelRun> rightMaxPool(const LayerView &layer) asm(
    "__real__ZN7rowlock14prepareMaxPoolERKNS_9LayerViewE");
Result<KernelRun> wrongMaxPool(const LayerView &layer) asm(
    "__wrap__ZN7rowlock14prepareMaxPoolERKNS_9LayerViewE");

Result<KernelRun> wrongMaxPool(const LayerView &layer) {
  Result<KernelRun> right = rightMaxPool(layer);
  if (!right)
    return right;
  return KernelRun([run = *right](const std::vector<const uint8_t *> &operands,
                                  uint8_t *result) {
    run(operands, result);
    --result[0];
  });
}
