/*===- Device.h - Running programs --------------------------------*- C -*-===*\
|*                                                                            *|
|*   rowlockDeviceCreate(program, ROWLOCK_DEVICE_SIM, &device);               *|
|*   rowlockDeviceWrite(device, 0, image, bytes);                             *|
|*   rowlockDeviceRun(device);                                                *|
|*   rowlockDeviceRead(device, 0, scores, bytes);                             *|
|*                                                                            *|
|* Data are in row-major order without gaps, as many bytes as                 *|
|* `rowlockTensorBytes` says.                                                 *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/
#ifndef ROWLOCK_C_DEVICE_H
#define ROWLOCK_C_DEVICE_H

#include "rowlock-c/Program.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum RowlockDeviceKind {
  /** This CPU: programs that do not use the array. */
  ROWLOCK_DEVICE_CPU = 0,
  /** The simulator of the machine: any program. */
  ROWLOCK_DEVICE_SIM = 1
} RowlockDeviceKind;

/** One program on one machine, with the memory of its tensors. */
typedef struct RowlockDevice RowlockDevice;

/** The device holds on to the program, which may be destroyed before it. */
ROWLOCK_API RowlockError *rowlockDeviceCreate(const RowlockProgram *program,
                                              RowlockDeviceKind kind,
                                              RowlockDevice **device);
ROWLOCK_API void rowlockDeviceDestroy(RowlockDevice *device);

/** Copies the values of input `input`; they stay for later runs. Inputs that
 *  are never written are 0. The error names the input and both sizes. `data`
 *  is optional where there are no bytes. */
ROWLOCK_API RowlockError *rowlockDeviceWrite(RowlockDevice *device,
                                             size_t input, const void *data,
                                             size_t bytes);

/** Runs the program once, to its end. */
ROWLOCK_API RowlockError *rowlockDeviceRun(RowlockDevice *device);

/** Copies the values of output `output` as the last run left them. */
ROWLOCK_API RowlockError *rowlockDeviceRead(RowlockDevice *device,
                                            size_t output, void *data,
                                            size_t bytes);

#ifdef __cplusplus
}
#endif

#endif /* ROWLOCK_C_DEVICE_H */
