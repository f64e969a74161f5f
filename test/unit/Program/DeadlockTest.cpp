//===- DeadlockTest.cpp - Who waits for what ------------------------------===//

#include "SmallProgram.h"
#include "rowlock/Program/DeadlockCheck.h"

#include <gtest/gtest.h>

using namespace rowlock;
using namespace rowlock::test;

static std::string errorOf(const fb::ProgramT &program) {
  auto loaded = Program::fromBytes(*serialize(program));
  return loaded ? "" : loaded.message();
}

TEST(Deadlock, NamesEngineTokenAndValues) {
  fb::ProgramT program = smallProgram();
  program.commands[2]->waits[1] = wait(2, 0, {1});
  EXPECT_EQ(errorOf(program), "");
  program.commands[2]->waits[1] = wait(2, 1, {1});
  EXPECT_EQ(errorOf(program),
            "'program': deadlock: load at command 2 (Load) waits for token "
            "'ifmap.free' to reach 1, it is at 0; array at command 3 (Pass) "
            "waits for token 'ifmap.full' to reach 1, it is at 0; store at "
            "command 4 (Store) waits for token 'psum.full' to reach 1, it is "
            "at 0; host at command 6 (Host) waits for token 'stored' to reach "
            "2, it is at 0");
}

TEST(Deadlock, FiltersMadeTooLate) {
  fb::ProgramT program = smallProgram();
  fb::PassT &pass = *program.commands[3]->operation.AsPass();
  pass.filters_from->waits.push_back(wait(5, 1));
  std::string error = errorOf(program);
  EXPECT_NE(error.find("filter at command 3 (Pass) waits for token 'stored' to "
                       "reach 1, it is at 0; array at command 3 (Pass) waits "
                       "for its filters"),
            std::string::npos)
      << error;
}

TEST(Deadlock, TokensStayWithin32Bits) {
  fb::ProgramT program = smallProgram();
  program.commands[4]->signals[1]->amount = UINT32_MAX;
  EXPECT_EQ(errorOf(program), "'program': command 4 (Store) at [1]: token "
                              "'stored' exceeds 32 bits");
}

TEST(Deadlock, FiltersMayExceedTheFifo) {
  // 96 filters of 18 bytes, more than the FIFO's 1,024, and one psum of each.
  fb::ProgramT program = smallProgram();
  program.tensors[1]->shape[0] = 96;
  program.tensors[1]->size = 96 * 18;
  program.tensors[1]->address = program.dram_bytes;
  program.tensors[1]->constant_offset = program.constants.size();
  program.constants.resize(program.constants.size() + 96 * 18);
  program.dram_bytes += 96 * 18;
  FrameValues frame = smallFrame();
  frame.p = 24;
  frame.t = 4;
  setFrame(program, frame);
  fb::PassT &pass = *program.commands[3]->operation.AsPass();
  pass.filters = count(96);
  pass.rows = count(1);
  pass.columns = count(1);
  pass.filters_when = nullptr;
  EXPECT_EQ(errorOf(program), "");
}

TEST(Deadlock, MillionsOfIterations) {
  fb::ProgramT program = smallProgram();
  program.commands[1]->operation.AsLoop()->trips = 1000000;
  fb::StoreT &store = *program.commands[4]->operation.AsStore();
  store.rows->terms.push_back(affine(6, {-3}));
  EXPECT_EQ(errorOf(program), "");
  program.commands[1]->operation.AsLoop()->trips = int64_t(1) << 60;
  EXPECT_NE(errorOf(program).find("more than 134217728 times"),
            std::string::npos);
}
