//===- Accesses.cpp - Reads and writes by memory and data -----------------===//
#include "rowlock/Pipelines/Accesses.h"

using namespace rowlock;

Accesses rowlock::accessesOf(const EventCounts &c) {
  int64_t active = c.macs - c.gatedMacs;
  Accesses of;
  of.spads.ifmap = {c.macs, c.ifmapDeliveries};
  of.spads.filter = {active, c.filterDeliveries};
  of.spads.psum = {active + c.psumDeliveries, active + c.psumDeliveries};
  of.glb.ifmap = {c.glbIfmapReads, c.glbFillWords};
  of.glb.filter = {c.filterWords, c.filterWords};
  of.glb.psum = {c.glbPsumReads + c.glbDrainWords - c.glbRestoredWords,
                 c.glbPsumWrites + c.glbRestoredWords};
  of.dram.ifmap = {c.dramIfmapBytes, 0};
  of.dram.filter = {c.dramFilterBytes + c.dramRecordBytes, 0};
  of.dram.psum = {c.dramRestoredBytes, c.dramOfmapBytes - c.dramRestoredBytes};
  return of;
}
