//===- TextTable.cpp - Aligned columns of text ----------------------------===//
#include "TextTable.h"

#include <algorithm>
#include <cassert>

using namespace rowlock;

std::string TextTable::str() const {
  std::vector<size_t> widths(rows.front().size(), 0);
  for (const std::vector<std::string> &row : rows) {
    assert(row.size() == widths.size() && "row of another length");
    for (size_t k = 0; k < row.size(); ++k)
      widths[k] = std::max(widths[k], row[k].size());
  }
  std::string text;
  for (const std::vector<std::string> &row : rows) {
    text += row[0] + std::string(widths[0] - row[0].size(), ' ');
    for (size_t k = 1; k < row.size(); ++k)
      text += "  " + std::string(widths[k] - row[k].size(), ' ') + row[k];
    text += "\n";
  }
  return text;
}
