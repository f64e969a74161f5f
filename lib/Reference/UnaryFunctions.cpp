//===- UnaryFunctions.cpp - Functions of nn.unary on real numbers ---------===//
#include "Functions.h"

#include <cmath>

using namespace rowlock;
using namespace rowlock::reference;

namespace {

/// docs/numerics.md, "Functions of one and of two elements".
template <typename T> struct Functions {
  static T logOnePlus(T x) {
    T u = x + 1;
    return u == 1 ? x : std::isinf(u) ? u : logarithm(u) * (x / (u - 1));
  }
  static T expMinusOne(T x) {
    T u = exponential(x);
    if (u == 1)
      return x;
    T v = u - 1;
    return v == -1 || std::isinf(u) ? v : v * (x / logarithm(u));
  }
  static T tanh(T x) {
    if (x < 0)
      return -tanh(-x);
    if (x > 20)
      return 1;
    T e = expMinusOne(2 * x);
    return e / (e + 2);
  }
  static T sigmoid(T x) {
    if (x >= 0)
      return 1 / (1 + exponential(-x));
    T e = exponential(x);
    return e / (1 + e);
  }
  static T softplus(T x) {
    T e = exponential(x > 0 ? -x : x);
    return (x > 0 ? x : T(0)) + logOnePlus(e);
  }
  static T mish(T x) {
    if (x > 20)
      return x;
    T e = exponential(x);
    T n = e * (e + 2);
    return x * (n / (n + 2));
  }
  static T gelu(T x) {
    return T(0.5) * x * (1 + errorFunction(x * T(0.7071067811865476)));
  }
  static T geluTanh(T x) {
    T inner = x + T(0.044715) * (x * x * x);
    return T(0.5) * x * (1 + tanh(T(0.7978845608028654) * inner));
  }
  static T hardSigmoid(T x, T alpha, T beta) {
    T y = alpha * x + beta;
    return y > 1 ? 1 : y < 0 ? 0 : y;
  }
  static T round(T x) {
    T whole = std::trunc(x), rest = std::abs(x - whole);
    bool odd = std::abs(std::fmod(whole, T(2))) == 1;
    if (rest > T(0.5) || (rest == T(0.5) && odd))
      whole = whole + std::copysign(T(1), x);
    return std::copysign(whole, x);
  }
  static T of(llvm::StringRef name, T x, T alpha, T beta);
};

} // namespace

template <typename T>
T Functions<T>::of(llvm::StringRef name, T x, T alpha, T beta) {
  if (name == "abs")
    return std::abs(x);
  if (name == "neg")
    return -x;
  if (name == "sign")
    return x > 0 ? 1 : x < 0 ? -1 : x;
  if (name == "floor")
    return std::floor(x);
  if (name == "ceil")
    return std::ceil(x);
  if (name == "round")
    return round(x);
  if (name == "sqrt")
    return std::sqrt(x);
  if (name == "reciprocal")
    return 1 / x;
  if (name == "exp")
    return exponential(x);
  if (name == "log")
    return logarithm(x);
  if (name == "erf")
    return errorFunction(x);
  if (name == "tanh")
    return tanh(x);
  if (name == "sigmoid")
    return sigmoid(x);
  if (name == "softplus")
    return softplus(x);
  if (name == "softsign")
    return x / (1 + std::abs(x));
  if (name == "mish")
    return mish(x);
  if (name == "gelu")
    return gelu(x);
  if (name == "gelu_tanh")
    return geluTanh(x);
  if (name == "elu")
    return x < 0 ? alpha * expMinusOne(x) : x;
  if (name == "selu")
    return beta * (x < 0 ? alpha * expMinusOne(x) : x);
  if (name == "celu")
    return x < 0 ? alpha * expMinusOne(x / alpha) : x;
  if (name == "leaky_relu")
    return x < 0 ? alpha * x : x;
  if (name == "hard_sigmoid")
    return hardSigmoid(x, alpha, beta);
  if (name == "hard_swish")
    return x * hardSigmoid(x, T(0.16666666666666666), T(0.5));
  assert(name == "swish" && "the verifier knows the function");
  return x * sigmoid(alpha * x);
}

float reference::unaryFunction(llvm::StringRef name, float x, float alpha,
                               float beta) {
  return Functions<float>::of(name, x, alpha, beta);
}

double reference::unaryFunction(llvm::StringRef name, double x, double alpha,
                                double beta) {
  return Functions<double>::of(name, x, alpha, beta);
}
