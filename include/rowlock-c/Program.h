/*===- Program.h - Programs and their tensors ---------------------*- C -*-===*/
#ifndef ROWLOCK_C_PROGRAM_H
#define ROWLOCK_C_PROGRAM_H

#include "rowlock-c/Support.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A compiled network; immutable. */
typedef struct RowlockProgram RowlockProgram;

/** Maps a program file and checks it. It must not change while the program
 *  lives. The error names the path and the reason. */
ROWLOCK_API RowlockError *rowlockProgramOpen(const char *path,
                                             RowlockProgram **program);

/** The same for the bytes of a file, which are copied. */
ROWLOCK_API RowlockError *rowlockProgramFromBytes(const void *bytes,
                                                  size_t size,
                                                  RowlockProgram **program);

/** Tensors and devices of a program outlive it where they need to: devices hold
 *  it; tensors do not. */
ROWLOCK_API void rowlockProgramDestroy(RowlockProgram *program);

/** The bytes of the program's file; they live as long as the program. Null
 *  and 0 of null. `size` is optional. */
ROWLOCK_API const void *rowlockProgramBytes(const RowlockProgram *program,
                                            size_t *size);

/** Writes the file whole or not at all: what was there before stays when there
 *  is an error, which names the path. */
ROWLOCK_API RowlockError *rowlockProgramSave(const RowlockProgram *program,
                                             const char *path);

/** How an element is stored, in the byte order of the host. Booleans take a
 *  byte, 0 or 1; integers of 4 bits too, with the sign extended. */
typedef enum RowlockElementType {
  ROWLOCK_I8 = 0,
  ROWLOCK_U8 = 1,
  ROWLOCK_I16 = 2,
  ROWLOCK_U16 = 3,
  ROWLOCK_I32 = 4,
  ROWLOCK_I64 = 5,
  ROWLOCK_F32 = 6,
  ROWLOCK_F16 = 7,
  ROWLOCK_BOOL = 8,
  ROWLOCK_U32 = 9,
  ROWLOCK_U64 = 10,
  ROWLOCK_F64 = 11,
  ROWLOCK_BF16 = 12,
  ROWLOCK_F8E4M3FN = 13,
  ROWLOCK_F8E4M3FNUZ = 14,
  ROWLOCK_F8E5M2 = 15,
  ROWLOCK_F8E5M2FNUZ = 16,
  ROWLOCK_I4 = 17,
  ROWLOCK_U4 = 18
} RowlockElementType;

/** An input or output. Belongs to the program and lives as long as it. */
typedef struct RowlockTensor RowlockTensor;

/** In the order of the model; 0 of null. */
ROWLOCK_API size_t rowlockProgramInputCount(const RowlockProgram *program);
ROWLOCK_API size_t rowlockProgramOutputCount(const RowlockProgram *program);

/** Null if there are not so many. */
ROWLOCK_API const RowlockTensor *
rowlockProgramInput(const RowlockProgram *program, size_t index);
ROWLOCK_API const RowlockTensor *
rowlockProgramOutput(const RowlockProgram *program, size_t index);

/** These take a tensor that is not null. */
ROWLOCK_API const char *rowlockTensorName(const RowlockTensor *tensor);
ROWLOCK_API RowlockElementType
rowlockTensorElementType(const RowlockTensor *tensor);
/** 0 for a scalar. */
ROWLOCK_API size_t rowlockTensorRank(const RowlockTensor *tensor);
/** As many sizes as the rank. */
ROWLOCK_API const int64_t *rowlockTensorShape(const RowlockTensor *tensor);
/** Bytes of all elements without gaps. */
ROWLOCK_API size_t rowlockTensorBytes(const RowlockTensor *tensor);
/** real = scale * (element - zero point) of a quantised tensor; its scale is 0
 *  if it is none. */
ROWLOCK_API float rowlockTensorScale(const RowlockTensor *tensor);
ROWLOCK_API int32_t rowlockTensorZeroPoint(const RowlockTensor *tensor);

#ifdef __cplusplus
}
#endif

#endif /* ROWLOCK_C_PROGRAM_H */
