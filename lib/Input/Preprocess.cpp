//===- Preprocess.cpp - Pictures to input tensors -------------------------===//
#include "File.h"

#include "rowlock/Input/Images.h"

#include <algorithm>

using namespace rowlock;

static std::string sizeText(int64_t width, int64_t height) {
  return std::to_string(width) + " x " + std::to_string(height);
}

/// The picture with `channels` channels in the given order.
static Picture arrangeChannels(const Picture &picture, int64_t channels,
                               bool bgr) {
  Picture out = {picture.width, picture.height, channels, {}};
  out.pixels.reserve(size_t(out.width * out.height * channels));
  for (int64_t y = 0; y < out.height; ++y)
    for (int64_t x = 0; x < out.width; ++x) {
      int red = picture.at(y, x, 0);
      int green = picture.channels == 3 ? picture.at(y, x, 1) : red;
      int blue = picture.channels == 3 ? picture.at(y, x, 2) : red;
      if (channels == 1) {
        out.pixels.push_back(
            uint8_t((299 * red + 587 * green + 114 * blue + 500) / 1000));
        continue;
      }
      out.pixels.push_back(uint8_t(bgr ? blue : red));
      out.pixels.push_back(uint8_t(green));
      out.pixels.push_back(uint8_t(bgr ? red : blue));
    }
  return out;
}

static Result<Picture> resizeAndCrop(Picture picture,
                                     const fb::PreprocessingT &how) {
  if (int64_t side = how.resize_short_side) {
    int64_t shorter = std::min(picture.width, picture.height);
    auto scaled = [&](int64_t size) {
      return (size * side + shorter / 2) / shorter;
    };
    int64_t width = scaled(picture.width), height = scaled(picture.height);
    if (height > maxPixels / width)
      return Status::error("resized to " + sizeText(width, height) +
                           " has more than 2^26 pixels");
    picture = resize(picture, width, height);
  }
  if (how.resize_width || how.resize_height) {
    int64_t width = how.resize_width ? how.resize_width : picture.width;
    int64_t height = how.resize_height ? how.resize_height : picture.height;
    if (height > maxPixels / width)
      return Status::error("resized to " + sizeText(width, height) +
                           " has more than 2^26 pixels");
    picture = resize(picture, width, height);
  }
  int64_t width = how.crop_width ? how.crop_width : picture.width;
  int64_t height = how.crop_height ? how.crop_height : picture.height;
  if (width > picture.width || height > picture.height)
    return Status::error("is " + sizeText(picture.width, picture.height) +
                         ", smaller than the crop of " +
                         sizeText(width, height));
  int64_t left = (picture.width - width) / 2;
  int64_t top = (picture.height - height) / 2;
  Picture out = {width, height, picture.channels, {}};
  for (int64_t y = 0; y < height; ++y) {
    auto row =
        picture.pixels.begin() +
        std::ptrdiff_t(((top + y) * picture.width + left) * picture.channels);
    out.pixels.insert(out.pixels.end(), row,
                      row + std::ptrdiff_t(width * picture.channels));
  }
  return out;
}

/// Mean or scale of a channel: none, one for all, or one each.
static float channelValue(const std::vector<float> &values, int64_t channel,
                          float none) {
  if (values.empty())
    return none;
  return values.size() == 1 ? values[0] : values[size_t(channel)];
}

static Status check(const fb::PreprocessingT &how,
                    const std::vector<int64_t> &shape) {
  if (shape.size() != 3 || (shape[0] != 1 && shape[0] != 3))
    return Status::error("is a picture, but the input is not 1 or 3 channels "
                         "of rows and columns");
  if (!how.layout.empty() && how.layout != "NCHW")
    return Status::error("preprocessing has layout '" + how.layout +
                         "', expected NCHW");
  bool grey = how.channel_order == "GRAY";
  bool colour = how.channel_order == "RGB" || how.channel_order == "BGR";
  if (!how.channel_order.empty() && !(shape[0] == 1 ? grey : colour))
    return Status::error("preprocessing has channel order '" +
                         how.channel_order + "' for " +
                         std::to_string(shape[0]) + " channels");
  for (const auto *list : {&how.mean, &how.scale})
    if (list->size() > 1 && int64_t(list->size()) != shape[0])
      return Status::error("preprocessing has " + std::to_string(list->size()) +
                           " means or scales for " + std::to_string(shape[0]) +
                           " channels");
  for (int32_t size : {how.resize_short_side, how.resize_width,
                       how.resize_height, how.crop_width, how.crop_height})
    if (size < 0)
      return Status::error("preprocessing has a size of " +
                           std::to_string(size));
  return Status::ok();
}

Result<std::vector<float>>
rowlock::preprocess(const Picture &picture, const fb::PreprocessingT &how,
                    const std::vector<int64_t> &shape) {
  if (Status status = check(how, shape); !status)
    return status;
  Result<Picture> ready = resizeAndCrop(
      arrangeChannels(picture, shape[0], how.channel_order == "BGR"), how);
  if (!ready)
    return ready.takeStatus();
  if (ready->height != shape[1] || ready->width != shape[2])
    return Status::error("is " + sizeText(ready->width, ready->height) +
                         " after preprocessing, the input is " +
                         sizeText(shape[2], shape[1]));
  std::vector<float> values;
  values.reserve(ready->pixels.size());
  for (int64_t c = 0; c < shape[0]; ++c) {
    float mean = channelValue(how.mean, c, 0);
    float scale = channelValue(how.scale, c, 1);
    for (int64_t y = 0; y < shape[1]; ++y)
      for (int64_t x = 0; x < shape[2]; ++x) {
        int value = ready->at(y, x, c);
        values.push_back((float(how.invert ? 255 - value : value) - mean) *
                         scale);
      }
  }
  return values;
}
