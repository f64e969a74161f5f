//===- LayerNames.h - Names that can be shown -------------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_PIPELINES_LAYERNAMES_H
#define ROWLOCK_LIB_PIPELINES_LAYERNAMES_H

#include "rowlock/Program/Program.h"
#include "rowlock/Program/Values.h"

#include "llvm/Support/JSON.h"

namespace rowlock {

/// A layer's name as UTF-8, whatever its bytes are.
inline std::string layerName(const fb::Layer &layer) {
  return llvm::json::fixUTF8(text(layer.name()));
}

/// The same for one line: control characters are question marks.
inline std::string shownName(const fb::Layer &layer) {
  std::string name = layerName(layer);
  for (char &c : name)
    if ((unsigned char)c < 0x20 || c == 0x7f)
      c = '?';
  return name;
}

} // namespace rowlock

#endif // ROWLOCK_LIB_PIPELINES_LAYERNAMES_H
