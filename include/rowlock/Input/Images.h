//===- Images.h - Files to input tensors ------------------------*- C++ -*-===//
//
//   Result<Images> images = readImages("digits", how, {1, 28, 28}, 1000);
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_INPUT_IMAGES_H
#define ROWLOCK_INPUT_IMAGES_H

#include "rowlock/Input/Picture.h"
#include "rowlock/Program/program_generated.h"

#include <memory>

namespace rowlock {

/// Input tensors without their batch dimension, one behind the other.
struct Images {
  int64_t count = 0;
  std::vector<float> values;
  /// Of each image: its file, with `#index` where a file has many.
  std::vector<std::string> names;
};

/// A picture as the tensor `shape` = C x H x W, in the order of the fields of
/// `fb::Preprocessing`: channel order (empty: GRAY for 1 channel, RGB for 3;
/// grey is (299 R + 587 G + 114 B + 500) / 1000), resize of the short side,
/// exact resize, centre crop, invert, (value - mean) * scale per channel of the
/// tensor. The error says what does not fit.
Result<std::vector<float>> preprocess(const Picture &picture,
                                      const fb::PreprocessingT &how,
                                      const std::vector<int64_t> &shape);

/// The images of a file, or of the files of a directory in the order of their
/// names (files of other kinds and IDX files of labels are passed over), one by
/// one. A file is a PNG or JPEG picture; an IDX or u1 NPY array of pictures, N
/// x H x W or N x H x W x 3; or an NPY array of the tensor's shape, with N
/// before it or without, which is taken as it is. What is in memory is one
/// image, but for IDX files, which are read whole.
///
///   auto source = ImageSource::open("digits", how, {1, 28, 28}, 1000);
///   Image image;
///   for (int64_t k = 0; k < source->count(); ++k)
///     if (Status read = source->next(image); !read)
///       return read;
class ImageSource {
public:
  struct Image {
    std::vector<float> values;
    std::string name; // the file, with `#index` where it has many
  };

  /// At most `most` images; 0: all. An error where there is none.
  static Result<ImageSource> open(const std::string &path,
                                  const fb::PreprocessingT &how,
                                  const std::vector<int64_t> &shape,
                                  int64_t most = 0);
  ImageSource(ImageSource &&);
  ImageSource &operator=(ImageSource &&);
  ~ImageSource();

  int64_t count() const;
  /// The next image; there must be one.
  Status next(Image &image);

private:
  class Implementation;
  explicit ImageSource(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation;
};

/// All images of a source.
Result<Images> readImages(const std::string &path,
                          const fb::PreprocessingT &how,
                          const std::vector<int64_t> &shape, int64_t most = 0);

} // namespace rowlock

#endif // ROWLOCK_INPUT_IMAGES_H
