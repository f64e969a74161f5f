//===- YAMLLines.h - A YAML text whose errors name lines --------*- C++ -*-===//
#ifndef ROWLOCK_TARGET_YAML_YAMLLINES_H
#define ROWLOCK_TARGET_YAML_YAMLLINES_H

#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"

#include <algorithm>
#include <memory>
#include <string>

namespace rowlock {

/// What readers of YAML files share: the parsed text, and the first error as
/// "FILE:LINE: message". The text must outlive it.
class YAMLLines {
public:
  YAMLLines(const std::string &text, const std::string &fileName)
      : fileName(fileName) {
    sources.setDiagHandler(
        [](const llvm::SMDiagnostic &diagnostic, void *self) {
          static_cast<YAMLLines *>(self)->failAtLine(
              diagnostic.getLineNo(), diagnostic.getMessage().str());
        },
        this);
    stream = std::make_unique<llvm::yaml::Stream>(
        llvm::MemoryBufferRef(text, fileName), sources, false);
  }
  // The diagnostic handler holds its address.
  YAMLLines(const YAMLLines &) = delete;
  YAMLLines &operator=(const YAMLLines &) = delete;

protected:
  /// Later errors are dropped.
  void failAtLine(int line, const std::string &message) {
    if (error.empty())
      error =
          fileName + ":" + std::to_string(std::max(line, 1)) + ": " + message;
  }
  /// 1 where there is no node.
  int lineOf(const llvm::yaml::Node *node) {
    return node ? sources.getLineAndColumn(node->getSourceRange().Start).first
                : 1;
  }

  std::string fileName;
  llvm::SourceMgr sources;
  std::unique_ptr<llvm::yaml::Stream> stream;
  std::string error; // empty: none
};

} // namespace rowlock

#endif // ROWLOCK_TARGET_YAML_YAMLLINES_H
