/*===- Check.h - What tests in C say ------------------------------*- C -*-===*/
#ifndef ROWLOCK_TEST_CAPI_CHECK_H
#define ROWLOCK_TEST_CAPI_CHECK_H

#include "rowlock-c/Rowlock.h"

#include <stdbool.h>

/** Counts a failure, and prints where, unless `holds`. */
void checkAt(bool holds, const char *what, const char *file, int line);
#define CHECK(condition) checkAt((condition), #condition, __FILE__, __LINE__)

/** There is no error; one is printed. */
void checkOkAt(RowlockError *error, const char *file, int line);
#define CHECK_OK(call) checkOkAt((call), __FILE__, __LINE__)

/** There is an error whose message contains `part`. Destroys it. */
void checkErrorAt(RowlockError *error, const char *part, const char *file,
                  int line);
#define CHECK_ERROR(call, part) checkErrorAt((call), (part), __FILE__, __LINE__)

/** A path in the test's own folder; valid until the next call. */
const char *scratch(const char *name);

void testSupport(void);
void testCompileOptions(void);
void testCompile(void);
void testProgram(void);
void testDevice(void);

#endif /* ROWLOCK_TEST_CAPI_CHECK_H */
