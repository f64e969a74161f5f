/*===- SupportTest.c - Version and errors
 * ------------------------------------===*/
#include "Check.h"

#include <string.h>

void testSupport(void) {
  CHECK(strcmp(rowlockVersion(), ROWLOCK_EXPECTED_VERSION) == 0);
  CHECK(strcmp(rowlockErrorMessage(NULL), "") == 0);
  CHECK(!rowlockErrorUnknownInput(NULL, 0));
  rowlockErrorDestroy(NULL);
  rowlockProgramDestroy(NULL);
  rowlockDeviceDestroy(NULL);
  rowlockCompileOptionsDestroy(NULL);
}
