//===- TraceCheck.cpp - What a trace must say of a run --------------------===//
#include "TraceCheck.h"

#include "llvm/Support/JSON.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

using namespace rowlock;

namespace {
struct TrackSum {
  double bytes = 0, macs = 0, gated = 0;
  std::map<std::string, double> cycles;
  int64_t slices = 0, commands = 0;
  int64_t end = 0; // ns
};
} // namespace

static int64_t nanoseconds(const llvm::json::Object &event, const char *key) {
  return std::llround(event.getNumber(key).value_or(NAN) * 1e3);
}

static void addSlice(TrackSum &track, const llvm::json::Object &event) {
  int64_t begin = nanoseconds(event, "ts");
  EXPECT_GE(begin, track.end) << "overlaps the slice before";
  EXPECT_GE(nanoseconds(event, "dur"), 0);
  track.end = begin + nanoseconds(event, "dur");
  ++track.slices;
  const llvm::json::Object &args = *event.getObject("args");
  track.commands += args.getInteger("commands").value_or(1);
  track.bytes += args.getNumber("bytes").value_or(0);
  track.macs += args.getNumber("macs").value_or(0);
  track.gated += args.getNumber("gated_macs").value_or(0);
  if (const llvm::json::Object *cycles = args.getObject("cycles"))
    for (const auto &[cause, count] : *cycles)
      track.cycles[cause.str()] += count.getAsNumber().value_or(NAN);
}

void rowlock::checkTrace(const Program &program, const Trace &trace,
                         const EventCounts &counts) {
  auto parsed = llvm::json::parse(trace.json());
  ASSERT_TRUE(bool(parsed)) << llvm::toString(parsed.takeError());
  const llvm::json::Object &root = *parsed->getAsObject();
  std::map<int64_t, std::string> names;
  std::map<std::string, TrackSum> tracks;
  for (const llvm::json::Value &value : *root.getArray("traceEvents")) {
    const llvm::json::Object &event = *value.getAsObject();
    int64_t track = event.getInteger("tid").value_or(-1);
    if (*event.getString("name") == "thread_name")
      names[track] = event.getObject("args")->getString("name")->str();
    if (*event.getString("ph") == "X")
      addSlice(tracks[names.at(track)], event);
  }
  int64_t end = 0, slices = 0;
  for (const auto &[name, track] : tracks) {
    end = std::max(end, track.end);
    slices += name == "layers" ? 0 : track.slices;
  }
  const TargetSpec &target = program.target();
  EXPECT_EQ(slices, int64_t(trace.keptCount()));
  EXPECT_EQ(end, std::llround(counts.cycles.total / target.core_mhz * 1e3));
  EXPECT_EQ(tracks["layers"].end, end);
  TrackSum &passes = tracks["array: passes"];
  EXPECT_EQ(passes.commands, counts.passes);
  EXPECT_EQ(passes.macs, double(counts.macs));
  EXPECT_EQ(passes.gated, double(counts.gatedMacs));
  double slack = 1e-9 * counts.cycles.total + 1e-6;
  EXPECT_NEAR(passes.cycles["mac"], counts.cycles.mac, slack);
  EXPECT_NEAR(passes.cycles["ramp_up"], counts.cycles.rampUp, slack);
  EXPECT_NEAR(passes.cycles["network"], counts.cycles.network, slack);
  EXPECT_NEAR(passes.cycles["drain"], counts.cycles.drain, slack);
  EXPECT_EQ(tracks["load: ifmaps"].bytes, double(counts.dramIfmapBytes));
  EXPECT_EQ(tracks["load: psums"].bytes, double(counts.dramRestoredBytes));
  EXPECT_EQ(tracks["store: ofmaps"].bytes,
            double(counts.dramOfmapBytes - counts.dramRestoredBytes));
  EXPECT_EQ(tracks["load: filters"].bytes,
            double(counts.dramFilterBytes + counts.dramRecordBytes));
  double asked = 0, commands = 0;
  for (const char *name :
       {"load: ifmaps", "load: psums", "load: filters", "store: ofmaps"}) {
    asked += tracks[name].bytes;
    commands += double(tracks[name].commands);
  }
  const TrackSum &link = tracks["DRAM link"];
  double rounding = 0.5 * double(link.slices);
  EXPECT_GE(link.bytes, asked - rounding);
  EXPECT_LE(link.bytes,
            asked + commands * double(target.link_bits) / 8 + rounding);
}
