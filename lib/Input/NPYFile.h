//===- NPYFile.h - A NumPy file, read piece by piece ------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_INPUT_NPYFILE_H
#define ROWLOCK_LIB_INPUT_NPYFILE_H

#include "File.h"

#include "rowlock/Input/Array.h"

#include <fstream>

namespace rowlock {

class NPYFile {
public:
  /// Checks header and size.
  static Result<NPYFile> open(const std::string &path);

  /// `count` elements, the first of them `first`, as an array of `shape`.
  Result<Array> read(int64_t first, int64_t count,
                     const std::vector<int64_t> &shape);

  static int64_t elements(const std::vector<int64_t> &shape);

  fb::ElementType type = fb::ElementType::F32; // of what `read` gives
  std::vector<int64_t> shape;

private:
  Status readHeader();

  std::string path;
  std::ifstream stream;
  int64_t start = 0; // of the elements
  bool wide = false; // f8
};

} // namespace rowlock

#endif // ROWLOCK_LIB_INPUT_NPYFILE_H
