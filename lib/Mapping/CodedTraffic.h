//===- CodedTraffic.h - Bytes of coded boxes --------------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_MAPPING_CODEDTRAFFIC_H
#define ROWLOCK_LIB_MAPPING_CODEDTRAFFIC_H

#include "rowlock/Mapping/Mapping.h"

#include <algorithm>

namespace rowlock {

struct Range {
  int64_t first, count;
};
/// `count` groups from `first` on, each of `channels` channels.
struct GroupRange {
  int64_t first, count, channels;
};

/// Bytes of all whole blocks that a box touches: `channels` of each group, rows
/// as the tensor of `planes` channels and `height` rows stores them.
inline int64_t codedBytes(const CodedFmap &fmap, Range images,
                          GroupRange groups, Range channels, Range rows,
                          int64_t planes, int64_t height) {
  int64_t perPlane = (height + fmap.rows - 1) / fmap.rows;
  int64_t last = std::min(rows.first + rows.count, height) - 1;
  int64_t sum = 0;
  for (int64_t i = images.first; i < images.first + images.count; ++i)
    for (int64_t g = groups.first; g < groups.first + groups.count; ++g)
      for (int64_t c = channels.first; c < channels.first + channels.count; ++c)
        for (int64_t block = rows.first / fmap.rows; block * fmap.rows <= last;
             ++block)
          sum += fmap.bytes[size_t(
              (i * planes + g * groups.channels + c) * perPlane + block)];
  return sum;
}

} // namespace rowlock

#endif // ROWLOCK_LIB_MAPPING_CODEDTRAFFIC_H
