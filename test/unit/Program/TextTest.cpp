//===- TextTest.cpp - Disassembler and assembler --------------------------===//

#include "rowlock/Program/Text.h"
#include "SmallProgram.h"

#include <gtest/gtest.h>

using namespace rowlock;
using namespace rowlock::test;

TEST(Text, DisassembleThenAssembleGivesTheSameBytes) {
  auto bytes = *serialize(smallProgram());
  auto program = Program::fromBytes(bytes);
  ASSERT_TRUE(bool(program)) << program.message();
  std::string text = disassemble(*program);
  auto again = assemble(text);
  ASSERT_TRUE(bool(again)) << again.message() << "\n" << text;
  EXPECT_EQ(*again, bytes) << text;
}

TEST(Text, CommandsReadWell) {
  auto program = Program::fromBytes(*serialize(smallProgram()));
  ASSERT_TRUE(bool(program)) << program.message();
  std::string text = disassemble(*program);
  EXPECT_NE(text.find("Loop trips=2"), std::string::npos) << text;
  EXPECT_NE(text.find("\n  Load row=3*i0 "), std::string::npos);
  EXPECT_NE(text.find("rows=min(3, 6-3*i0)"), std::string::npos) << text;
  EXPECT_NE(text.find("  bank_psum 0*2 1\n"), std::string::npos) << text;
}

TEST(Text, ErrorsNameTheLine) {
  EXPECT_EQ(assemble("program\nLoop trip=2\n").message(),
            "line 2: unknown field 'trip'");
  EXPECT_EQ(assemble("\n\nJump\n").message(), "line 3: unknown keyword 'Jump'");
  EXPECT_EQ(assemble("tensor kind=Nothing").message(),
            "line 1: kind: unknown name 'Nothing'");
  EXPECT_EQ(assemble("frame {\n p 99\n}\n").message(),
            "line 3: p 99 exceeds 24");
}
