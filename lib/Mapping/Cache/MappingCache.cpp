//===- MappingCache.cpp - Optima kept on disk -----------------------------===//
//
// The lists of fields below name every one, so that a new one cannot be
// forgotten: the structured bindings would not compile.
//
//===----------------------------------------------------------------------===//
#include "rowlock/Mapping/Cache/MappingCache.h"

#include <charconv>
#include <sstream>

using namespace rowlock;

static std::string exactly(double value) {
  char text[64];
  auto end = std::to_chars(text, text + sizeof text, value).ptr;
  return std::string(text, end);
}

static bool parse(const std::string &text, double &value) {
  const char *end = text.data() + text.size();
  auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end;
}

std::string rowlock::keyOf(const TargetSpec &target) {
  std::string text;
  for (const TargetField &field : targetFields())
    if (std::string(field.section) != "general")
      text +=
          std::string(field.name) + "=" + getTargetField(target, field) + " ";
  return text;
}

std::string rowlock::keyOf(const LayerShape &layer) {
  const auto &[batch, filters, channels, groups, height, width, filterHeight,
               filterWidth, strideY, strideX, mode16, padTop, padBottom,
               padLeft, padRight, ifmapBytes, ofmapBytes, resumes, leavesRaw] =
      layer;
  std::ostringstream text;
  text << "batch=" << batch << " filters=" << filters
       << " channels=" << channels << " groups=" << groups
       << " ifmap=" << height << "x" << width << " filter=" << filterHeight
       << "x" << filterWidth << " strides=" << strideY << "x" << strideX
       << " mode16=" << mode16 << " pads=" << padTop << "," << padBottom << ","
       << padLeft << "," << padRight << " ifmap_bytes=" << ifmapBytes
       << " ofmap_bytes=" << ofmapBytes << " resumes=" << resumes
       << " leaves_raw=" << leavesRaw;
  return text.str();
}

std::string MappingCache::keyOf(const MappingProblem &problem,
                                const Objectives &objectives,
                                const MapSpace &space) const {
  const auto &[chipOrder, divisors, mostDRAMBytes] = space;
  std::ostringstream text;
  text << "version " << version << "\ntarget " << rowlock::keyOf(problem.target)
       << "\nlayer " << rowlock::keyOf(problem.layer) << "\nobjectives "
       << printObjectives(objectives) << "\nspace chip_order=" << chipOrder
       << " divisors=" << divisors << " most_dram_bytes=";
  if (mostDRAMBytes)
    text << *mostDRAMBytes;
  text << "\n";
  return text.str();
}

/// Mapping, values and certificate, one a line.
static std::string print(const Optimum &optimum) {
  const auto &[spaceSize, passes, evaluated, prunedPlacements, prunedPasses,
               prunedTiles, prunedResidencies, doNotFit, bestRemaining] =
      optimum.certificate;
  std::ostringstream text;
  text << printMapping(optimum.mapping) << "\n";
  for (double value : optimum.values)
    text << exactly(value) << " ";
  text << "\n"
       << exactly(spaceSize) << " " << exactly(bestRemaining) << " " << passes
       << " " << evaluated << " " << prunedPlacements << " " << prunedPasses
       << " " << prunedTiles << " " << prunedResidencies << " " << doNotFit
       << "\n";
  return text.str();
}

static std::optional<Optimum> parse(const std::string &content) {
  std::istringstream lines(content);
  std::string mappingLine, valueLine, certificateLine, word;
  std::getline(lines, mappingLine);
  std::getline(lines, valueLine);
  std::getline(lines, certificateLine);
  Result<Mapping> mapping = parseMapping(mappingLine);
  if (!mapping)
    return std::nullopt;
  Optimum optimum{*mapping, {}, {}};
  for (std::istringstream values(valueLine); values >> word;)
    if (!parse(word, optimum.values.emplace_back()))
      return std::nullopt;
  Certificate &certificate = optimum.certificate;
  std::istringstream counts(certificateLine);
  std::string spaceSize, bestRemaining;
  counts >> spaceSize >> bestRemaining >> certificate.passes >>
      certificate.evaluated >> certificate.prunedPlacements >>
      certificate.prunedPasses >> certificate.prunedTiles >>
      certificate.prunedResidencies >> certificate.doNotFit;
  if (!counts || !parse(spaceSize, certificate.spaceSize) ||
      !parse(bestRemaining, certificate.bestRemaining))
    return std::nullopt;
  return optimum;
}

Result<MappingCache> MappingCache::open(const std::string &directory,
                                        std::string version) {
  Result<EntryDirectory> entries = EntryDirectory::open(directory);
  if (!entries)
    return entries.takeStatus();
  return MappingCache(*entries, std::move(version));
}

std::optional<Optimum> MappingCache::find(const MappingProblem &problem,
                                          const Objectives &objectives,
                                          const MapSpace &space) const {
  auto content = entries.find(keyOf(problem, objectives, space));
  if (!content)
    return std::nullopt;
  std::optional<Optimum> optimum = parse(*content);
  if (!optimum || !verify(problem, optimum->mapping) ||
      !space.holds(problem, optimum->mapping) ||
      valuesOf(problem, optimum->mapping, objectives) != optimum->values)
    return std::nullopt;
  return optimum;
}

Status MappingCache::store(const MappingProblem &problem,
                           const Objectives &objectives, const MapSpace &space,
                           const Optimum &optimum) const {
  return entries.store(keyOf(problem, objectives, space), print(optimum));
}

Result<Optimum> MappingCache::search(const MappingProblem &problem,
                                     const Objectives &objectives,
                                     const MapSpace &space) const {
  if (std::optional<Optimum> known = find(problem, objectives, space))
    return *known;
  Result<Optimum> optimum = searchOptimal(problem, objectives, space);
  if (optimum)
    (void)store(problem, objectives, space, *optimum);
  return optimum;
}
