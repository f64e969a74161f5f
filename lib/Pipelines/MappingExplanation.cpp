//===- MappingExplanation.cpp - What bounds one problem -------------------===//
#include "MappingExplanation.h"

#include "TextTable.h"

#include "rowlock/Mapping/ArrayUse.h"
#include "rowlock/Mapping/Schedule.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <cassert>
#include <cmath>

using namespace rowlock;

/// Changes worth less are said to be worth nothing: per cent.
static constexpr double kLeastGain = 0.05;

template <typename... Values>
static std::string format(const char *pattern, Values... values) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format(pattern, values...);
  return text;
}

static std::string whole(double value) { return format("%.0f", value); }

std::string rowlock::percent(double part, double all) {
  return format("%.1f %%", all > 0 ? 100 * part / all : 0);
}

static std::string indent(const std::string &table) {
  std::string text = "  ";
  for (char c : table) {
    text += c;
    if (c == '\n')
      text += "  ";
  }
  text.resize(text.size() - 2);
  return text;
}

MappingExplanation::MappingExplanation(const MappingProblem &problem,
                                       const Mapping &mapping,
                                       const Objectives &objectives)
    : problem(problem), mapping(mapping), objectives(objectives),
      breakdown(breakDown(problem, mapping)),
      compulsory(compulsoryTraffic(problem)), cost(evaluate(problem, mapping)),
      improvements(improvementsOf(problem, objectives)) {
  assert(improvements && "a legal mapping was given");
}

std::string MappingExplanation::bound() const {
  const std::pair<double, const char *> causes[] = {
      {breakdown.compute, "compute"},
      {breakdown.idlePEs, "idle PEs"},
      {breakdown.rampUp(), "ramp-up"},
      {breakdown.ifmapNetwork, "ifmap network (GIN)"},
      {breakdown.psumPorts, "psum ports (GLB)"},
      {breakdown.link, "DRAM link"},
      {breakdown.configuration, "configuration"}};
  return std::max_element(
             std::begin(causes), std::end(causes),
             [](const auto &a, const auto &b) { return a.first < b.first; })
      ->second;
}

const Improvement *MappingExplanation::best() const {
  const auto &changes = improvements->changes;
  return changes.empty() || changes.front().gain < kLeastGain
             ? nullptr
             : &changes.front();
}

/// By how many per cent a value exceeds another: "2.1 % more".
static std::string excess(double value, double than) {
  double more = than > 0 ? 100 * (value / than - 1) : 0;
  if (std::abs(more) < 0.05)
    return "as much";
  return format("%.1f %% %s", std::abs(more), more < 0 ? "less" : "more");
}

std::string MappingExplanation::searched() const {
  const std::string name = printObjectives({objectives.front()});
  const Optimum &optimum = improvements->present;
  double value = valuesOf(problem, mapping, objectives).front();
  if (value <= optimum.values.front() * (1 + 1e-9))
    return "  search     no mapping of the space has less " + name + " (" +
           format("%.4g", value) + " in the model)\n";
  return "  search     " + excess(value, optimum.values.front()) + " " + name +
         " than the best: " + printMapping(optimum.mapping) + "\n";
}

std::string MappingExplanation::latency() const {
  return "  latency    " + whole(cycles()) + " cycles in the model, " +
         whole(cost.cycles) + " by events (" +
         format("%.3f", cost.cycles / problem.target.core_mhz / 1000) +
         " ms); bound by " + bound() + "\n";
}

std::string MappingExplanation::cycleTable() const {
  TextTable table({"where the time goes", "cycles", "share"});
  auto add = [&](const std::string &what, double part) {
    table.add({what, whole(part), percent(part, cycles())});
  };
  add("compute: MACs with all " +
          std::to_string(problem.target.rows * problem.target.columns) +
          " PEs busy",
      breakdown.compute);
  add("idle PEs", breakdown.idlePEs);
  add("ifmap network (GIN)", breakdown.ifmapNetwork);
  add("psum ports (GLB)", breakdown.psumPorts);
  add("ramp-up: filters", breakdown.filters);
  add("ramp-up: first windows", breakdown.firstWindows);
  add("ramp-up: first psums", breakdown.firstPsums);
  add("ramp-up: chains of PEs", breakdown.chain);
  add("DRAM link, not hidden", breakdown.link);
  add("configuration", breakdown.configuration);
  return indent(table.str());
}

std::string MappingExplanation::linkTable() const {
  TextTable table({"DRAM link", "bytes", "compulsory", "cycles"});
  auto add = [&](const char *what, int64_t bytes, int64_t least) {
    table.add({what, std::to_string(bytes), std::to_string(least),
               whole(cyclesOnLink(problem.target, bytes))});
  };
  add("filters", cost.dramFilterBytes, compulsory.filters);
  add("ifmaps", cost.dramIfmapBytes, compulsory.ifmaps);
  add("ofmaps and raw psums", cost.dramOfmapBytes, compulsory.ofmaps);
  add("all", cost.dramBytes(), compulsory.total());
  return indent(table.str());
}

std::string MappingExplanation::limits() const {
  double link = cyclesOnLink(problem.target, compulsory.total());
  double least = std::max(breakdown.compute, link);
  return "  limits     compute " + whole(breakdown.compute) +
         " cycles (MACs / PEs), link " + whole(link) +
         " cycles (each word once); the model is at " +
         format("%.2f", cycles() / least) + " times the larger\n";
}

static std::string placementText(const ArrayUse &use) {
  return "e=" + std::to_string(use.e) + " r=" + std::to_string(use.r) +
         " t=" + std::to_string(use.t) + " g=" + std::to_string(use.g);
}

/// More PEs than the mapping has: what the nearest mapping with them costs.
std::string MappingExplanation::otherPlacement(int64_t pes) const {
  if (pes <= cost.activePEs)
    return "";
  auto near =
      nearestWith(problem, mapping, placementsWith(problem, pes), objectives);
  if (!near)
    return "             no mapping near this one uses " + std::to_string(pes) +
           "\n";
  Cost other = estimate(problem, *near), own = estimate(problem, mapping);
  ArrayUse use{near->e, near->r, near->t, near->g, other.activePEs};
  std::string text = "             " + placementText(use) + " would use " +
                     std::to_string(use.activePEs) +
                     ": the nearest mapping with it has ";
  const Objective first = objectives.front();
  if (first != Objective::Latency && first != Objective::Energy)
    text += excess(valuesOf(problem, *near, objectives).front(),
                   valuesOf(problem, mapping, objectives).front()) +
            " " + printObjectives({first}) + ", ";
  return text + excess(other.cycles, own.cycles) + " time, " +
         excess(other.energy, own.energy) + " energy\n";
}

std::string MappingExplanation::idlePEs() const {
  const TargetSpec &target = problem.target;
  const int64_t pes = target.rows * target.columns;
  auto isLow = [&](int64_t active) { return 4 * active < 3 * pes; };
  std::string text = "  PEs        " + std::to_string(cost.activePEs) + " of " +
                     std::to_string(pes) + " busy in a full pass (" +
                     percent(double(cost.activePEs), double(pes)) + ")\n";
  if (!isLow(cost.activePEs))
    return text;
  ArrayUse most = mostPEs(problem);
  if (isLow(most.activePEs)) {
    text += "             " + std::to_string(most.activePEs) +
            " is the most of any mapping, with " + placementText(most) + "\n";
    std::vector<ScarceSize> scarce = scarceSizes(problem);
    for (const ScarceSize &size : scarce)
      text += "             " + std::string(size.letter) + " = " +
              std::to_string(size.value) + ": with more " + size.what +
              " up to " + std::to_string(size.activePEs) + "\n";
    if (scarce.empty())
      text += "             R = " + std::to_string(problem.layer.filterHeight) +
              ": PE sets as high as filters do not fill the " +
              std::to_string(target.rows) + " x " +
              std::to_string(target.columns) + " array\n";
  }
  return text + otherPlacement(std::min(most.activePEs, (3 * pes + 3) / 4));
}

std::string MappingExplanation::capacityTable() const {
  const TargetSpec &target = problem.target;
  const LayerShape &layer = problem.layer;
  Schedule plan = schedule(problem, mapping);
  TextTable table({"capacity", "used", "of"});
  auto add = [&](const std::string &what, int64_t used, int64_t of) {
    table.add({what, std::to_string(used), std::to_string(of)});
  };
  add("GLB banks for ifmaps, " + std::to_string(plan.ifmapWords) + " words" +
          (plan.doubleIfmaps ? " twice" : ""),
      plan.ifmapBanks, target.glb_banks);
  add("GLB banks for psums, " + std::to_string(plan.psumWords) + " words",
      plan.psumBanks, target.glb_banks);
  add("ifmap spad, q*S", mapping.q * layer.filterWidth,
      target.ifmapSpad(layer.mode16));
  add("filter spad, p*q*S", mapping.p * mapping.q * layer.filterWidth,
      target.filterSpad(layer.mode16));
  add("psum spad, p", mapping.p, target.psum_spad_words);
  add("records, m*g", mapping.m * mapping.g, target.record_entries);
  return indent(table.str());
}

std::string MappingExplanation::machineTable() const {
  TextTable table({"another machine", "from", "to",
                   "best " + printObjectives({objectives.front()}), "gain",
                   "best latency"});
  std::string nothing;
  for (const Improvement &change : improvements->changes) {
    if (change.gain < kLeastGain) {
      nothing += (nothing.empty() ? "" : ", ") + change.field;
      continue;
    }
    MappingProblem better = problem;
    Status set = setTargetField(better.target, change.field, change.after);
    (void)set;
    table.add({change.field, change.before, change.after,
               format("%.4g", change.optimum.values.front()),
               format("%.1f %%", change.gain),
               whole(estimate(better, change.optimum.mapping).cycles)});
  }
  std::string text = best() ? indent(table.str()) : "";
  if (!nothing.empty())
    text += "  no gain from more or faster: " + nothing + "\n";
  return text;
}

std::string MappingExplanation::text() const {
  return "  mapping    " + printMapping(mapping) + "\n" + searched() +
         latency() + limits() + idlePEs() + "\n" + cycleTable() + "\n" +
         linkTable() + "\n" + capacityTable() + "\n" + machineTable();
}
