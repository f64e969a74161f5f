//===- Affines.cpp - Bounds of affine values in a nest --------------------===//

#include "Checks.h"
#include "rowlock/Program/Values.h"

#include <algorithm>

using namespace rowlock;

static Status bad(const char *what, const std::string &why) {
  return Status::error(std::string(what) + " " + why);
}

Status rowlock::checkLength(const char *what, size_t length) {
  if (length <= maxListLength)
    return Status::ok();
  return bad(what, "has a list of " + std::to_string(length) +
                       ", longer than " + std::to_string(maxListLength));
}

Status AffineChecks::bounds(const char *what, const fb::Affine *value,
                            int64_t &greatest) const {
  greatest = 0;
  if (!value)
    return Status::ok();
  auto strides = items(value->strides());
  if (!isAligned(value->strides()))
    return bad(what, "has misaligned strides");
  if (strides.size() > trips.size())
    return bad(what, "has " + std::to_string(strides.size()) +
                         " strides in a nest of " +
                         std::to_string(trips.size()) + " loops");
  if (Status status = budget.take(strides.size()); !status)
    return status;
  __int128 low = value->base(), high = value->base();
  for (size_t d = 0; d < strides.size(); ++d) {
    __int128 reach = __int128(strides[d]) * (trips[d] - 1);
    (reach < 0 ? low : high) += reach;
  }
  if (low < -maxAffineValue || high > maxAffineValue)
    return bad(what, "leaves -2^47 to 2^47");
  greatest = int64_t(high);
  return Status::ok();
}

Status AffineChecks::affine(const char *what, const fb::Affine *value) const {
  int64_t greatest;
  return bounds(what, value, greatest);
}

Status AffineChecks::count(const char *what, const fb::Count *value) const {
  if (!value || items(value->terms()).empty())
    return bad(what, "has no terms");
  auto terms = items(value->terms());
  if (Status status = budget.take(terms.size()); !status)
    return status;
  if (Status status = checkLength(what, terms.size()); !status)
    return status;
  int64_t least = INT64_MAX;
  for (const fb::Affine *term : terms) {
    int64_t greatest;
    if (Status status = bounds(what, term, greatest); !status)
      return status;
    least = std::min(least, greatest);
  }
  if (least > maxCount)
    return bad(what, "reaches " + std::to_string(least) + ", above 2^24");
  return Status::ok();
}

Status AffineChecks::address(const char *what, const fb::Address *value) const {
  if (!value)
    return Status::ok();
  for (const fb::Affine *part :
       {value->affine(), value->term(), value->least()})
    if (Status status = affine(what, part); !status)
      return status;
  if (value->modulus() < 0 || value->modulus() > maxAffineValue)
    return bad(what, "modulus " + std::to_string(value->modulus()) +
                         " is not in 0 to 2^47");
  return Status::ok();
}

Status AffineChecks::step(const char *what, int64_t value) const {
  if (value < -maxStep || value > maxStep)
    return bad(what, std::to_string(value) + " leaves -2^31 to 2^31");
  return Status::ok();
}
