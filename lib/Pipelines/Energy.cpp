//===- Energy.cpp - What events cost --------------------------------------===//
#include "rowlock/Pipelines/Energy.h"

using namespace rowlock;

DataEnergy &DataEnergy::operator+=(const DataEnergy &other) {
  ifmap += other.ifmap;
  filter += other.filter;
  psum += other.psum;
  return *this;
}

Energy &Energy::operator+=(const Energy &other) {
  alu += other.alu;
  rf += other.rf;
  array += other.array;
  glb += other.glb;
  dram += other.dram;
  return *this;
}

static DataEnergy weighted(double weight, double ifmap, double filter,
                           double psum) {
  return {weight * ifmap, weight * filter, weight * psum};
}

namespace {
/// Widths in 16-bit words.
struct Widths {
  double operand, stored, psum; // psums: in networks and memories; in spads
  Widths(const TargetSpec &target, bool mode16)
      : operand(double(target.operandBytes(mode16)) / 2),
        stored(double(target.psumBytes()) / 2),
        psum(double(target.psum_bits) / 16) {}
};
} // namespace

Energy rowlock::normalisedEnergy(const EventCounts &counts,
                                 const TargetSpec &target, bool mode16) {
  Widths width(target, mode16);
  double macs = double(counts.macs);
  double active = double(counts.macs - counts.gatedMacs);
  Energy energy;
  // Multipliers scale with both operands.
  energy.alu = target.mac_energy * active * width.operand * width.operand;
  energy.rf = weighted(target.rf_energy, macs * width.operand,
                       active * width.operand, active * 2 * width.psum);
  energy.array = weighted(target.array_energy,
                          double(counts.ifmapDeliveries) * width.operand,
                          double(counts.filterDeliveries) * width.operand,
                          double(counts.psumDeliveries) * width.stored);
  energy.glb = weighted(
      target.glb_energy,
      double(counts.glbIfmapReads + counts.glbFillWords) * width.operand, 0,
      double(counts.glbPsumReads + counts.glbPsumWrites +
             counts.glbDrainWords) *
          width.stored);
  energy.dram = weighted(target.dram_energy, double(counts.dramIfmapBytes) / 2,
                         double(counts.dramFilterBytes) / 2,
                         double(counts.dramOfmapBytes) / 2);
  return energy;
}

Energy rowlock::eventEnergy(const EventCounts &counts, const TargetSpec &target,
                            bool mode16) {
  Widths width(target, mode16);
  Energy energy = normalisedEnergy(counts, target, mode16);
  energy.rf +=
      weighted(target.rf_energy, double(counts.ifmapDeliveries) * width.operand,
               double(counts.filterDeliveries) * width.operand,
               2 * double(counts.psumDeliveries) * width.stored);
  energy.glb.filter +=
      target.glb_energy * 2 * double(counts.filterWords) * width.operand;
  energy.dram.filter += target.dram_energy * double(counts.dramRecordBytes) / 2;
  return energy;
}

static double seconds(double cycles, const TargetSpec &target) {
  return cycles / (target.core_mhz * 1e6);
}

double rowlock::chipJoules(const Energy &events, const CycleCounts &cycles,
                           const TargetSpec &target) {
  return events.onChip() * target.mac16_picojoules * 1e-12 +
         target.static_milliwatts * 1e-3 * seconds(cycles.total, target);
}

double rowlock::chipWatts(const Energy &events, const CycleCounts &cycles,
                          const TargetSpec &target) {
  double time = seconds(cycles.processing(), target);
  double dynamic = events.onChip() * target.mac16_picojoules * 1e-12;
  return (time > 0 ? dynamic / time : 0) + target.static_milliwatts * 1e-3;
}
