//===- CommandWalker.cpp - One engine's way through the commands ----------===//
#include "CommandWalker.h"

using namespace rowlock;

static uint8_t enginesOf(const fb::Command &command) {
  auto bit = [](Engine engine) { return uint8_t(1u << unsigned(engine)); };
  switch (command.operation_type()) {
  case fb::Operation::Load:
    return bit(Engine::Load);
  case fb::Operation::Configure:
    return bit(Engine::Array);
  case fb::Operation::Pass:
    return bit(Engine::Array) | bit(Engine::Filter);
  case fb::Operation::Store:
    return bit(Engine::Store);
  case fb::Operation::Host:
    return bit(Engine::Host);
  default:
    return 0;
  }
}

CommandList::CommandList(const fb::Program &program)
    : commands(items(program.commands())), ends(commands.size()),
      enginesIn(commands.size()) {
  std::vector<size_t> open;
  for (size_t k = 0; k < commands.size(); ++k) {
    const fb::Command &command = *commands[k];
    if (command.operation_type() == fb::Operation::Loop) {
      open.push_back(k);
    } else if (command.operation_type() == fb::Operation::End) {
      ends[open.back()] = k;
      open.pop_back();
    } else {
      enginesIn[k] = enginesOf(command);
      for (size_t loop : open)
        enginesIn[loop] |= enginesIn[k];
    }
  }
}

void CommandWalker::settle() {
  while (at < list->size()) {
    const fb::Command &command = list->command(at);
    if (command.operation_type() == fb::Operation::End) {
      const fb::Loop *loop = list->command(starts.back()).operation_as_Loop();
      if (++counters.back() < loop->trips()) {
        at = starts.back() + 1;
        continue;
      }
      counters.pop_back();
      starts.pop_back();
      ++at;
      continue;
    }
    bool mine = list->enginesIn[at] >> unsigned(engine) & 1;
    if (command.operation_type() != fb::Operation::Loop) {
      if (mine)
        return;
      ++at;
      continue;
    }
    if (!mine) {
      at = list->ends[at] + 1;
      continue;
    }
    starts.push_back(at);
    counters.push_back(0);
    ++at;
  }
}
