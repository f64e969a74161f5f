//===- TensorFile.cpp - Tensors in TensorProto files ----------------------===//
#include "Proto.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <cstring>
#include <google/protobuf/stubs/logging.h>
#include <limits>

using namespace rowlock;

int64_t rowlock::byteSize(DataType type) {
  switch (type) {
  case DataType::Int8:
  case DataType::UInt8:
  case DataType::Bool:
  case DataType::Float8E4M3FN:
  case DataType::Float8E4M3FNUZ:
  case DataType::Float8E5M2:
  case DataType::Float8E5M2FNUZ:
  case DataType::Int4:
  case DataType::UInt4:
    return 1;
  case DataType::Float16:
  case DataType::BFloat16:
  case DataType::Int16:
  case DataType::UInt16:
    return 2;
  case DataType::Float32:
  case DataType::Int32:
  case DataType::UInt32:
    return 4;
  case DataType::Float64:
  case DataType::Int64:
  case DataType::UInt64:
    return 8;
  }
  return 0;
}

int64_t rowlock::countElements(const std::vector<int64_t> &shape) {
  int64_t count = 1;
  bool empty = false;
  for (int64_t size : shape) {
    if (size < 0)
      return -1;
    empty |= size == 0;
    if (size > 0 && count > maxElements / size)
      return -1;
    count *= size > 0 ? size : 1;
  }
  return empty ? 0 : count;
}

int64_t TensorData::elements() const { return countElements(shape); }

template <typename From, typename To>
static std::vector<To> unpack(const std::vector<char> &bytes) {
  std::vector<To> values(bytes.size() / sizeof(From));
  for (size_t k = 0; k < values.size(); ++k) {
    From value;
    std::memcpy(&value, bytes.data() + k * sizeof(From), sizeof(From));
    values[k] = To(value);
  }
  return values;
}

std::vector<float> TensorData::floats() const {
  return type == DataType::Float32 ? unpack<float, float>(bytes)
                                   : std::vector<float>();
}

std::vector<int64_t> TensorData::integers() const {
  switch (type) {
  case DataType::Int8:
  case DataType::Int4:
    return unpack<int8_t, int64_t>(bytes);
  case DataType::UInt8:
  case DataType::Bool:
  case DataType::UInt4:
    return unpack<uint8_t, int64_t>(bytes);
  case DataType::Int16:
    return unpack<int16_t, int64_t>(bytes);
  case DataType::UInt16:
    return unpack<uint16_t, int64_t>(bytes);
  case DataType::Int32:
    return unpack<int32_t, int64_t>(bytes);
  case DataType::UInt32:
    return unpack<uint32_t, int64_t>(bytes);
  case DataType::Int64:
  case DataType::UInt64:
    return unpack<int64_t, int64_t>(bytes);
  default:
    return {};
  }
}

Status rowlock::readMessage(const std::string &path,
                            google::protobuf::MessageLite &message) {
  if (llvm::sys::fs::is_directory(path))
    return Status::error("is a directory");
  // Nobody may ever write to a pipe.
  if (llvm::sys::fs::exists(path) && !llvm::sys::fs::is_regular_file(path))
    return Status::error("is no file");
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return Status::error("cannot read: " + buffer.getError().message());
  return parseMessage((*buffer)->getBuffer(), message);
}

Status rowlock::parseMessage(llvm::StringRef bytes,
                             google::protobuf::MessageLite &message) {
  if (bytes.empty())
    return Status::error("the file is empty");
  if (bytes.size() > size_t(std::numeric_limits<int>::max()))
    return Status::error("the file exceeds 2 GiB");
  google::protobuf::LogSilencer silencer;
  if (!message.ParseFromArray(bytes.data(), int(bytes.size())))
    return Status::error("not an ONNX file, or cut or damaged");
  return Status::ok();
}

/// Whether a file that exists lies elsewhere, all links followed.
static bool leavesFolder(llvm::StringRef file, llvm::StringRef folder) {
  llvm::SmallString<128> realFile, realFolder;
  if (llvm::sys::fs::real_path(file, realFile) ||
      llvm::sys::fs::real_path(folder.empty() ? "." : folder, realFolder))
    return false;
  llvm::StringRef rest = realFile;
  return realFolder != "/" &&
         !(rest.consume_front(realFolder) && rest.starts_with("/"));
}

/// The bytes that an external tensor names.
static Result<std::vector<char>> readExternal(const onnx::TensorProto &proto,
                                              const std::string &folder,
                                              int64_t expected) {
  std::string location;
  int64_t offset = 0, length = expected;
  for (const auto &entry : proto.external_data()) {
    llvm::StringRef value(entry.value());
    if (entry.key() == "location")
      location = entry.value();
    else if ((entry.key() == "offset" && value.getAsInteger(10, offset)) ||
             (entry.key() == "length" && value.getAsInteger(10, length)))
      return Status::error("external data with " + entry.key() + " '" +
                           entry.value() + "', which is no number");
  }
  llvm::StringRef relative(location);
  if (location.empty() || llvm::sys::path::is_absolute(relative) ||
      relative.contains(".."))
    return Status::error("external data '" + location +
                         "' is not a file beside the model");
  if (length != expected || offset < 0)
    return Status::error("external data of " + std::to_string(length) +
                         " bytes at " + std::to_string(offset) +
                         ", the shape needs " + std::to_string(expected));
  llvm::SmallString<128> path(folder);
  llvm::sys::path::append(path, location);
  if (leavesFolder(path, folder))
    return Status::error("external data '" + location +
                         "' is a link out of the model's folder");
  uint64_t size = 0;
  if (!llvm::sys::fs::is_regular_file(path) ||
      llvm::sys::fs::file_size(path, size))
    return Status::error("external data '" + location + "' cannot be read");
  if (uint64_t(offset) > size || uint64_t(length) > size - offset)
    return Status::error("external data '" + location + "' ends at byte " +
                         std::to_string(size) + ", before " +
                         std::to_string(length) + " bytes at " +
                         std::to_string(offset));
  auto buffer = llvm::MemoryBuffer::getFileSlice(path, length, offset);
  if (!buffer)
    return Status::error("external data '" + location + "' cannot be read");
  return std::vector<char>((*buffer)->getBufferStart(),
                           (*buffer)->getBufferEnd());
}

/// Packs a repeated field of the proto as elements of type To.
template <typename To, typename Field>
static Status pack(const Field &field, int64_t count,
                   std::vector<char> &bytes) {
  if (field.size() != count)
    return Status::error("holds " + std::to_string(field.size()) +
                         " elements, the shape needs " + std::to_string(count));
  bytes.resize(count * sizeof(To));
  for (int64_t k = 0; k < count; ++k) {
    To value = To(field.Get(int(k)));
    std::memcpy(bytes.data() + k * sizeof(To), &value, sizeof(To));
  }
  return Status::ok();
}

bool rowlock::isHalf(DataType type) {
  return type == DataType::Float16 || type == DataType::BFloat16;
}

bool rowlock::isNarrow(DataType type) { return type >= DataType::Float8E4M3FN; }

TensorData rowlock::widened(const TensorData &data) {
  const llvm::fltSemantics &semantics = data.type == DataType::Float16
                                            ? llvm::APFloat::IEEEhalf()
                                            : llvm::APFloat::BFloat();
  TensorData result = data;
  result.type = DataType::Float32;
  result.bytes.resize(data.bytes.size() * 2);
  for (size_t k = 0; k < data.bytes.size() / 2; ++k) {
    uint16_t bits;
    std::memcpy(&bits, data.bytes.data() + k * sizeof(bits), sizeof(bits));
    llvm::APFloat value(semantics, llvm::APInt(16, bits));
    bool inexact;
    value.convert(llvm::APFloat::IEEEsingle(),
                  llvm::APFloat::rmNearestTiesToEven, &inexact);
    float wide = value.convertToFloat();
    std::memcpy(result.bytes.data() + k * sizeof(wide), &wide, sizeof(wide));
  }
  return result;
}

/// TensorProto::DataType of ONNX 1.16; headers of older releases lack them.
enum NewerType {
  float8E4M3FN = 17,
  float8E4M3FNUZ = 18,
  float8E5M2 = 19,
  float8E5M2FNUZ = 20,
  uint4 = 21,
  int4 = 22
};

std::string rowlock::dataTypeName(int onnxType) {
  if (!onnx::TensorProto::DataType_IsValid(onnxType))
    return std::to_string(onnxType);
  return llvm::StringRef(onnx::TensorProto::DataType_Name(
                             onnx::TensorProto::DataType(onnxType)))
      .lower();
}

std::optional<DataType> rowlock::dataType(int onnxType) {
  switch (onnxType) {
  case onnx::TensorProto::FLOAT:
    return DataType::Float32;
  case onnx::TensorProto::DOUBLE:
    return DataType::Float64;
  case onnx::TensorProto::FLOAT16:
    return DataType::Float16;
  case onnx::TensorProto::BFLOAT16:
    return DataType::BFloat16;
  case onnx::TensorProto::INT8:
    return DataType::Int8;
  case onnx::TensorProto::UINT8:
    return DataType::UInt8;
  case onnx::TensorProto::INT16:
    return DataType::Int16;
  case onnx::TensorProto::UINT16:
    return DataType::UInt16;
  case onnx::TensorProto::INT32:
    return DataType::Int32;
  case onnx::TensorProto::UINT32:
    return DataType::UInt32;
  case onnx::TensorProto::INT64:
    return DataType::Int64;
  case onnx::TensorProto::UINT64:
    return DataType::UInt64;
  case onnx::TensorProto::BOOL:
    return DataType::Bool;
  case float8E4M3FN:
    return DataType::Float8E4M3FN;
  case float8E4M3FNUZ:
    return DataType::Float8E4M3FNUZ;
  case float8E5M2:
    return DataType::Float8E5M2;
  case float8E5M2FNUZ:
    return DataType::Float8E5M2FNUZ;
  case int4:
    return DataType::Int4;
  case uint4:
    return DataType::UInt4;
  default:
    return std::nullopt;
  }
}

static bool isFourBits(DataType type) {
  return type == DataType::Int4 || type == DataType::UInt4;
}

/// One element to a byte instead of two, of which the lower half is the first.
static void separateHalves(TensorData &tensor, int64_t count) {
  std::vector<char> packed = std::move(tensor.bytes);
  tensor.bytes.resize(size_t(count));
  for (size_t k = 0; k < tensor.bytes.size(); ++k) {
    int bits = packed[k / 2] >> (k % 2 * 4) & 15;
    tensor.bytes[k] =
        char(tensor.type == DataType::Int4 ? (bits ^ 8) - 8 : bits);
  }
}

static Status unpackFields(const onnx::TensorProto &proto, int64_t count,
                           TensorData &tensor) {
  switch (tensor.type) {
  case DataType::Float32:
    return pack<float>(proto.float_data(), count, tensor.bytes);
  case DataType::Float64:
    return pack<double>(proto.double_data(), count, tensor.bytes);
  case DataType::Int64:
    return pack<int64_t>(proto.int64_data(), count, tensor.bytes);
  case DataType::UInt32:
    return pack<uint32_t>(proto.uint64_data(), count, tensor.bytes);
  case DataType::UInt64:
    return pack<uint64_t>(proto.uint64_data(), count, tensor.bytes);
  case DataType::Int32:
    return pack<int32_t>(proto.int32_data(), count, tensor.bytes);
  case DataType::Int16:
  case DataType::UInt16:
  case DataType::Float16:
  case DataType::BFloat16:
    return pack<uint16_t>(proto.int32_data(), count, tensor.bytes);
  default:
    return pack<uint8_t>(proto.int32_data(), count, tensor.bytes);
  }
}

Result<TensorData> rowlock::decodeTensor(const onnx::TensorProto &proto,
                                         const std::string &folder) {
  TensorData tensor;
  tensor.name = proto.name();
  tensor.shape.assign(proto.dims().begin(), proto.dims().end());
  std::optional<DataType> type = dataType(proto.data_type());
  if (!type)
    return Status::error("element type " + dataTypeName(proto.data_type()) +
                         " is not supported");
  tensor.type = *type;
  int64_t count = countElements(tensor.shape);
  if (count < 0)
    return Status::error("a shape with a negative size or more than " +
                         std::to_string(maxElements) + " elements");
  if (isFourBits(*type))
    count = (count + 1) / 2;
  int64_t bytes = count * byteSize(*type);
  if (proto.data_location() == onnx::TensorProto::EXTERNAL) {
    auto data = readExternal(proto, folder, bytes);
    if (!data)
      return data.takeStatus();
    tensor.bytes = std::move(*data);
  } else if (proto.has_raw_data()) {
    const std::string &raw = proto.raw_data();
    if (int64_t(raw.size()) != bytes)
      return Status::error("holds " + std::to_string(raw.size()) +
                           " bytes, the shape needs " + std::to_string(bytes));
    tensor.bytes.assign(raw.begin(), raw.end());
  } else if (Status status = unpackFields(proto, count, tensor); !status) {
    return status;
  }
  if (isFourBits(*type))
    separateHalves(tensor, tensor.elements());
  return tensor;
}

Result<TensorData> rowlock::readTensorProto(const std::string &path) {
  onnx::TensorProto proto;
  if (Status status = readMessage(path, proto); !status)
    return Status::error(path + ": " + status.message());
  auto tensor = decodeTensor(proto, llvm::sys::path::parent_path(path).str());
  if (!tensor)
    return Status::error(path + ": tensor '" + proto.name() +
                         "': " + tensor.message());
  return tensor;
}
