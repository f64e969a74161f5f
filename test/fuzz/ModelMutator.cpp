//===- ModelMutator.cpp - Models with a few fields changed ----------------===//
//
// What the fuzzer tries next: a model is parsed, some fields anywhere in it are
// changed, and it is written again. Flipped bytes would seldom stay a message;
// they are tried now and then all the same.
//
//===----------------------------------------------------------------------===//
#include "rowlock/Frontend/ONNX/ImportONNX.h"

#include <onnx/onnx_pb.h>

#include <google/protobuf/stubs/logging.h>

#include <cctype>
#include <limits>
#include <random>
#include <sstream>

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

extern "C" size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maxSize);

namespace {

class Mutator {
public:
  Mutator(onnx::ModelProto &model, std::mt19937 &random)
      : model(model), random(random) {}
  void change();

private:
  int64_t pick(int64_t count) { return int64_t(random() % uint64_t(count)); }
  void collect(Message &message);
  void changeRepeated(Message &message, const FieldDescriptor *field);
  void setSingle(Message &message, const FieldDescriptor *field);
  /// Sets element `at` of a repeated field of scalars.
  void setElement(Message &message, const FieldDescriptor *field, int at);
  int64_t integer(int64_t old);
  std::string text(const std::string &old);

  onnx::ModelProto &model;
  std::mt19937 &random;
  std::vector<Message *> messages;
  std::vector<std::string> texts; // all that the model has
};

} // namespace

void Mutator::collect(Message &message) {
  messages.push_back(&message);
  const Reflection *reflection = message.GetReflection();
  std::vector<const FieldDescriptor *> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor *field : fields) {
    int count =
        field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int k = 0; k < count; ++k) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE)
        collect(field->is_repeated()
                    ? *reflection->MutableRepeatedMessage(&message, field, k)
                    : *reflection->MutableMessage(&message, field));
      else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING)
        texts.push_back(field->is_repeated()
                            ? reflection->GetRepeatedString(message, field, k)
                            : reflection->GetString(message, field));
    }
  }
}

/// All that the importer knows: the first column of its table.
static std::vector<std::string> operatorNames() {
  std::vector<std::string> names;
  std::istringstream lines(rowlock::operatorDocs());
  for (std::string line; std::getline(lines, line);)
    if (line.size() > 2 && std::isupper(static_cast<unsigned char>(line[2])))
      names.push_back(line.substr(2, line.find(' ', 2) - 2));
  return names;
}

int64_t Mutator::integer(int64_t old) {
  switch (pick(8)) {
  case 0:
    return int64_t(uint64_t(old) + 1);
  case 1:
    return int64_t(uint64_t(old) - 1);
  case 2:
    return int64_t(0 - uint64_t(old));
  case 3:
    return int64_t(uint64_t(old) * 2);
  case 4:
    return int64_t((uint64_t(1) << pick(64)) - uint64_t(pick(2)));
  case 5:
    return int64_t(0 - (uint64_t(1) << pick(64)));
  default:
    return pick(24);
  }
}

std::string Mutator::text(const std::string &old) {
  static const std::vector<std::string> operators = operatorNames();
  switch (pick(4)) {
  case 0:
    return operators[size_t(pick(int64_t(operators.size())))];
  case 1: {
    std::string changed = old.empty() ? "x" : old;
    changed[size_t(pick(int64_t(changed.size())))] = char(random());
    return changed;
  }
  default:
    return texts.empty() ? "" : texts[size_t(pick(int64_t(texts.size())))];
  }
}

void Mutator::setSingle(Message &message, const FieldDescriptor *field) {
  const Reflection *r = message.GetReflection();
  if (r->HasField(message, field) && pick(6) == 0) {
    r->ClearField(&message, field);
    return;
  }
  switch (field->cpp_type()) {
  case FieldDescriptor::CPPTYPE_INT64:
    r->SetInt64(&message, field, integer(r->GetInt64(message, field)));
    break;
  case FieldDescriptor::CPPTYPE_INT32:
    r->SetInt32(&message, field, int32_t(integer(r->GetInt32(message, field))));
    break;
  case FieldDescriptor::CPPTYPE_FLOAT:
    r->SetFloat(&message, field,
                pick(4) ? float(pick(64) - 16) / 8
                        : std::numeric_limits<float>::quiet_NaN());
    break;
  case FieldDescriptor::CPPTYPE_STRING:
    r->SetString(&message, field, text(r->GetString(message, field)));
    break;
  case FieldDescriptor::CPPTYPE_ENUM:
    r->SetEnumValue(&message, field, int(pick(18)));
    break;
  case FieldDescriptor::CPPTYPE_MESSAGE:
    r->MutableMessage(&message, field);
    break;
  default:
    break;
  }
}

void Mutator::setElement(Message &message, const FieldDescriptor *field,
                         int at) {
  const Reflection *r = message.GetReflection();
  switch (field->cpp_type()) {
  case FieldDescriptor::CPPTYPE_INT64:
    r->SetRepeatedInt64(&message, field, at,
                        integer(r->GetRepeatedInt64(message, field, at)));
    break;
  case FieldDescriptor::CPPTYPE_INT32:
    r->SetRepeatedInt32(
        &message, field, at,
        int32_t(integer(r->GetRepeatedInt32(message, field, at))));
    break;
  case FieldDescriptor::CPPTYPE_FLOAT:
    r->SetRepeatedFloat(&message, field, at, float(pick(64) - 16) / 8);
    break;
  case FieldDescriptor::CPPTYPE_STRING:
    r->SetRepeatedString(&message, field, at,
                         text(r->GetRepeatedString(message, field, at)));
    break;
  default:
    break;
  }
}

void Mutator::changeRepeated(Message &message, const FieldDescriptor *field) {
  const Reflection *r = message.GetReflection();
  int count = r->FieldSize(message, field);
  bool isMessage = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
  int64_t how = count == 0 ? 0 : pick(5);
  if (how == 0) {
    switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT64:
      r->AddInt64(&message, field, pick(8));
      break;
    case FieldDescriptor::CPPTYPE_STRING:
      r->AddString(&message, field, text(""));
      break;
    case FieldDescriptor::CPPTYPE_FLOAT:
      r->AddFloat(&message, field, float(pick(8)));
      break;
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      Message *added = r->AddMessage(&message, field);
      if (count > 0)
        added->CopyFrom(
            r->GetRepeatedMessage(message, field, int(pick(count))));
      break;
    }
    default:
      break;
    }
  } else if (how == 1) {
    r->SwapElements(&message, field, int(pick(count)), count - 1);
    r->RemoveLast(&message, field);
  } else if (how == 2) {
    r->SwapElements(&message, field, int(pick(count)), int(pick(count)));
  } else if (!isMessage) {
    setElement(message, field, int(pick(count)));
  }
}

void Mutator::change() {
  messages.clear();
  texts.clear();
  collect(model);
  Message &message = *messages[size_t(pick(int64_t(messages.size())))];
  const Reflection *reflection = message.GetReflection();
  std::vector<const FieldDescriptor *> fields;
  reflection->ListFields(message, &fields);
  // Mostly what is there, sometimes what is not.
  const google::protobuf::Descriptor *type = message.GetDescriptor();
  const FieldDescriptor *field =
      fields.empty() || pick(5) == 0
          ? type->field(int(pick(type->field_count())))
          : fields[size_t(pick(int64_t(fields.size())))];
  if (field->is_repeated())
    changeRepeated(message, field);
  else
    setSingle(message, field);
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size,
                                          size_t maxSize, unsigned seed) {
  google::protobuf::LogSilencer silencer;
  std::mt19937 random(seed);
  onnx::ModelProto model;
  if (random() % 32 == 0 || !model.ParseFromArray(data, int(size)))
    return LLVMFuzzerMutate(data, size, maxSize);
  for (size_t changes = 1 + random() % 3; changes > 0; --changes)
    Mutator(model, random).change();
  std::string bytes;
  if (!model.SerializePartialToString(&bytes) || bytes.size() > maxSize)
    return LLVMFuzzerMutate(data, size, maxSize);
  std::copy(bytes.begin(), bytes.end(), data);
  return bytes.size();
}
