//===- ONNXModel.cpp - Reading models to take apart -----------------------===//
#include "ONNXModel.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <google/protobuf/stubs/logging.h>

#include <cstring>

using namespace rowlock;

size_t rowlock::elementSize(int type) {
  switch (type) {
  case onnx::TensorProto::INT8:
  case onnx::TensorProto::UINT8:
  case onnx::TensorProto::BOOL:
    return 1;
  case onnx::TensorProto::INT16:
  case onnx::TensorProto::UINT16:
  case onnx::TensorProto::FLOAT16:
  case onnx::TensorProto::BFLOAT16:
    return 2;
  case onnx::TensorProto::FLOAT:
  case onnx::TensorProto::INT32:
  case onnx::TensorProto::UINT32:
    return 4;
  case onnx::TensorProto::DOUBLE:
  case onnx::TensorProto::INT64:
  case onnx::TensorProto::UINT64:
    return 8;
  default:
    return 0;
  }
}

/// Elements of a field in the first `bytes` bytes of each: little-endian.
template <typename Field>
static std::string pack(const Field &field, size_t bytes) {
  std::string raw;
  for (const auto &value : field)
    raw.append(reinterpret_cast<const char *>(&value), bytes);
  return raw;
}

void rowlock::makeRaw(onnx::TensorProto &tensor) {
  size_t bytes = elementSize(tensor.data_type());
  if (!bytes || tensor.has_raw_data())
    return;
  std::string raw;
  if (tensor.float_data_size())
    raw = pack(tensor.float_data(), bytes);
  else if (tensor.double_data_size())
    raw = pack(tensor.double_data(), bytes);
  else if (tensor.int64_data_size())
    raw = pack(tensor.int64_data(), bytes);
  else if (tensor.uint64_data_size())
    raw = pack(tensor.uint64_data(), bytes);
  else if (tensor.int32_data_size())
    raw = pack(tensor.int32_data(), bytes);
  else
    return;
  tensor.clear_float_data();
  tensor.clear_double_data();
  tensor.clear_int64_data();
  tensor.clear_uint64_data();
  tensor.clear_int32_data();
  tensor.set_raw_data(raw);
}

void rowlock::takeFirst(onnx::TensorProto &tensor,
                        const std::vector<int64_t> &shape) {
  std::vector<int64_t> old(tensor.dims().begin(), tensor.dims().end());
  size_t bytes = elementSize(tensor.data_type());
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  std::string raw;
  std::vector<int64_t> index(shape.size(), 0);
  for (; count > 0; --count) {
    int64_t at = 0;
    for (size_t d = 0; d < index.size(); ++d)
      at = at * old[d] + index[d];
    raw.append(tensor.raw_data(), size_t(at) * bytes, bytes);
    for (size_t d = index.size(); d-- > 0 && ++index[d] == shape[d];)
      index[d] = 0;
  }
  tensor.set_raw_data(raw);
  tensor.clear_dims();
  for (int64_t size : shape)
    tensor.add_dims(size);
}

/// Takes the bytes that an external tensor names into it.
static Status takeExternal(onnx::TensorProto &tensor, llvm::StringRef folder) {
  std::string location;
  uint64_t offset = 0, length = elementSize(tensor.data_type());
  for (int64_t size : tensor.dims())
    length *= uint64_t(std::max<int64_t>(size, 0));
  for (const auto &entry : tensor.external_data()) {
    if (entry.key() == "location")
      location = entry.value();
    if (entry.key() == "offset" &&
        llvm::StringRef(entry.value()).getAsInteger(10, offset))
      location.clear();
  }
  if (location.empty() || llvm::sys::path::is_absolute(location) ||
      llvm::StringRef(location).contains(".."))
    return Status::error("external data '" + location +
                         "' is not a file beside the model");
  llvm::SmallString<128> path(folder);
  llvm::sys::path::append(path, location);
  uint64_t size = 0;
  if (llvm::sys::fs::is_directory(path) ||
      llvm::sys::fs::file_size(path, size) || offset > size ||
      length > size - offset)
    return Status::error("external data '" + location + "' cannot be read");
  auto buffer = llvm::MemoryBuffer::getFileSlice(path, length, int64_t(offset));
  if (!buffer)
    return Status::error("external data '" + location + "' cannot be read");
  tensor.set_raw_data((*buffer)->getBuffer().str());
  tensor.clear_external_data();
  tensor.clear_data_location();
  return Status::ok();
}

Result<onnx::ModelProto> rowlock::readModel(const std::string &path) {
  if (llvm::sys::fs::is_directory(path))
    return Status::error("is a directory");
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return Status::error(buffer.getError().message());
  if ((*buffer)->getBufferSize() > size_t(INT32_MAX))
    return Status::error("has 2 GiB or more");
  onnx::ModelProto model;
  google::protobuf::SetLogHandler(nullptr);
  if (!model.ParseFromArray((*buffer)->getBufferStart(),
                            int((*buffer)->getBufferSize())))
    return Status::error("is no ONNX model");
  for (onnx::TensorProto &tensor :
       *model.mutable_graph()->mutable_initializer()) {
    if (tensor.data_location() == onnx::TensorProto::EXTERNAL)
      if (Status taken =
              takeExternal(tensor, llvm::sys::path::parent_path(path));
          !taken)
        return Status::error("initializer '" + tensor.name() +
                             "': " + taken.message());
    makeRaw(tensor);
  }
  return model;
}

std::optional<std::vector<int64_t>>
rowlock::shapeOf(const onnx::TypeProto &type) {
  if (!type.has_tensor_type() || !type.tensor_type().has_shape())
    return std::nullopt;
  std::vector<int64_t> shape;
  for (const auto &dim : type.tensor_type().shape().dim())
    shape.push_back(dim.has_dim_value() ? dim.dim_value() : -1);
  return shape;
}

onnx::TypeProto rowlock::floatType(const std::vector<int64_t> &shape) {
  onnx::TypeProto type;
  type.mutable_tensor_type()->set_elem_type(onnx::TensorProto::FLOAT);
  auto *sizes = type.mutable_tensor_type()->mutable_shape();
  for (int64_t size : shape)
    sizes->add_dim()->set_dim_value(size);
  return type;
}

std::vector<std::string> rowlock::dataInputs(const onnx::GraphProto &graph) {
  std::set<std::string> initialised;
  for (const onnx::TensorProto &tensor : graph.initializer())
    initialised.insert(tensor.name());
  for (const onnx::SparseTensorProto &tensor : graph.sparse_initializer())
    initialised.insert(tensor.values().name());
  std::vector<std::string> names;
  for (const onnx::ValueInfoProto &input : graph.input())
    if (!initialised.count(input.name()))
      names.push_back(input.name());
  return names;
}

void rowlock::collectTypes(const onnx::GraphProto &graph, TensorTypes &types) {
  for (const auto *list :
       {&graph.value_info(), &graph.output(), &graph.input()})
    for (const onnx::ValueInfoProto &value : *list)
      if (value.has_type() && shapeOf(value.type()))
        types[value.name()] = value.type();
}
