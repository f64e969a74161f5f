//===- Disassemble.cpp - Programs to text ---------------------------------===//

#include "rowlock/Program/Text.h"

#include "EnumNames.h"
#include "Fields.h"
#include "rowlock/Program/Values.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

using namespace rowlock;

namespace {
class Printer {
public:
  std::string out;

  void program(const Program &program);

private:
  /// ` name=value` for every field that is not its default.
  template <typename T> void fields(const T &object) {
    static const T defaults{};
    visitFields<T>([&](const char *name, auto member) {
      const auto &value = object.*member;
      if (isDefault(value, defaults.*member))
        return;
      if (out.back() != '{' && out.back() != ' ')
        out += ' ';
      out += std::string(name) + "=";
      print(value);
    });
  }

  template <typename T> bool isDefault(const T &value, const T &other) {
    return value == other;
  }
  template <typename T>
  bool isDefault(const std::vector<T> &value, const std::vector<T> &) {
    return value.empty();
  }
  template <typename T>
  bool isDefault(const std::unique_ptr<T> &value, const std::unique_ptr<T> &) {
    return !value;
  }
  bool isDefault(const fb::OperationUnion &, const fb::OperationUnion &) {
    return true; // Stands before the fields of its command.
  }

  template <typename T> void print(const T &value) {
    if constexpr (std::is_enum_v<T>)
      out += enumNames(value)[size_t(value)];
    else
      out += std::to_string(value);
  }
  void print(const fb::OperationUnion &) {}
  void print(bool value) { out += value ? "true" : "false"; }
  void print(float value);
  void print(const std::string &value);
  void print(const fb::AffineT &value);
  void print(const fb::CountT &value);
  template <typename T> void print(const std::unique_ptr<T> &value) {
    if constexpr (std::is_same_v<T, fb::AffineT> ||
                  std::is_same_v<T, fb::CountT>) {
      print(*value);
    } else {
      out += '{';
      fields(*value);
      out += '}';
    }
  }
  template <typename T> void print(const std::vector<T> &list) {
    out += '[';
    for (size_t i = 0; i < list.size(); ++i) {
      if (i)
        out += ' ';
      print(list[i]);
    }
    out += ']';
  }

  template <typename T>
  void lines(const char *keyword, const std::vector<std::unique_ptr<T>> &list) {
    for (size_t i = 0; i < list.size(); ++i) {
      out += keyword;
      fields(*list[i]);
      out += " # " + std::to_string(i) + "\n";
    }
  }
  void strings(const char *keyword, const std::vector<std::string> &list) {
    for (size_t i = 0; i < list.size(); ++i) {
      out += std::string(keyword) + " ";
      print(list[i]);
      out += " # " + std::to_string(i) + "\n";
    }
  }
  void frame(const FrameLayout &layout, const FrameValues &values);
  void commands(fb::ProgramT &table);
  void constants(const std::vector<uint8_t> &bytes);
};
} // namespace

void Printer::print(float value) {
  char buffer[48];
  char *end;
  if (std::isfinite(value)) {
    end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  } else {
    uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    out += "0x";
    end = std::to_chars(buffer, buffer + sizeof buffer, bits, 16).ptr;
  }
  out.append(buffer, end);
}

void Printer::print(const std::string &value) {
  static const char digits[] = "0123456789abcdef";
  out += '"';
  for (unsigned char c : value) {
    if (c == '"' || c == '\\')
      out += std::string("\\") + char(c);
    else if (c < 0x20 || c == 0x7f)
      out += std::string("\\x") + digits[c >> 4] + digits[c & 15];
    else
      out += char(c);
  }
  out += '"';
}

void Printer::print(const fb::AffineT &value) {
  bool empty = true;
  if (value.base != 0) {
    out += std::to_string(value.base);
    empty = false;
  }
  for (size_t d = 0; d < value.strides.size(); ++d) {
    if (value.strides[d] == 0)
      continue;
    if (!empty && value.strides[d] > 0)
      out += '+';
    out += std::to_string(value.strides[d]) + "*i" + std::to_string(d);
    empty = false;
  }
  if (empty)
    out += '0';
}

void Printer::print(const fb::CountT &value) {
  if (value.terms.size() == 1)
    return print(*value.terms.front());
  out += "min(";
  for (size_t i = 0; i < value.terms.size(); ++i) {
    if (i)
      out += ", ";
    print(*value.terms[i]);
  }
  out += ')';
}

void Printer::frame(const FrameLayout &layout, const FrameValues &values) {
  for (const FrameField &field : layout.fields()) {
    out += std::string("  ") + field.name;
    if (const int64_t *scalar = values.scalar(field.name)) {
      out += " " + std::to_string(*scalar) + "\n";
      continue;
    }
    // Runs of equal values as value*length.
    const std::vector<int64_t> &list = *values.vector(field.name);
    for (size_t i = 0, end; i < list.size(); i = end) {
      for (end = i; end < list.size() && list[end] == list[i]; ++end)
        ;
      out += " " + std::to_string(list[i]);
      if (end - i > 1)
        out += "*" + std::to_string(end - i);
    }
    out += "\n";
  }
}

void Printer::commands(fb::ProgramT &table) {
  size_t depth = 0;
  for (size_t i = 0; i < table.commands.size(); ++i) {
    fb::CommandT &command = *table.commands[i];
    depth -= command.operation.type == fb::Operation::End;
    out += std::string(2 * depth, ' ') +
           fb::EnumNameOperation(command.operation.type);
    visitOperation(command.operation, [&](auto &object) { fields(object); });
    fields(command);
    out += " # " + std::to_string(i);
    for (const auto &wait : command.waits)
      out += " waits for " + table.tokens[wait->token] + ";";
    // A name may hold anything; the comment must stay on its line.
    size_t start = out.rfind(" # ");
    std::replace_if(
        out.begin() + ptrdiff_t(start), out.end(),
        [](unsigned char c) { return c < 0x20; }, '?');
    out += "\n";
    depth += command.operation.type == fb::Operation::Loop;
  }
}

void Printer::constants(const std::vector<uint8_t> &bytes) {
  static const char digits[] = "0123456789abcdef";
  constexpr size_t perLine = 32;
  out += "constants " + std::to_string(bytes.size()) + "\n";
  for (size_t at = 0; at < bytes.size(); at += perLine) {
    size_t end = std::min(bytes.size(), at + perLine);
    auto nonZero = [](uint8_t byte) { return byte != 0; };
    if (std::none_of(bytes.begin() + ptrdiff_t(at),
                     bytes.begin() + ptrdiff_t(end), nonZero))
      continue;
    out += "@" + std::to_string(at) + " ";
    for (size_t i = at; i < end; ++i) {
      out += digits[bytes[i] >> 4];
      out += digits[bytes[i] & 15];
    }
    out += "\n";
  }
}

void Printer::program(const Program &program) {
  fb::ProgramT table;
  program.table().UnPackTo(&table);
  out +=
      "program dram_bytes=" + std::to_string(table.dram_bytes) + " producer=";
  print(table.producer);
  out += "\n";
  for (const auto &value : table.target->values) {
    out += "target";
    fields(*value);
    out += "\n";
  }
  lines("tensor", table.tensors);
  strings("token", table.tokens);
  for (uint32_t i = 0; i < program.frameCount(); ++i) {
    out += "frame { # " + std::to_string(i) + "\n";
    frame(program.frameLayout(), program.frame(i));
    out += "}\n";
  }
  lines("layer", table.layers);
  commands(table);
  lines("preprocessing", table.preprocessing);
  strings("label", table.labels);
  lines("debug", table.debug);
  constants(table.constants);
}

std::string rowlock::disassemble(const Program &program) {
  Printer printer;
  printer.program(program);
  return std::move(printer.out);
}
