//===- CodedLayout.cpp - Blocks of run-length coded tensors ---------------===//
#include "rowlock/Program/CodedLayout.h"

#include "rowlock/Program/RunLength.h"
#include "rowlock/Program/Values.h"
#include "rowlock/Support/Bytes.h"

#include <cstring>

using namespace rowlock;

static int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }

Result<CodedLayout> CodedLayout::compute(const fb::Tensor &tensor) {
  auto shape = items(tensor.shape());
  if (tensor.type() > fb::ElementType::U16 || shape.size() != 4 ||
      tensor.kind() == fb::TensorKind::Constant)
    return Status::error("coded_rows is for tensors of rank 4 with integers of "
                         "8 or 16 bits that are no constants");
  if (!items(tensor.order()).empty() || tensor.row_pitch() ||
      !items(tensor.stored_padding()).empty())
    return Status::error("a coded tensor has no order, row_pitch or "
                         "stored_padding");
  int64_t sizes[] = {shape[0], shape[1], shape[2], shape[3]};
  return compute(sizes, tensor.coded_rows(),
                 tensor.type() >= fb::ElementType::I16 ? 16 : 8,
                 tensor.type() == fb::ElementType::I8 ||
                     tensor.type() == fb::ElementType::I16);
}

Result<CodedLayout> CodedLayout::compute(const int64_t *shape, int64_t rows,
                                         int64_t bits, bool isSigned) {
  CodedLayout layout;
  layout.channels = shape[1];
  layout.height = shape[2];
  layout.width = shape[3];
  layout.bits = bits;
  layout.isSigned = isSigned;
  layout.rows = rows == -1 ? layout.height : rows;
  if (layout.rows < 1 || layout.rows > layout.height)
    return Status::error("coded_rows " + std::to_string(rows) +
                         " is neither -1 nor 1 to " +
                         std::to_string(layout.height));
  layout.perPlane = ceilDiv(layout.height, layout.rows);
  layout.count = shape[0] * layout.channels * layout.perPlane;
  layout.indexWords = ceilDiv(layout.count, 2);
  layout.slotWords = mostRunWords(layout.rows * layout.width, layout.bits);
  if (layout.indexWords + layout.count > INT64_C(0xffffffff) / layout.slotWords)
    return Status::error("a coded tensor exceeds 2^32 words");
  return layout;
}

Result<CodedLayout::Block> CodedLayout::read(const uint8_t *data,
                                             int64_t block) const {
  Block result;
  size_t elements = size_t(rowsOf(block) * width);
  uint32_t offset;
  std::memcpy(&offset, data + block * 4, 4);
  result.bytes = 4;
  if (offset == 0) {
    result.values.assign(elements, 0);
    return result;
  }
  int64_t end = byteSize() / 8;
  std::vector<uint64_t> words;
  for (int64_t at = offset; at < end && int64_t(words.size()) < slotWords;
       ++at) {
    words.emplace_back();
    std::memcpy(&words.back(), data + at * 8, 8);
    if (words.back() >> 63)
      break;
  }
  auto values = decodeRuns(words, elements, bits, isSigned);
  if (!values)
    return Status::error("block " + std::to_string(block) + ": " +
                         values.message());
  result.values = std::move(*values);
  result.bytes += int64_t(words.size()) * 8;
  return result;
}

int64_t CodedLayout::write(uint8_t *data, int64_t block,
                           const std::vector<int64_t> &values) const {
  uint32_t offset = uint32_t(indexWords + block * slotWords);
  std::memcpy(data + block * 4, &offset, 4);
  std::vector<uint64_t> words = encodeRuns(values, bits);
  copyBytes(data + int64_t(offset) * 8, words.data(), words.size() * 8);
  return 4 + int64_t(words.size()) * 8;
}
