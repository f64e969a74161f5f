//===- HostProgram.h - Programs of host layers, made by hand ----*- C++ -*-===//
#ifndef ROWLOCK_TEST_UNIT_RUNTIME_HOSTPROGRAM_H
#define ROWLOCK_TEST_UNIT_RUNTIME_HOSTPROGRAM_H

#include "rowlock/Program/Program.h"
#include "rowlock/Runtime/HostDevice.h"

#include <cstring>
#include <random>

namespace rowlock::test {

using Ints = std::vector<int64_t>;

/// Builds a program whose every layer is one Host command.
class HostProgram {
public:
  HostProgram();

  uint32_t tensor(fb::TensorKind kind, fb::ElementType type, Ints shape,
                  float scale = 0, int zeroPoint = 0);
  /// A layer on the tensors made so far.
  void layer(fb::Kernel kernel, std::vector<uint32_t> operands,
             uint32_t result);
  /// Attributes of the layer made last.
  HostProgram &ints(const char *name, Ints values);
  HostProgram &reals(const char *name, std::vector<float> values);

  Result<Program> finish();
  fb::ProgramT &table() { return program; }

private:
  fb::ProgramT program;
};

/// The elements of a tensor; none if it cannot be read.
template <typename T>
std::vector<T> readTensor(Device &device, uint32_t tensor, size_t count) {
  std::vector<T> values(count);
  Status read = device.read(tensor, values.data(), count * sizeof(T));
  if (!read)
    values.clear();
  return values;
}

template <typename T>
Status writeTensor(Device &device, uint32_t tensor,
                   const std::vector<T> &values) {
  return device.write(tensor, values.data(), values.size() * sizeof(T));
}

int64_t elementsOf(const Ints &shape);

/// `count` integers in [low, high], or floats in [-1, 1].
template <typename T>
std::vector<T> randomIntegers(std::mt19937 &random, size_t count, int low,
                              int high) {
  std::vector<T> values(count);
  for (T &value : values)
    value = T(low + int64_t(random() % uint32_t(high - low + 1)));
  return values;
}
std::vector<float> randomFloats(std::mt19937 &random, size_t count);

} // namespace rowlock::test

#endif // ROWLOCK_TEST_UNIT_RUNTIME_HOSTPROGRAM_H
