//===- FrameDocs.cpp - The page of frame fields ---------------------------===//

#include "rowlock/Program/FrameLayout.h"

using namespace rowlock;

static const char *kindTitle(FrameFieldKind kind) {
  switch (kind) {
  case FrameFieldKind::Scalar:
    return "Once in a frame";
  case FrameFieldKind::Bank:
    return "For each GLB bank";
  case FrameFieldKind::Bus:
    return "For each X bus (array row), from the bottom";
  case FrameFieldKind::Column:
    return "For each array column";
  case FrameFieldKind::PE:
    return "For each PE, row by row from the bottom";
  }
  return "";
}

std::string rowlock::frameDocs(const TargetSpec &target) {
  FrameLayout layout(target);
  std::string page = "# Frames on `" + target.name + "`\n\n";
  page += "The scan chain has " + std::to_string(layout.bits()) +
          " bits. Element k of a field takes `width` bits, lowest first, from "
          "bit `first + k * step` on, and holds `value - least`.\n";
  for (FrameFieldKind kind : frameFieldKinds) {
    page += std::string("\n## ") + kindTitle(kind) + "\n\n";
    page += "| field | width | first | step | elements | least | greatest | "
            "meaning |\n|---|---|---|---|---|---|---|---|\n";
    for (const FrameField &field : layout.fields()) {
      if (field.kind != kind)
        continue;
      page += std::string("| `") + field.name + "`";
      for (int64_t number :
           {int64_t(field.width), int64_t(field.offset), int64_t(field.step),
            int64_t(field.count), field.min, field.max})
        page += " | " + std::to_string(number);
      page += std::string(" | ") + field.doc + " |\n";
    }
  }
  return page;
}
