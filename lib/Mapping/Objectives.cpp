//===- Objectives.cpp - What a mapping should have little of --------------===//
#include "rowlock/Mapping/Search.h"

#include "Objectives.h"

using namespace rowlock;

static constexpr std::pair<Objective, const char *> names[] = {
    {Objective::Energy, "energy"},
    {Objective::Latency, "latency"},
    {Objective::EDP, "edp"},
    {Objective::DRAM, "dram"}};

Result<Objectives> rowlock::parseObjectives(const std::string &text) {
  Objectives objectives;
  for (size_t first = 0; first <= text.size();) {
    size_t end = std::min(text.find(',', first), text.size());
    std::string word = text.substr(first, end - first);
    bool known = false;
    for (auto [objective, name] : names)
      if (word == name) {
        known = true;
        objectives.push_back(objective);
      }
    if (!known)
      return Status::error("no objective '" + word +
                           "'; there are energy, latency, edp and dram");
    first = end + 1;
  }
  return objectives;
}

std::string rowlock::printObjectives(const Objectives &objectives) {
  std::string text;
  for (Objective objective : objectives)
    for (auto [known, name] : names)
      if (objective == known)
        text += (text.empty() ? "" : ",") + std::string(name);
  return text;
}

double rowlock::valueOf(const Figures &figures, Objective objective) {
  switch (objective) {
  case Objective::Energy:
    return figures.energy;
  case Objective::Latency:
    return figures.cycles;
  case Objective::EDP:
    return figures.energy * figures.cycles;
  case Objective::DRAM:
    return figures.dram;
  }
  return 0;
}

std::vector<double> rowlock::valuesOf(const MappingProblem &problem,
                                      const Mapping &mapping,
                                      const Objectives &objectives) {
  Cost cost = estimate(problem, mapping);
  Figures figures{cost.energy, cost.cycles, double(cost.dramBytes())};
  std::vector<double> values;
  for (Objective objective : objectives)
    values.push_back(valueOf(figures, objective));
  return values;
}

int rowlock::compare(double a, double b) {
  double slack = 1e-11 * std::max(a, b);
  return a < b - slack ? -1 : a > b + slack;
}

int rowlock::compare(const std::vector<double> &a,
                     const std::vector<double> &b) {
  for (size_t k = 0; k < a.size(); ++k)
    if (int order = compare(a[k], b[k]))
      return order;
  return 0;
}
