//===- rowlock-docs.cpp - Pages made from the tables ----------------------===//
//
// Prints the generated page `targets`, `frame` or `operators`;
// scripts/generate_docs.py writes them to docs/generated.
//
//===----------------------------------------------------------------------===//
#include "rowlock/Frontend/ONNX/ImportONNX.h"
#include "rowlock/Program/FrameLayout.h"
#include "rowlock/Target/TargetDocs.h"
#include "rowlock/Target/YAML/TargetYAML.h"

#include <cstring>
#include <iostream>

using namespace rowlock;

static void printTargets() {
  std::cout << "# Targets\n\nA target file is YAML: sections and fields as "
               "below. `base: NAME` takes what is left out from a shipped "
               "target. Shipped:";
  for (const std::string &name : shippedTargets())
    std::cout << " `" << name << "`";
  std::cout << ".\n\n" << targetFieldDocs();
}

static int printFrame() {
  for (const std::string &name : shippedTargets()) {
    Result<TargetSpec> target = loadTarget(name);
    if (!target) {
      std::cerr << "rowlock-docs: " << target.message() << "\n";
      return 1;
    }
    std::cout << (name == shippedTargets().front() ? "" : "\n")
              << frameDocs(*target);
  }
  return 0;
}

int main(int argc, char **argv) {
  if (argc == 2 && !std::strcmp(argv[1], "targets")) {
    printTargets();
    return 0;
  }
  if (argc == 2 && !std::strcmp(argv[1], "frame"))
    return printFrame();
  if (argc == 2 && !std::strcmp(argv[1], "operators")) {
    std::cout << operatorDocs();
    return 0;
  }
  std::cerr << "usage: rowlock-docs targets|frame|operators\n"
               "Prints a page of docs/generated.\n";
  return 1;
}
