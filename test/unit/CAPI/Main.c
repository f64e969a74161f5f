/*===- Main.c - The C API from C
 * --------------------------------------------===*/
#include "Check.h"

#include <stdio.h>
#include <string.h>

static int failures = 0;
static const char *folder = ".";

void checkAt(bool holds, const char *what, const char *file, int line) {
  if (holds)
    return;
  fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
  ++failures;
}

void checkOkAt(RowlockError *error, const char *file, int line) {
  checkAt(!error, rowlockErrorMessage(error), file, line);
  rowlockErrorDestroy(error);
}

void checkErrorAt(RowlockError *error, const char *part, const char *file,
                  int line) {
  checkAt(error != NULL, "an error", file, line);
  if (error && !strstr(rowlockErrorMessage(error), part)) {
    fprintf(stderr, "%s:%d: no '%s' in: %s\n", file, line, part,
            rowlockErrorMessage(error));
    ++failures;
  }
  rowlockErrorDestroy(error);
}

const char *scratch(const char *name) {
  static char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

/* One argument: an empty folder to write to. */
int main(int argc, char **argv) {
  if (argc == 2)
    folder = argv[1];
  testSupport();
  testCompileOptions();
  testCompile();
  testProgram();
  testDevice();
  if (failures)
    fprintf(stderr, "%d failures\n", failures);
  return failures != 0;
}
