//===- Kernels.h - The closed set of host kernels ---------------*- C++ -*-===//
//
// docs/spec/kernels.md defines each. A `prepare` function checks a layer and
// returns the kernel with the layer's sizes bound; its error says what is
// wrong.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_RUNTIME_KERNELS_H
#define ROWLOCK_LIB_RUNTIME_KERNELS_H

#include "LayerView.h"

namespace rowlock {

/// The one of the layer's kernel.
Result<KernelRun> prepareKernel(const LayerView &layer);

Result<KernelRun> prepareConv(const LayerView &layer);
Result<KernelRun> prepareMatMul(const LayerView &layer);
Result<KernelRun> prepareMaxPool(const LayerView &layer);
Result<KernelRun> prepareMaxPoolIndices(const LayerView &layer);
Result<KernelRun> prepareAveragePool(const LayerView &layer);
Result<KernelRun> prepareAdd(const LayerView &layer);
Result<KernelRun> prepareAddRaw(const LayerView &layer);
Result<KernelRun> prepareMul(const LayerView &layer);
Result<KernelRun> prepareConcat(const LayerView &layer);
Result<KernelRun> prepareTranspose(const LayerView &layer);
Result<KernelRun> prepareLRN(const LayerView &layer);
Result<KernelRun> prepareClip(const LayerView &layer);
Result<KernelRun> prepareCopy(const LayerView &layer);
Result<KernelRun> prepareRescale(const LayerView &layer);
Result<KernelRun> prepareQuantize(const LayerView &layer);
Result<KernelRun> prepareDequantize(const LayerView &layer);
Result<KernelRun> prepareCast(const LayerView &layer);
Result<KernelRun> prepareUnary(const LayerView &layer);
Result<KernelRun> prepareBinary(const LayerView &layer);
Result<KernelRun> prepareSelect(const LayerView &layer);
Result<KernelRun> prepareReduce(const LayerView &layer);
Result<KernelRun> prepareCumSum(const LayerView &layer);
Result<KernelRun> prepareTable(const LayerView &layer);
Result<KernelRun> prepareSoftmax(const LayerView &layer);
Result<KernelRun> prepareSlice(const LayerView &layer);
Result<KernelRun> preparePad(const LayerView &layer);
Result<KernelRun> prepareBroadcast(const LayerView &layer);
Result<KernelRun> prepareGather(const LayerView &layer);
Result<KernelRun> prepareGatherElements(const LayerView &layer);
Result<KernelRun> prepareScatterND(const LayerView &layer);
Result<KernelRun> prepareResample(const LayerView &layer);
Result<KernelRun> prepareTopK(const LayerView &layer);
Result<KernelRun> prepareNonMaxSuppression(const LayerView &layer);

} // namespace rowlock

#endif // ROWLOCK_LIB_RUNTIME_KERNELS_H
