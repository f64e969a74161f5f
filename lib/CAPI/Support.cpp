//===- Support.cpp - Version and errors -----------------------------------===//
#include "Handles.h"

const char *rowlockVersion() { return ROWLOCK_VERSION; }

const char *rowlockErrorMessage(const RowlockError *error) {
  return error ? error->message.c_str() : "";
}

void rowlockErrorDestroy(RowlockError *error) { delete error; }
