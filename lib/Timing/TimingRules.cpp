//===- TimingRules.cpp - What is assumed of the machine's time ------------===//
#include "rowlock/Timing/TimingRules.h"

#include <tuple>

using namespace rowlock;

static auto tied(const TimingRules &rules) {
  return std::tie(rules.firstWindowWhole, rules.psumsTogether,
                  rules.psumWindows, rules.filtersAhead, rules.filtersFirst,
                  rules.pipelineStages);
}

bool TimingRules::areSpecified() const {
  return tied(*this) == tied(TimingRules());
}

const std::vector<TimingRules::Departure> &TimingRules::departures() {
  static const std::vector<Departure> all = {
      {"first-window-by-word", "a PE's first window uses each word as it comes",
       [](TimingRules &rules) { rules.firstWindowWhole = false; }},
      {"psums-one-by-one", "a psum moves up as soon as it is done",
       [](TimingRules &rules) { rules.psumsTogether = false; }},
      {"one-psum-window", "psums of one window alone wait at a PE",
       [](TimingRules &rules) { rules.psumWindows = 1; }},
      {"no-filters-ahead", "no filters come while a pass runs",
       [](TimingRules &rules) { rules.filtersAhead = false; }},
      {"filters-beside-ifmaps",
       "filters that did not fit ahead come beside ifmaps and psums",
       [](TimingRules &rules) { rules.filtersFirst = false; }},
      {"short-pipeline", "a psum is there in the cycle of its MAC",
       [](TimingRules &rules) { rules.pipelineStages = 1; }},
      {"long-pipeline", "a psum is there 6 cycles after its MAC began",
       [](TimingRules &rules) { rules.pipelineStages = 6; }},
  };
  return all;
}

Status TimingRules::depart(const std::string &name) {
  std::string known;
  for (const Departure &departure : departures()) {
    if (name == departure.name) {
      departure.apply(*this);
      return Status::ok();
    }
    known += (known.empty() ? "" : ", ") + std::string(departure.name);
  }
  return Status::error("no timing rule '" + name + "'; there are " + known);
}
