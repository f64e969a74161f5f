//===- Conflicts.cpp - Why no mapping fits --------------------------------===//
//
// One mapping decides. With all sizes 1 (in the chip's space f = F) every rule
// asks for least: p*q*S, q*S, p, m*g and R*r are products of sizes; slots are
// as many and as narrow as they get with e = r = 1, and one stack takes one; a
// PE set of one column takes one ID; words of a tile grow with n, m, h, f, c
// and g; and its order has channel tiles innermost. So a rule that this mapping
// breaks is broken by every mapping, whatever the other rules say: no smaller
// set is in conflict than that rule alone. And if it breaks none, it fits.
//
// The fields that can be relaxed are capacities: a rule holds from some value
// of theirs on.
//
//===----------------------------------------------------------------------===//
#include "rowlock/Mapping/Conflicts.h"

#include "Geometry.h"

using namespace rowlock;

static TargetSpec withField(const TargetSpec &target, const TargetField &field,
                            int64_t value) {
  TargetSpec changed = target;
  Status set = setTargetField(changed, field.name, std::to_string(value));
  (void)set; // the range is the field's
  return changed;
}

/// The least value of a field with which the rule holds and the target is
/// valid.
static std::optional<Relaxation> relax(const MappingProblem &problem,
                                       const Mapping &mapping,
                                       LegalityRule rule,
                                       const TargetField &field) {
  auto holds = [&](int64_t value) {
    return bool(rule({problem.layer, withField(problem.target, field, value)},
                     mapping));
  };
  const int64_t before = std::stoll(getTargetField(problem.target, field));
  int64_t broken = before, most = int64_t(field.max), kept = most;
  if (before >= most || !holds(most))
    return std::nullopt;
  while (kept - broken > 1) {
    int64_t middle = (broken + kept) / 2;
    (holds(middle) ? kept : broken) = middle;
  }
  for (; kept <= most; ++kept)
    if (validateTarget(withField(problem.target, field, kept)))
      return Relaxation{field.name, kept, before};
  return std::nullopt;
}

std::vector<Conflict> rowlock::conflictsOf(const MappingProblem &problem,
                                           const MapSpace &space) {
  Mapping smallest;
  if (space.chipOrder)
    smallest.f = problem.layer.ofmapWidth();
  std::vector<Conflict> conflicts;
  for (LegalityRule rule : legalityRules()) {
    Status kept = rule(problem, smallest);
    if (kept)
      continue;
    Conflict conflict{kept.message(), {}};
    for (const TargetField &field : targetFields())
      if (field.kind == TargetFieldKind::Int)
        if (auto relaxation = relax(problem, smallest, rule, field))
          conflict.relaxations.push_back(*relaxation);
    conflicts.push_back(std::move(conflict));
  }
  return conflicts;
}

std::string rowlock::printConflicts(const std::vector<Conflict> &conflicts) {
  std::string text;
  for (const Conflict &conflict : conflicts) {
    text += (text.empty() ? "" : "; ") + conflict.rule + " (";
    if (conflict.relaxations.empty())
      text += "no one field of a valid target mends it";
    const char *separator = "fits with ";
    for (const Relaxation &change : conflict.relaxations) {
      text += separator + change.field + " " + std::to_string(change.value) +
              ", " + std::to_string(change.value - change.before) + " more";
      separator = ", or ";
    }
    text += ")";
  }
  return text;
}
