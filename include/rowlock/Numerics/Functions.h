//===- Functions.h - Names and codes of functions ---------------*- C++ -*-===//
#ifndef ROWLOCK_NUMERICS_FUNCTIONS_H
#define ROWLOCK_NUMERICS_FUNCTIONS_H

#include <cstdint>
#include <optional>
#include <string_view>

namespace rowlock {

enum class UnaryFunction : uint8_t {
#define ROWLOCK_UNARY(enumerator, name, code) enumerator = code,
#include "rowlock/Numerics/Functions.def"
};

enum class BinaryFunction : uint8_t {
#define ROWLOCK_BINARY(enumerator, name, code) enumerator = code,
#include "rowlock/Numerics/Functions.def"
};

constexpr int64_t unaryFunctions = 26, binaryFunctions = 18;

/// Functions of nn.reduce, by their codes in the kernel Reduce.
enum class ReduceFunction : uint8_t {
  Sum = 0,
  Prod = 1,
  Max = 2,
  Min = 3,
  ArgMax = 4,
  ArgMin = 5
};

/// The function of a name, or nothing.
std::optional<UnaryFunction> unaryFunction(std::string_view name);
std::optional<BinaryFunction> binaryFunction(std::string_view name);
std::optional<ReduceFunction> reduceFunction(std::string_view name);

/// Does the function compare or join truth values, so that the result is i1?
inline bool isPredicate(BinaryFunction function) {
  return function >= BinaryFunction::Equal;
}

} // namespace rowlock

#endif // ROWLOCK_NUMERICS_FUNCTIONS_H
