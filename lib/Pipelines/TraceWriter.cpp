//===- TraceWriter.cpp - A trace as JSON ----------------------------------===//
#include "rowlock/Pipelines/Trace.h"

#include "LayerNames.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace rowlock;

namespace rowlock {

class TraceWriter {
public:
  TraceWriter(const Trace &trace, llvm::raw_ostream &out);
  void write();

private:
  using Slice = Trace::Slice;
  void writeNames();
  void writeTrack(Trace::Track track, const std::vector<Slice> &slices);
  void writeArguments(Trace::Track track, const Slice &slice);
  void writeCycles(const CycleCounts &cycles);
  std::string nameOf(Trace::Track track, const Slice &slice) const;
  /// Whole nanoseconds, written in microseconds.
  int64_t nanoseconds(double cycles) const {
    return std::llround(cycles / trace.program.target().core_mhz * 1e3);
  }
  void writeTime(const char *name, int64_t nanoseconds);

  const Trace &trace;
  llvm::json::OStream json;
  std::vector<std::string> layerNames;
};

} // namespace rowlock

TraceWriter::TraceWriter(const Trace &trace, llvm::raw_ostream &out)
    : trace(trace), json(out) {
  for (const fb::Layer *layer : items(trace.program.table().layers()))
    layerNames.push_back(layerName(*layer));
  layerNames.push_back("(no layer)");
}

void TraceWriter::writeTime(const char *name, int64_t nanoseconds) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format(
      "%lld.%03d", (long long)(nanoseconds / 1000), int(nanoseconds % 1000));
  json.attributeBegin(name);
  json.rawValue(text);
  json.attributeEnd();
}

/// In the order of `Trace::Track`.
static const char *const trackNames[] = {
    "layers",        "configuration", "load: ifmaps",
    "load: psums",   "load: filters", "array: passes",
    "store: ofmaps", "host",          "DRAM link"};

void TraceWriter::writeNames() {
  auto meta = [&](const char *what, int64_t track, auto writeArgument) {
    json.object([&] {
      json.attribute("ph", "M");
      json.attribute("name", what);
      json.attribute("pid", 1);
      json.attribute("tid", track);
      json.attributeObject("args", writeArgument);
    });
  };
  meta("process_name", 0, [&] {
    json.attribute("name",
                   trace.program.name() + " on " + trace.program.target().name);
  });
  for (int64_t track = 0; track < Trace::TrackCount; ++track) {
    if (track != Trace::Layers && trace.tracks[size_t(track)].empty())
      continue;
    meta("thread_name", track + 1,
         [&] { json.attribute("name", trackNames[track]); });
    meta("thread_sort_index", track + 1,
         [&] { json.attribute("sort_index", track); });
  }
}

std::string TraceWriter::nameOf(Trace::Track track, const Slice &slice) const {
  if (track == Trace::LinkUse) {
    std::string name;
    const char *users[] = {"loads", "filters", "stores"};
    for (unsigned k = 0; k < 3; ++k)
      if (slice.users >> k & 1)
        name += (name.empty() ? "" : " + ") + std::string(users[k]);
    return name;
  }
  const std::string &name = layerNames[slice.layer];
  if (slice.commands == 1)
    return name;
  return name + " (" + std::to_string(slice.commands) + ")";
}

void TraceWriter::writeCycles(const CycleCounts &c) {
  struct {
    const char *name;
    double cycles;
  } causes[] = {{"configuration", c.configuration},
                {"ramp_up", c.rampUp},
                {"mac", c.mac},
                {"network", c.network},
                {"drain", c.drain},
                {"dram_wait", c.dramWait},
                {"host", c.host}};
  json.attributeObject("cycles", [&] {
    for (const auto &cause : causes)
      if (cause.cycles > 0)
        json.attribute(cause.name, cause.cycles);
  });
}

void TraceWriter::writeArguments(Trace::Track track, const Slice &slice) {
  if (track == Trace::Layers)
    return;
  if (slice.commands > 1)
    json.attribute("commands", slice.commands);
  if (track == Trace::LinkUse) {
    json.attribute("bytes", std::round(slice.bytes));
    return;
  }
  json.attribute("layer", layerNames[slice.layer]);
  if (slice.bytes > 0)
    json.attribute("bytes", slice.bytes);
  if (track == Trace::Array) {
    json.attribute("pass", slice.number);
    json.attribute("macs", slice.macs);
    json.attribute("gated_macs", slice.gatedMacs);
  }
  if (const auto &n = slice.pass)
    json.attributeObject("sizes", [&] {
      json.attribute("images", n->images);
      json.attribute("groups", n->groups);
      json.attribute("filters", n->filters);
      json.attribute("channels", n->channels);
      json.attribute("rows", n->rows);
      json.attribute("columns", n->columns);
    });
  if (slice.cycles.processing() + slice.cycles.configuration +
          slice.cycles.host >
      0)
    writeCycles(slice.cycles);
}

void TraceWriter::writeTrack(Trace::Track track,
                             const std::vector<Slice> &slices) {
  for (const Slice &slice : slices)
    json.object([&] {
      int64_t begin = nanoseconds(slice.begin);
      json.attribute("ph", "X");
      json.attribute("name", nameOf(track, slice));
      json.attribute("pid", 1);
      json.attribute("tid", int64_t(track) + 1);
      writeTime("ts", begin);
      writeTime("dur", nanoseconds(slice.end) - begin);
      json.attributeObject("args", [&] { writeArguments(track, slice); });
    });
}

void TraceWriter::write() {
  json.object([&] {
    json.attribute("displayTimeUnit", "ns");
    json.attributeObject("otherData", [&] {
      json.attribute("version", 1);
      json.attribute("program", llvm::json::fixUTF8(trace.program.name()));
      json.attribute("target", trace.program.target().name);
      json.attribute("core_mhz", trace.program.target().core_mhz);
      json.attribute("commands_per_slice", trace.perSlice);
    });
    json.attributeArray("traceEvents", [&] {
      writeNames();
      std::vector<Slice> layers = trace.tracks[Trace::Layers];
      for (const Slice &slice : trace.layerSlices())
        layers.push_back(slice);
      writeTrack(Trace::Layers, layers);
      for (int track = Trace::Configuration; track < Trace::TrackCount; ++track)
        writeTrack(Trace::Track(track), trace.tracks[size_t(track)]);
    });
  });
}

std::string Trace::json() const {
  std::string text;
  llvm::raw_string_ostream out(text);
  TraceWriter(*this, out).write();
  out << "\n";
  return text;
}
