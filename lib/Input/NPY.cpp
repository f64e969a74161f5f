//===- NPY.cpp - NumPy files ----------------------------------------------===//
#include "File.h"

#include "rowlock/Input/Array.h"
#include "rowlock/Program/ProgramWriter.h"
#include "rowlock/Program/TensorLayout.h"

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
    {"<i8", fb::ElementType::I64}};

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

/// The elements behind the header; f8 becomes F32.
static Status takeElements(const uint8_t *data, size_t size, bool wide,
                           Array &array) {
  size_t unit = wide ? 8 : elementBytes(array.type);
  uint64_t count = 1;
  for (int64_t dimension : array.shape) {
    if (dimension && count > uint64_t(maxFileBytes) / uint64_t(dimension))
      return Status::error("claims more than 2^31 elements");
    count *= uint64_t(dimension);
  }
  if (count * unit != size)
    return Status::error("holds " + std::to_string(size) +
                         " bytes of elements, its shape needs " +
                         std::to_string(count * unit));
  if (!wide) {
    array.bytes.assign(data, data + size);
    return Status::ok();
  }
  array.bytes.resize(count * 4);
  for (size_t k = 0; k < count; ++k) {
    double value;
    std::memcpy(&value, data + k * 8, 8);
    float narrow = float(value);
    std::memcpy(array.bytes.data() + k * 4, &narrow, 4);
  }
  return Status::ok();
}

static Result<Array> parse(const std::vector<uint8_t> &bytes) {
  if (bytes.size() < 10 || std::memcmp(bytes.data(), magic, 6) != 0)
    return Status::error("is not an NPY file");
  if (bytes[6] != 1 && bytes[6] != 2)
    return Status::error("has version " + std::to_string(bytes[6]) +
                         ", expected 1 or 2");
  size_t start = bytes[6] == 1 ? 10 : 12;
  size_t length = size_t(bytes[8]) | size_t(bytes[9]) << 8;
  if (start == 12 && bytes.size() >= start)
    length |= size_t(bytes[10]) << 16 | size_t(bytes[11]) << 24;
  if (bytes.size() < start || length > bytes.size() - start)
    return Status::error("ends within its header");
  std::string header(bytes.begin() + std::ptrdiff_t(start),
                     bytes.begin() + std::ptrdiff_t(start + length));
  std::string order = valueOf(header, "fortran_order");
  if (order.compare(0, 5, "False") != 0)
    return Status::error("is not in C order");
  Array array;
  std::string descr = valueOf(header, "descr").substr(0, 5);
  bool wide = descr == "'<f8'", known = wide;
  for (const TypeName &name : typeNames)
    if (descr == "'" + std::string(name.name) + "'") {
      array.type = name.type;
      known = true;
    }
  if (!known)
    return Status::error("has elements of type " + descr +
                         ", expected little-endian f4, f8, i1, i2, i4, i8, u1 "
                         "or u2");
  if (!parseShape(valueOf(header, "shape"), array.shape))
    return Status::error("has no valid shape of rank at most 8");
  if (Status taken = takeElements(bytes.data() + start + length,
                                  bytes.size() - start - length, wide, array);
      !taken)
    return taken;
  return array;
}

Result<Array> rowlock::readNPY(const std::string &path) {
  Result<std::vector<uint8_t>> bytes = readFile(path);
  if (!bytes)
    return bytes.takeStatus();
  Result<Array> array = parse(*bytes);
  if (!array)
    return fileError(path, array.message());
  return array;
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
