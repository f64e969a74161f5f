//===- Inputs.cpp - What is given to a program ----------------------------===//
#include "Inputs.h"

#include "rowlock/Frontend/ONNX/TensorFile.h"
#include "rowlock/Input/InputElements.h"
#include "rowlock/Program/Values.h"

#include "llvm/ADT/StringRef.h"

using namespace rowlock;

/// A TensorProto as images: N x shape or shape.
static Result<Images> readProto(const std::string &path,
                                const std::vector<int64_t> &shape) {
  Result<TensorData> tensor = readTensorProto(path);
  if (!tensor)
    return tensor.takeStatus();
  std::vector<int64_t> integers = tensor->integers();
  if (tensor->type != DataType::Float32 && integers.empty())
    return Status::error(path + ": the tensor has no float32 or integers");
  std::vector<int64_t> sizes = tensor->shape;
  int64_t count = 1;
  if (sizes.size() == shape.size() + 1) {
    count = sizes.front();
    sizes.erase(sizes.begin());
  }
  if (sizes != shape)
    return Status::error(path + ": the shape does not fit the input");
  Images images;
  images.count = count;
  images.values = integers.empty()
                      ? tensor->floats()
                      : std::vector<float>(integers.begin(), integers.end());
  for (int64_t k = 0; k < count; ++k)
    images.names.push_back(path + (count > 1 ? "#" + std::to_string(k) : ""));
  return images;
}

Result<Images> rowlock::readInput(const Program &program, size_t index,
                                  const PortInfo &port, const std::string &path,
                                  int64_t most) {
  if (!takesNumbers(port.type))
    return Status::error("input '" + port.name + "' of " + program.name() +
                         " is neither float32 nor integers");
  std::vector<int64_t> shape(port.shape.begin() + (port.shape.empty() ? 0 : 1),
                             port.shape.end());
  if (llvm::StringRef(path).ends_with(".pb"))
    return readProto(path, shape);
  fb::PreprocessingT how;
  for (const fb::Preprocessing *entry : items(program.table().preprocessing()))
    if (entry->input() == index)
      entry->UnPackTo(&how);
  return readImages(path, how, shape, most);
}
