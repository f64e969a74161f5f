//===- ReduceDivergence.cpp - From a divergence to a small model ----------===//
#include "ReduceDivergence.h"

#include "Interruption.h"
#include "ReduceProgress.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace rowlock;

std::vector<std::string> rowlock::verifyCommand(int argc, char **argv,
                                                const std::string &model) {
  // Files of the whole model, and what comes after verification. All of them
  // take a value but the last ones.
  static const llvm::StringSet<> dropped = {
      "o",      "reduce",     "calibrate", "save-calibration", "save-mappings",
      "labels", "preprocess", "emit",      "verify-images"};
  static const llvm::StringSet<> flags = {"verify", "quiet", "explain-mapping"};
  static char here;
  std::vector<std::string> command = {
      llvm::sys::fs::getMainExecutable(argv[0], &here), "{}"};
  bool modelSeen = false;
  for (int k = 1; k < argc; ++k) {
    llvm::StringRef argument = argv[k];
    if (!argument.starts_with("-")) {
      if (modelSeen || argument != model)
        command.push_back(argv[k]);
      else
        modelSeen = true;
      continue;
    }
    auto [name, value] = argument.ltrim('-').split('=');
    if (flags.contains(name))
      continue;
    if (!dropped.contains(name))
      command.push_back(argv[k]);
    else if (!argument.contains('='))
      ++k; // its value
  }
  for (const char *argument :
       {"--calibrate={npy}", "--verify", "--quiet", "-o", "/dev/null"})
    command.push_back(argument);
  return command;
}

/// How a shell takes the word, where that is not as it is.
static std::string quoted(llvm::StringRef word) {
  if (!word.empty() &&
      word.find_first_not_of(
          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
          "0123456789_-+=./,:@%") == llvm::StringRef::npos)
    return word.str();
  std::string result = "'";
  for (char c : word)
    result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

static std::string replaced(std::string word, llvm::StringRef what,
                            llvm::StringRef by) {
  size_t at = word.find(what.str());
  return at == std::string::npos
             ? word
             : word.replace(at, what.size(), by.data(), by.size());
}

bool rowlock::reduceDivergence(const std::string &model,
                               const std::vector<std::string> &command,
                               const std::string &output,
                               const ModelInputs &inputs,
                               mlir::MLIRContext &context) {
  ReduceProgress progress;
  OracleOptions options;
  options.command = command;
  options.limits = {/*seconds=*/600, /*mebibytes=*/0};
  options.extension = ".onnx";
  options.output = output;
  options.interrupted = isInterrupted;
  options.progress = std::ref(progress);
  catchInterruption();
  Oracle oracle(Interest(Symptom::Divergence), options);
  Status reduced = reduceONNX(model, context, inputs, oracle);
  progress.end();
  if (!reduced) {
    llvm::errs() << "--reduce: " << reduced.message() << "\n";
    return false;
  }
  llvm::SmallString<128> images(output);
  llvm::sys::path::replace_extension(images, ".npy");
  llvm::errs() << output << ": " << oracle.smallest << "; to see it diverge:\n";
  for (const std::string &word : command)
    llvm::errs() << (&word == &command.front() ? "  " : " ")
                 << quoted(replaced(replaced(word, "{npy}", images), "{}",
                                    output));
  llvm::errs() << "\n";
  return true;
}
