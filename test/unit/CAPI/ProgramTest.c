/*===- ProgramTest.c - Programs and their tensors
 * ----------------------------===*/
#include "Check.h"
#include "Model.h"

#include <stdio.h>
#include <string.h>

static void testTensors(void) {
  RowlockProgram *program = reluProgram();
  CHECK(rowlockProgramInputCount(program) == 1);
  CHECK(rowlockProgramOutputCount(program) == 1);
  CHECK(!rowlockProgramInput(program, 1) && !rowlockProgramOutput(program, 1));
  const RowlockTensor *x = rowlockProgramInput(program, 0);
  CHECK(strcmp(rowlockTensorName(x), "x") == 0);
  CHECK(strcmp(rowlockTensorName(rowlockProgramOutput(program, 0)), "y") == 0);
  CHECK(rowlockTensorElementType(x) == ROWLOCK_F32);
  CHECK(rowlockTensorRank(x) == 2);
  CHECK(rowlockTensorShape(x)[0] == 2 && rowlockTensorShape(x)[1] == 3);
  CHECK(rowlockTensorBytes(x) == 24);
  CHECK(rowlockTensorScale(x) == 0 && rowlockTensorZeroPoint(x) == 0);
  rowlockProgramDestroy(program);
}

static void testFiles(void) {
  RowlockProgram *program = reluProgram(), *opened, *read;
  CHECK_OK(rowlockProgramSave(program, scratch("relu.rlk")));
  CHECK_OK(rowlockProgramOpen(scratch("relu.rlk"), &opened));
  size_t size, openedSize;
  const void *bytes = rowlockProgramBytes(program, &size);
  CHECK(rowlockProgramBytes(program, NULL) == bytes);
  CHECK_OK(rowlockProgramFromBytes(bytes, size, &read));
  const void *openedBytes = rowlockProgramBytes(opened, &openedSize);
  CHECK(size == openedSize && memcmp(bytes, openedBytes, size) == 0);
  CHECK(rowlockProgramInputCount(read) == 1);
  rowlockProgramDestroy(read);
  rowlockProgramDestroy(opened);

  CHECK_ERROR(rowlockProgramFromBytes(bytes, size / 2, &read), "program");
  CHECK(!read);
  CHECK_ERROR(rowlockProgramOpen(scratch("no-such.rlk"), &opened),
              "no-such.rlk");
  CHECK(!opened);
  CHECK_ERROR(rowlockProgramSave(program, scratch("no-such/relu.rlk")),
              "no-such/relu.rlk");
  rowlockProgramDestroy(program);
}

static void testNulls(void) {
  RowlockProgram *program;
  CHECK_ERROR(rowlockProgramOpen(NULL, &program), "path is null");
  CHECK_ERROR(rowlockProgramOpen("p.rlk", NULL), "program is null");
  CHECK_ERROR(rowlockProgramFromBytes(NULL, 0, &program), "bytes is null");
  CHECK_ERROR(rowlockProgramFromBytes("", 0, NULL), "program is null");
  CHECK_ERROR(rowlockProgramSave(NULL, "p.rlk"), "program is null");
  size_t size = 1;
  CHECK(!rowlockProgramBytes(NULL, &size) && size == 0);
  CHECK(rowlockProgramInputCount(NULL) == 0);
  CHECK(rowlockProgramOutputCount(NULL) == 0);
  CHECK(!rowlockProgramInput(NULL, 0) && !rowlockProgramOutput(NULL, 0));
  program = reluProgram();
  CHECK_ERROR(rowlockProgramSave(program, NULL), "path is null");
  rowlockProgramDestroy(program);
}

void testProgram(void) {
  testTensors();
  testFiles();
  testNulls();
}
