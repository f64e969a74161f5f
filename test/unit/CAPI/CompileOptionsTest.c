/*===- CompileOptionsTest.c - How to compile
 * ---------------------------------===*/
#include "Check.h"

static void testNulls(RowlockCompileOptions *options) {
  CHECK_ERROR(rowlockCompileOptionsSetTarget(NULL, "eyeriss-v1"),
              "options is null");
  CHECK_ERROR(rowlockCompileOptionsSetTarget(options, NULL),
              "nameOrFile is null");
  CHECK_ERROR(rowlockCompileOptionsSetTargetText(NULL, ""), "options is null");
  CHECK_ERROR(rowlockCompileOptionsSetTargetText(options, NULL),
              "text is null");
  CHECK_ERROR(rowlockCompileOptionsSetRunsOn(NULL, ROWLOCK_RUNS_ON_CPU),
              "options is null");
  CHECK_ERROR(rowlockCompileOptionsSetBatch(NULL, 1), "options is null");
  CHECK_ERROR(rowlockCompileOptionsSetInt16(NULL, true), "options is null");
  CHECK_ERROR(rowlockCompileOptionsSetCalibrationTable(NULL, "t.yaml"),
              "options is null");
  CHECK_ERROR(rowlockCompileOptionsSetCalibrationTable(options, NULL),
              "path is null");
  CHECK_ERROR(rowlockCompileOptionsSetCalibrationTableText(NULL, ""),
              "options is null");
  CHECK_ERROR(rowlockCompileOptionsSetCalibrationTableText(options, NULL),
              "text is null");
  CHECK_ERROR(rowlockCompileOptionsSetCalibrationImages(NULL, "images"),
              "options is null");
  CHECK_ERROR(rowlockCompileOptionsSetCalibrationImages(options, NULL),
              "path is null");
}

static void testValues(RowlockCompileOptions *options) {
  CHECK_OK(rowlockCompileOptionsSetTarget(options, "eyeriss-v1"));
  CHECK_ERROR(rowlockCompileOptionsSetTarget(options, "no-such-target"),
              "eyeriss-int8");
  CHECK_OK(rowlockCompileOptionsSetTargetText(
      options, "base: eyeriss-int8\narray:\n  rows: 16\n"));
  CHECK_ERROR(rowlockCompileOptionsSetTargetText(
                  options, "base: eyeriss-int8\narray:\n  rows: -1\n"),
              "target:3: ");
  CHECK_OK(rowlockCompileOptionsSetRunsOn(options, ROWLOCK_RUNS_ON_ARRAY));
  CHECK_ERROR(rowlockCompileOptionsSetRunsOn(options, (RowlockRunsOn)7),
              "value 7");
  CHECK_OK(rowlockCompileOptionsSetBatch(options, 4096));
  CHECK_ERROR(rowlockCompileOptionsSetBatch(options, 0), "batch is 0");
  CHECK_ERROR(rowlockCompileOptionsSetBatch(options, 4097), "batch is 4097");
  CHECK_OK(rowlockCompileOptionsSetInt16(options, true));
  CHECK_ERROR(rowlockCompileOptionsSetCalibrationTable(
                  options, scratch("no-such-table.yaml")),
              "no-such-table.yaml");
  CHECK_ERROR(
      rowlockCompileOptionsSetCalibrationTableText(options, "ranges: 1"),
      "calibration table:1: ");
}

static void testInputs(RowlockCompileOptions *options) {
  CHECK_OK(rowlockCompileOptionsSetDimension(options, "N", 3));
  CHECK_ERROR(rowlockCompileOptionsSetDimension(options, "N", 0),
              "dimension 'N' is 0");
  CHECK_ERROR(rowlockCompileOptionsSetDimension(NULL, "N", 3),
              "options is null");
  CHECK_ERROR(rowlockCompileOptionsSetDimension(options, NULL, 3),
              "name is null");

  const int64_t shape[] = {2}, values[] = {3, 2};
  const int64_t huge[] = {INT64_C(1) << 40, INT64_C(1) << 40}, bad[] = {-2};
  const RowlockElementType type = ROWLOCK_I64;
  for (int k = 0; k < 2; ++k) /* the later one stands */
    CHECK_OK(rowlockCompileOptionsSetInputValue(options, "shape", type, shape,
                                                1, values, sizeof values));
  CHECK_OK(rowlockCompileOptionsSetInputValue(options, "scalar", type, NULL, 0,
                                              values, 8));
  CHECK_OK(rowlockCompileOptionsSetInputValue(options, "nothing", type,
                                              (int64_t[]){0}, 1, NULL, 0));
  CHECK_ERROR(rowlockCompileOptionsSetInputValue(NULL, "shape", type, shape, 1,
                                                 values, 16),
              "options is null");
  CHECK_ERROR(rowlockCompileOptionsSetInputValue(options, NULL, type, shape, 1,
                                                 values, 16),
              "name is null");
  CHECK_ERROR(rowlockCompileOptionsSetInputValue(options, "s", type, shape, 65,
                                                 values, 16),
              "rank 65 is above 64");
  CHECK_ERROR(rowlockCompileOptionsSetInputValue(options, "s", type, NULL, 1,
                                                 values, 16),
              "is null");
  CHECK_ERROR(rowlockCompileOptionsSetInputValue(options, "s", type, shape, 1,
                                                 NULL, 16),
              "is null");
  CHECK_ERROR(rowlockCompileOptionsSetInputValue(options, "s", type, shape, 1,
                                                 values, 8),
              "input 's': 8 bytes");
  CHECK_ERROR(rowlockCompileOptionsSetInputValue(options, "s", type, bad, 1,
                                                 values, 16),
              "input 's': 16 bytes");
  CHECK_ERROR(rowlockCompileOptionsSetInputValue(options, "s", type, huge, 2,
                                                 values, 16),
              "input 's': 16 bytes");
  CHECK_ERROR(rowlockCompileOptionsSetInputValue(
                  options, "s", (RowlockElementType)99, shape, 1, values, 16),
              "element type 99");
}

void testCompileOptions(void) {
  RowlockCompileOptions *options = rowlockCompileOptionsCreate();
  testNulls(options);
  testValues(options);
  testInputs(options);
  rowlockCompileOptionsDestroy(options);
}
