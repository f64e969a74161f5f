//===- Damage.cpp - A file with damaged bytes, and cut --------------------===//
//
// damage-models FILE CHANGED CUT SEED [FIRST] (-programs): takes the file with
// random bytes changed, CHANGED times, and cut, CUT times, as a user's tool
// does. FIRST: the number of the first of them to try. Prints each number
// before it is tried, so that the last one is what ended the process; then the
// counts of what became of them, the longest time and the peak of memory. One
// that takes more than 10 seconds of the processor (SIGPROF), or sleeps for
// minutes (SIGALRM), ends the process.
//
//===----------------------------------------------------------------------===//
#include "Target.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>
#include <vector>

using namespace rowlock;

/// Number `index`: the first `changed` have 1 to 16 bytes replaced, at random
/// places or in a row, or single bits flipped; the others are cut.
static std::vector<char> damage(std::vector<char> bytes, size_t index,
                                size_t changed, unsigned seed) {
  std::mt19937 random(seed + unsigned(index) * 2654435761u);
  if (index >= changed) {
    bytes.resize(random() % bytes.size());
    return bytes;
  }
  bool inRow = random() % 4 == 0, flips = random() % 2;
  size_t place = random() % bytes.size();
  for (size_t left = 1 + random() % 16; left > 0; --left) {
    char &byte = bytes[place % bytes.size()];
    byte = flips ? char(byte ^ (1 << random() % 8)) : char(random());
    place = inRow ? place + 1 : random();
  }
  return bytes;
}

/// Ends the process unless it is called again in time. Seconds of the processor
/// are the same on a busy machine.
static void watch(bool on) {
  const itimerval limit = {{0, 0}, {on ? 10 : 0, 0}};
  setitimer(ITIMER_PROF, &limit, nullptr);
  alarm(on ? 600 : 0);
}

int main(int argc, char **argv) {
  if (argc < 5)
    return 2;
  std::ifstream file(argv[1], std::ios::binary);
  const std::vector<char> whole((std::istreambuf_iterator<char>(file)), {});
  const size_t changed = std::strtoul(argv[2], nullptr, 10);
  const size_t count = changed + std::strtoul(argv[3], nullptr, 10);
  const auto seed = unsigned(std::strtoul(argv[4], nullptr, 10));
  if (whole.empty())
    return 2;
  std::map<std::string, size_t> fates;
  double longest = 0;
  for (size_t k = argc > 5 ? std::strtoul(argv[5], nullptr, 10) : 0; k < count;
       ++k) {
    std::printf("%zu\n", k);
    std::fflush(stdout);
    std::vector<char> bytes = damage(whole, k, changed, seed);
    watch(true);
    std::clock_t begin = std::clock();
    Fate fate = runInput(reinterpret_cast<const uint8_t *>(bytes.data()),
                         bytes.size(), Depth::User);
    longest = std::max(longest, double(std::clock() - begin) / CLOCKS_PER_SEC);
    ++fates[fate.name];
  }
  watch(false);
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  for (const auto &[name, times] : fates)
    std::printf("%s: %zu\n", name.c_str(), times);
  std::printf("longest: %.2f s\npeak: %.0f MB\n", longest,
              double(usage.ru_maxrss) / 1024);
  return 0;
}
