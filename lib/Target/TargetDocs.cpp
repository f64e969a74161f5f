//===- TargetDocs.cpp - The field table as a page -------------------------===//

#include "rowlock/Target/TargetDocs.h"
#include "rowlock/Target/TargetSpec.h"

#include <charconv>

using namespace rowlock;

static std::string number(double value) {
  char buffer[64];
  auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  return std::string(buffer, end);
}

static std::string values(const TargetField &field) {
  switch (field.kind) {
  case TargetFieldKind::Int:
  case TargetFieldKind::Real:
    return number(field.min) + " to " + number(field.max);
  case TargetFieldKind::Choice:
    return "`" + std::string(field.choices) + "`";
  case TargetFieldKind::Text:
    return "text";
  }
  return "";
}

std::string rowlock::targetFieldDocs() {
  std::string page, section;
  for (const TargetField &field : targetFields()) {
    if (section != field.section) {
      section = field.section;
      page += (page.empty() ? "## " : "\n## ") + section +
              "\n\n| field | eyeriss-v1 | values | unit | meaning |\n"
              "|---|---|---|---|---|\n";
    }
    page += "| `" + std::string(field.name) + "` | " + field.defaultText +
            " | " + values(field) + " | " + field.unit + " | " + field.doc +
            " |\n";
  }
  return page;
}
