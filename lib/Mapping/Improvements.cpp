//===- Improvements.cpp - What a better machine would change --------------===//
#include "rowlock/Mapping/Improvements.h"

#include <algorithm>

using namespace rowlock;

namespace {
struct Change {
  const char *field;
  double factor, more;
};
} // namespace

static constexpr Change changes[] = {
    {"rows", 1, 1},
    {"columns", 1, 1},
    {"ifmap_spad_words", 2, 0},
    {"filter_spad_words", 2, 0},
    {"psum_spad_words", 2, 0},
    {"glb_banks", 1, 1},
    {"filter_network_bits", 2, 0},
    {"ifmap_network_bits", 2, 0},
    {"psum_network_bits", 2, 0},
    {"ifmap_column_id_bits", 1, 1},
    {"link_bits", 2, 0},
    {"frame_microseconds", 0.5, 0},
};

/// IDs as wide as rows and columns need.
static void widenIDs(TargetSpec &target) {
  auto widen = [](int64_t &bits, int64_t count) {
    while ((int64_t(1) << bits) < count)
      ++bits;
  };
  widen(target.row_id_bits, target.rows);
  widen(target.filter_column_id_bits, target.columns);
  widen(target.psum_column_id_bits, target.columns);
}

Result<Improvements> rowlock::improvementsOf(const MappingProblem &problem,
                                             const Objectives &objectives) {
  Result<Optimum> present = searchOptimal(problem, objectives);
  if (!present)
    return present.takeStatus();
  Improvements all{*present, {}};
  const double value = present->values.front();
  for (const TargetField &field : targetFields())
    for (const Change &change : changes) {
      if (field.name != std::string(change.field))
        continue;
      const std::string before = getTargetField(problem.target, field);
      const double now = std::stod(before);
      double after = now * change.factor + change.more;
      MappingProblem better = problem;
      std::string text = std::to_string(after);
      if (field.kind == TargetFieldKind::Int)
        text = std::to_string(int64_t(after));
      if (after == now || !setTargetField(better.target, field.name, text))
        continue;
      widenIDs(better.target);
      if (!validateTarget(better.target))
        continue;
      Result<Optimum> best = searchOptimal(better, objectives);
      if (!best)
        continue; // more columns may ask for more IDs
      double gain =
          value > 0 ? 100 * (value - best->values.front()) / value : 0;
      auto behind =
          std::upper_bound(all.changes.begin(), all.changes.end(), gain,
                           [](double gain, const Improvement &other) {
                             return gain > other.gain;
                           });
      all.changes.insert(behind, {field.name, before,
                                  getTargetField(better.target, field),
                                  std::move(*best), gain});
    }
  return all;
}
