//===- SweepSpec.cpp - Which machines to compare --------------------------===//
#include "rowlock/Pipelines/SweepSpec.h"
#include "rowlock/Target/YAML/YAMLLines.h"

#include "rowlock/Target/YAML/TargetYAML.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"

#include <memory>

using namespace rowlock;
namespace yaml = llvm::yaml;

static constexpr size_t mostMachines = 100000;

namespace {

struct Field {
  std::string name;
  int line;
  std::vector<std::pair<std::string, int>> values; // with their lines
};

/// Walks one file. The first error stays.
class Reader : YAMLLines {
public:
  using YAMLLines::YAMLLines;
  Result<SweepSpec> read();

private:
  /// Empty, after an error that calls it `what`, if it is no plain value.
  std::string scalar(yaml::Node *node, const std::string &what);
  void readRoot(yaml::Node *root);
  void readField(yaml::KeyValueNode &pair);
  void combine(SweepSpec &spec);

  std::string base;
  int baseLine = 1;
  std::vector<Field> fields;
};

} // namespace

std::string Reader::scalar(yaml::Node *node, const std::string &what) {
  auto *plain = llvm::dyn_cast_or_null<yaml::ScalarNode>(node);
  llvm::SmallString<64> storage;
  std::string text = plain ? plain->getValue(storage).str() : "";
  if (text.empty())
    failAtLine(lineOf(node), what + " is not a plain value");
  return text;
}

void Reader::readField(yaml::KeyValueNode &pair) {
  Field field;
  field.line = lineOf(pair.getKey());
  field.name = scalar(pair.getKey(), "a field");
  if (llvm::none_of(targetFields(), [&](const TargetField &known) {
        return field.name == known.name;
      }))
    return failAtLine(field.line, "unknown target field '" + field.name + "'");
  for (const Field &other : fields)
    if (other.name == field.name)
      return failAtLine(field.line,
                        "field '" + field.name + "' is given twice");
  auto *list = llvm::dyn_cast_or_null<yaml::SequenceNode>(pair.getValue());
  if (!list)
    return failAtLine(field.line, field.name + " is not a list of values");
  for (yaml::Node &node : *list) {
    int line = lineOf(&node);
    std::string value = scalar(&node, "a value of " + field.name);
    TargetSpec any;
    if (Status known = setTargetField(any, field.name, value); !known)
      return failAtLine(line, known.message());
    for (const auto &[other, otherLine] : field.values)
      if (other == value)
        return failAtLine(line,
                          field.name + " has the value " + value + " twice");
    field.values.push_back({value, line});
  }
  if (field.values.empty())
    return failAtLine(field.line, field.name + " has no values");
  fields.push_back(std::move(field));
}

void Reader::readRoot(yaml::Node *root) {
  auto *map = llvm::dyn_cast_or_null<yaml::MappingNode>(root);
  if (!map)
    return failAtLine(1, "a sweep is a map of base and fields");
  for (yaml::KeyValueNode &pair : *map) {
    int line = lineOf(pair.getKey());
    std::string key = scalar(pair.getKey(), "a key");
    if (key == "base" && base.empty()) {
      base = scalar(pair.getValue(), "base");
      baseLine = line;
    } else if (key == "fields" && fields.empty()) {
      auto *list = llvm::dyn_cast_or_null<yaml::MappingNode>(pair.getValue());
      if (!list)
        return failAtLine(line, "fields is not a map of lists");
      for (yaml::KeyValueNode &field : *list)
        if (error.empty())
          readField(field);
    } else if (key == "base" || key == "fields") {
      failAtLine(line, key + " is given twice");
    } else {
      failAtLine(line, "unknown key '" + key + "'; there are base and fields");
    }
    if (!error.empty())
      return;
  }
  if (base.empty())
    failAtLine(1, "base is missing");
  else if (fields.empty())
    failAtLine(1, "fields is missing or empty");
}

void Reader::combine(SweepSpec &spec) {
  Result<TargetSpec> target = loadTarget(base);
  if (!target)
    return failAtLine(baseLine, target.message());
  spec.base = base;
  spec.machines.push_back({{}, *target});
  for (const Field &field : fields) {
    spec.fields.push_back(field.name);
    if (spec.machines.size() * field.values.size() > mostMachines)
      return failAtLine(field.line, "more than " +
                                        std::to_string(mostMachines) +
                                        " machines");
    std::vector<SweepSpec::Machine> more;
    for (const SweepSpec::Machine &machine : spec.machines)
      for (const auto &[value, line] : field.values) {
        more.push_back(machine);
        more.back().values.push_back(value);
        if (Status set = setTargetField(more.back().target, field.name, value);
            !set)
          return failAtLine(line, set.message());
      }
    spec.machines = std::move(more);
  }
}

Result<SweepSpec> Reader::read() {
  SweepSpec spec;
  yaml::document_iterator document = stream->begin();
  if (document == stream->end() || !document->getRoot())
    failAtLine(1, "a sweep is a map of base and fields");
  else
    readRoot(document->getRoot());
  if (error.empty() && stream->failed())
    failAtLine(1, "not a YAML file");
  if (error.empty())
    combine(spec);
  if (!error.empty())
    return Status::error(error);
  return spec;
}

std::string SweepSpec::nameOf(const Machine &machine) const {
  std::string text;
  for (size_t k = 0; k < fields.size(); ++k)
    text += (k ? " " : "") + fields[k] + "=" + machine.values[k];
  return text;
}

Result<SweepSpec> SweepSpec::read(const std::string &text,
                                  const std::string &fileName) {
  return Reader(text, fileName).read();
}

Result<SweepSpec> SweepSpec::open(const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    return Status::error(path + ": " + buffer.getError().message());
  return read((*buffer)->getBuffer().str(), path);
}
