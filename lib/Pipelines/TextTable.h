//===- TextTable.h - Aligned columns of text --------------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_PIPELINES_TEXTTABLE_H
#define ROWLOCK_LIB_PIPELINES_TEXTTABLE_H

#include <string>
#include <vector>

namespace rowlock {

/// Rows of equal length; every column is as wide as it needs to be, the first
/// is aligned to the left, the others to the right.
class TextTable {
public:
  explicit TextTable(std::vector<std::string> head) { add(std::move(head)); }
  void add(std::vector<std::string> row) { rows.push_back(std::move(row)); }
  std::string str() const;

private:
  std::vector<std::vector<std::string>> rows;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_PIPELINES_TEXTTABLE_H
