//===- CalibrationTable.h - Ranges of tensors -------------------*- C++ -*-===//
#ifndef ROWLOCK_QUANTIZATION_CALIBRATIONTABLE_H
#define ROWLOCK_QUANTIZATION_CALIBRATIONTABLE_H

#include "rowlock/Support/Result.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>

namespace rowlock {

/// Least and greatest value of every tensor of a float network, by name. Either
/// may be infinite.
class CalibrationTable {
public:
  struct Range {
    float low, high;
  };

  /// Widens the range of a tensor. An error if a value is NaN.
  Status observe(const std::string &tensor, const float *values, size_t count);
  /// Widens the ranges by those of another table.
  void merge(const CalibrationTable &other);
  /// Nothing if the tensor was never observed.
  std::optional<Range> find(const std::string &tensor) const;
  bool empty() const { return ranges.empty(); }

  /// Readable YAML; values read back exactly.
  std::string write() const;
  /// Errors begin with "fileName:line: ".
  static Result<CalibrationTable> read(const std::string &text,
                                       const std::string &fileName);
  /// The same from a file.
  static Result<CalibrationTable> open(const std::string &path);

private:
  void widen(const std::string &tensor, Range seen);

  std::map<std::string, Range> ranges;
};

} // namespace rowlock

#endif // ROWLOCK_QUANTIZATION_CALIBRATIONTABLE_H
