//===- Session.cpp - Any number of inputs ---------------------------------===//
#include "rowlock/Runtime/Session.h"

#include "rowlock/Program/TensorLayout.h"
#include "rowlock/Program/Values.h"

#include <algorithm>
#include <cstring>

using namespace rowlock;

std::vector<int64_t> PortInfo::imageShape() const {
  return {shape.begin() + (isWhole || shape.empty() ? 0 : 1), shape.end()};
}

size_t PortInfo::imageBytes() const {
  size_t bytes = elementBytes(type);
  for (int64_t size : imageShape())
    bytes *= size_t(size);
  return bytes;
}

int64_t Session::batch() const {
  int64_t batch = INT64_MAX;
  for (const PortInfo &info : ins)
    batch = std::min(batch, info.batch());
  return batch;
}

Session::Session(Device &device) : device(device) {
  uint32_t index = 0;
  for (const fb::Tensor *tensor : items(device.program().table().tensors())) {
    PortInfo info;
    info.tensor = index++;
    info.name = text(tensor->name());
    info.type = tensor->type();
    for (int64_t size : items(tensor->shape()))
      info.shape.push_back(size);
    info.scale = tensor->scale();
    info.zeroPoint = tensor->zero_point();
    if (tensor->kind() == fb::TensorKind::Input)
      ins.push_back(info);
    else if (tensor->kind() == fb::TensorKind::Output)
      outs.push_back(info);
  }
  for (PortInfo &info : outs)
    info.isWhole = info.batch() != batch();
}

Result<std::vector<std::vector<uint8_t>>>
Session::run(const std::vector<std::vector<uint8_t>> &data, int64_t images,
             const AfterRun &afterRun) {
  if (data.size() != ins.size())
    return Status::error("the program has " + std::to_string(ins.size()) +
                         " inputs, got " + std::to_string(data.size()));
  for (size_t k = 0; k < ins.size(); ++k) {
    if (data[k].size() != ins[k].imageBytes() * size_t(images))
      return Status::error("input '" + ins[k].name +
                           "': " + std::to_string(images) + " images have " +
                           std::to_string(ins[k].imageBytes() * images) +
                           " bytes, got " + std::to_string(data[k].size()));
  }
  const int64_t batch = this->batch();
  if (batch < 1)
    return Status::error("an input takes no images");
  std::vector<std::vector<uint8_t>> results(outs.size());
  for (int64_t first = 0; first < images; first += batch) {
    int64_t count = std::min(batch, images - first);
    for (size_t k = 0; k < ins.size(); ++k) {
      size_t unit = ins[k].imageBytes();
      std::vector<uint8_t> chunk(unit * size_t(ins[k].batch()));
      std::copy_n(data[k].begin() + first * int64_t(unit), unit * size_t(count),
                  chunk.begin());
      if (Status s = device.write(ins[k].tensor, chunk.data(), chunk.size());
          !s)
        return s;
    }
    if (Status s = device.run(); !s)
      return s;
    for (size_t k = 0; k < outs.size(); ++k) {
      size_t unit = outs[k].imageBytes();
      std::vector<uint8_t> chunk(unit * size_t(outs[k].batch()));
      if (Status s = device.read(outs[k].tensor, chunk.data(), chunk.size());
          !s)
        return s;
      size_t used = outs[k].isWhole ? unit : unit * size_t(count);
      results[k].insert(results[k].end(), chunk.begin(),
                        chunk.begin() + std::ptrdiff_t(used));
    }
    if (afterRun)
      if (Status s = afterRun(first, count); !s)
        return s;
  }
  return results;
}
