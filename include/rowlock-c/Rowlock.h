/*===- Rowlock.h - The whole C API --------------------------------*- C -*-===*/
#ifndef ROWLOCK_C_ROWLOCK_H
#define ROWLOCK_C_ROWLOCK_H

#include "rowlock-c/Compile.h"
#include "rowlock-c/Device.h"
#include "rowlock-c/Program.h"
#include "rowlock-c/Support.h"

#endif /* ROWLOCK_C_ROWLOCK_H */
