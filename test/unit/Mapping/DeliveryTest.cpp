//===- DeliveryTest.cpp - Every datum reaches exactly its receivers -------===//
//
// Where PEs stand is computed here from docs/spec/execution.md, "Sets, stacks,
// slots"; tags come from Tags.h; the IDs are `schedule`'s.
//
//===----------------------------------------------------------------------===//

#include "RandomProblem.h"
#include "Tags.h"

#include <gtest/gtest.h>

#include <map>

using namespace rowlock;

namespace {
/// What one PE stands for.
struct Seat {
  int64_t group, filterSet, channelSet, filterRow, y;
};

/// The explicit placement: PE index to seat.
std::map<int64_t, Seat> seatsOf(const MappingProblem &problem,
                                const Mapping &mapping) {
  int64_t columns = problem.target.columns, R = problem.layer.filterHeight;
  int64_t segments = (mapping.e + columns - 1) / columns;
  int64_t width = (mapping.e + segments - 1) / segments;
  int64_t across = segments > 1 ? 1 : columns / width;
  std::map<int64_t, Seat> seats;
  for (int64_t gg = 0; gg < mapping.g; ++gg)
    for (int64_t tt = 0; tt < mapping.t; ++tt)
      for (int64_t rr = 0; rr < mapping.r; ++rr)
        for (int64_t i = 0; i < R; ++i)
          for (int64_t y = 0; y < mapping.e; ++y) {
            int64_t slot = (gg * mapping.t + tt) * segments + y / width;
            int64_t row = slot / across * R * mapping.r + rr * R + i;
            int64_t column = slot % across * width + y % width;
            EXPECT_LT(row, problem.target.rows);
            EXPECT_LT(column, columns);
            bool isNew =
                seats.emplace(row * columns + column, Seat{gg, tt, rr, i, y})
                    .second;
            EXPECT_TRUE(isNew);
          }
  return seats;
}

std::set<int64_t> seatsWhere(const std::map<int64_t, Seat> &seats,
                             const std::function<bool(const Seat &)> &wanted) {
  std::set<int64_t> pes;
  for (const auto &[pe, seat] : seats)
    if (wanted(seat))
      pes.insert(pe);
  return pes;
}

void checkDelivery(const MappingProblem &problem, const Mapping &mapping) {
  Schedule s = schedule(problem, mapping);
  TagFields tags(problem, mapping, s);
  std::map<int64_t, Seat> seats = seatsOf(problem, mapping);
  int64_t R = problem.layer.filterHeight, U = problem.layer.strideY;
  int64_t columns = problem.target.columns;

  for (int64_t pe = 0; pe < int64_t(s.pes.size()); ++pe) {
    ASSERT_EQ(s.pes[pe].enable, seats.count(pe) == 1);
    if (!s.pes[pe].enable)
      continue;
    const Seat &seat = seats.at(pe);
    bool bottom = seat.channelSet == 0 && seat.filterRow == 0;
    ASSERT_EQ(s.pes[pe].psumFromBelow, !bottom);
    ASSERT_LT(s.buses[pe / columns].ifmapRow,
              int64_t(1) << problem.target.row_id_bits);
    ASSERT_LT(s.buses[pe / columns].filterRow,
              int64_t(1) << problem.target.row_id_bits);
    ASSERT_LT(s.buses[pe / columns].psumRow, int64_t(1)
                                                 << problem.target.row_id_bits);
    ASSERT_LT(s.pes[pe].ifmapColumn,
              int64_t(1) << problem.target.ifmap_column_id_bits);
    ASSERT_LT(s.pes[pe].filterColumn,
              int64_t(1) << problem.target.filter_column_id_bits);
    ASSERT_LT(s.psumColumns[pe % columns],
              int64_t(1) << problem.target.psum_column_id_bits);
  }

  for (int64_t gg = 0; gg < mapping.g; ++gg) {
    for (int64_t tt = 0; tt < mapping.t; ++tt) {
      for (int64_t rr = 0; rr < mapping.r; ++rr)
        for (int64_t i = 0; i < R; ++i)
          ASSERT_EQ(reachedByFilter(s, tags.filter(gg, tt, rr, i)),
                    seatsWhere(seats, [&](const Seat &seat) {
                      return seat.group == gg && seat.filterSet == tt &&
                             seat.channelSet == rr && seat.filterRow == i;
                    }));
      for (int64_t y = 0; y < mapping.e; ++y)
        ASSERT_EQ(reachedByPsum(s, tags.psum(gg, tt, y)),
                  seatsWhere(seats, [&](const Seat &seat) {
                    return seat.group == gg && seat.filterSet == tt &&
                           seat.y == y;
                  }));
    }
    for (int64_t rr = 0; rr < mapping.r; ++rr)
      for (int64_t a = 0; a < (mapping.e - 1) * U + R; ++a) {
        std::optional<Tag> tag = tags.ifmap(gg, rr, a);
        ASSERT_EQ(tag ? reachedByIfmap(s, *tag) : std::set<int64_t>(),
                  seatsWhere(seats,
                             [&](const Seat &seat) {
                               return seat.group == gg &&
                                      seat.channelSet == rr &&
                                      seat.y * U + seat.filterRow == a;
                             }))
            << "ifmap row " << a;
      }
  }
}

/// hardware.md's exact test of ifmap IDs: X buses that share a datum are one
/// component; rows of components and columns of classes must suffice.
bool assignmentExists(const MappingProblem &problem, const Mapping &mapping) {
  using Datum = std::array<int64_t, 3>; // group, channel set, ifmap row
  int64_t rows = problem.target.rows, columns = problem.target.columns;
  std::map<int64_t, Seat> seats = seatsOf(problem, mapping);
  std::vector<int64_t> parent(static_cast<size_t>(rows));
  std::iota(parent.begin(), parent.end(), 0);
  std::function<int64_t(int64_t)> find = [&](int64_t bus) {
    return parent[bus] == bus ? bus : parent[bus] = find(parent[bus]);
  };
  std::map<Datum, int64_t> owner;
  std::map<int64_t, Datum> reception;
  for (const auto &[pe, seat] : seats) {
    Datum datum{seat.group, seat.channelSet,
                seat.y * problem.layer.strideY + seat.filterRow};
    reception[pe] = datum;
    auto [at, isNew] = owner.emplace(datum, pe / columns);
    if (!isNew)
      parent[find(pe / columns)] = find(at->second);
  }
  std::map<int64_t, std::set<Datum>> classes;
  for (const auto &[pe, datum] : reception)
    classes[find(pe / columns)].insert(datum);
  if (int64_t(classes.size()) > int64_t(1) << problem.target.row_id_bits)
    return false;
  for (const auto &component : classes)
    if (int64_t(component.second.size()) >
        int64_t(1) << problem.target.ifmap_column_id_bits)
      return false;
  return true;
}
} // namespace

TEST(Delivery, RandomTargetsAndMappings) {
  RandomProblem random(11);
  int checked = 0;
  for (int i = 0; i < 4000 && checked < 800; ++i) {
    TargetSpec target = random.target();
    ASSERT_TRUE(bool(validateTarget(target)));
    MappingProblem problem = random.problem(target);
    std::optional<Mapping> mapping = random.legalMapping(problem);
    if (!mapping)
      continue;
    ++checked;
    checkDelivery(problem, *mapping);
    if (HasFatalFailure())
      FAIL() << printMapping(*mapping) << " rows " << target.rows << " columns "
             << target.columns << " R " << problem.layer.filterHeight << " U "
             << problem.layer.strideY;
  }
  EXPECT_GE(checked, 500);
}

TEST(Delivery, IdRuleIsExact) {
  RandomProblem random(12);
  int accepted = 0, rejected = 0;
  for (int i = 0; i < 60000; ++i) {
    TargetSpec target = random.target();
    target.row_id_bits = 0;
    while ((int64_t(1) << target.row_id_bits) < target.rows)
      ++target.row_id_bits;
    target.ifmap_column_id_bits = random.number(0, 3) ? 3 : 4;
    target.glb_banks = 64;
    target.bank_bytes = 8192;
    target.record_entries = 65536;
    MappingProblem problem = random.problem(target);
    Mapping mapping = random.mapping(problem);
    mapping.m = problem.layer.filtersPerGroup();
    mapping.f = mapping.n = 1;
    mapping.tileOrder = Mapping().tileOrder;
    Status status = verify(problem, mapping);
    if (!status &&
        status.message().find("ifmap column IDs") == std::string::npos)
      continue;
    // A last segment of one column needs fewer IDs than the tags spend.
    bool narrow = mapping.e > target.columns &&
                  (target.columns == 1 || mapping.e % target.columns == 1);
    bool exists = assignmentExists(problem, mapping);
    if (narrow && !status && exists)
      continue;
    ASSERT_EQ(bool(status), exists)
        << printMapping(mapping) << " rows " << target.rows << " columns "
        << target.columns << " R " << problem.layer.filterHeight << " U "
        << problem.layer.strideY;
    ++(status ? accepted : rejected);
  }
  EXPECT_GE(accepted, 500);
  EXPECT_GE(rejected, 500);
}
