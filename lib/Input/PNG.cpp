//===- PNG.cpp - PNG pictures ---------------------------------------------===//
#include "File.h"

#include <png.h>

using namespace rowlock;

Result<Picture> rowlock::decodePNG(const std::vector<uint8_t> &bytes) {
  png_image image = {};
  image.version = PNG_IMAGE_VERSION;
  auto failed = [&](const std::string &reason) {
    png_image_free(&image);
    return Status::error(reason);
  };
  if (!png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()))
    return failed("is a damaged PNG (" + std::string(image.message) + ")");
  Picture picture;
  picture.width = image.width;
  picture.height = image.height;
  picture.channels = image.format & PNG_FORMAT_FLAG_COLOR ? 3 : 1;
  image.format = picture.channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  if (picture.height > maxPixels / picture.width)
    return failed("has " + std::to_string(picture.width) + " x " +
                  std::to_string(picture.height) + " pixels, more than 2^26");
  // Deflate makes at most 1032 bytes of one; a pixel has at least one bit.
  if (picture.width * picture.height / 8 > int64_t(bytes.size()) * 1032)
    return failed("is a damaged PNG (too short for its " +
                  std::to_string(picture.width) + " x " +
                  std::to_string(picture.height) + " pixels)");
  picture.pixels.resize(PNG_IMAGE_SIZE(image));
  png_color black = {0, 0, 0};
  if (!png_image_finish_read(&image, &black, picture.pixels.data(), 0, nullptr))
    return failed("is a damaged PNG (" + std::string(image.message) + ")");
  return picture;
}
