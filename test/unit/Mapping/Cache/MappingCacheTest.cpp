//===- MappingCacheTest.cpp - A cache never changes a result --------------===//

#include "RandomProblem.h"

#include "rowlock/Mapping/Cache/MappingCache.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>
#include <unistd.h>

using namespace rowlock;
namespace fs = std::filesystem;

namespace {

/// A directory of the test's own.
class MappingCacheTest : public testing::Test {
protected:
  void SetUp() override {
    std::string name = fs::temp_directory_path() / "rowlock-cache-XXXXXX";
    directory = mkdtemp(name.data());
  }
  void TearDown() override { fs::remove_all(directory); }

  MappingCache open() { return *MappingCache::open(directory); }
  std::vector<fs::path> files() const {
    return {fs::directory_iterator(directory), fs::directory_iterator()};
  }

  std::string directory;
};

const Objectives edp = {Objective::EDP};

} // namespace

static std::string read(const fs::path &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

static void expectSame(const Result<Optimum> &a, const Result<Optimum> &b) {
  ASSERT_EQ(bool(a), bool(b));
  if (!a) {
    EXPECT_EQ(a.message(), b.message());
    return;
  }
  EXPECT_EQ(a->mapping, b->mapping);
  EXPECT_EQ(a->values, b->values);
  const Certificate &x = a->certificate, &y = b->certificate;
  EXPECT_EQ(x.spaceSize, y.spaceSize);
  EXPECT_EQ(x.passes, y.passes);
  EXPECT_EQ(x.evaluated, y.evaluated);
  EXPECT_EQ(x.prunedPlacements, y.prunedPlacements);
  EXPECT_EQ(x.prunedPasses, y.prunedPasses);
  EXPECT_EQ(x.prunedTiles, y.prunedTiles);
  EXPECT_EQ(x.prunedResidencies, y.prunedResidencies);
  EXPECT_EQ(x.doNotFit, y.doNotFit);
  EXPECT_EQ(x.bestRemaining, y.bestRemaining);
}

TEST_F(MappingCacheTest, ChangesNoResult) {
  const Objectives lists[] = {edp, {Objective::DRAM, Objective::Energy}};
  const MapSpace spaces[] = {{}, MapSpace::ofChip()};
  RandomProblem random(5);
  int kept = 0;
  for (int k = 0; k < 40; ++k) {
    MappingProblem problem = random.problem(random.target());
    for (const Objectives &objectives : lists)
      for (const MapSpace &space : spaces) {
        auto expected = searchOptimal(problem, objectives, space);
        EXPECT_FALSE(open().find(problem, objectives, space));
        expectSame(open().search(problem, objectives, space), expected);
        auto found = open().find(problem, objectives, space);
        ASSERT_EQ(found.has_value(), bool(expected));
        expectSame(open().search(problem, objectives, space), expected);
        kept += found.has_value();
      }
  }
  EXPECT_EQ(files().size(), size_t(kept));
  EXPECT_GE(kept, 80);
}

/// A problem of two mappings at least: its optimum, and a worse legal mapping.
static MappingProblem someProblem() {
  MappingProblem problem;
  problem.layer.filters = 8;
  problem.layer.height = problem.layer.width = 6;
  return problem;
}

TEST_F(MappingCacheTest, UsesNoOtherVersion) {
  MappingProblem problem = someProblem();
  Optimum worse{{}, valuesOf(problem, {}, edp), {}};
  MappingCache old = *MappingCache::open(directory, "old");
  ASSERT_TRUE(bool(old.store(problem, edp, {}, worse)));
  ASSERT_TRUE(old.find(problem, edp).has_value());
  EXPECT_FALSE(open().find(problem, edp).has_value());
  expectSame(open().search(problem, edp), searchOptimal(problem, edp));
}

TEST_F(MappingCacheTest, TellsProblemsApart) {
  MappingProblem problem = someProblem();
  Optimum worse{{}, valuesOf(problem, {}, edp), {}};
  ASSERT_TRUE(bool(open().store(problem, edp, {}, worse)));
  MappingProblem other = problem;
  other.target.dram_energy += 1;
  EXPECT_FALSE(open().find(other, edp).has_value());
  other = problem;
  other.layer.padTop = 1;
  EXPECT_FALSE(open().find(other, edp).has_value());
  EXPECT_FALSE(open().find(problem, {Objective::Energy}).has_value());
  EXPECT_FALSE(open().find(problem, edp, MapSpace::ofChip()).has_value());
  other = problem;
  other.target.name = "another name of the same machine";
  EXPECT_TRUE(open().find(other, edp).has_value());
}

/// An entry whose values or mapping cannot be is not believed.
TEST_F(MappingCacheTest, VerifiesWhatItReads) {
  MappingProblem problem = someProblem();
  Optimum best = *searchOptimal(problem, edp);
  Optimum wrong = best;
  wrong.values[0] /= 2;
  ASSERT_TRUE(bool(open().store(problem, edp, {}, wrong)));
  EXPECT_FALSE(open().find(problem, edp).has_value());
  wrong = best;
  wrong.mapping.p = 25; // above the psum spad
  ASSERT_TRUE(bool(open().store(problem, edp, {}, wrong)));
  EXPECT_FALSE(open().find(problem, edp).has_value());
  // Legal, with its own values, but not in the space.
  ASSERT_TRUE(bool(open().store(problem, edp, MapSpace::ofChip(), best)));
  EXPECT_FALSE(MapSpace::ofChip().holds(problem, best.mapping));
  EXPECT_FALSE(open().find(problem, edp, MapSpace::ofChip()).has_value());
  expectSame(open().search(problem, edp), best);
}

/// Whatever a file holds: cut anywhere, or with any byte changed.
TEST_F(MappingCacheTest, IgnoresDamage) {
  MappingProblem problem = someProblem();
  auto expected = open().search(problem, edp);
  ASSERT_EQ(files().size(), 1u);
  fs::path file = files()[0];
  const std::string whole = read(file);
  auto damage = [&](const std::string &text) {
    std::ofstream(file, std::ios::binary) << text;
    EXPECT_FALSE(open().find(problem, edp).has_value());
  };
  for (size_t length = 0; length < whole.size(); length += 29)
    damage(whole.substr(0, length));
  for (size_t at = 0; at < whole.size(); at += 3) {
    std::string text = whole;
    text[at] = char(text[at] ^ 1);
    damage(text);
  }
  damage(whole + whole);
  expectSame(open().search(problem, edp), expected);
  EXPECT_EQ(read(file), whole);
}

TEST_F(MappingCacheTest, ServesManyAtOnce) {
  std::vector<MappingProblem> problems;
  std::vector<Result<Optimum>> expected;
  for (int64_t filters = 1; filters <= 20; ++filters) {
    problems.push_back(someProblem());
    problems.back().layer.filters = filters;
    expected.push_back(searchOptimal(problems.back(), edp));
  }
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int k = 0; k < 4; ++k)
    threads.emplace_back([&] {
      MappingCache cache = open();
      for (size_t at = 0; at < problems.size(); ++at)
        expectSame(cache.search(problems[at], edp), expected[at]);
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(files().size(), problems.size());
}

TEST_F(MappingCacheTest, SaysWhatIsNoDirectory) {
  std::string file = directory + "/file";
  std::ofstream(file) << "text";
  Result<MappingCache> cache = MappingCache::open(file);
  ASSERT_FALSE(bool(cache));
  EXPECT_EQ(cache.message(),
            "cannot use directory '" + file + "': Not a directory");
}
