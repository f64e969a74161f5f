//===- TargetYAML.cpp - Target files read and written ---------------------===//

#include "rowlock/Target/YAML/TargetYAML.h"
#include "Shipped.h"
#include "rowlock/Target/YAML/YAMLLines.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"
#include "llvm/Support/raw_ostream.h"

#include <map>
#include <set>

using namespace rowlock;
namespace yaml = llvm::yaml;

namespace {
/// Walks one file. The first error stays.
class Reader : YAMLLines {
public:
  using YAMLLines::YAMLLines;

  Result<TargetSpec> read();

private:
  void fail(const yaml::Node *node, const std::string &message) {
    failAtLine(lineOf(node), message);
  }

  /// The text of a scalar, or an error that calls it `what`.
  std::optional<std::string> scalar(yaml::Node *node, const std::string &what);
  void readBase(yaml::Node *value);
  void readSection(const std::string &section, yaml::Node *value);
  void readRoot(yaml::Node *root);
  /// Rules between fields have no line of their own: the line of a field that
  /// the message begins with, else the first.
  void failValidation(const std::string &message);

  TargetSpec target;
  bool hasBase = false;
  std::map<std::string, int> fieldLines;
};
} // namespace

std::optional<std::string> Reader::scalar(yaml::Node *node,
                                          const std::string &what) {
  auto *text = llvm::dyn_cast_or_null<yaml::ScalarNode>(node);
  if (!text) {
    if (node)
      fail(node, what + " is not a plain value");
    else
      failAtLine(1, what + " is not a plain value");
    return std::nullopt;
  }
  llvm::SmallString<64> storage;
  return text->getValue(storage).str();
}

void Reader::readBase(yaml::Node *value) {
  std::optional<std::string> name = scalar(value, "base");
  if (!name)
    return;
  for (const auto &[shipped, text] : shippedFiles())
    if (shipped == *name) {
      Result<TargetSpec> base = readTargetYAML(text, shipped + ".yaml");
      if (!base)
        return fail(value, base.message());
      target = *base;
      hasBase = true;
      return;
    }
  std::string names;
  for (const auto &file : shippedFiles())
    names += (names.empty() ? "" : ", ") + file.first;
  fail(value, "base '" + *name + "' is none of the shipped " + names);
}

void Reader::readSection(const std::string &section, yaml::Node *value) {
  auto *map = llvm::dyn_cast_or_null<yaml::MappingNode>(value);
  if (!map)
    return fail(value, "section '" + section + "' is not a map of fields");
  for (yaml::KeyValueNode &pair : *map) {
    std::optional<std::string> key = scalar(pair.getKey(), "key");
    if (!key)
      return;
    int line = lineOf(pair.getKey());
    const TargetField *found = nullptr;
    for (const TargetField &field : targetFields())
      if (*key == field.name)
        found = &field;
    if (!found || section != found->section)
      return failAtLine(line, "unknown key '" + *key + "' in section '" +
                                  section + "'");
    if (!fieldLines.emplace(*key, line).second)
      return failAtLine(line, "key '" + *key + "' is given twice");
    std::optional<std::string> text = scalar(pair.getValue(), *key);
    if (!text)
      return;
    if (Status status = setTargetField(target, *key, *text); !status)
      return failAtLine(line, status.message());
  }
}

void Reader::readRoot(yaml::Node *root) {
  auto *map = llvm::dyn_cast_or_null<yaml::MappingNode>(root);
  if (!map)
    return failAtLine(1, "a target file is a map of sections");
  std::set<std::string> sections, seen;
  for (const TargetField &field : targetFields())
    sections.insert(field.section);
  for (yaml::KeyValueNode &pair : *map) {
    std::optional<std::string> key = scalar(pair.getKey(), "key");
    if (!key)
      return;
    int line = lineOf(pair.getKey());
    bool first = seen.empty();
    if (!seen.insert(*key).second)
      return failAtLine(line, "section '" + *key + "' is given twice");
    if (*key == "base") {
      if (!first)
        return failAtLine(line, "base is not the first key of the file");
      readBase(pair.getValue());
    } else if (sections.count(*key)) {
      readSection(*key, pair.getValue());
    } else {
      return failAtLine(line, "unknown section '" + *key + "'");
    }
    if (!error.empty())
      return;
  }
}

void Reader::failValidation(const std::string &message) {
  auto field = fieldLines.find(message.substr(0, message.find(' ')));
  failAtLine(field == fieldLines.end() ? 1 : field->second, message);
}

Result<TargetSpec> Reader::read() {
  yaml::document_iterator document = stream->begin();
  if (document == stream->end() || !document->getRoot())
    failAtLine(1, "a target file is a map of sections");
  else
    readRoot(document->getRoot());
  if (error.empty() && stream->failed())
    failAtLine(1, "not a YAML file");
  if (error.empty() && !hasBase)
    for (const TargetField &field : targetFields())
      if (!fieldLines.count(field.name))
        failAtLine(1, "field '" + std::string(field.name) + "' of section '" +
                          field.section +
                          "' is missing (or begin with 'base: NAME')");
  if (error.empty())
    if (Status status = validateTarget(target); !status)
      failValidation(status.message());
  if (!error.empty())
    return Status::error(error);
  return target;
}

Result<TargetSpec> rowlock::readTargetYAML(const std::string &text,
                                           const std::string &fileName) {
  return Reader(text, fileName).read();
}

std::string rowlock::writeTargetYAML(const TargetSpec &target) {
  std::string text, section;
  for (const TargetField &field : targetFields()) {
    if (section != field.section) {
      section = field.section;
      text += section + ":\n";
    }
    std::string value = getTargetField(target, field);
    if (field.kind == TargetFieldKind::Text)
      value = "\"" + yaml::escape(value) + "\"";
    text += "  " + std::string(field.name) + ": " + value + "\n";
  }
  return text;
}
