//===- TensorChecks.cpp - Tensors and their places ------------------------===//

#include "Checks.h"
#include "rowlock/Program/TensorLayout.h"
#include "rowlock/Program/Values.h"

#include <algorithm>
#include <cmath>

using namespace rowlock;

/// The largest DRAM a program may ask for, and how far it may exceed the end of
/// the last tensor (an allocator's granularity).
static constexpr uint64_t maxDramBytes = uint64_t(1) << 36;
static constexpr uint64_t maxDramSlack = uint64_t(1) << 16;

static Status checkScales(const fb::Tensor &tensor) {
  auto scales = items(tensor.channel_scales());
  if (!std::isfinite(tensor.scale()) || tensor.scale() < 0)
    return Status::error("scale is not a number of at least 0");
  if (scales.empty())
    return Status::ok();
  int64_t axis = tensor.channel_axis();
  auto shape = items(tensor.shape());
  if (axis < 0 || axis >= int64_t(shape.size()))
    return Status::error("channel_axis " + std::to_string(axis) +
                         " is not below the rank " +
                         std::to_string(shape.size()));
  if (int64_t(scales.size()) != shape[axis])
    return Status::error(std::to_string(scales.size()) +
                         " channel_scales for " + std::to_string(shape[axis]) +
                         " channels");
  for (float scale : scales)
    if (!std::isfinite(scale) || scale < 0)
      return Status::error("channel_scales is not of numbers of at least 0");
  return Status::ok();
}

static Status checkTensor(const fb::Program &program, const fb::Tensor &tensor,
                          Budget &budget) {
  if (Status status = budget.take(items(tensor.channel_scales()).size());
      !status)
    return status;
  if (Status status = budget.take({tensor.name()}); !status)
    return status;
  if (tensor.kind() > fb::TensorKind::MAX)
    return Status::error("kind " + std::to_string(int(tensor.kind())) +
                         " is unknown");
  Result<TensorLayout> layout = TensorLayout::compute(tensor);
  if (!layout)
    return layout.takeStatus();
  if (Status status = checkScales(tensor); !status)
    return status;
  uint64_t size = tensor.size();
  if (size < uint64_t(layout->byteSize()))
    return Status::error("size " + std::to_string(size) + " is below the " +
                         std::to_string(layout->byteSize()) +
                         " bytes of its layout");
  if (size > program.dram_bytes() ||
      tensor.address() > program.dram_bytes() - size)
    return Status::error("address " + std::to_string(tensor.address()) +
                         " and size " + std::to_string(size) +
                         " exceed dram_bytes " +
                         std::to_string(program.dram_bytes()));
  if (tensor.kind() != fb::TensorKind::Constant)
    return Status::ok();
  uint64_t blob = items(program.constants()).size();
  if (size > blob || tensor.constant_offset() > blob - size)
    return Status::error(
        "constant_offset " + std::to_string(tensor.constant_offset()) +
        " and size " + std::to_string(size) + " exceed the constants' " +
        std::to_string(blob) + " bytes");
  return Status::ok();
}

Status rowlock::checkTensors(const fb::Program &program, Budget &budget) {
  auto tensors = items(program.tensors());
  if (program.dram_bytes() > maxDramBytes)
    return Status::error("dram_bytes " + std::to_string(program.dram_bytes()) +
                         " exceeds 2^36");
  uint64_t last = 0;
  for (size_t i = 0; i < tensors.size(); ++i) {
    if (Status status = checkTensor(program, *tensors[i], budget); !status)
      return Status::error("tensor " + std::to_string(i) + " " +
                           quoted(text(tensors[i]->name())) + ": " +
                           status.message());
    last = std::max(last, tensors[i]->address() + tensors[i]->size());
  }
  if (program.dram_bytes() - last > maxDramSlack)
    return Status::error("dram_bytes " + std::to_string(program.dram_bytes()) +
                         " exceeds the end of the last tensor, " +
                         std::to_string(last) + ", by more than 65536");
  return Status::ok();
}
