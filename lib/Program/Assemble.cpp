//===- Assemble.cpp - Text to programs ------------------------------------===//

#include "rowlock/Program/Text.h"

#include "Checks.h"
#include "LineReader.h"
#include "rowlock/Program/ProgramWriter.h"

using namespace rowlock;

namespace {
class Assembler {
public:
  Result<std::vector<uint8_t>> run(const std::string &text);

private:
  Status line(LineReader &reader);
  Status statement(LineReader &reader, const std::string &keyword);
  Status command(LineReader &reader, const std::string &operation);
  Status targetValue(LineReader &reader);
  Status frameLine(LineReader &reader, const std::string &keyword);
  Status beginFrame(LineReader &reader);
  Status constantBytes(LineReader &reader);
  Status constantLine(LineReader &reader);
  template <typename T>
  Status append(LineReader &reader, std::vector<std::unique_ptr<T>> &list) {
    list.push_back(std::make_unique<T>());
    return reader.fields(*list.back());
  }
  Status append(LineReader &reader, std::vector<std::string> &list) {
    list.emplace_back();
    return reader.read(list.back());
  }

  fb::ProgramT program;
  bool header = false; // the line "program" has been read
  TargetSpec target;
  std::string targetText; // names and values, each ended by a zero byte
  std::unique_ptr<FrameLayout> layout;
  std::unique_ptr<FrameValues> frame; // the one that is open
};
} // namespace

Status Assembler::targetValue(LineReader &reader) {
  if (layout)
    return Status::error("target after a frame");
  if (Status status = append(reader, program.target->values); !status)
    return status;
  const fb::TargetValueT &value = *program.target->values.back();
  targetText += value.name + '\0' + value.value + '\0';
  return setTargetField(target, value.name, value.value);
}

Status Assembler::beginFrame(LineReader &reader) {
  if (Status status = reader.expect('{'); !status)
    return status;
  if (!layout) {
    if (Status status = validateTarget(target); !status)
      return status;
    layout = std::make_unique<FrameLayout>(target);
  }
  frame = std::make_unique<FrameValues>(*layout);
  return Status::ok();
}

Status Assembler::frameLine(LineReader &reader, const std::string &keyword) {
  if (keyword == "}") {
    Result<std::vector<uint64_t>> words = encodeFrame(*layout, *frame);
    if (!words)
      return words.takeStatus();
    program.frames.push_back(std::make_unique<fb::FrameT>());
    program.frames.back()->words = *words;
    frame.reset();
    return Status::ok();
  }
  if (int64_t *scalar = frame->scalar(keyword))
    return reader.read(*scalar);
  std::vector<int64_t> *list = frame->vector(keyword);
  if (!list)
    return Status::error("unknown frame field " + quoted(keyword));
  size_t count = list->size();
  list->clear();
  while (!reader.atEnd()) {
    int64_t value, length = 1;
    if (Status status = reader.read(value); !status)
      return status;
    if (reader.take('*'))
      if (Status status = reader.read(length); !status)
        return status;
    if (length < 1 || uint64_t(length) > count - list->size())
      return Status::error(keyword + " has more than " + std::to_string(count) +
                           " elements");
    list->insert(list->end(), size_t(length), value);
  }
  if (list->size() != count)
    return Status::error(keyword + " has " + std::to_string(list->size()) +
                         " elements instead of " + std::to_string(count));
  return Status::ok();
}

Status Assembler::constantBytes(LineReader &reader) {
  uint64_t size = 0;
  if (Status status = reader.read(size); !status)
    return status;
  if (size >= uint64_t(1) << 31)
    return Status::error("constants of " + std::to_string(size) +
                         " bytes exceed 2 GiB");
  program.constants.assign(size, 0);
  return Status::ok();
}

Status Assembler::constantLine(LineReader &reader) {
  uint64_t at = 0;
  if (Status status = reader.read(at); !status)
    return status;
  std::vector<uint8_t> bytes;
  if (Status status = reader.hexadecimal(bytes); !status)
    return status;
  uint64_t size = program.constants.size();
  if (bytes.size() > size || at > size - bytes.size())
    return Status::error("bytes at " + std::to_string(at) +
                         " exceed the constants' " + std::to_string(size));
  std::copy(bytes.begin(), bytes.end(),
            program.constants.begin() + ptrdiff_t(at));
  return Status::ok();
}

template <typename T>
static Status readOperation(LineReader &reader, fb::CommandT &command) {
  T operation;
  if (Status status = reader.fields(operation, command); !status)
    return status;
  command.operation.Set(std::move(operation));
  return Status::ok();
}

Status Assembler::command(LineReader &reader, const std::string &operation) {
  auto command = std::make_unique<fb::CommandT>();
  fb::CommandT &made = *command;
  program.commands.push_back(std::move(command));
  if (operation == "Loop")
    return readOperation<fb::LoopT>(reader, made);
  if (operation == "End")
    return readOperation<fb::EndT>(reader, made);
  if (operation == "Configure")
    return readOperation<fb::ConfigureT>(reader, made);
  if (operation == "Load")
    return readOperation<fb::LoadT>(reader, made);
  if (operation == "Pass")
    return readOperation<fb::PassT>(reader, made);
  if (operation == "Store")
    return readOperation<fb::StoreT>(reader, made);
  if (operation == "Host")
    return readOperation<fb::HostT>(reader, made);
  return Status::error("unknown keyword " + quoted(operation));
}

Status Assembler::statement(LineReader &reader, const std::string &keyword) {
  if (frame)
    return frameLine(reader, keyword);
  if (keyword == "program") {
    header = true;
    return reader.fields(program);
  }
  if (keyword == "target")
    return targetValue(reader);
  if (keyword == "tensor")
    return append(reader, program.tensors);
  if (keyword == "token")
    return append(reader, program.tokens);
  if (keyword == "frame")
    return beginFrame(reader);
  if (keyword == "layer")
    return append(reader, program.layers);
  if (keyword == "preprocessing")
    return append(reader, program.preprocessing);
  if (keyword == "label")
    return append(reader, program.labels);
  if (keyword == "debug")
    return append(reader, program.debug);
  if (keyword == "constants")
    return constantBytes(reader);
  if (keyword == "@")
    return constantLine(reader);
  return command(reader, keyword);
}

Status Assembler::line(LineReader &reader) {
  if (reader.atEnd())
    return Status::ok();
  std::string keyword;
  if (reader.take('}'))
    keyword = "}";
  else if (reader.take('@'))
    keyword = "@";
  else if (Status status = reader.word(keyword); !status)
    return status;
  if (Status status = statement(reader, keyword); !status)
    return status;
  return reader.atEnd() ? Status::ok()
                        : Status::error("unexpected text at the line's end");
}

Result<std::vector<uint8_t>> Assembler::run(const std::string &text) {
  program.target = std::make_unique<fb::TargetT>();
  size_t number = 1;
  for (size_t at = 0; at < text.size(); ++number) {
    size_t end = std::min(text.find('\n', at), text.size());
    LineReader reader(text.data() + at, text.data() + end);
    if (Status status = line(reader); !status)
      return Status::error("line " + std::to_string(number) + ": " +
                           status.message());
    at = end + 1;
  }
  if (frame)
    return Status::error("line " + std::to_string(number) +
                         ": a frame is not closed");
  if (!header)
    return Status::error("has no line 'program'");
  program.target->hash = fnv1a(
      reinterpret_cast<const uint8_t *>(targetText.data()), targetText.size());
  return serialize(program);
}

Result<std::vector<uint8_t>> rowlock::assemble(const std::string &text) {
  return Assembler().run(text);
}
