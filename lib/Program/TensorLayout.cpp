//===- TensorLayout.cpp - Strides of a tensor -----------------------------===//

#include "rowlock/Program/TensorLayout.h"

#include "Checks.h"
#include "rowlock/Program/Values.h"

#include <algorithm>

using namespace rowlock;

/// No tensor is larger than this many bytes, so that products cannot overflow.
static constexpr int64_t maxTensorBytes = int64_t(1) << 40;

unsigned rowlock::elementBytes(fb::ElementType type) {
  switch (type) {
  case fb::ElementType::I8:
  case fb::ElementType::U8:
  case fb::ElementType::I1:
  case fb::ElementType::F8E4M3FN:
  case fb::ElementType::F8E4M3FNUZ:
  case fb::ElementType::F8E5M2:
  case fb::ElementType::F8E5M2FNUZ:
  case fb::ElementType::I4:
  case fb::ElementType::U4:
    return 1;
  case fb::ElementType::I16:
  case fb::ElementType::U16:
  case fb::ElementType::F16:
  case fb::ElementType::BF16:
    return 2;
  case fb::ElementType::I32:
  case fb::ElementType::U32:
  case fb::ElementType::F32:
    return 4;
  case fb::ElementType::I64:
  case fb::ElementType::U64:
  case fb::ElementType::F64:
    return 8;
  }
  return 0;
}

static Status bad(const char *field, int64_t value, const std::string &why) {
  return Status::error(std::string(field) + " " + std::to_string(value) + " " +
                       why);
}

Result<TensorLayout> TensorLayout::compute(const fb::Tensor &tensor) {
  TensorLayout layout;
  layout.unit = elementBytes(tensor.type());
  if (layout.unit == 0)
    return bad("type", int64_t(tensor.type()), "is unknown");
  if (!isAligned(tensor.shape()) || !isAligned(tensor.stored_padding()))
    return Status::error("shape or stored_padding is misaligned");
  size_t rank = items(tensor.shape()).size();
  if (rank > maxTensorRank)
    return bad("rank", rank, "exceeds " + std::to_string(maxTensorRank));
  auto order = items(tensor.order());
  auto padding = items(tensor.stored_padding());
  if (!order.empty() && order.size() != rank)
    return bad("order of", order.size(),
               "dimensions instead of " + std::to_string(rank));
  if (!padding.empty() && padding.size() != 2 * rank)
    return bad("stored_padding of", padding.size(),
               "numbers instead of " + std::to_string(2 * rank));

  for (int64_t size : items(tensor.shape()))
    layout.sizes.push_back(size);
  layout.steps.assign(rank, 0);
  for (int64_t size : layout.sizes) {
    if (size < 0 || size > maxTensorBytes)
      return bad("size", size, "is not in 0 to 2^40");
    if (size > 0 && layout.count > maxTensorBytes / size)
      return Status::error("more than 2^40 elements");
    layout.count *= std::max<int64_t>(1, size);
  }
  // Nothing lies anywhere.
  if (std::count(layout.sizes.begin(), layout.sizes.end(), 0) > 0) {
    if (tensor.coded_rows() != 0)
      return Status::error("an empty tensor is run-length coded");
    layout.count = layout.total = 0;
    return layout;
  }
  // From the innermost dimension outwards.
  int64_t step = 1, end = 1;
  uint32_t seen = 0;
  for (size_t k = rank; k-- > 0;) {
    int64_t d = order.empty() ? int64_t(k) : int64_t(order[k]);
    if (d < 0 || d >= int64_t(rank) || (seen >> d & 1))
      return bad("order", d, "is no permutation's");
    seen |= 1u << d;
    int64_t before = padding.empty() ? 0 : padding[2 * d];
    int64_t after = padding.empty() ? 0 : padding[2 * d + 1];
    if (before < 0 || after < 0 || before > maxTensorBytes ||
        after > maxTensorBytes)
      return bad("stored_padding", before < 0 ? before : after,
                 "is not in 0 to 2^40");
    int64_t extent = layout.sizes[d] + before + after;
    layout.steps[d] = step;
    int64_t next = step;
    if (k + 1 == rank && tensor.row_pitch() != 0) {
      if (tensor.row_pitch() < extent || tensor.row_pitch() > maxTensorBytes)
        return bad("row_pitch", tensor.row_pitch(),
                   "is below the row's " + std::to_string(extent) +
                       " elements or above 2^40");
      next = tensor.row_pitch();
    } else {
      if (extent > maxTensorBytes / step)
        return Status::error("more than 2^40 bytes");
      next = step * extent;
    }
    layout.origin += before * step;
    end += (extent - 1) * step;
    step = next;
  }
  if (end > maxTensorBytes / layout.unit)
    return Status::error("more than 2^40 bytes");
  layout.total = end * layout.unit;
  if (tensor.coded_rows() == 0)
    return layout;
  Result<CodedLayout> blocks = CodedLayout::compute(tensor);
  if (!blocks)
    return blocks.takeStatus();
  layout.blocks.emplace(*blocks);
  layout.total = blocks->byteSize();
  return layout;
}

TensorLayout::TensorLayout(const fb::Tensor &tensor) {
  Result<TensorLayout> layout = compute(tensor);
  assert(layout && "tensor of a program that was not loaded");
  if (layout)
    *this = *layout;
}

bool TensorLayout::dense() const {
  if (blocks)
    return false;
  if (count == 0)
    return true;
  int64_t step = 1;
  for (size_t d = sizes.size(); d-- > 0;) {
    if (sizes[d] > 1 && steps[d] != step)
      return false;
    step *= sizes[d];
  }
  return origin == 0;
}
