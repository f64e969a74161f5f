//===- Sweep.cpp - One network on many machines ---------------------------===//
#include "rowlock/Pipelines/Sweep.h"

#include "rowlock/Mapping/Cache/MappingCache.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <mutex>
#include <thread>
#include <tuple>

using namespace rowlock;

static auto fieldsOf(const MachineResult &r) {
  return std::tie(r.reason, r.energy, r.cycles, r.macs, r.dramBytes,
                  r.layersOnArray, r.layersOnHost);
}

bool MachineResult::operator==(const MachineResult &other) const {
  return fieldsOf(*this) == fieldsOf(other);
}

mlir::FailureOr<std::vector<const NetworkLayers *>>
rowlock::layersFor(Network &network, const SweepSpec &spec) {
  std::vector<const NetworkLayers *> all;
  for (const SweepSpec::Machine &machine : spec.machines) {
    all.push_back(nullptr);
    if (!validateTarget(machine.target))
      continue;
    all.back() = network.layersFor(machine.target);
    if (!all.back())
      return mlir::failure();
  }
  return all;
}

// --- finished machines on disk ----------------------------------------------

static std::string keyOf(const TargetSpec &target, const NetworkLayers &layers,
                         const Objectives &objectives) {
  std::string key = std::string("sweep 1\nversion ") + searchVersion() +
                    "\ntarget " + keyOf(target) + "\nobjectives " +
                    printObjectives(objectives) + "\non host " +
                    std::to_string(layers.onHost) + "\n";
  for (const NetworkLayers::Layer &layer : layers.onArray)
    key += layer.name + " " + keyOf(layer.shape.layer) +
           " dilations=" + std::to_string(layer.shape.dilationY) + "x" +
           std::to_string(layer.shape.dilationX) + "\n";
  return key;
}

static std::string print(const MachineResult &result) {
  llvm::json::Object object{{"reason", result.reason},
                            {"energy", result.energy},
                            {"cycles", result.cycles},
                            {"macs", result.macs},
                            {"dram_bytes", result.dramBytes},
                            {"layers_on_array", result.layersOnArray},
                            {"layers_on_host", result.layersOnHost}};
  std::string text;
  llvm::raw_string_ostream(text) << llvm::json::Value(std::move(object));
  return text;
}

static std::optional<MachineResult> parse(const std::string &text) {
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(text);
  if (!value) {
    llvm::consumeError(value.takeError());
    return std::nullopt;
  }
  MachineResult result;
  llvm::json::Path::Root root;
  llvm::json::ObjectMapper map(*value, root);
  if (map && map.map("reason", result.reason) &&
      map.map("energy", result.energy) && map.map("cycles", result.cycles) &&
      map.map("macs", result.macs) && map.map("dram_bytes", result.dramBytes) &&
      map.map("layers_on_array", result.layersOnArray) &&
      map.map("layers_on_host", result.layersOnHost))
    return result;
  return std::nullopt;
}

// --- one machine
// --------------------------------------------------------------

static MachineResult resultOf(const TargetSpec &target,
                              const NetworkLayers &layers,
                              const Objectives &objectives,
                              const std::optional<MappingCache> &cache) {
  std::vector<std::pair<LayerShape, Cost>> known;
  MachineResult result;
  Cost total;
  for (const NetworkLayers::Layer &layer : layers.onArray) {
    auto fail = [&](const std::string &message) {
      MachineResult none;
      none.reason = "layer '" + layer.name + "': " + message;
      return none;
    };
    auto parts = partsOf(layer.shape, target);
    if (!parts)
      return fail(parts.message());
    for (const LayerPart &part : *parts) {
      auto same = llvm::find_if(
          known, [&](const auto &entry) { return entry.first == part.shape; });
      if (same == known.end()) {
        MappingProblem problem{part.shape, target};
        Result<Optimum> best = cache ? cache->search(problem, objectives)
                                     : searchOptimal(problem, objectives);
        if (!best)
          return fail(best.message());
        known.push_back({part.shape, evaluate(problem, best->mapping)});
        same = std::prev(known.end());
      }
      total += same->second;
    }
  }
  result.energy = total.energy;
  result.cycles = total.cycles;
  result.macs = total.macs;
  result.dramBytes = total.dramBytes();
  result.layersOnArray = int64_t(layers.onArray.size());
  result.layersOnHost = layers.onHost;
  return result;
}

// --- all of them
// --------------------------------------------------------------

namespace {

/// What the threads share.
class SweepRun {
public:
  SweepRun(Sweep &sweep, const std::vector<const NetworkLayers *> &layers,
           const SweepOptions &options)
      : sweep(sweep), layers(layers), options(options) {}
  Status run();

private:
  /// Machines that take no search.
  void settle();
  void work();

  Sweep &sweep;
  const std::vector<const NetworkLayers *> &layers;
  const SweepOptions &options;
  std::optional<EntryDirectory> finished;
  std::optional<MappingCache> cache;
  std::vector<size_t> open; // machines to search

  std::mutex mutex; // of what follows, `sweep` and progress
  size_t taken = 0;
  int64_t done = 0;
  Status failed = Status::ok();
};

} // namespace

void SweepRun::settle() {
  for (size_t k = 0; k < layers.size(); ++k) {
    MachineResult &result = sweep.results[k];
    const TargetSpec &target = sweep.spec.machines[k].target;
    if (Status valid = validateTarget(target); !valid) {
      result.reason = valid.message();
      ++done;
      continue;
    }
    std::optional<std::string> text;
    if (finished)
      text = finished->find(keyOf(target, *layers[k], sweep.objectives));
    std::optional<MachineResult> known;
    if (text)
      known = parse(*text);
    if (!known) {
      open.push_back(k);
      continue;
    }
    result = *known;
    ++sweep.resumed;
    ++done;
  }
}

void SweepRun::work() {
  std::unique_lock<std::mutex> lock(mutex);
  while (failed && taken < open.size()) {
    const size_t k = open[taken++];
    const TargetSpec &target = sweep.spec.machines[k].target;
    lock.unlock();
    MachineResult result =
        resultOf(target, *layers[k], sweep.objectives, cache);
    Status kept =
        finished ? finished->store(keyOf(target, *layers[k], sweep.objectives),
                                   print(result))
                 : Status::ok();
    lock.lock();
    sweep.results[k] = std::move(result);
    ++done;
    if (!kept)
      failed = kept;
    if (options.progress)
      options.progress(done, int64_t(layers.size()));
  }
}

Status SweepRun::run() {
  if (!options.resume.empty()) {
    Result<EntryDirectory> opened = EntryDirectory::open(options.resume);
    if (!opened)
      return opened.takeStatus();
    finished = *opened;
  }
  if (!options.mappingCache.empty()) {
    Result<MappingCache> opened = MappingCache::open(options.mappingCache);
    if (!opened)
      return opened.takeStatus();
    cache = *opened;
  }
  settle();
  size_t jobs = options.jobs > 0
                    ? size_t(options.jobs)
                    : std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::thread> threads;
  for (size_t k = 1; k < std::min(jobs, open.size()); ++k)
    threads.emplace_back([this] { work(); });
  work();
  for (std::thread &thread : threads)
    thread.join();
  return failed;
}

Result<Sweep>
rowlock::runSweep(const std::string &model, const SweepSpec &spec,
                  const std::vector<const NetworkLayers *> &layers,
                  const Objectives &objectives, const SweepOptions &options) {
  Sweep sweep{model, spec, objectives,
              std::vector<MachineResult>(spec.machines.size())};
  if (Status run = SweepRun(sweep, layers, options).run(); !run)
    return run;
  return sweep;
}
