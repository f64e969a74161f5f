//===- HostProgram.cpp - Programs of host layers, made by hand ------------===//
#include "HostProgram.h"

#include "rowlock/Program/ProgramWriter.h"
#include "rowlock/Program/TensorLayout.h"

using namespace rowlock;
using namespace rowlock::test;

HostProgram::HostProgram() {
  TargetSpec target;
  target.name = "small";
  target.arithmetic = "int";
  target.psum_bits = 32;
  target.rows = 4;
  target.columns = 3;
  target.max_filter_height = 4;
  target.glb_banks = 3;
  target.filter_banks = 1;
  target.bank_bytes = 1024;
  program.producer = "hand";
  program.target = std::make_unique<fb::TargetT>(encodeTarget(target));
}

int64_t test::elementsOf(const Ints &shape) {
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  return count;
}

uint32_t HostProgram::tensor(fb::TensorKind kind, fb::ElementType type,
                             Ints shape, float scale, int zeroPoint) {
  auto tensor = std::make_unique<fb::TensorT>();
  tensor->name = "t" + std::to_string(program.tensors.size());
  tensor->kind = kind;
  tensor->type = type;
  tensor->size = uint64_t(elementsOf(shape)) * elementBytes(type);
  tensor->shape = std::move(shape);
  tensor->address = program.dram_bytes;
  tensor->scale = scale;
  tensor->zero_point = zeroPoint;
  program.dram_bytes += (tensor->size + 63) / 64 * 64;
  program.tensors.push_back(std::move(tensor));
  return uint32_t(program.tensors.size() - 1);
}

void HostProgram::layer(fb::Kernel kernel, std::vector<uint32_t> operands,
                        uint32_t result) {
  uint32_t index = uint32_t(program.layers.size());
  auto layer = std::make_unique<fb::LayerT>();
  layer->name = "layer" + std::to_string(index);
  layer->kernel = kernel;
  layer->operands = std::move(operands);
  layer->results = {result};
  layer->first_command = index;
  layer->last_command = index + 1;
  program.layers.push_back(std::move(layer));
  fb::HostT host;
  host.layer = index;
  program.commands.push_back(std::make_unique<fb::CommandT>());
  program.commands.back()->operation.Set(host);
}

HostProgram &HostProgram::ints(const char *name, Ints values) {
  auto attribute = std::make_unique<fb::AttributeT>();
  attribute->name = name;
  attribute->ints = std::move(values);
  program.layers.back()->attributes.push_back(std::move(attribute));
  return *this;
}

HostProgram &HostProgram::reals(const char *name, std::vector<float> values) {
  auto attribute = std::make_unique<fb::AttributeT>();
  attribute->name = name;
  attribute->reals = std::move(values);
  program.layers.back()->attributes.push_back(std::move(attribute));
  return *this;
}

Result<Program> HostProgram::finish() {
  Result<std::vector<uint8_t>> bytes = serialize(program);
  if (!bytes)
    return bytes.takeStatus();
  return Program::fromBytes(std::move(*bytes), "host");
}

std::vector<float> test::randomFloats(std::mt19937 &random, size_t count) {
  std::vector<float> values(count);
  for (float &value : values)
    value = float(int64_t(random() % 2001) - 1000) / 1000;
  return values;
}
