//===- MappingCache.h - Optima kept on disk ---------------------*- C++ -*-===//
//
//   Result<MappingCache> cache = MappingCache::open("build/mappings");
//   Result<Optimum> best = cache->search(problem, {Objective::EDP});
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_MAPPING_CACHE_MAPPINGCACHE_H
#define ROWLOCK_MAPPING_CACHE_MAPPINGCACHE_H

#include "rowlock/Mapping/Cache/EntryDirectory.h"
#include "rowlock/Mapping/Search.h"

namespace rowlock {

/// Changes with the sources of search, model, legality and targets.
const char *searchVersion();

/// What decides the outcome of searches on a target, as text: its fields, but
/// for texts to the reader.
std::string keyOf(const TargetSpec &target);
/// The sizes of a layer as text, "batch=1 filters=64 ...".
std::string keyOf(const LayerShape &layer);

/// Optima by layer, target, objectives, space and version of the search.
class MappingCache {
public:
  /// Makes the directory if there is none. Optima of other versions are kept,
  /// and not used.
  static Result<MappingCache> open(const std::string &directory,
                                   std::string version = searchVersion());

  /// What `searchOptimal` returns, which is asked where no entry is found. An
  /// entry is used only if its mapping is legal, in the space and has the
  /// values that it says. One that cannot be written is searched again next
  /// time.
  Result<Optimum> search(const MappingProblem &problem,
                         const Objectives &objectives,
                         const MapSpace &space = {}) const;

  std::optional<Optimum> find(const MappingProblem &problem,
                              const Objectives &objectives,
                              const MapSpace &space = {}) const;
  Status store(const MappingProblem &problem, const Objectives &objectives,
               const MapSpace &space, const Optimum &optimum) const;

private:
  MappingCache(EntryDirectory entries, std::string version)
      : entries(std::move(entries)), version(std::move(version)) {}
  std::string keyOf(const MappingProblem &problem, const Objectives &objectives,
                    const MapSpace &space) const;

  EntryDirectory entries;
  std::string version;
};

} // namespace rowlock

#endif // ROWLOCK_MAPPING_CACHE_MAPPINGCACHE_H
