//===- TestFiles.cpp - Files for tests of readers -------------------------===//
#include "TestFiles.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <jpeglib.h>
#include <png.h>

using namespace rowlock;
using namespace rowlock::test;

TestFolder::TestFolder() {
  std::string name =
      (std::filesystem::temp_directory_path() / "rowlock-XXXXXX").string();
  const char *made = mkdtemp(name.data());
  root = made ? made : "";
}

TestFolder::~TestFolder() {
  std::error_code error;
  if (!root.empty())
    std::filesystem::remove_all(root, error);
}

std::string TestFolder::write(const std::string &name,
                              const Bytes &bytes) const {
  std::string path = root + "/" + name;
  std::ofstream stream(path, std::ios::binary);
  stream.write(reinterpret_cast<const char *>(bytes.data()),
               std::streamsize(bytes.size()));
  return path;
}

Picture test::gradient(int64_t width, int64_t height, int64_t channels) {
  Picture picture = {width, height, channels, {}};
  for (int64_t y = 0; y < height; ++y)
    for (int64_t x = 0; x < width; ++x)
      for (int64_t c = 0; c < channels; ++c)
        picture.pixels.push_back(uint8_t((x * 3 + y * 5 + c * 60) % 256));
  return picture;
}

Bytes test::encodePNG(const Picture &picture) {
  png_image image = {};
  image.version = PNG_IMAGE_VERSION;
  image.width = png_uint_32(picture.width);
  image.height = png_uint_32(picture.height);
  image.format = picture.channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  Bytes bytes(size);
  png_image_write_to_memory(&image, bytes.data(), &size, 0,
                            picture.pixels.data(), 0, nullptr);
  bytes.resize(size);
  return bytes;
}

Bytes test::encodeJPEG(const Picture &picture) {
  jpeg_compress_struct info = {};
  jpeg_error_mgr errors = {};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char *out = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &out, &size);
  info.image_width = unsigned(picture.width);
  info.image_height = unsigned(picture.height);
  info.input_components = int(picture.channels);
  info.in_color_space = picture.channels == 3 ? JCS_RGB : JCS_GRAYSCALE;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, 98, TRUE);
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    auto *row = const_cast<JSAMPROW>(
        picture.pixels.data() +
        info.next_scanline * size_t(picture.width * picture.channels));
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  Bytes bytes(out, out + size);
  std::free(out);
  return bytes;
}

Bytes test::encodeIDX(std::vector<uint32_t> shape) {
  Bytes bytes = {0, 0, 8, uint8_t(shape.size())};
  size_t count = 1;
  for (uint32_t size : shape) {
    for (int shift : {24, 16, 8, 0})
      bytes.push_back(uint8_t(size >> shift));
    count *= size;
  }
  for (size_t k = 0; k < count; ++k)
    bytes.push_back(uint8_t(k));
  return bytes;
}
