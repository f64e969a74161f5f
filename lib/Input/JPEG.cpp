//===- JPEG.cpp - JPEG pictures -------------------------------------------===//
#include "File.h"

#include <csetjmp>
#include <cstddef>
#include <cstdio>

#include <jpeglib.h>

using namespace rowlock;

namespace {

/// libjpeg's error handler; `manager` must be first.
struct Errors {
  jpeg_error_mgr manager;
  std::jmp_buf escape;
  char text[JMSG_LENGTH_MAX];
};

} // namespace

static void escape(j_common_ptr info) {
  Errors *errors = reinterpret_cast<Errors *>(info->err);
  errors->manager.format_message(info, errors->text);
  std::longjmp(errors->escape, 1);
}

/// Warnings (level -1) are about damaged data.
static void onMessage(j_common_ptr info, int level) {
  if (level < 0)
    escape(info);
}

/// Fills `picture`, or returns false with a text in `errors`. Nothing here has
/// a destructor that `longjmp` would skip.
static bool decode(const uint8_t *bytes, size_t size, Errors &errors,
                   jpeg_decompress_struct &info, Picture &picture) {
  info.err = jpeg_std_error(&errors.manager);
  errors.manager.error_exit = escape;
  errors.manager.emit_message = onMessage;
  if (setjmp(errors.escape)) {
    jpeg_destroy_decompress(&info);
    return false;
  }
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, bytes, size);
  jpeg_read_header(&info, TRUE);
  picture.channels = info.jpeg_color_space == JCS_GRAYSCALE ? 1 : 3;
  info.out_color_space = picture.channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  info.dct_method = JDCT_ISLOW;
  picture.width = info.image_width;
  picture.height = info.image_height;
  if (picture.height > maxPixels / picture.width) {
    std::snprintf(errors.text, sizeof(errors.text),
                  "%u x %u pixels, more than 2^26", info.image_width,
                  info.image_height);
    jpeg_destroy_decompress(&info);
    return false;
  }
  jpeg_start_decompress(&info);
  size_t row = size_t(picture.width * picture.channels);
  while (info.output_scanline < info.output_height) {
    picture.pixels.resize((info.output_scanline + 1) * row);
    JSAMPROW target = picture.pixels.data() + info.output_scanline * row;
    jpeg_read_scanlines(&info, &target, 1);
  }
  jpeg_finish_decompress(&info);
  jpeg_destroy_decompress(&info);
  return true;
}

Result<Picture> rowlock::decodeJPEG(const std::vector<uint8_t> &bytes) {
  Picture picture;
  Errors errors = {};
  jpeg_decompress_struct info = {};
  if (!decode(bytes.data(), bytes.size(), errors, info, picture))
    return Status::error("is a damaged or unsupported JPEG (" +
                         std::string(errors.text) + ")");
  return picture;
}
