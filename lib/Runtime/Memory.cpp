//===- Memory.cpp - The tensors of a running program ----------------------===//
#include "rowlock/Runtime/Memory.h"

#include "rowlock/Program/Values.h"

#include <algorithm>
#include <cstring>

using namespace rowlock;

Result<Memory> Memory::create(const Program &program) {
  Memory memory(program);
  for (const fb::Tensor *tensor : items(program.table().tensors()))
    memory.layouts.emplace_back(*tensor);
  size_t bytes = program.table().dram_bytes();
  // Zeroed pages that are not touched cost nothing.
  memory.dram.reset(static_cast<uint8_t *>(std::calloc(bytes ? bytes : 1, 1)));
  if (!memory.dram)
    return Status::error(quoted(program.name()) + ": no memory for " +
                         std::to_string(bytes) + " bytes of DRAM");
  return Result<Memory>(std::move(memory));
}

const uint8_t *Memory::data(uint32_t tensor) const {
  const fb::Tensor *entry = items(program.table().tensors())[tensor];
  if (entry->kind() != fb::TensorKind::Constant)
    return dram.get() + entry->address();
  // Never null, also where there are no elements.
  const uint8_t *constant = program.constant(tensor).data;
  return constant ? constant : dram.get();
}

uint8_t *Memory::mutableData(uint32_t tensor) {
  const fb::Tensor *entry = items(program.table().tensors())[tensor];
  if (entry->kind() == fb::TensorKind::Constant)
    return nullptr;
  return dram.get() + entry->address();
}

Status Memory::checkSize(uint32_t tensor, size_t bytes) const {
  auto tensors = items(program.table().tensors());
  if (tensor >= tensors.size())
    return Status::error("tensor " + std::to_string(tensor) +
                         " does not exist: the program has " +
                         std::to_string(tensors.size()));
  size_t expected =
      size_t(layouts[tensor].elements()) * layouts[tensor].bytesPerElement();
  if (bytes != expected)
    return Status::error("tensor " + quoted(text(tensors[tensor]->name())) +
                         " has " + std::to_string(expected) + " bytes, got " +
                         std::to_string(bytes));
  return Status::ok();
}

/// Calls `use(block, offset of its first element in logical order)` for every
/// block of a coded tensor, until one fails.
template <typename Use>
static Status forEachBlock(const CodedLayout &coded, const TensorLayout &layout,
                           Use use) {
  size_t at = 0;
  for (int64_t block = 0; block < coded.blocks(); ++block) {
    if (Status done = use(block, at); !done)
      return done;
    at += size_t(coded.rowsOf(block) * layout.shape()[3]) *
          layout.bytesPerElement();
  }
  return Status::ok();
}

/// Calls `move(offset in DRAM, offset in logical order)` for every element.
template <typename Move>
static void forEachElement(const TensorLayout &layout, Move move) {
  const std::vector<int64_t> &shape = layout.shape();
  std::vector<int64_t> indices(shape.size(), 0);
  for (int64_t k = 0; k < layout.elements(); ++k) {
    move(layout.byte(indices.data()), k * layout.bytesPerElement());
    for (size_t d = shape.size(); d-- > 0;) {
      if (++indices[d] < shape[d])
        break;
      indices[d] = 0;
    }
  }
}

Status Memory::write(uint32_t tensor, const void *source, size_t bytes) {
  if (Status size = checkSize(tensor, bytes); !size)
    return size;
  uint8_t *target = mutableData(tensor);
  if (!target)
    return Status::error("tensor " + std::to_string(tensor) +
                         " is a constant and cannot be written");
  const TensorLayout &layout = layouts[tensor];
  const uint8_t *from = static_cast<const uint8_t *>(source);
  if (layout.dense()) {
    std::copy_n(from, bytes, target);
    return Status::ok();
  }
  if (const CodedLayout *coded = layout.coded())
    return forEachBlock(*coded, layout, [&](int64_t block, size_t at) {
      size_t count = size_t(coded->rowsOf(block) * layout.shape()[3]);
      std::vector<int64_t> values(count, 0);
      for (size_t k = 0; k < count; ++k)
        std::memcpy(&values[k], from + at + k * layout.bytesPerElement(),
                    layout.bytesPerElement());
      coded->write(target, block, values);
      return Status::ok();
    });
  forEachElement(layout, [&](int64_t place, int64_t logical) {
    std::memcpy(target + place, from + logical, layout.bytesPerElement());
  });
  return Status::ok();
}

Status Memory::read(uint32_t tensor, void *target, size_t bytes) const {
  if (Status size = checkSize(tensor, bytes); !size)
    return size;
  const TensorLayout &layout = layouts[tensor];
  const uint8_t *from = data(tensor);
  uint8_t *to = static_cast<uint8_t *>(target);
  if (layout.dense()) {
    std::copy_n(from, bytes, to);
    return Status::ok();
  }
  if (const CodedLayout *coded = layout.coded())
    return forEachBlock(*coded, layout, [&](int64_t block, size_t at) {
      auto read = coded->read(from, block);
      if (!read)
        return Status::error("tensor " + std::to_string(tensor) + ": " +
                             read.message());
      for (size_t k = 0; k < read->values.size(); ++k)
        std::memcpy(to + at + k * layout.bytesPerElement(), &read->values[k],
                    layout.bytesPerElement());
      return Status::ok();
    });
  forEachElement(layout, [&](int64_t place, int64_t logical) {
    std::memcpy(to + logical, from + place, layout.bytesPerElement());
  });
  return Status::ok();
}
