/*===- DeviceTest.c - Running programs
 * ---------------------------------------===*/
#include "Check.h"
#include "Model.h"

#include <stdlib.h>
#include <string.h>

static void testOn(RowlockDeviceKind kind) {
  RowlockProgram *program = reluProgram();
  RowlockDevice *device;
  CHECK_OK(rowlockDeviceCreate(program, kind, &device));
  rowlockProgramDestroy(program); /* the device holds on to it */
  const float x[6] = {-2, -1, 0, 1, 2, 3}, right[6] = {0, 0, 0, 1, 2, 3};
  float y[6];
  CHECK_OK(rowlockDeviceWrite(device, 0, x, sizeof x));
  for (int k = 0; k < 2; ++k) { /* inputs stay */
    memset(y, 0xff, sizeof y);
    CHECK_OK(rowlockDeviceRun(device));
    CHECK_OK(rowlockDeviceRead(device, 0, y, sizeof y));
    CHECK(memcmp(y, right, sizeof y) == 0);
  }
  rowlockDeviceDestroy(device);
}

static void testScalar(void) {
  Model relu = unaryModel("Relu", 0, NULL);
  RowlockCompileOptions *options = cpuOptions();
  RowlockProgram *program;
  CHECK_OK(rowlockCompileBytes(relu.bytes, relu.size, NULL, NULL, options,
                               &program));
  CHECK(rowlockTensorRank(rowlockProgramInput(program, 0)) == 0);
  RowlockDevice *device;
  CHECK_OK(rowlockDeviceCreate(program, ROWLOCK_DEVICE_CPU, &device));
  const float x = 3;
  float y = 0;
  CHECK_OK(rowlockDeviceWrite(device, 0, &x, sizeof x));
  CHECK_OK(rowlockDeviceRun(device));
  CHECK_OK(rowlockDeviceRead(device, 0, &y, sizeof y));
  CHECK(y == 3);
  rowlockDeviceDestroy(device);
  rowlockProgramDestroy(program);
  rowlockCompileOptionsDestroy(options);
}

/* Of ones, y is half the number of weights within the picture. */
static void testArray(void) {
  RowlockProgram *program = convProgram();
  RowlockDevice *device;
  CHECK_ERROR(rowlockDeviceCreate(program, ROWLOCK_DEVICE_CPU, &device),
              "array");
  CHECK(!device);
  CHECK_OK(rowlockDeviceCreate(program, ROWLOCK_DEVICE_SIM, &device));
  float x[32], y[48];
  for (int k = 0; k < 32; ++k)
    x[k] = 1;
  CHECK_OK(rowlockDeviceWrite(device, 0, x, sizeof x));
  CHECK_OK(rowlockDeviceRun(device));
  CHECK_OK(rowlockDeviceRead(device, 0, y, sizeof y));
  for (int k = 0; k < 48; ++k) {
    int row = k / 4 % 4, column = k % 4;
    int inside = (row % 3 ? 3 : 2) * (column % 3 ? 3 : 2);
    CHECK(y[k] > (float)inside - 0.05f && y[k] < (float)inside + 0.05f);
  }
  rowlockDeviceDestroy(device);
  rowlockProgramDestroy(program);
}

static void testErrors(void) {
  RowlockProgram *program = reluProgram();
  RowlockDevice *device;
  CHECK_ERROR(rowlockDeviceCreate(program, (RowlockDeviceKind)9, &device),
              "device kind 9");
  CHECK(!device);
  CHECK_ERROR(rowlockDeviceCreate(NULL, ROWLOCK_DEVICE_CPU, &device),
              "program is null");
  CHECK_ERROR(rowlockDeviceCreate(program, ROWLOCK_DEVICE_CPU, NULL),
              "device is null");
  CHECK_OK(rowlockDeviceCreate(program, ROWLOCK_DEVICE_CPU, &device));
  float values[6] = {0};
  CHECK_ERROR(rowlockDeviceWrite(device, 1, values, 24), "input 1");
  CHECK_ERROR(rowlockDeviceWrite(device, 0, values, 20), "20");
  CHECK_ERROR(rowlockDeviceWrite(device, 0, NULL, 24),
              "rowlockDeviceWrite: data is null");
  CHECK_ERROR(rowlockDeviceWrite(device, 0, NULL, 0), "24");
  CHECK_ERROR(rowlockDeviceRead(device, 1, values, 24), "output 1");
  CHECK_ERROR(rowlockDeviceRead(device, 0, values, 20), "20");
  CHECK_ERROR(rowlockDeviceRead(device, 0, NULL, 24),
              "rowlockDeviceRead: data is null");
  CHECK_ERROR(rowlockDeviceWrite(NULL, 0, values, 24), "device is null");
  CHECK_ERROR(rowlockDeviceRead(NULL, 0, values, 24), "device is null");
  CHECK_ERROR(rowlockDeviceRun(NULL), "device is null");
  rowlockDeviceDestroy(device);
  rowlockProgramDestroy(program);
}

void testDevice(void) {
  testOn(ROWLOCK_DEVICE_CPU);
  testOn(ROWLOCK_DEVICE_SIM);
  testScalar();
  testArray();
  testErrors();
}
