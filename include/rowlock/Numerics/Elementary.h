//===- Elementary.h - Functions of floats -----------------------*- C++ -*-===//
//
// Fixed sequences of IEEE operations (docs/numerics.md, "Functions of one and
// of two elements"), the same bits on every CPU: in binary32 for float, in
// binary64 for double.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_NUMERICS_ELEMENTARY_H
#define ROWLOCK_NUMERICS_ELEMENTARY_H

#include "rowlock/Numerics/Functions.h"

namespace rowlock {

/// e^x in binary64, within 2 units in the last place. +infinity above
/// 709.782712893384, 0 below -708.3964185322641.
double expDouble(double x);

/// The natural logarithm in binary64, within 2 units in the last place.
double logDouble(double x);

/// The error function, within 2 units in the last place in binary32 and 1e-14
/// in binary64.
float errorFunction(float x);
double errorFunction(double x);

/// x^y with the special cases of IEEE 754 `pow`; in binary32 rounded from
/// binary64.
float power(float x, float y);
double power(double x, double y);

/// How many parameters a function has: 0, 1 (alpha) or 2 (alpha, beta).
int unaryParameters(UnaryFunction function);

/// A function of a float element; parameters that it has not are not read.
/// `Not` is none of floats.
float applyUnary(UnaryFunction function, float x, float alpha, float beta);
double applyUnary(UnaryFunction function, double x, double alpha, double beta);

} // namespace rowlock

#endif // ROWLOCK_NUMERICS_ELEMENTARY_H
