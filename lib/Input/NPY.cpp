//===- NPY.cpp - NumPy files ----------------------------------------------===//
#include "NPYFile.h"
#include "rowlock/Program/ProgramWriter.h"
#include "rowlock/Program/TensorLayout.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

using namespace rowlock;

namespace {

struct TypeName {
  const char *name;
  fb::ElementType type;
};

} // namespace

static constexpr TypeName typeNames[] = {
    {"<f4", fb::ElementType::F32}, {"|i1", fb::ElementType::I8},
    {"|u1", fb::ElementType::U8},  {"<i2", fb::ElementType::I16},
    {"<u2", fb::ElementType::U16}, {"<i4", fb::ElementType::I32},
    {"<i8", fb::ElementType::I64},
    {"|b1", fb::ElementType::I1},  {"<u4", fb::ElementType::U32},
    {"<u8", fb::ElementType::U64}, {"<f2", fb::ElementType::F16}};

/// The most elements that a file may claim.
static constexpr int64_t maxElements = int64_t(1) << 40;

static constexpr char magic[] = "\x93NUMPY";

/// What follows `'key':` in the header, without blanks; empty if it is absent.
static std::string valueOf(const std::string &header, const char *key) {
  std::string quoted = "'" + std::string(key) + "':";
  size_t at = header.find(quoted);
  if (at == std::string::npos)
    return {};
  at = header.find_first_not_of(' ', at + quoted.size());
  return at == std::string::npos ? std::string() : header.substr(at);
}

/// Parses `(2, 3)`, `(2,)` or `()`.
static bool parseShape(const std::string &text, std::vector<int64_t> &shape) {
  size_t at = 1;
  if (text.empty() || text[0] != '(')
    return false;
  while (at < text.size() && text[at] != ')') {
    size_t end = text.find_first_not_of("0123456789", at);
    if (end == at || end == std::string::npos || end - at > 10)
      return false;
    shape.push_back(std::stoll(text.substr(at, end - at)));
    at = text.find_first_not_of(' ', end);
    if (at != std::string::npos && text[at] == ',')
      at = text.find_first_not_of(' ', at + 1);
  }
  return at < text.size() && shape.size() <= maxTensorRank;
}

/// Bytes of an element in the file: f8 is read as F32.
static size_t storedBytes(fb::ElementType type, bool wide) {
  return wide ? 8 : elementBytes(type);
}

static Status parseHeader(const std::string &header, NPYFile &file,
                          bool &wide) {
  std::string order = valueOf(header, "fortran_order");
  if (order.compare(0, 5, "False") != 0)
    return Status::error("is not in C order");
  std::string descr = valueOf(header, "descr").substr(0, 5);
  wide = descr == "'<f8'";
  bool known = wide;
  for (const TypeName &name : typeNames)
    if (descr == "'" + std::string(name.name) + "'") {
      file.type = name.type;
      known = true;
    }
  if (!known)
    return Status::error("has elements of type " + descr +
                         ", expected b1 or little-endian f2, f4, f8, i1, i2, "
                         "i4, i8, u1, u2, u4 or u8");
  if (!parseShape(valueOf(header, "shape"), file.shape))
    return Status::error("has no valid shape of rank at most 8");
  uint64_t count = 1;
  for (int64_t size : file.shape) {
    if (size && count > uint64_t(maxElements) / uint64_t(size))
      return Status::error("claims more than 2^40 elements");
    count *= uint64_t(size);
  }
  return Status::ok();
}

Status NPYFile::readHeader() {
  unsigned char head[12] = {};
  stream.read(reinterpret_cast<char *>(head), 10);
  if (stream.gcount() < 10 || std::memcmp(head, magic, 6) != 0)
    return Status::error("is not an NPY file");
  if (head[6] != 1 && head[6] != 2)
    return Status::error("has version " + std::to_string(head[6]) +
                         ", expected 1 or 2");
  size_t length = size_t(head[8]) | size_t(head[9]) << 8;
  if (head[6] == 2) {
    stream.read(reinterpret_cast<char *>(head + 10), 2);
    length |= size_t(head[10]) << 16 | size_t(head[11]) << 24;
  }
  constexpr size_t mostHeader = 1 << 20;
  std::string header(std::min(length, mostHeader), ' ');
  stream.read(header.data(), std::streamsize(header.size()));
  if (!stream || length > mostHeader)
    return Status::error("ends within its header");
  start = int64_t(stream.tellg());
  if (Status parsed = parseHeader(header, *this, wide); !parsed)
    return parsed;
  stream.seekg(0, std::ios::end);
  int64_t bytes = int64_t(stream.tellg()) - start;
  int64_t needed = elements(shape) * int64_t(storedBytes(type, wide));
  if (bytes != needed)
    return Status::error("holds " + std::to_string(bytes) +
                         " bytes of elements, its shape needs " +
                         std::to_string(needed));
  return Status::ok();
}

int64_t NPYFile::elements(const std::vector<int64_t> &shape) {
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  return count;
}

Result<NPYFile> NPYFile::open(const std::string &path) {
  if (Status regular = checkRegularFile(path); !regular)
    return regular;
  NPYFile file;
  file.path = path;
  errno = 0;
  file.stream.open(path, std::ios::binary);
  if (!file.stream)
    return fileError(path, std::strerror(errno));
  if (Status header = file.readHeader(); !header)
    return fileError(path, header.message());
  return file;
}

Result<Array> NPYFile::read(int64_t first, int64_t count,
                            const std::vector<int64_t> &shape) {
  size_t unit = storedBytes(type, wide);
  if (count > maxFileBytes)
    return fileError(path, "claims more than 2^31 elements");
  std::vector<uint8_t> stored(size_t(count) * unit);
  stream.clear();
  stream.seekg(start + first * int64_t(unit));
  stream.read(reinterpret_cast<char *>(stored.data()),
              std::streamsize(stored.size()));
  if (!stream)
    return fileError(path, "cannot be read to its end");
  Array array;
  array.type = type;
  array.shape = shape;
  if (!wide) {
    array.bytes = std::move(stored);
    return array;
  }
  array.bytes.resize(size_t(count) * 4);
  for (size_t k = 0; k < size_t(count); ++k) {
    double value;
    std::memcpy(&value, stored.data() + k * 8, 8);
    float narrow = float(value);
    std::memcpy(array.bytes.data() + k * 4, &narrow, 4);
  }
  return array;
}

Result<Array> rowlock::readNPY(const std::string &path) {
  Result<NPYFile> file = NPYFile::open(path);
  if (!file)
    return file.takeStatus();
  return file->read(0, NPYFile::elements(file->shape), file->shape);
}

Status rowlock::writeNPY(const std::string &path, const Array &array) {
  const char *type = nullptr;
  for (const TypeName &name : typeNames)
    if (name.type == array.type)
      type = name.name;
  if (!type)
    return fileError(path, std::string("cannot hold elements of type ") +
                               fb::EnumNameElementType(array.type));
  assert(array.bytes.size() ==
             size_t(array.elements()) * elementBytes(array.type) &&
         "shape and bytes differ");
  std::string header = "{'descr': '" + std::string(type) +
                       "', 'fortran_order': False, 'shape': (";
  for (size_t d = 0; d < array.shape.size(); ++d)
    header += (d ? ", " : "") + std::to_string(array.shape[d]);
  header += array.shape.size() == 1 ? ",), }" : "), }";
  // The elements begin at a multiple of 64 bytes.
  header.append(63 - (10 + header.size()) % 64, ' ');
  header += '\n';
  std::vector<uint8_t> bytes(magic, magic + 6);
  bytes.push_back(1);
  bytes.push_back(0);
  bytes.push_back(uint8_t(header.size()));
  bytes.push_back(uint8_t(header.size() >> 8));
  bytes.insert(bytes.end(), header.begin(), header.end());
  bytes.insert(bytes.end(), array.bytes.begin(), array.bytes.end());
  return writeFileAtomically(path, bytes);
}
