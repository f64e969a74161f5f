//===- Picture.cpp - Pictures of 8 bits -----------------------------------===//
#include "File.h"

#include <cstring>

using namespace rowlock;

Result<Picture> rowlock::readPicture(const std::string &path) {
  Result<std::vector<uint8_t>> bytes = readFile(path);
  if (!bytes)
    return bytes.takeStatus();
  auto startsWith = [&](const char *start, size_t size) {
    return bytes->size() >= size &&
           std::memcmp(bytes->data(), start, size) == 0;
  };
  Result<Picture> picture = Status::error("is neither a PNG nor a JPEG file");
  if (startsWith("\x89PNG", 4))
    picture = decodePNG(*bytes);
  else if (startsWith("\xff\xd8\xff", 3))
    picture = decodeJPEG(*bytes);
  if (!picture)
    return fileError(path, picture.message());
  return picture;
}
