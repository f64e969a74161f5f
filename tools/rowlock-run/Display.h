//===- Display.h - Inputs and outputs in characters -------------*- C++ -*-===//
#ifndef ROWLOCK_TOOLS_ROWLOCK_RUN_DISPLAY_H
#define ROWLOCK_TOOLS_ROWLOCK_RUN_DISPLAY_H

#include <string>
#include <vector>

namespace rowlock {

/// The mean over the channels of a C x H x W tensor, dark to bright, in at most
/// 32 lines.
std::string drawPicture(const std::vector<float> &values,
                        const std::vector<int64_t> &shape);

/// Whether the output of one image is a list of scores, one for each class: all
/// sizes but one are 1.
bool areScores(const std::vector<int64_t> &shape);

/// One line: name, shape, least and greatest value.
std::string summarize(const std::string &name, const std::vector<float> &values,
                      const std::vector<int64_t> &shape);

/// The greatest scores of one image with their labels (or numbers).
std::string listScores(const std::vector<float> &scores,
                       const std::vector<std::string> &labels);

} // namespace rowlock

#endif // ROWLOCK_TOOLS_ROWLOCK_RUN_DISPLAY_H
