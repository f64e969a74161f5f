//===- MappingTextTest.cpp - Mappings as text -----------------------------===//

#include "RandomProblem.h"

#include <gtest/gtest.h>

using namespace rowlock;

static std::string parseError(const std::string &text) {
  Result<Mapping> mapping = parseMapping(text);
  return mapping ? "" : mapping.message();
}

TEST(MappingText, PrintsAllOfIt) {
  Mapping mapping;
  mapping.m = 96;
  mapping.prefetch = Prefetch::Double;
  EXPECT_EQ(printMapping(mapping), "n=1 m=96 h=1 f=1 c=1 e=1 p=1 q=1 r=1 t=1 "
                                   "g=1 order=gmnhfc/cms prefetch=double");
}

TEST(MappingText, ReadsWhatItPrints) {
  RandomProblem random(31);
  for (int i = 0; i < 500; ++i) {
    Mapping mapping = random.mapping(random.problem(random.target()));
    Result<Mapping> again = parseMapping(printMapping(mapping));
    ASSERT_TRUE(bool(again)) << again.message();
    EXPECT_TRUE(*again == mapping);
  }
}

TEST(MappingText, Errors) {
  const std::string sizes = "n=1 m=1 h=1 f=1 c=1 e=1 p=1 q=1 r=1 t=1 g=1";
  EXPECT_EQ(parseError(sizes), "");
  EXPECT_EQ(parseError("n=1 h=1 f=1 c=1 e=1 p=1 q=1 r=1 g=1"),
            "mapping has no 'm', 't'");
  EXPECT_EQ(parseError("n=1 n=2"), "mapping has key 'n' twice");
  EXPECT_EQ(parseError("n=x"), "mapping has n 'x', not an integer");
  EXPECT_EQ(parseError("n"), "mapping has 'n', not key=value");
  EXPECT_EQ(parseError("z=1"), "mapping has unknown key 'z'");
  EXPECT_EQ(parseError(sizes + " order=gmnhff/cms"),
            "mapping has order 'gmnhff/cms', not a permutation of gmnhfc, '/' "
            "and one of cms");
  EXPECT_EQ(parseError(sizes + " prefetch=some"),
            "mapping has prefetch 'some', not none, ring or double");
}
