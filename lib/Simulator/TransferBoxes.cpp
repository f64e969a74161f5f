//===- TransferBoxes.cpp - What boxes are checked against -----------------===//
#include "TransferBoxes.h"

using namespace rowlock;

TensorBox rowlock::boxOf(const TransferState &state, uint32_t tensor) {
  return TensorBox(state.program, tensor, state.memory.layout(tensor),
                   state.memory.data(tensor));
}

std::string rowlock::tensorName(const TransferState &state, uint32_t tensor) {
  return "tensor " +
         quoted(text(items(state.program.table().tensors())[tensor]->name()));
}

Status rowlock::outside(const std::string &who, const char *what, int64_t first,
                        int64_t last, int64_t size) {
  return Status::error(who + ": " + what + " " + std::to_string(first) +
                       " to " + std::to_string(last) + " of " +
                       std::to_string(size));
}

Status rowlock::checkVolume(std::initializer_list<int64_t> sizes) {
  double volume = 1;
  for (int64_t size : sizes)
    volume *= double(size);
  if (volume > double(int64_t(1) << 32))
    return Status::error("box of " + std::to_string(volume) +
                         " elements is too large");
  return Status::ok();
}

GlobalBuffer::Region
rowlock::ifmapRegion(GlobalBuffer &glb, const ArrayConfiguration &configuration,
                     const TargetSpec &target) {
  return GlobalBuffer::Region(
      glb, configuration.ifmapBanks,
      size_t(target.operandBytes(configuration.mode16)));
}

GlobalBuffer::Region
rowlock::psumRegion(GlobalBuffer &glb, const ArrayConfiguration &configuration,
                    const TargetSpec &target) {
  return GlobalBuffer::Region(glb, configuration.psumBanks,
                              size_t(target.psumBytes()));
}

Status OfmapBox::check(const TensorBox &box, const std::string &who,
                       const PassCounts &n) const {
  int64_t lastRow = row + (n.rows - 1) * rowStep;
  int64_t lastColumn = column + (n.columns - 1) * columnStep;
  int64_t lastGroup = channel + (n.groups - 1) * groupStep;
  if (!box.holds(0, image, n.images))
    return outside(who, "images", image, image + n.images - 1, box.size(0));
  for (int64_t first : {channel, lastGroup})
    if (!box.holds(1, first, n.filters))
      return outside(who, "channels", first, first + n.filters - 1,
                     box.size(1));
  for (int64_t r : {row, lastRow})
    if (!box.holds(2, r, 1))
      return outside(who, "rows", row, lastRow, box.size(2));
  for (int64_t x : {column, lastColumn})
    if (!box.holds(3, x, 1))
      return outside(who, "columns", column, lastColumn, box.size(3));
  return Status::ok();
}
