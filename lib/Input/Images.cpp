//===- Images.cpp - Files to input tensors --------------------------------===//
#include "rowlock/Input/Images.h"

#include "NPYFile.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>

using namespace rowlock;

namespace {

enum class FileKind { Picture, NPY, IDX, Other };

/// A file with at least one image.
struct ImageFile {
  std::string path;
  FileKind kind = FileKind::Other;
  int64_t count = 0;
  bool tensors = false; // arrays of the tensor's shape, taken as they are
  bool single = false;  // one array without N
};

} // namespace

/// By the first bytes of the file.
static FileKind kindOf(const std::string &path) {
  unsigned char head[6] = {};
  std::ifstream stream(path, std::ios::binary);
  stream.read(reinterpret_cast<char *>(head), sizeof(head));
  std::string start(head, head + stream.gcount());
  if (start.compare(0, 4, "\x89PNG") == 0 ||
      start.compare(0, 3, "\xff\xd8\xff") == 0)
    return FileKind::Picture;
  if (start == "\x93NUMPY")
    return FileKind::NPY;
  if (start.size() >= 4 &&
      ((head[0] == 0 && head[1] == 0) || (head[0] == 0x1f && head[1] == 0x8b)))
    return FileKind::IDX;
  return FileKind::Other;
}

static std::string shapeText(const std::vector<int64_t> &shape) {
  std::string text;
  for (int64_t size : shape)
    text += (text.empty() ? "" : " x ") + std::to_string(size);
  return text;
}

class ImageSource::Implementation {
public:
  Implementation(const fb::PreprocessingT &how,
                 const std::vector<int64_t> &shape, int64_t most)
      : how(how), shape(shape), most(most) {}

  Status addPath(const std::string &path);
  Status next(Image &image);

  int64_t count = 0;

private:
  bool full() const { return most > 0 && count >= most; }
  Status addDirectory(const std::string &path);
  /// `inDirectory`: passes over labels.
  Status addFile(const std::string &path, FileKind kind, bool inDirectory);
  Status classify(const std::vector<int64_t> &sizes, fb::ElementType type,
                  ImageFile &file) const;
  Status openFile();
  Status readPictureOf(const Picture &picture, const std::string &name,
                       Image &image);
  Status readElement(const ImageFile &file, Image &image);

  fb::PreprocessingT how;
  std::vector<int64_t> shape;
  int64_t most;
  std::vector<ImageFile> files;
  // The file that is open, and how many of its images were read.
  size_t file = 0;
  int64_t index = 0;
  std::optional<NPYFile> npy;
  Array idx;
};

/// Sets what kind of images an array holds.
Status ImageSource::Implementation::classify(const std::vector<int64_t> &sizes,
                                             fb::ElementType type,
                                             ImageFile &file) const {
  file.single = sizes == shape;
  file.tensors = file.single ||
                 (sizes.size() == shape.size() + 1 &&
                  std::equal(shape.begin(), shape.end(), sizes.begin() + 1));
  file.count = file.single ? 1 : sizes.empty() ? 0 : sizes[0];
  if (file.tensors)
    return Status::ok();
  bool colour = sizes.size() == 4 && sizes[3] == 3;
  if (type != fb::ElementType::U8 || (sizes.size() != 3 && !colour) ||
      sizes[1] < 1 || sizes[2] < 1)
    return fileError(file.path, "has shape " + shapeText(sizes) +
                                    ", expected images of " + shapeText(shape));
  return Status::ok();
}

Status ImageSource::Implementation::addFile(const std::string &path,
                                            FileKind kind, bool inDirectory) {
  ImageFile added;
  added.path = path;
  added.kind = kind;
  added.count = 1;
  if (kind == FileKind::NPY) {
    Result<NPYFile> array = NPYFile::open(path);
    if (!array)
      return array.takeStatus();
    if (Status known = classify(array->shape, array->type, added); !known)
      return known;
  } else if (kind == FileKind::IDX) {
    Result<Array> array = readIDX(path);
    if (!array)
      return array.takeStatus();
    if (inDirectory && array->shape.size() < 2 && array->shape != shape)
      return Status::ok();
    if (Status known = classify(array->shape, array->type, added); !known)
      return known;
  }
  if (most > 0)
    added.count = std::min(added.count, most - count);
  count += added.count;
  if (added.count > 0)
    files.push_back(std::move(added));
  return Status::ok();
}

Status ImageSource::Implementation::addDirectory(const std::string &path) {
  namespace fs = std::filesystem;
  std::error_code error;
  std::vector<std::string> names;
  fs::directory_iterator entry(path, error), end;
  for (; !error && entry != end; entry.increment(error))
    if (entry->is_regular_file(error))
      names.push_back(entry->path().string());
  if (error)
    return fileError(path, error.message());
  std::sort(names.begin(), names.end());
  for (const std::string &name : names) {
    if (full())
      break;
    FileKind kind = kindOf(name);
    if (kind == FileKind::Other)
      continue;
    if (Status added = addFile(name, kind, /*inDirectory=*/true); !added)
      return added;
  }
  return Status::ok();
}

Status ImageSource::Implementation::addPath(const std::string &path) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (fs::is_directory(path, error)) {
    if (Status added = addDirectory(path); !added)
      return added;
  } else {
    if (!fs::exists(path, error))
      return fileError(path, "does not exist");
    FileKind kind = kindOf(path);
    if (kind == FileKind::Other)
      return fileError(path, "is no PNG, JPEG, NPY or IDX file");
    if (Status added = addFile(path, kind, /*inDirectory=*/false); !added)
      return added;
  }
  return count ? Status::ok() : fileError(path, "holds no images");
}

Status ImageSource::Implementation::openFile() {
  npy.reset();
  idx = Array();
  index = 0;
  const ImageFile &opened = files[file];
  if (opened.kind == FileKind::NPY) {
    Result<NPYFile> array = NPYFile::open(opened.path);
    if (!array)
      return array.takeStatus();
    npy.emplace(std::move(*array));
  } else if (opened.kind == FileKind::IDX) {
    Result<Array> array = readIDX(opened.path);
    if (!array)
      return array.takeStatus();
    idx = std::move(*array);
  }
  return Status::ok();
}

Status ImageSource::Implementation::readPictureOf(const Picture &picture,
                                                  const std::string &name,
                                                  Image &image) {
  Result<std::vector<float>> values = preprocess(picture, how, shape);
  if (!values)
    return fileError(name, values.message());
  image.values = std::move(*values);
  return Status::ok();
}

/// Image `index` of an array.
Status ImageSource::Implementation::readElement(const ImageFile &opened,
                                                Image &image) {
  const std::vector<int64_t> &sizes = npy ? npy->shape : idx.shape;
  std::vector<int64_t> one(sizes.begin() + !opened.single, sizes.end());
  int64_t unit = NPYFile::elements(one);
  Array array;
  if (npy) {
    Result<Array> read = npy->read(index * unit, unit, one);
    if (!read)
      return read.takeStatus();
    array = std::move(*read);
  } else {
    array.type = idx.type;
    array.shape = one;
    auto first = idx.bytes.begin() + index * unit;
    array.bytes.assign(first, first + unit);
  }
  if (opened.tensors) {
    image.values = array.toFloats();
    return Status::ok();
  }
  bool colour = one.size() == 3;
  return readPictureOf({one[1], one[0], colour ? 3 : 1, std::move(array.bytes)},
                       image.name, image);
}

Status ImageSource::Implementation::next(Image &image) {
  if (index == files[file].count) {
    ++file;
    index = 0;
  }
  assert(file < files.size() && "no image is left");
  const ImageFile &current = files[file];
  if (index == 0)
    if (Status opened = openFile(); !opened)
      return opened;
  image.name = current.path;
  if (current.kind != FileKind::Picture && !current.single)
    image.name += "#" + std::to_string(index);
  Status read = Status::ok();
  if (current.kind == FileKind::Picture) {
    Result<Picture> picture = readPicture(current.path);
    if (!picture)
      return picture.takeStatus();
    read = readPictureOf(*picture, image.name, image);
  } else {
    read = readElement(current, image);
  }
  ++index;
  return read;
}

ImageSource::ImageSource(std::unique_ptr<Implementation> implementation)
    : implementation(std::move(implementation)) {}
ImageSource::ImageSource(ImageSource &&) = default;
ImageSource &ImageSource::operator=(ImageSource &&) = default;
ImageSource::~ImageSource() = default;

Result<ImageSource> ImageSource::open(const std::string &path,
                                      const fb::PreprocessingT &how,
                                      const std::vector<int64_t> &shape,
                                      int64_t most) {
  auto implementation = std::make_unique<Implementation>(how, shape, most);
  if (Status added = implementation->addPath(path); !added)
    return added;
  return ImageSource(std::move(implementation));
}

int64_t ImageSource::count() const { return implementation->count; }

Status ImageSource::next(Image &image) { return implementation->next(image); }

Result<Images> rowlock::readImages(const std::string &path,
                                   const fb::PreprocessingT &how,
                                   const std::vector<int64_t> &shape,
                                   int64_t most) {
  Result<ImageSource> source = ImageSource::open(path, how, shape, most);
  if (!source)
    return source.takeStatus();
  Images images;
  ImageSource::Image image;
  for (; images.count < source->count(); ++images.count) {
    if (Status read = source->next(image); !read)
      return read;
    images.values.insert(images.values.end(), image.values.begin(),
                         image.values.end());
    images.names.push_back(image.name);
  }
  return images;
}
