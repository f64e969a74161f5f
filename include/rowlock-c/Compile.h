/*===- Compile.h - From models to programs ------------------------*- C -*-===*\
|*                                                                            *|
|*   RowlockCompileOptions *options = rowlockCompileOptionsCreate();          *|
|*   rowlockCompileOptionsSetCalibrationTable(options, "mnist.yaml");         *|
|*   rowlockCompileFile("mnist-8.onnx", options, &program);                   *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/
#ifndef ROWLOCK_C_COMPILE_H
#define ROWLOCK_C_COMPILE_H

#include "rowlock-c/Program.h"

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How to compile: what rowlock-compile's options say. */
typedef struct RowlockCompileOptions RowlockCompileOptions;

/** The defaults: for the array of target `eyeriss-int8`, batch 1, no
 *  calibration. Never null. */
ROWLOCK_API RowlockCompileOptions *rowlockCompileOptionsCreate(void);
ROWLOCK_API void rowlockCompileOptionsDestroy(RowlockCompileOptions *options);

/** Name of a shipped target, or a YAML file. The error lists the names or says
 *  what is wrong with the file, with the line. */
ROWLOCK_API RowlockError *
rowlockCompileOptionsSetTarget(RowlockCompileOptions *options,
                               const char *nameOrFile);
/** The same for the text of such a file. */
ROWLOCK_API RowlockError *
rowlockCompileOptionsSetTargetText(RowlockCompileOptions *options,
                                   const char *text);

typedef enum RowlockRunsOn {
  /** The array, quantised, and the host. */
  ROWLOCK_RUNS_ON_ARRAY = 0,
  /** The host alone, in float; needs no calibration. */
  ROWLOCK_RUNS_ON_CPU = 1
} RowlockRunsOn;

ROWLOCK_API RowlockError *
rowlockCompileOptionsSetRunsOn(RowlockCompileOptions *options,
                               RowlockRunsOn runsOn);

/** Images per run of the program, 1 to 4096. */
ROWLOCK_API RowlockError *
rowlockCompileOptionsSetBatch(RowlockCompileOptions *options, int64_t batch);

/** Operands of 16 bits, on `int` targets. */
ROWLOCK_API RowlockError *
rowlockCompileOptionsSetInt16(RowlockCompileOptions *options, bool wide);

/** Ranges of the model's tensors from a file that rowlock-compile
 *  --save-calibration wrote. Float models need them, or images, for the array;
 *  models that come quantised do not. */
ROWLOCK_API RowlockError *
rowlockCompileOptionsSetCalibrationTable(RowlockCompileOptions *options,
                                         const char *path);
/** The same for the text of such a file. */
ROWLOCK_API RowlockError *
rowlockCompileOptionsSetCalibrationTableText(RowlockCompileOptions *options,
                                             const char *text);

/** Ranges from running the model in float on images, in place of a table: those
 *  of a file or of a directory (NPY arrays of the input's shape with or without
 *  the number of images before it; PNG, JPEG, IDX). For models with one input.
 *  What is wrong with them is an error of the compilation. */
ROWLOCK_API RowlockError *
rowlockCompileOptionsSetCalibrationImages(RowlockCompileOptions *options,
                                          const char *path);

/** The size of a dimension that the model leaves open, by its name in the model
 *  or as "input[2]". One that no input has is an error of the compilation. */
ROWLOCK_API RowlockError *
rowlockCompileOptionsSetDimension(RowlockCompileOptions *options,
                                  const char *name, int64_t size);

/** The value of an input that is known, which the program then has not: `rank`
 *  sizes, and the elements in row-major order, which are copied. `shape` is
 *  optional for scalars, `data` where there are no bytes. */
ROWLOCK_API RowlockError *rowlockCompileOptionsSetInputValue(
    RowlockCompileOptions *options, const char *name, RowlockElementType type,
    const int64_t *shape, size_t rank, const void *data, size_t bytes);

/** Compiles an ONNX file. The error says what rowlock-compile prints. `options`
 *  is optional. */
ROWLOCK_API RowlockError *
rowlockCompileFile(const char *path, const RowlockCompileOptions *options,
                   RowlockProgram **program);

/** The same for a model in memory. `name` stands for its path in errors and in
 *  the program ("model" if null); external data are looked up in `folder` (the
 *  working directory if null). */
ROWLOCK_API RowlockError *
rowlockCompileBytes(const void *bytes, size_t size, const char *name,
                    const char *folder, const RowlockCompileOptions *options,
                    RowlockProgram **program);

#ifdef __cplusplus
}
#endif

#endif /* ROWLOCK_C_COMPILE_H */
