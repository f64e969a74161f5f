//===- Images.cpp - Files to input tensors --------------------------------===//
#include "rowlock/Input/Images.h"

#include "File.h"

#include "rowlock/Input/Array.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace rowlock;

namespace {

enum class FileKind { Picture, NPY, IDX, Other };

/// Collects images, up to a number.
class Collector {
public:
  Collector(const fb::PreprocessingT &how, const std::vector<int64_t> &shape,
            int64_t most)
      : how(how), shape(shape), most(most) {}

  bool full() const { return most > 0 && images.count >= most; }
  Status addFile(const std::string &path, FileKind kind);
  /// As addFile, but passes over an IDX file of labels, which data sets keep
  /// beside their images.
  Status addFileOfDirectory(const std::string &path, FileKind kind);
  Images take() { return std::move(images); }

private:
  Status addPicture(const Picture &picture, const std::string &name);
  Status addArray(const Array &array, const std::string &path);
  void add(const float *values, size_t count, const std::string &name) {
    images.values.insert(images.values.end(), values, values + count);
    images.names.push_back(name);
    ++images.count;
  }

  const fb::PreprocessingT &how;
  const std::vector<int64_t> &shape;
  int64_t most;
  Images images;
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

Status Collector::addPicture(const Picture &picture, const std::string &name) {
  Result<std::vector<float>> values = preprocess(picture, how, shape);
  if (!values)
    return fileError(name, values.message());
  add(values->data(), values->size(), name);
  return Status::ok();
}

static std::string shapeText(const std::vector<int64_t> &shape) {
  std::string text;
  for (int64_t size : shape)
    text += (text.empty() ? "" : " x ") + std::to_string(size);
  return text;
}

Status Collector::addArray(const Array &array, const std::string &path) {
  const std::vector<int64_t> &sizes = array.shape;
  auto named = [&](int64_t k) { return path + "#" + std::to_string(k); };
  bool single = sizes == shape;
  if (single || (sizes.size() == shape.size() + 1 &&
                 std::equal(shape.begin(), shape.end(), sizes.begin() + 1))) {
    std::vector<float> values = array.toFloats();
    int64_t count = single ? 1 : sizes[0];
    size_t unit = count ? values.size() / size_t(count) : 0;
    for (int64_t k = 0; k < count && !full(); ++k)
      add(values.data() + size_t(k) * unit, unit, single ? path : named(k));
    return Status::ok();
  }
  bool colour = sizes.size() == 4 && sizes[3] == 3;
  if (array.type != fb::ElementType::U8 || (sizes.size() != 3 && !colour) ||
      sizes[1] < 1 || sizes[2] < 1)
    return fileError(path, "has shape " + shapeText(sizes) +
                               ", expected images of " + shapeText(shape));
  Picture picture = {sizes[2], sizes[1], colour ? 3 : 1, {}};
  std::ptrdiff_t unit = picture.width * picture.height * picture.channels;
  for (int64_t k = 0; k < sizes[0] && !full(); ++k) {
    auto first = array.bytes.begin() + k * unit;
    picture.pixels.assign(first, first + unit);
    if (Status status = addPicture(picture, named(k)); !status)
      return status;
  }
  return Status::ok();
}

Status Collector::addFile(const std::string &path, FileKind kind) {
  if (kind == FileKind::NPY || kind == FileKind::IDX) {
    Result<Array> array = kind == FileKind::NPY ? readNPY(path) : readIDX(path);
    if (!array)
      return array.takeStatus();
    return addArray(*array, path);
  }
  Result<Picture> picture = readPicture(path);
  if (!picture)
    return picture.takeStatus();
  return addPicture(*picture, path);
}

Status Collector::addFileOfDirectory(const std::string &path, FileKind kind) {
  if (kind != FileKind::IDX)
    return addFile(path, kind);
  Result<Array> array = readIDX(path);
  if (!array)
    return array.takeStatus();
  bool labels = array->shape.size() < 2 && array->shape != shape;
  return labels ? Status::ok() : addArray(*array, path);
}

Result<Images> rowlock::readImages(const std::string &path,
                                   const fb::PreprocessingT &how,
                                   const std::vector<int64_t> &shape,
                                   int64_t most) {
  namespace fs = std::filesystem;
  Collector collector(how, shape, most);
  std::error_code error;
  if (!fs::is_directory(path, error)) {
    if (!fs::exists(path, error))
      return fileError(path, "does not exist");
    FileKind kind = kindOf(path);
    if (kind == FileKind::Other)
      return fileError(path, "is no PNG, JPEG, NPY or IDX file");
    if (Status status = collector.addFile(path, kind); !status)
      return status;
  } else {
    std::vector<std::string> files;
    fs::directory_iterator entry(path, error), end;
    for (; !error && entry != end; entry.increment(error))
      if (entry->is_regular_file(error))
        files.push_back(entry->path().string());
    if (error)
      return fileError(path, error.message());
    std::sort(files.begin(), files.end());
    for (const std::string &file : files) {
      if (collector.full())
        break;
      FileKind kind = kindOf(file);
      if (kind == FileKind::Other)
        continue;
      if (Status status = collector.addFileOfDirectory(file, kind); !status)
        return status;
    }
  }
  Images images = collector.take();
  if (!images.count)
    return fileError(path, "holds no images");
  return images;
}
