//===- IDX.cpp - IDX files ------------------------------------------------===//
#include "File.h"

#include "rowlock/Input/Array.h"
#include "rowlock/Program/TensorLayout.h"

#include <algorithm>
#include <memory>
#include <zlib.h>

using namespace rowlock;

Result<Array> rowlock::readIDX(const std::string &path) {
  std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"),
                                                  gzclose);
  if (!file)
    return fileError(path, "cannot be opened");
  uint8_t head[4];
  if (gzread(file.get(), head, 4) != 4 || head[0] || head[1])
    return fileError(path, "is not an IDX file");
  if (head[2] != 8)
    return fileError(path, "has elements of IDX type " +
                               std::to_string(head[2]) +
                               ", expected 8 (unsigned bytes)");
  if (head[3] < 1 || head[3] > maxTensorRank)
    return fileError(path, "has rank " + std::to_string(head[3]) +
                               ", expected 1 to 8");
  Array array;
  array.type = fb::ElementType::U8;
  int64_t count = 1;
  for (int d = 0; d < head[3]; ++d) {
    uint8_t size[4];
    if (gzread(file.get(), size, 4) != 4)
      return fileError(path, "ends within its sizes");
    array.shape.push_back(int64_t(size[0]) << 24 | size[1] << 16 |
                          size[2] << 8 | size[3]);
    if (array.shape.back() && count > maxFileBytes / array.shape.back())
      return fileError(path, "claims more than 2^31 elements");
    count *= array.shape.back();
  }
  // What the file claims is allocated only as far as it is there.
  constexpr int64_t piece = 1 << 20;
  while (int64_t(array.bytes.size()) < count) {
    size_t had = array.bytes.size();
    size_t next = size_t(std::min(piece, count - int64_t(had)));
    array.bytes.resize(had + next);
    if (gzread(file.get(), array.bytes.data() + had, unsigned(next)) !=
        int(next))
      return fileError(path, "is damaged or ends before its " +
                                 std::to_string(count) + " elements");
  }
  uint8_t more;
  if (gzread(file.get(), &more, 1) != 0)
    return fileError(path, "is damaged or goes on behind its " +
                               std::to_string(count) + " elements");
  return array;
}
