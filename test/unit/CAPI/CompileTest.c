/*===- CompileTest.c - From models to programs
 * -------------------------------===*/
#include "Check.h"
#include "Model.h"

#include <stdio.h>
#include <string.h>

static void testFile(void) {
  Model conv = convModel();
  FILE *file = fopen(scratch("conv.onnx"), "wb");
  CHECK(file && fwrite(conv.bytes, 1, conv.size, file) == conv.size);
  CHECK(file && fclose(file) == 0);
  RowlockCompileOptions *options = rowlockCompileOptionsCreate();
  CHECK_OK(rowlockCompileOptionsSetCalibrationTableText(options, convRanges));
  RowlockProgram *program, *other;
  CHECK_OK(rowlockCompileFile(scratch("conv.onnx"), options, &program));
  CHECK_OK(rowlockCompileBytes(conv.bytes, conv.size, scratch("conv.onnx"),
                               NULL, options, &other));
  size_t size, otherSize;
  const void *bytes = rowlockProgramBytes(program, &size);
  const void *otherBytes = rowlockProgramBytes(other, &otherSize);
  CHECK(size == otherSize && size && memcmp(bytes, otherBytes, size) == 0);
  rowlockProgramDestroy(other);
  rowlockProgramDestroy(program);
  rowlockCompileOptionsDestroy(options);
}

static void testBatch(void) {
  Model relu = unaryModel("Relu", 2, (int64_t[]){1, 3});
  RowlockCompileOptions *options = cpuOptions();
  CHECK_OK(rowlockCompileOptionsSetBatch(options, 5));
  RowlockProgram *program;
  CHECK_OK(rowlockCompileBytes(relu.bytes, relu.size, NULL, NULL, options,
                               &program));
  CHECK(rowlockTensorShape(rowlockProgramInput(program, 0))[0] == 5);
  rowlockProgramDestroy(program);
  rowlockCompileOptionsDestroy(options);
}

static void testKnownInput(void) {
  Model reshape = reshapeModel();
  RowlockCompileOptions *options = cpuOptions();
  RowlockProgram *program;
  RowlockError *error = rowlockCompileBytes(reshape.bytes, reshape.size, NULL,
                                            NULL, options, &program);
  CHECK(error && !program);
  const char *asked = rowlockErrorUnknownInput(error, 0);
  CHECK(asked && strcmp(asked, "s") == 0);
  CHECK(!rowlockErrorUnknownInput(error, 1));
  rowlockErrorDestroy(error);
  const int64_t two[] = {2}, s[] = {3, 2};
  CHECK_OK(rowlockCompileOptionsSetInputValue(options, "s", ROWLOCK_I64, two, 1,
                                              s, sizeof s));
  CHECK_OK(rowlockCompileBytes(reshape.bytes, reshape.size, NULL, NULL, options,
                               &program));
  CHECK(rowlockProgramInputCount(program) == 1);
  CHECK(rowlockTensorShape(rowlockProgramOutput(program, 0))[0] == 3);
  rowlockProgramDestroy(program);
  rowlockCompileOptionsDestroy(options);
}

static void testDimension(void) {
  Model relu = unaryModel("Relu", 2, (int64_t[]){2, -1});
  RowlockCompileOptions *options = cpuOptions();
  CHECK_OK(rowlockCompileOptionsSetDimension(options, "x[1]", 7));
  RowlockProgram *program;
  CHECK_OK(rowlockCompileBytes(relu.bytes, relu.size, NULL, NULL, options,
                               &program));
  CHECK(rowlockTensorShape(rowlockProgramInput(program, 0))[1] == 7);
  rowlockProgramDestroy(program);
  rowlockCompileOptionsDestroy(options);
}

/** Compiles and expects an error, and no program. */
static void refuse(const Model *model, const char *name,
                   const RowlockCompileOptions *options, const char *part) {
  RowlockProgram *program = (RowlockProgram *)&program;
  CHECK_ERROR(rowlockCompileBytes(model->bytes, model->size, name, NULL,
                                  options, &program),
              part);
  CHECK(!program);
}

static void testBadModels(void) {
  RowlockCompileOptions *options = cpuOptions();
  Model unknown = unaryModel("NoSuchOperator", 2, (int64_t[]){2, 3});
  refuse(&unknown, "m.onnx", options, "m.onnx: ");
  refuse(&unknown, NULL, options, "model: ");
  refuse(&unknown, NULL, options, "NoSuchOperator");
  Model negative = unaryModel("Relu", 2, (int64_t[]){2, -5});
  refuse(&negative, NULL, options, "'x'");
  Model cut = convModel();
  cut.size -= 20;
  refuse(&cut, "cut.onnx", options, "cut.onnx: ");
  Model none = {.size = 0};
  refuse(&none, NULL, options, "empty");
  RowlockProgram *program;
  CHECK_ERROR(rowlockCompileFile(scratch("no-such.onnx"), options, &program),
              "no-such.onnx");
  rowlockCompileOptionsDestroy(options);
}

static void testBadOptions(void) {
  Model conv = convModel();
  refuse(&conv, NULL, NULL, "calibrat");
  RowlockCompileOptions *options = cpuOptions();
  CHECK_OK(rowlockCompileOptionsSetInt16(options, true));
  refuse(&conv, NULL, options, "float");
  CHECK_OK(rowlockCompileOptionsSetRunsOn(options, ROWLOCK_RUNS_ON_ARRAY));
  CHECK_OK(rowlockCompileOptionsSetTarget(options, "eyeriss-v1"));
  CHECK_OK(rowlockCompileOptionsSetCalibrationTableText(options, convRanges));
  refuse(&conv, NULL, options, "fixed16");
  CHECK_OK(rowlockCompileOptionsSetInt16(options, false));
  CHECK_OK(rowlockCompileOptionsSetCalibrationTableText(
      options, "version: 1\nranges:\n  - { tensor: q, min: 0, max: 1 }\n"));
  refuse(&conv, NULL, options, "'x'");
  CHECK_OK(
      rowlockCompileOptionsSetCalibrationImages(options, scratch("no-images")));
  refuse(&conv, NULL, options, "no-images");
  rowlockCompileOptionsDestroy(options);
}

static void testNulls(void) {
  RowlockProgram *program;
  CHECK_ERROR(rowlockCompileFile(NULL, NULL, &program), "path is null");
  CHECK_ERROR(rowlockCompileFile("m.onnx", NULL, NULL), "program is null");
  CHECK_ERROR(rowlockCompileBytes(NULL, 3, NULL, NULL, NULL, &program),
              "bytes is null");
  CHECK_ERROR(rowlockCompileBytes("", 0, NULL, NULL, NULL, NULL),
              "program is null");
}

void testCompile(void) {
  testFile();
  testBatch();
  testKnownInput();
  testDimension();
  testBadModels();
  testBadOptions();
  testNulls();
}
