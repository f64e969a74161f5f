//===- Functions.cpp - Names and codes of functions -----------------------===//
#include "rowlock/Numerics/Functions.h"

using namespace rowlock;

std::optional<UnaryFunction> rowlock::unaryFunction(std::string_view name) {
#define ROWLOCK_UNARY(enumerator, spelling, code)                              \
  if (name == (spelling))                                                      \
    return UnaryFunction::enumerator;
#include "rowlock/Numerics/Functions.def"
  return std::nullopt;
}

std::optional<BinaryFunction> rowlock::binaryFunction(std::string_view name) {
#define ROWLOCK_BINARY(enumerator, spelling, code)                             \
  if (name == (spelling))                                                      \
    return BinaryFunction::enumerator;
#include "rowlock/Numerics/Functions.def"
  return std::nullopt;
}

std::optional<ReduceFunction> rowlock::reduceFunction(std::string_view name) {
  constexpr std::string_view names[] = {"sum", "prod",    "max",
                                        "min", "arg_max", "arg_min"};
  for (uint8_t code = 0; code < 6; ++code)
    if (name == names[code])
      return ReduceFunction(code);
  return std::nullopt;
}
