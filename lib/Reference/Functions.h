//===- Functions.h - Functions of real numbers ------------------*- C++ -*-===//
//
// Written from docs/numerics.md: in binary32 on floats, in binary64 on doubles.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_REFERENCE_FUNCTIONS_H
#define ROWLOCK_LIB_REFERENCE_FUNCTIONS_H

#include "llvm/ADT/StringRef.h"

namespace rowlock::reference {

float exponential(float x);
double exponential(double x);
float logarithm(float x);
double logarithm(double x);
float errorFunction(float x);
double errorFunction(double x);
float power(float x, float y);
double power(double x, double y);

/// The function of nn.unary of this name.
float unaryFunction(llvm::StringRef name, float x, float alpha, float beta);
double unaryFunction(llvm::StringRef name, double x, double alpha, double beta);

} // namespace rowlock::reference

#endif // ROWLOCK_LIB_REFERENCE_FUNCTIONS_H
