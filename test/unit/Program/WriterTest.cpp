//===- WriterTest.cpp - Canonical bytes, golden file, atomic files --------===//

#include "SmallProgram.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

using namespace rowlock;
using namespace rowlock::test;

static const std::string golden =
    std::string(ROWLOCK_SOURCE_DIR) + "/test/unit/Program/golden-v1.rlk";

TEST(Writer, SameContentSameBytes) {
  fb::ProgramT other = smallProgram();
  other.commands[2]->operation.AsLoad()->row->strides = {3, 0, 0};
  EXPECT_EQ(*serialize(smallProgram()), *serialize(other));
}

TEST(Writer, GoldenFileOfVersion1) {
  auto bytes = *serialize(smallProgram());
  // Only a new version of the format may make a new golden file, beside this.
  if (const char *path = std::getenv("ROWLOCK_WRITE_GOLDEN"))
    ASSERT_TRUE(bool(writeFileAtomically(path, bytes)));
  auto program = Program::open(golden);
  ASSERT_TRUE(bool(program)) << program.message();
  EXPECT_EQ(
      std::vector<uint8_t>(program->bytes().begin(), program->bytes().end()),
      bytes);
}

TEST(Writer, ErrorsNameThePathAndLeaveNothing) {
  EXPECT_EQ(writeFileAtomically("/", {1}).message(),
            "cannot write '/': Is a directory");
  EXPECT_EQ(writeFileAtomically("/nowhere/x.rlk", {1}).message(),
            "cannot write '/nowhere/x.rlk': No such file or directory");
}

TEST(Writer, WritesWholeFiles) {
  std::string path = testing::TempDir() + "rowlock-writer-test.rlk";
  ASSERT_TRUE(bool(writeFileAtomically(path, {1, 2, 3})));
  std::ifstream file(path, std::ios::binary);
  std::string content((std::istreambuf_iterator<char>(file)), {});
  EXPECT_EQ(content, std::string("\1\2\3"));
  std::remove(path.c_str());
}
