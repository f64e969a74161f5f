//===- Replay.cpp - A corpus, one input after the other -------------------===//
//
// replay-programs DIR... (-models, -ir): runs every file of the directories as
// the fuzzer does and prints what became of it. Fails if there are none, or if
// a file whose name begins with "seed-" did not come all the way.
//
//===----------------------------------------------------------------------===//
#include "Target.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

using namespace rowlock;

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
    Fate fate = runInput(reinterpret_cast<const uint8_t *>(bytes.data()),
                         bytes.size(), Depth::Fuzz);
    bool expected = fate.complete || name.rfind("seed-", 0) != 0;
    good &= expected;
    std::printf("%s%s\n", fate.name,
                expected ? "" : ", but should come all the way");
  }
  std::printf("%zu files\n", files.size());
  return good ? 0 : 1;
}
