//===- TestFiles.h - Files for tests of readers -----------------*- C++ -*-===//
#ifndef ROWLOCK_TEST_UNIT_INPUT_TESTFILES_H
#define ROWLOCK_TEST_UNIT_INPUT_TESTFILES_H

#include "rowlock/Input/Picture.h"

namespace rowlock::test {

using Bytes = std::vector<uint8_t>;

/// A directory that goes with the object.
class TestFolder {
public:
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder &) = delete;
  TestFolder &operator=(const TestFolder &) = delete;
  const std::string &path() const { return root; }
  /// Writes a file and returns its path.
  std::string write(const std::string &name, const Bytes &bytes) const;

private:
  std::string root;
};

/// A picture of smooth colours.
Picture gradient(int64_t width, int64_t height, int64_t channels);
Bytes encodePNG(const Picture &picture);
Bytes encodeJPEG(const Picture &picture);
/// An IDX file of bytes 0, 1, 2, ... .
Bytes encodeIDX(std::vector<uint32_t> shape);

} // namespace rowlock::test

#endif // ROWLOCK_TEST_UNIT_INPUT_TESTFILES_H
