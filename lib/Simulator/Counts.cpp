//===- Counts.cpp - What a run moved --------------------------------------===//
#include "rowlock/Simulator/Counts.h"

#include <algorithm>

using namespace rowlock;

EventCounts &EventCounts::operator+=(const EventCounts &other) {
  activePEs = std::max(activePEs, other.activePEs);
  for (int64_t EventCounts::*count : {&EventCounts::passes,
                                      &EventCounts::macs,
                                      &EventCounts::gatedMacs,
                                      &EventCounts::glbIfmapReads,
                                      &EventCounts::glbPsumReads,
                                      &EventCounts::glbPsumWrites,
                                      &EventCounts::glbFillWords,
                                      &EventCounts::glbDrainWords,
                                      &EventCounts::glbRestoredWords,
                                      &EventCounts::filterWords,
                                      &EventCounts::filterDeliveries,
                                      &EventCounts::ifmapDeliveries,
                                      &EventCounts::psumDeliveries,
                                      &EventCounts::dramFilterBytes,
                                      &EventCounts::dramIfmapBytes,
                                      &EventCounts::dramOfmapBytes,
                                      &EventCounts::dramRestoredBytes,
                                      &EventCounts::dramIfmapPlainBytes,
                                      &EventCounts::dramOfmapPlainBytes,
                                      &EventCounts::dramRecordBytes})
    this->*count += other.*count;
  cycles += other.cycles;
  return *this;
}
