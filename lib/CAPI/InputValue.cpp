//===- InputValue.cpp - Inputs that are known -----------------------------===//
#include "Handles.h"

#include <algorithm>
#include <iterator>

using namespace rowlock;

/// By RowlockElementType.
static const DataType dataTypes[] = {
    DataType::Int8,       DataType::UInt8,          DataType::Int16,
    DataType::UInt16,     DataType::Int32,          DataType::Int64,
    DataType::Float32,    DataType::Float16,        DataType::Bool,
    DataType::UInt32,     DataType::UInt64,         DataType::Float64,
    DataType::BFloat16,   DataType::Float8E4M3FN,   DataType::Float8E4M3FNUZ,
    DataType::Float8E5M2, DataType::Float8E5M2FNUZ, DataType::Int4,
    DataType::UInt4};

/// The product of the sizes times `unit`, or -1 if that is no size of an array.
static int64_t countBytes(const std::vector<int64_t> &shape, int64_t unit) {
  int64_t bytes = unit;
  for (int64_t size : shape)
    if (size < 0 || __builtin_mul_overflow(bytes, size, &bytes))
      return -1;
  return bytes;
}

RowlockError *rowlockCompileOptionsSetInputValue(
    RowlockCompileOptions *options, const char *name, RowlockElementType type,
    const int64_t *shape, size_t rank, const void *data, size_t bytes) {
  ROWLOCK_REQUIRE(options);
  ROWLOCK_REQUIRE(name);
  if (rank)
    ROWLOCK_REQUIRE(shape);
  if (bytes)
    ROWLOCK_REQUIRE(data);
  std::string input = "input '" + std::string(name) + "': ";
  if (unsigned(type) >= std::size(dataTypes))
    return capi::error(input + "element type " + std::to_string(int(type)) +
                       " is not known");
  constexpr size_t mostRank = 64;
  if (rank > mostRank)
    return capi::error(input + "rank " + std::to_string(rank) + " is above " +
                       std::to_string(mostRank));
  TensorData value;
  value.name = name;
  value.type = dataTypes[type];
  value.shape.assign(shape, shape + rank);
  int64_t expected = countBytes(value.shape, byteSize(value.type));
  if (expected < 0 || size_t(expected) != bytes)
    return capi::error(input + std::to_string(bytes) +
                       " bytes do not fit type and shape");
  auto *first = static_cast<const char *>(data);
  value.bytes.assign(first, first + bytes);
  auto &values = options->importing.inputValues;
  auto known = std::find_if(values.begin(), values.end(), [&](auto &other) {
    return other.name == value.name;
  });
  if (known != values.end())
    *known = std::move(value);
  else
    values.push_back(std::move(value));
  return nullptr;
}
