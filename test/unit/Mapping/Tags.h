//===- Tags.h - docs/spec/execution.md, "Tags", word for word ---*- C++ -*-===//
#ifndef ROWLOCK_TEST_UNIT_MAPPING_TAGS_H
#define ROWLOCK_TEST_UNIT_MAPPING_TAGS_H

#include "rowlock/Mapping/Schedule.h"

#include <numeric>
#include <optional>
#include <set>

namespace rowlock {

struct Tag {
  int64_t row, column;
};

/// What the machine knows: fields of a frame.
struct TagFields {
  int64_t R, r, t, strideY, segments, segmentWidth, slotsAcross;

  TagFields(const MappingProblem &problem, const Mapping &mapping,
            const Schedule &schedule)
      : R(problem.layer.filterHeight), r(mapping.r), t(mapping.t),
        strideY(problem.layer.strideY), segments(schedule.segments),
        segmentWidth(schedule.segmentWidth), slotsAcross(schedule.slotsAcross) {
  }

  Tag filter(int64_t gg, int64_t tt, int64_t rr, int64_t i) const {
    int64_t s = gg * t + tt;
    return {(s / slotsAcross) * R * r + rr * R + i, s % slotsAcross};
  }

  /// Nothing where no PE needs the row.
  std::optional<Tag> ifmap(int64_t gg, int64_t rr, int64_t a) const {
    int64_t e = segments * segmentWidth;
    int64_t V = e > 1 ? strideY : R;
    int64_t c = a % V, k = a / V;
    if (c >= R)
      return std::nullopt;
    bool linked = c + V < R;
    int64_t seg = 0;
    if (!linked) {
      seg = k / segmentWidth;
      k = k % segmentWidth;
    }
    int64_t gc = std::lcm(slotsAcross, t) / t;
    int64_t Vr = std::min(V, R);
    int64_t K = V < R ? e + (R - 1) / V : segmentWidth;
    return Tag{(((gg / gc) * r + rr) * Vr + c) * segments + seg,
               (gg % gc) * K + k};
  }

  Tag psum(int64_t gg, int64_t tt, int64_t y) const {
    int64_t s = gg * t + tt;
    return {(s / slotsAcross) * segments + y / segmentWidth,
            (s % slotsAcross) * segmentWidth + y % segmentWidth};
  }
};

/// The PEs (row * columns + column) that a tag reaches on a network;
/// `columnID(pe, array column)` is the column ID there.
template <int64_t BusPlacement::*RowID, typename ColumnID>
std::set<int64_t> reached(const Schedule &schedule, Tag tag,
                          ColumnID columnID) {
  std::set<int64_t> pes;
  int64_t columns =
      int64_t(schedule.pes.size()) / int64_t(schedule.buses.size());
  for (size_t i = 0; i < schedule.pes.size(); ++i)
    if (schedule.pes[i].enable &&
        schedule.buses[i / size_t(columns)].*RowID == tag.row &&
        columnID(schedule.pes[i], int64_t(i) % columns) == tag.column)
      pes.insert(int64_t(i));
  return pes;
}
inline std::set<int64_t> reachedByFilter(const Schedule &s, Tag tag) {
  return reached<&BusPlacement::filterRow>(
      s, tag, [](const PEPlacement &pe, int64_t) { return pe.filterColumn; });
}
inline std::set<int64_t> reachedByIfmap(const Schedule &s, Tag tag) {
  return reached<&BusPlacement::ifmapRow>(
      s, tag, [](const PEPlacement &pe, int64_t) { return pe.ifmapColumn; });
}
inline std::set<int64_t> reachedByPsum(const Schedule &s, Tag tag) {
  return reached<&BusPlacement::psumRow>(
      s, tag, [&](const PEPlacement &, int64_t column) {
        return s.psumColumns[size_t(column)];
      });
}

} // namespace rowlock

#endif // ROWLOCK_TEST_UNIT_MAPPING_TAGS_H
