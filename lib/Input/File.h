//===- File.h - Whole files -------------------------------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_INPUT_FILE_H
#define ROWLOCK_LIB_INPUT_FILE_H

#include "rowlock/Input/Picture.h"

namespace rowlock {

/// The most elements or bytes that a file may claim to hold.
constexpr int64_t maxFileBytes = int64_t(1) << 31;
/// The most pixels of a picture.
constexpr int64_t maxPixels = int64_t(1) << 26;

/// `'path': reason`.
Status fileError(const std::string &path, const std::string &reason);

/// There is a regular file of this name.
Status checkRegularFile(const std::string &path);

/// The bytes of a regular file.
Result<std::vector<uint8_t>> readFile(const std::string &path);

/// A picture from the bytes of a file; errors do not name it.
Result<Picture> decodePNG(const std::vector<uint8_t> &bytes);
Result<Picture> decodeJPEG(const std::vector<uint8_t> &bytes);

} // namespace rowlock

#endif // ROWLOCK_LIB_INPUT_FILE_H
