//===- ArrayTest.cpp - NPY and IDX files ----------------------------------===//
#include "TestFiles.h"

#include "rowlock/Input/Array.h"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

using namespace rowlock;
using namespace rowlock::test;

/// An NPY file of version 1 with the given header and elements.
static Bytes npy(const std::string &header, const Bytes &elements) {
  Bytes bytes = {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, uint8_t(header.size()),
                 0};
  bytes.insert(bytes.end(), header.begin(), header.end());
  bytes.insert(bytes.end(), elements.begin(), elements.end());
  return bytes;
}

static Bytes contents(const std::string &path) {
  std::ifstream stream(path, std::ios::binary);
  return Bytes(std::istreambuf_iterator<char>(stream), {});
}

TEST(NPY, WritesWhatItReads) {
  TestFolder folder;
  std::string path = folder.path() + "/x.npy";
  for (auto shape : {std::vector<int64_t>{}, {3}, {2, 3}, {2, 0, 3}})
    for (auto type : {fb::ElementType::I8, fb::ElementType::U16,
                      fb::ElementType::I64, fb::ElementType::F32}) {
      Array array = {type, shape, {}};
      size_t unit = type == fb::ElementType::I8    ? 1
                    : type == fb::ElementType::U16 ? 2
                    : type == fb::ElementType::I64 ? 8
                                                   : 4;
      for (size_t k = 0; k < size_t(array.elements()) * unit; ++k)
        array.bytes.push_back(uint8_t(k * 37));
      Status written = writeNPY(path, array);
      ASSERT_TRUE(written) << written.message();
      Result<Array> read = readNPY(path);
      ASSERT_TRUE(read) << read.message();
      EXPECT_EQ(read->type, array.type);
      EXPECT_EQ(read->shape, array.shape);
      EXPECT_EQ(read->bytes, array.bytes);
    }
}

TEST(NPY, NarrowsDoubles) {
  TestFolder folder;
  double values[] = {0.5, -3};
  Bytes bytes(16);
  std::memcpy(bytes.data(), values, 16);
  Result<Array> read = readNPY(folder.write(
      "x.npy",
      npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }\n",
          bytes)));
  ASSERT_TRUE(read) << read.message();
  EXPECT_EQ(read->toFloats(), (std::vector<float>{0.5f, -3}));
}

TEST(NPY, NamesFileAndReason) {
  TestFolder folder;
  auto reason = [&](const std::string &header, size_t elements) {
    std::string path = folder.write("x.npy", npy(header, Bytes(elements)));
    Result<Array> read = readNPY(path);
    EXPECT_FALSE(read);
    std::string start = "'" + path + "': ";
    if (read || read.message().compare(0, start.size(), start) != 0)
      return std::string("without the file's name");
    return read.message().substr(start.size());
  };
  std::string f4 = "{'descr': '<f4', 'fortran_order': False, 'shape': ";
  EXPECT_EQ(reason(f4 + "(2, 3), }", 23),
            "holds 23 bytes of elements, its shape needs 24");
  EXPECT_EQ(reason(f4 + "(999999999, 999999999), }", 8),
            "claims more than 2^40 elements");
  EXPECT_EQ(reason(f4 + "(2", 8), "has no valid shape of rank at most 8");
  EXPECT_EQ(reason(f4 + "(-2,), }", 8), "has no valid shape of rank at most 8");
  EXPECT_EQ(
      reason("{'descr': '<f4', 'fortran_order': True, 'shape': (2,), }", 8),
      "is not in C order");
  EXPECT_EQ(
      reason("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", 8),
      "has elements of type '>f4', expected b1 or little-endian f2, f4, f8, "
      "i1, i2, i4, i8, u1, u2, u4 or u8");
  EXPECT_FALSE(readNPY(folder.path()));
  EXPECT_FALSE(readNPY(folder.path() + "/absent.npy"));
  EXPECT_FALSE(readNPY(folder.write("empty.npy", {})));
}

TEST(NPY, RefusesEveryTruncation) {
  TestFolder folder;
  std::string path = folder.path() + "/x.npy";
  ASSERT_TRUE(writeNPY(path, {fb::ElementType::U8, {4}, {1, 2, 3, 4}}));
  Bytes whole = contents(path);
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(readNPY(folder.write(
        "y.npy", Bytes(whole.begin(), whole.begin() + std::ptrdiff_t(size)))))
        << size;
}

TEST(IDX, ReadsAndRefuses) {
  TestFolder folder;
  Bytes whole = encodeIDX({2, 3, 4});
  Result<Array> read = readIDX(folder.write("x.idx", whole));
  ASSERT_TRUE(read) << read.message();
  EXPECT_EQ(read->shape, (std::vector<int64_t>{2, 3, 4}));
  EXPECT_EQ(read->bytes, Bytes(whole.begin() + 16, whole.end()));
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(readIDX(folder.write(
        "y.idx", Bytes(whole.begin(), whole.begin() + std::ptrdiff_t(size)))))
        << size;
  Bytes claim = {0, 0, 8, 2, 0, 0xff, 0xff, 0xff, 0, 0xff, 0xff, 0xff};
  EXPECT_FALSE(readIDX(folder.write("z.idx", claim)));
  EXPECT_FALSE(readIDX(folder.path()));
}

TEST(IDX, ReadsMNIST) {
  std::string path = std::string(ROWLOCK_SHARED_DIR) +
                     "/data/images/mnist/t10k-images-idx3-ubyte.gz";
  if (!std::filesystem::exists(path))
    GTEST_SKIP() << path << " is missing";
  Result<Array> read = readIDX(path);
  ASSERT_TRUE(read) << read.message();
  EXPECT_EQ(read->shape, (std::vector<int64_t>{10000, 28, 28}));
  // The compressed file, cut.
  Bytes whole = contents(path);
  TestFolder folder;
  whole.resize(whole.size() / 2);
  EXPECT_FALSE(readIDX(folder.write("cut.gz", whole)));
}
