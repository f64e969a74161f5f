//===- Unary.cpp - Functions of one element -------------------------------===//

#include "rowlock/Numerics/Elementary.h"
#include "rowlock/Numerics/Float.h"

#include <cmath>

using namespace rowlock;

static float exponential(float x) { return expFloat(x); }
static double exponential(double x) { return expDouble(x); }
static float logarithm(float x) { return logFloat(x); }
static double logarithm(double x) { return logDouble(x); }

/// log(1 + x) for x >= 0: the factor makes good what 1 + x lost.
template <typename T> static T logOnePlus(T x) {
  T u = 1 + x;
  if (u == 1)
    return x;
  if (std::isinf(u))
    return u;
  return logarithm(u) * (x / (u - 1));
}

/// e^x - 1, in the same way.
template <typename T> static T expMinusOne(T x) {
  T u = exponential(x), v = u - 1;
  if (v == 0)
    return x;
  if (v == -1 || std::isinf(u))
    return v;
  return v * (x / logarithm(u));
}

template <typename T> static T tangent(T x) {
  T a = std::fabs(x);
  if (a > 20)
    return std::copysign(T(1), x);
  T e = expMinusOne(a + a);
  return std::copysign(e / (e + 2), x);
}

template <typename T> static T sigmoid(T x) {
  T e = exponential(-std::fabs(x));
  return x < 0 ? e / (1 + e) : 1 / (1 + e);
}

template <typename T> static T mish(T x) {
  if (x > 20)
    return x;
  T e = exponential(x), n = e * (e + 2);
  return x * (n / (n + 2));
}

template <typename T> static T hardSigmoid(T x, T alpha, T beta) {
  T y = alpha * x + beta;
  y = y > 1 ? T(1) : y;
  return y < 0 ? T(0) : y;
}

template <typename T> static T sign(T x) {
  return x > 0 ? T(1) : x < 0 ? T(-1) : x;
}

/// To the nearest integer, ties to even.
template <typename T> static T rounded(T x) {
  T below = std::floor(x), rest = x - below;
  if (rest > T(0.5) || (rest == T(0.5) && std::floor(below / 2) != below / 2))
    below = below + 1;
  return std::copysign(below, x);
}

template <typename T>
static T apply(UnaryFunction function, T x, T alpha, T beta) {
  switch (function) {
  case UnaryFunction::Abs:
    return std::fabs(x);
  case UnaryFunction::Neg:
    return -x;
  case UnaryFunction::Sign:
    return sign(x);
  case UnaryFunction::Floor:
    return std::floor(x);
  case UnaryFunction::Ceil:
    return std::ceil(x);
  case UnaryFunction::Round:
    return rounded(x);
  case UnaryFunction::Sqrt:
    return std::sqrt(x);
  case UnaryFunction::Reciprocal:
    return 1 / x;
  case UnaryFunction::Exp:
    return exponential(x);
  case UnaryFunction::Log:
    return logarithm(x);
  case UnaryFunction::Erf:
    return rowlock::errorFunction(x);
  case UnaryFunction::Tanh:
    return tangent(x);
  case UnaryFunction::Sigmoid:
    return sigmoid(x);
  case UnaryFunction::Softplus:
    return (x > 0 ? x : T(0)) + logOnePlus(exponential(-std::fabs(x)));
  case UnaryFunction::Softsign:
    return x / (1 + std::fabs(x));
  case UnaryFunction::Mish:
    return mish(x);
  case UnaryFunction::Gelu:
    return T(0.5) * x * (1 + rowlock::errorFunction(x * T(0.7071067811865476)));
  case UnaryFunction::GeluTanh:
    return T(0.5) * x *
           (1 +
            tangent(T(0.7978845608028654) * (x + T(0.044715) * (x * x * x))));
  case UnaryFunction::Elu:
    return x >= 0 ? x : alpha * expMinusOne(x);
  case UnaryFunction::Selu:
    return beta * (x >= 0 ? x : alpha * expMinusOne(x));
  case UnaryFunction::Celu:
    return x >= 0 ? x : alpha * expMinusOne(x / alpha);
  case UnaryFunction::LeakyRelu:
    return x >= 0 ? x : alpha * x;
  case UnaryFunction::HardSigmoid:
    return hardSigmoid(x, alpha, beta);
  case UnaryFunction::HardSwish:
    return x * hardSigmoid(x, T(0.16666666666666666), T(0.5));
  case UnaryFunction::Swish:
    return x * sigmoid(alpha * x);
  case UnaryFunction::Not:
    break;
  }
  return x;
}

int rowlock::unaryParameters(UnaryFunction function) {
  switch (function) {
  case UnaryFunction::Selu:
  case UnaryFunction::HardSigmoid:
    return 2;
  case UnaryFunction::Elu:
  case UnaryFunction::Celu:
  case UnaryFunction::LeakyRelu:
  case UnaryFunction::Swish:
    return 1;
  default:
    return 0;
  }
}

float rowlock::applyUnary(UnaryFunction function, float x, float alpha,
                          float beta) {
  return apply(function, x, alpha, beta);
}

double rowlock::applyUnary(UnaryFunction function, double x, double alpha,
                           double beta) {
  return apply(function, x, alpha, beta);
}
