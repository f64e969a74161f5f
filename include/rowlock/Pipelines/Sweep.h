//===- Sweep.h - One network on many machines -------------------*- C++ -*-===//
//
//   Result<Sweep> sweep = runSweep(spec, layers, {Objective::EDP}, {});
//   sweepTable(*sweep), sweepJSON(*sweep), sweepSVG(*sweep)
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_PIPELINES_SWEEP_H
#define ROWLOCK_PIPELINES_SWEEP_H

#include "rowlock/Mapping/Search.h"
#include "rowlock/Pipelines/NetworkLayers.h"
#include "rowlock/Pipelines/SweepSpec.h"

#include <functional>

namespace rowlock {

/// What the layers on the array take together on one machine, each with its
/// best mapping.
struct MachineResult {
  /// Why the machine does not run the network: not a valid target, or a layer
  /// that does not fit. Then the rest is 0.
  std::string reason;
  double energy = 0; // normalised
  double cycles = 0; // of `evaluate`, one layer behind the other
  int64_t macs = 0, dramBytes = 0;
  int64_t layersOnArray = 0;
  int64_t layersOnHost = 0; // convolutions and fully connected ones
  bool operator==(const MachineResult &other) const;
};

struct Sweep {
  std::string model;
  SweepSpec spec;
  Objectives objectives;
  std::vector<MachineResult> results; // of each machine
  /// Results that were found in `SweepOptions::resume`.
  int64_t resumed = 0;
};

struct SweepOptions {
  int64_t jobs = 0;         // threads; 0: one for each core
  std::string resume;       // directory of finished machines, if not empty
  std::string mappingCache; // directory for `MappingCache`, if not empty
  /// Called, by one thread at a time, with what is done of how much.
  std::function<void(int64_t done, int64_t total)> progress;
};

/// Of every machine what the network asks of it; null where it is no valid
/// target. A failure has emitted one error.
mlir::FailureOr<std::vector<const NetworkLayers *>>
layersFor(Network &network, const SweepSpec &spec);

/// Results do not depend on threads, nor on what directories held before. A
/// finished machine is kept in `resume` under its fields, the layers, the
/// objectives and the version of the search. An error names a directory that
/// cannot be used.
Result<Sweep> runSweep(const std::string &model, const SweepSpec &spec,
                       const std::vector<const NetworkLayers *> &layers,
                       const Objectives &objectives,
                       const SweepOptions &options);

/// A machine's size: PEs, bytes of all spads, bytes of the GLB. A stand-in for
/// area.
struct MachineSize {
  int64_t pes = 0, spadBytes = 0, glbBytes = 0;
  explicit MachineSize(const TargetSpec &target);
};

/// For each machine whether no other that runs the network is as good in
/// energy, milliseconds, PEs and bytes of spads and GLB, and better in one of
/// them.
std::vector<bool> bestMachines(const Sweep &sweep);

/// A line for each machine that runs the network, the best with a star, with
/// the fields in which machines differ; then one for each other with its
/// reason.
std::string sweepTable(const Sweep &sweep);
/// docs/sweeps.md says what it holds.
std::string sweepJSON(const Sweep &sweep);
/// Energy over milliseconds; the best machines have their values beside them
/// where there is room.
std::string sweepSVG(const Sweep &sweep);

} // namespace rowlock

#endif // ROWLOCK_PIPELINES_SWEEP_H
