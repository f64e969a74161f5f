//===- MappingsYAML.cpp - Mappings of layers as a file --------------------===//
#include "rowlock/Pipelines/MappingsYAML.h"
#include "rowlock/Target/YAML/YAMLLines.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"

using namespace rowlock;
namespace yaml = llvm::yaml;

Status MappingsFile::error(const LayerMappings &layer,
                           const std::string &reason) const {
  return Status::error(name + ":" + std::to_string(layer.line) + ": layer '" +
                       layer.layer + "': " + reason);
}

namespace {

/// Walks one file. The first error stays.
class Reader : YAMLLines {
public:
  using YAMLLines::YAMLLines;

  Result<MappingsFile> read();

private:
  void readRoot(yaml::Node *root);
  void readLayer(LayerMappings &layer, yaml::Node *value);
  void readMapping(LayerMappings &layer, yaml::Node *value);
  /// A map of letters in the words of `printMapping`.
  Result<std::string> textOf(yaml::MappingNode &letters);

  MappingsFile file;
};

} // namespace

/// The text of a scalar, plain or a block; nothing for other nodes.
static std::optional<std::string> scalar(yaml::Node *node) {
  if (auto *block = llvm::dyn_cast_or_null<yaml::BlockScalarNode>(node))
    return block->getValue().trim().str();
  auto *text = llvm::dyn_cast_or_null<yaml::ScalarNode>(node);
  if (!text)
    return std::nullopt;
  llvm::SmallString<64> storage;
  return text->getValue(storage).str();
}

Result<std::string> Reader::textOf(yaml::MappingNode &letters) {
  std::string text;
  for (yaml::KeyValueNode &pair : letters) {
    std::optional<std::string> key = scalar(pair.getKey());
    std::optional<std::string> value = key ? scalar(pair.getValue()) : key;
    if (!value)
      return Status::error(key ? "'" + *key + "' has no plain value"
                               : "a key is no plain text");
    if (value->empty() || (*key + *value).find_first_of(" =\n") != key->npos)
      return Status::error("mapping has " + *key + " '" + *value +
                           "', not a value");
    text += *key + "=" + *value + " ";
  }
  return text;
}

void Reader::readMapping(LayerMappings &layer, yaml::Node *value) {
  Result<std::string> text =
      Status::error("is neither a mapping nor a list of mappings");
  if (auto *letters = llvm::dyn_cast_or_null<yaml::MappingNode>(value))
    text = textOf(*letters);
  else if (std::optional<std::string> plain = scalar(value))
    text = *plain;
  Result<Mapping> mapping =
      text ? parseMapping(*text) : Result<Mapping>(text.takeStatus());
  if (!mapping) {
    LayerMappings here = layer;
    here.line = value ? lineOf(value) : layer.line;
    if (error.empty())
      error = file.error(here, mapping.message()).message();
    return;
  }
  layer.parts.push_back(*mapping);
}

void Reader::readLayer(LayerMappings &layer, yaml::Node *value) {
  auto *list = llvm::dyn_cast_or_null<yaml::SequenceNode>(value);
  if (!list)
    return readMapping(layer, value);
  for (yaml::Node &part : *list) {
    readMapping(layer, &part);
    if (!error.empty())
      return;
  }
  if (layer.parts.empty() && error.empty())
    error = file.error(layer, "the list is empty").message();
}

void Reader::readRoot(yaml::Node *root) {
  auto *map = llvm::dyn_cast_or_null<yaml::MappingNode>(root);
  if (!map)
    return failAtLine(1, "a mapping file is a map from layers to mappings");
  llvm::StringSet<> seen;
  for (yaml::KeyValueNode &pair : *map) {
    std::optional<std::string> name = scalar(pair.getKey());
    if (!name)
      return failAtLine(1, "a layer's name is no plain text");
    LayerMappings layer{*name, {}, lineOf(pair.getKey())};
    if (!seen.insert(*name).second)
      return failAtLine(layer.line, "layer '" + *name + "' is given twice");
    readLayer(layer, pair.getValue());
    if (!error.empty())
      return;
    file.layers.push_back(std::move(layer));
  }
}

Result<MappingsFile> Reader::read() {
  file.name = fileName;
  yaml::document_iterator document = stream->begin();
  readRoot(document == stream->end() ? nullptr : document->getRoot());
  if (error.empty() && stream->failed())
    failAtLine(1, "not a YAML file");
  if (!error.empty())
    return Status::error(error);
  return file;
}

Result<MappingsFile> rowlock::readMappings(const std::string &text,
                                           const std::string &fileName) {
  return Reader(text, fileName).read();
}

Result<MappingsFile> rowlock::openMappings(const std::string &path) {
  if (llvm::sys::fs::is_directory(path))
    return Status::error(path + ": is a directory");
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    return Status::error(path + ": " + buffer.getError().message());
  return readMappings((*buffer)->getBuffer().str(), path);
}

std::string rowlock::writeMappings(const std::vector<LayerMappings> &layers) {
  std::string text;
  for (const LayerMappings &layer : layers) {
    text += "\"" + yaml::escape(layer.layer) + "\":";
    if (layer.parts.size() == 1) {
      text += " " + printMapping(layer.parts.front()) + "\n";
      continue;
    }
    text += "\n";
    for (const Mapping &part : layer.parts)
      text += "  - " + printMapping(part) + "\n";
  }
  return text;
}
