/*===- Model.h - Small ONNX models, written by hand ---------------*- C -*-===*/
#ifndef ROWLOCK_TEST_CAPI_MODEL_H
#define ROWLOCK_TEST_CAPI_MODEL_H

#include "rowlock-c/Rowlock.h"

#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint8_t bytes[2048];
  size_t size;
} Model;

/** y = op(x) of float tensors of a shape. */
Model unaryModel(const char *op, size_t rank, const int64_t *shape);

/** y = Reshape(x, s) of a 2 x 3 float tensor x; s has two int64. */
Model reshapeModel(void);

/** y = Relu(conv(x)): x is 1 x 2 x 4 x 4, the convolution has 3 filters of 3 x
 *  3 with every weight 0.5 and a padding of 1; its result is named c. */
Model convModel(void);

/** Ranges for `convModel`: x within -1 and 1. */
extern const char convRanges[];

/** Options that compile for the CPU. */
RowlockCompileOptions *cpuOptions(void);

/** Relu of a 2 x 3 tensor, for the CPU; not null. */
RowlockProgram *reluProgram(void);

/** `convModel` for the array; not null. */
RowlockProgram *convProgram(void);

#endif /* ROWLOCK_TEST_CAPI_MODEL_H */
