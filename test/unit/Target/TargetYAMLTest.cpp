//===- TargetYAMLTest.cpp - Target files ----------------------------------===//

#include "rowlock/Target/YAML/TargetYAML.h"

#include <gtest/gtest.h>

using namespace rowlock;

static std::string readError(const std::string &text) {
  Result<TargetSpec> target = readTargetYAML(text, "t.yaml");
  return target ? "" : target.message();
}

TEST(TargetYAML, ShippedTargets) {
  EXPECT_EQ(
      shippedTargets(),
      (std::vector<std::string>{"eyeriss-256", "eyeriss-int8", "eyeriss-v1"}));
  for (const std::string &name : shippedTargets()) {
    Result<TargetSpec> target = loadTarget(name);
    ASSERT_TRUE(bool(target)) << target.message();
    EXPECT_EQ(target->name, name);
  }
  EXPECT_EQ(*loadTarget("eyeriss-v1"), TargetSpec());
  TargetSpec int8 = *loadTarget("eyeriss-int8");
  EXPECT_EQ(int8.arithmetic, "int");
  EXPECT_EQ(int8.filterSpad(false), 448);
  EXPECT_EQ(int8.filterSpad(true), 224);
  EXPECT_EQ(loadTarget("eyeriss-256")->rows, 16);
}

TEST(TargetYAML, WritesWhatItReads) {
  for (const std::string &name : shippedTargets()) {
    TargetSpec target = *loadTarget(name);
    target.technology = "\"odd\" \\ name: #1 é";
    target.mac_energy = 0.1;
    Result<TargetSpec> again =
        readTargetYAML(writeTargetYAML(target), "again.yaml");
    ASSERT_TRUE(bool(again)) << again.message();
    EXPECT_EQ(*again, target);
  }
}

TEST(TargetYAML, BaseAndOverrides) {
  Result<TargetSpec> target = readTargetYAML(
      "base: eyeriss-int8\ngeneral:\n  name: small\narray:\n  rows: 6\n",
      "small.yaml");
  ASSERT_TRUE(bool(target)) << target.message();
  EXPECT_EQ(target->rows, 6);
  EXPECT_EQ(target->psum_bits, 32);
}

TEST(TargetYAML, ErrorsNameFileAndLine) {
  EXPECT_EQ(readError("base: eyeriss-v1\narray:\n  raws: 6\n"),
            "t.yaml:3: unknown key 'raws' in section 'array'");
  EXPECT_EQ(readError("base: eyeriss-v1\narray:\n  glb_banks: 6\n"),
            "t.yaml:3: unknown key 'glb_banks' in section 'array'");
  EXPECT_EQ(readError("base: eyeriss-v1\narray:\n  rows: 60\n"),
            "t.yaml:3: rows 60 is not in 1 to 32");
  EXPECT_EQ(readError("base: eyeriss-v1\nspace:\n  rows: 6\n"),
            "t.yaml:2: unknown section 'space'");
  EXPECT_EQ(readError("base: eyeriss-v1\narray:\n  rows: 6\n  rows: 6\n"),
            "t.yaml:4: key 'rows' is given twice");
  EXPECT_EQ(
      readError("base: eyeriss-v1\narray:\n  rows: 6\narray:\n  rows: 6\n"),
      "t.yaml:4: section 'array' is given twice");
  EXPECT_EQ(readError("array:\n  rows: 6\nbase: eyeriss-v1\n"),
            "t.yaml:3: base is not the first key of the file");
  EXPECT_EQ(readError("base: eyeriss-v3\n"),
            "t.yaml:1: base 'eyeriss-v3' is none of the shipped eyeriss-256, "
            "eyeriss-int8, eyeriss-v1");
  EXPECT_EQ(readError("base: eyeriss-v1\narray: 6\n"),
            "t.yaml:2: section 'array' is not a map of fields");
  EXPECT_EQ(readError("base: eyeriss-v1\narray:\n  rows: [6]\n"),
            "t.yaml:3: rows is not a plain value");
  EXPECT_EQ(readError("base: eyeriss-v1\nnetworks:\n  psum_network_bits: 64\n"
                      "  row_id_bits: 2\n"),
            "t.yaml:4: row_id_bits 2 is below ceil(log2 rows), 4");
  EXPECT_EQ(readError(""), "t.yaml:1: a target file is a map of sections");
  EXPECT_EQ(readError("general:\n  name: x\n"),
            "t.yaml:1: field 'technology' of section 'general' is missing (or "
            "begin with 'base: NAME')");
  EXPECT_EQ(readError("base: [\n").rfind("t.yaml:", 0), 0u);
  EXPECT_EQ(readError("\"\\x").rfind("t.yaml:", 0), 0u);
}

TEST(TargetYAML, UnknownTargetListsTheShipped) {
  Result<TargetSpec> target = loadTarget("no-such-target");
  ASSERT_FALSE(bool(target));
  EXPECT_EQ(target.message(),
            "target 'no-such-target' is no readable file and none of the "
            "shipped eyeriss-256, eyeriss-int8, eyeriss-v1");
  EXPECT_FALSE(bool(loadTarget(ROWLOCK_SOURCE_DIR)));
}
