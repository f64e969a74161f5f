//===- Validate.cpp - What a valid target is ------------------------------===//
//
// Ranges come from the field table; the rules between fields are here
// (hardware.md, section 7, "A valid target").
//
//===----------------------------------------------------------------------===//

#include "rowlock/Target/TargetSpec.h"

using namespace rowlock;

static Status tooSmall(const char *name, int64_t value, const char *bound,
                       int64_t least) {
  return Status::error(std::string(name) + " " + std::to_string(value) +
                       " is below " + bound + ", " + std::to_string(least));
}

static int64_t ceilLog2(int64_t value) {
  int64_t bits = 0;
  while ((int64_t(1) << bits) < value)
    ++bits;
  return bits;
}

static Status validateArithmetic(const TargetSpec &t) {
  std::string psum = "psum_bits " + std::to_string(t.psum_bits);
  if (t.isFixed16()) {
    if (t.psum_bits != 16)
      return Status::error(psum + " of a fixed16 target is not 16");
    return Status::ok();
  }
  if (t.psum_bits != 20 && t.psum_bits != 24 && t.psum_bits != 32)
    return Status::error(psum + " of an int target is not 20, 24 or 32");
  if (t.ifmap_spad_words < 2)
    return tooSmall("ifmap_spad_words", t.ifmap_spad_words,
                    "one 16-bit word of an int target", 2);
  if (t.filter_spad_words < 2)
    return tooSmall("filter_spad_words", t.filter_spad_words,
                    "one 16-bit word of an int target", 2);
  return Status::ok();
}

static Status validateNetworks(const TargetSpec &t) {
  auto powerOfTwo = [](int64_t v) { return (v & (v - 1)) == 0; };
  if (!powerOfTwo(t.filter_network_bits))
    return Status::error("filter_network_bits " +
                         std::to_string(t.filter_network_bits) +
                         " is not a power of two");
  if (!powerOfTwo(t.ifmap_network_bits))
    return Status::error("ifmap_network_bits " +
                         std::to_string(t.ifmap_network_bits) +
                         " is not a power of two");
  int64_t stored = 8 * t.psumBytes();
  if (t.psum_network_bits < stored)
    return tooSmall("psum_network_bits", t.psum_network_bits,
                    "one psum as stored", stored);
  if (t.local_network_bits < stored)
    return tooSmall("local_network_bits", t.local_network_bits,
                    "one psum as stored", stored);
  if (t.row_id_bits < ceilLog2(t.rows))
    return tooSmall("row_id_bits", t.row_id_bits, "ceil(log2 rows)",
                    ceilLog2(t.rows));
  if (t.filter_column_id_bits < ceilLog2(t.columns))
    return tooSmall("filter_column_id_bits", t.filter_column_id_bits,
                    "ceil(log2 columns)", ceilLog2(t.columns));
  if (t.psum_column_id_bits < ceilLog2(t.columns))
    return tooSmall("psum_column_id_bits", t.psum_column_id_bits,
                    "ceil(log2 columns)", ceilLog2(t.columns));
  return Status::ok();
}

/// Phases of strides that the array lacks run with stride 1, so 1 is a must.
static Status validateStrides(const TargetSpec &t) {
  std::vector<int64_t> strides = t.verticalStrides();
  bool valid = !strides.empty() && strides.front() == 1 && strides.back() <= 32;
  for (size_t i = 1; i < strides.size(); ++i)
    valid &= strides[i - 1] < strides[i];
  if (!valid)
    return Status::error("vertical_strides '" + t.vertical_strides +
                         "' is not an ascending list from 1, at most 32");
  return Status::ok();
}

Status rowlock::validateTarget(const TargetSpec &target) {
  TargetSpec scratch;
  for (const TargetField &field : targetFields())
    if (Status status =
            setTargetField(scratch, field.name, getTargetField(target, field));
        !status)
      return status;
  if (target.name.empty())
    return Status::error("name is empty");
  if (target.bank_bytes % 8)
    return Status::error("bank_bytes " + std::to_string(target.bank_bytes) +
                         " is not a multiple of 8");
  if (target.link_bits % 8)
    return Status::error("link_bits " + std::to_string(target.link_bits) +
                         " is not a multiple of 8");
  if (Status status = validateArithmetic(target); !status)
    return status;
  if (Status status = validateNetworks(target); !status)
    return status;
  return validateStrides(target);
}
