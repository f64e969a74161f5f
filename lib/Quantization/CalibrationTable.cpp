//===- CalibrationTable.cpp - Ranges of tensors ---------------------------===//
#include "rowlock/Quantization/CalibrationTable.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLTraits.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <vector>

using namespace rowlock;

namespace {

struct Entry {
  std::string tensor;
  double low = 0, high = 0;
};

struct TableFile {
  int version = 1;
  std::vector<Entry> ranges;
};

} // namespace

LLVM_YAML_IS_SEQUENCE_VECTOR(Entry)

template <> struct llvm::yaml::MappingTraits<Entry> {
  static void mapping(IO &io, Entry &entry) {
    io.mapRequired("tensor", entry.tensor);
    io.mapRequired("min", entry.low);
    io.mapRequired("max", entry.high);
  }
  static std::string validate(IO &, Entry &entry) {
    for (double bound : {entry.low, entry.high})
      if (std::isfinite(bound) && !std::isfinite(float(bound)))
        return "range of '" + entry.tensor + "' is not one of float32";
    if (!(entry.low <= entry.high))
      return "range of '" + entry.tensor + "' has min above max";
    return "";
  }
};

template <> struct llvm::yaml::MappingTraits<TableFile> {
  static void mapping(IO &io, TableFile &document) {
    io.mapRequired("version", document.version);
    io.mapRequired("ranges", document.ranges);
  }
};

Status CalibrationTable::observe(const std::string &tensor, const float *values,
                                 size_t count) {
  if (!count)
    return Status::ok();
  Range range = {values[0] + 0.0f, values[0] + 0.0f}; // never -0
  for (size_t k = 0; k < count; ++k) {
    if (std::isnan(values[k]))
      return Status::error("tensor '" + tensor + "' has the value " +
                           std::to_string(values[k]) + " at element " +
                           std::to_string(k));
    range.low = std::min(range.low, values[k] + 0.0f);
    range.high = std::max(range.high, values[k] + 0.0f);
  }
  widen(tensor, range);
  return Status::ok();
}

void CalibrationTable::widen(const std::string &tensor, Range seen) {
  Range &range = ranges.try_emplace(tensor, seen).first->second;
  range.low = std::min(range.low, seen.low);
  range.high = std::max(range.high, seen.high);
}

void CalibrationTable::merge(const CalibrationTable &other) {
  for (const auto &[tensor, range] : other.ranges)
    widen(tensor, range);
}

std::optional<CalibrationTable::Range>
CalibrationTable::find(const std::string &tensor) const {
  auto found = ranges.find(tensor);
  if (found == ranges.end())
    return std::nullopt;
  return found->second;
}

std::string CalibrationTable::write() const {
  std::string text = "# Least and greatest value of every tensor of the float "
                     "network.\nversion: 1\nranges:\n";
  llvm::raw_string_ostream out(text);
  for (const auto &[tensor, range] : ranges) {
    std::string quoted;
    for (char c : tensor)
      quoted += c == '\'' ? "''" : std::string(1, c);
    out << "  - { tensor: '" << quoted
        << "', min: " << llvm::format("%.9g", double(range.low))
        << ", max: " << llvm::format("%.9g", double(range.high)) << " }\n";
  }
  return text;
}

Result<CalibrationTable> CalibrationTable::read(const std::string &text,
                                                const std::string &fileName) {
  std::string problem;
  auto keep = [](const llvm::SMDiagnostic &diagnostic, void *context) {
    auto *text = static_cast<std::string *>(context);
    if (text->empty())
      *text = std::to_string(std::max(1, diagnostic.getLineNo())) + ": " +
              diagnostic.getMessage().str();
  };
  TableFile document;
  llvm::yaml::Input input(text, nullptr, keep, &problem);
  input >> document;
  if (input.error())
    return Status::error(
        fileName + ":" +
        (problem.empty() ? "1: no calibration table" : problem));
  if (document.version != 1)
    return Status::error(fileName + ":1: version " +
                         std::to_string(document.version) + ", expected 1");
  CalibrationTable table;
  for (const Entry &entry : document.ranges)
    if (!table.ranges
             .try_emplace(entry.tensor,
                          Range{float(entry.low), float(entry.high)})
             .second)
      return Status::error(fileName + ":1: tensor '" + entry.tensor +
                           "' is given twice");
  return table;
}

Result<CalibrationTable> CalibrationTable::open(const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    return Status::error(path + ": " + buffer.getError().message());
  return read((*buffer)->getBuffer().str(), path);
}
