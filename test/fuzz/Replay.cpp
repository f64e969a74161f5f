//===- Replay.cpp - The kept programs, one after the other ----------------===//
//
// replay-programs DIR...: runs every file of the directories as the fuzzer does
// and prints what became of it. Fails if there are none, or if a file whose
// name begins with "seed-" did not run.
//
//===----------------------------------------------------------------------===//
#include "ProgramTarget.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

using namespace rowlock;

static const char *const fates[] = {"refused", "too large", "failed", "ran"};

int main(int argc, char **argv) {
  std::vector<std::filesystem::path> files;
  for (int k = 1; k < argc; ++k)
    for (const auto &entry : std::filesystem::directory_iterator(argv[k]))
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  bool good = !files.empty();
  for (const std::filesystem::path &path : files) {
    std::ifstream file(path, std::ios::binary);
    std::vector<char> bytes((std::istreambuf_iterator<char>(file)), {});
    std::string name = path.filename().string();
    std::printf("%s: ", name.c_str());
    std::fflush(stdout);
    ProgramFate fate = runAnyProgram(
        reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size());
    bool expected = fate == ProgramFate::Ran || name.rfind("seed-", 0) != 0;
    good &= expected;
    std::printf("%s%s\n", fates[size_t(fate)],
                expected ? "" : ", but should run");
  }
  std::printf("%zu files\n", files.size());
  return good ? 0 : 1;
}
