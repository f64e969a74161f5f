//===- Faults.h - Passes that are wrong -------------------------*- C++ -*-===//
//
// What rowlock-reduce is tested with: each fails in one of the ways that it
// looks for.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_TEST_LIB_FAULTS_FAULTS_H
#define ROWLOCK_TEST_LIB_FAULTS_FAULTS_H

#include "rowlock/Dialect/PassBase.h"

namespace rowlock::faults {

#define GEN_PASS_DECL
#include "Faults/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "Faults/Passes.h.inc"

} // namespace rowlock::faults

#endif // ROWLOCK_TEST_LIB_FAULTS_FAULTS_H
