//===- CommandWalker.h - One engine's way through the commands --*- C++ -*-===//
#ifndef ROWLOCK_LIB_SIMULATOR_COMMANDWALKER_H
#define ROWLOCK_LIB_SIMULATOR_COMMANDWALKER_H

#include "rowlock/Program/Values.h"
#include "rowlock/Timing/Timeline.h"

#include <cstdint>
#include <vector>

namespace rowlock {

/// The list of commands with its loops, shared by all walkers.
class CommandList {
public:
  explicit CommandList(const fb::Program &program);
  const fb::Command &command(size_t index) const { return *commands[index]; }
  size_t size() const { return commands.size(); }

private:
  friend class CommandWalker;
  Items<flatbuffers::Offset<fb::Command>> commands;
  std::vector<size_t> ends;       // of a Loop: its End
  std::vector<uint8_t> enginesIn; // of a Loop: bit set of engines inside
};

/// Walks the nest with loop counters of its own and stops at the commands of
/// one engine.
class CommandWalker {
public:
  CommandWalker(const CommandList &list, Engine engine)
      : list(&list), engine(engine) {
    settle();
  }
  bool done() const { return at == list->size(); }
  size_t index() const { return at; }
  const fb::Command &command() const { return list->command(at); }
  const int64_t *indices() const { return counters.data(); }
  size_t depth() const { return counters.size(); }
  void advance() {
    ++at;
    settle();
  }

private:
  void settle();

  const CommandList *list;
  Engine engine;
  size_t at = 0;
  std::vector<int64_t> counters;
  std::vector<size_t> starts; // the Loop of each counter
};

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_COMMANDWALKER_H
