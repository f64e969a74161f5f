//===- Support.cpp - Version and errors -----------------------------------===//
#include "Handles.h"

const char *rowlockVersion() { return ROWLOCK_VERSION; }

const char *rowlockErrorMessage(const RowlockError *error) {
  return error ? error->message.c_str() : "";
}

const char *rowlockErrorUnknownInput(const RowlockError *error, size_t index) {
  return error && index < error->unknownInputs.size()
             ? error->unknownInputs[index].c_str()
             : nullptr;
}

void rowlockErrorDestroy(RowlockError *error) { delete error; }
