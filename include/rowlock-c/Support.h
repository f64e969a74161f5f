/*===- Support.h - Version and errors of the C API ----------------*- C -*-===*\
|*                                                                            *|
|* Every call that can fail returns an error: null on success, else a handle  *|
|* that the caller destroys.                                                  *|
|*                                                                            *|
|*   RowlockError *error = rowlockProgramOpen("mnist.rlk", &program);         *|
|*   if (error) {                                                             *|
|*     fprintf(stderr, "%s\n", rowlockErrorMessage(error));                   *|
|*     rowlockErrorDestroy(error);                                            *|
|*   }                                                                        *|
|*                                                                            *|
|* Handles. What a call hands out through its last parameter belongs to the   *|
|* caller, who destroys it; on failure it is set to null. Destroying null     *|
|* does nothing. A null argument is an error, never a crash, unless its       *|
|* parameter is said to be optional.                                          *|
|*                                                                            *|
|* Threads. Calls on different handles may run at the same time. A program    *|
|* and its tensors are immutable: any number of threads may use one. Options  *|
|* and devices are used by one thread at a time.                              *|
|*                                                                            *|
|* Memory that the system does not grant ends the process.                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/
#ifndef ROWLOCK_C_SUPPORT_H
#define ROWLOCK_C_SUPPORT_H

#if defined(__GNUC__)
#define ROWLOCK_API __attribute__((visibility("default")))
#else
#define ROWLOCK_API
#endif

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/** "major.minor.patch" of the library; lives as long as the process. */
ROWLOCK_API const char *rowlockVersion(void);

typedef struct RowlockError RowlockError;

/** What went wrong: a line, or one for each diagnostic of the call that failed,
 *  without a newline at the end. Lives as long as the error; of null, "". */
ROWLOCK_API const char *rowlockErrorMessage(const RowlockError *error);
/** Inputs of a model that was refused because their values must be known to
 *  compile it (shapes, axes, scales): name `index`, null if there are not so
 *  many. See `rowlockCompileOptionsSetInputValue`. */
ROWLOCK_API const char *rowlockErrorUnknownInput(const RowlockError *error,
                                                 size_t index);
ROWLOCK_API void rowlockErrorDestroy(RowlockError *error);

#ifdef __cplusplus
}
#endif

#endif /* ROWLOCK_C_SUPPORT_H */
