//===- Profile.cpp - What a run on the simulator cost ---------------------===//
#include "rowlock/Pipelines/Profile.h"

#include "LayerProfile.h"
#include "TextTable.h"

#include "rowlock/Pipelines/Accesses.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace rowlock;

template <typename... Values>
static std::string print(const char *how, Values... values) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format(how, values...);
  return text;
}

static std::string percent(double part, double whole) {
  double share = whole > 0 ? 100 * part / whole : 0;
  // What rounding leaves of a difference has no sign.
  return print("%.1f%%", std::abs(share) < 0.05 ? 0.0 : share);
}

/// Three digits and a factor of 1000: 87, 1.23k, 45.6M.
static std::string shortly(int64_t count) {
  if (count < 1000)
    return std::to_string(count);
  double value = double(count) / 1000;
  const char *unit = "kMGTPE";
  while (value >= 999.5) {
    value /= 1000;
    ++unit;
  }
  return print(value < 9.995   ? "%.2f%c"
               : value < 99.95 ? "%.1f%c"
                               : "%.0f%c",
               value, *unit);
}

static std::string shortly(const ReadsAndWrites &of) {
  return shortly(of.reads) + "/" + shortly(of.writes);
}

/// `glb_bytes` of hardware.md, section 4: operands in, psums in and out.
static int64_t glbBytes(const LayerProfile &layer, const TargetSpec &target) {
  return layer.counts.glbIfmapReads * target.operandBytes(layer.wide) +
         (layer.counts.glbPsumReads + layer.counts.glbPsumWrites) *
             target.psumBytes();
}

static int64_t dramBytes(const EventCounts &c) {
  return c.dramFilterBytes + c.dramIfmapBytes + c.dramOfmapBytes +
         c.dramRecordBytes;
}

/// Calls `line` with each layer on the array, then with all of them.
template <typename Line>
static void forArrayLayers(const Profile &profile, Line line) {
  for (const LayerProfile &layer : profile.layers)
    if (layer.onArray)
      line(layer);
  line(profile.sum);
}

/// Shares of the parts, and of what moving data costs by their kind.
static std::string partShares(const Energy &e) {
  double share = e.total() > 0 ? 100 / e.total() : 0;
  return print("%.0f/%.0f/%.0f/%.0f/%.0f %%", e.alu * share,
               e.rf.total() * share, e.array.total() * share,
               e.glb.total() * share, e.dram.total() * share);
}

static std::string dataShares(const Energy &e) {
  DataEnergy data = e.rf;
  data += e.array;
  data += e.glb;
  data += e.dram;
  double share = data.total() > 0 ? 100 / data.total() : 0;
  return print("%.0f/%.0f/%.0f %%", data.ifmap * share, data.filter * share,
               data.psum * share);
}

static std::string movesTable(const Profile &profile,
                              const TargetSpec &target) {
  TextTable table({"layer", "PEs", "passes", "MACs", "gated", "GLB bytes",
                   "DRAM bytes", "uncoded", "energy (MACs)",
                   "alu/rf/array/glb/dram", "ifmap/filter/psum", "DRAM mJ"});
  int64_t glbSum = 0;
  forArrayLayers(profile, [&](const LayerProfile &layer) {
    const EventCounts &c = layer.counts;
    int64_t glb = layer.onArray ? glbBytes(layer, target) : glbSum;
    glbSum += glb;
    int64_t dram = dramBytes(c);
    table.add({layer.name, std::to_string(c.activePEs),
               std::to_string(c.passes), std::to_string(c.macs),
               percent(double(c.gatedMacs), double(c.macs)),
               std::to_string(glb), std::to_string(dram),
               std::to_string(dram + c.dramIfmapPlainBytes - c.dramIfmapBytes +
                              c.dramOfmapPlainBytes - c.dramOfmapBytes),
               print("%.0f", layer.normalised.total()),
               partShares(layer.normalised), dataShares(layer.normalised),
               print("%.3f", layer.events.dram.total() *
                                 target.mac16_picojoules * 1e-9)});
  });
  return table.str();
}

static std::string accessTable(const Profile &profile) {
  TextTable table({"reads/writes", "spad ifmap", "filter", "psum", "GLB ifmap",
                   "filter", "psum", "DRAM bytes ifmap", "filter", "psum",
                   "deliveries ifmap", "filter", "psum"});
  forArrayLayers(profile, [&](const LayerProfile &layer) {
    const EventCounts &c = layer.counts;
    Accesses of = accessesOf(c);
    std::vector<std::string> row = {layer.name};
    for (const DataAccesses &level : {of.spads, of.glb, of.dram})
      for (const ReadsAndWrites &data : {level.ifmap, level.filter, level.psum})
        row.push_back(shortly(data));
    for (int64_t words :
         {c.ifmapDeliveries, c.filterDeliveries, c.psumDeliveries})
      row.push_back(shortly(words));
    table.add(row);
  });
  return table.str();
}

static std::string timesTable(const Profile &profile,
                              const TargetSpec &target) {
  TextTable table({"layer", "ms", "MAC", "ramp-up", "drain", "network",
                   "config", "GLB", "DRAM wait", "host", "other", "chip mJ",
                   "mW"});
  auto line = [&](const LayerProfile &layer) {
    const CycleCounts &c = layer.counts.cycles;
    double known =
        c.processing() + c.configuration + c.glb + c.dramWait + c.host;
    std::vector<std::string> row = {
        layer.name, print("%.3f", c.total / target.core_mhz / 1e3)};
    for (double part : {c.mac, c.rampUp, c.drain, c.network, c.configuration,
                        c.glb, c.dramWait, c.host, c.total - known})
      row.push_back(percent(part, c.total));
    row.push_back(print("%.3f", 1e3 * chipJoules(layer.events, c, target)));
    row.push_back(print("%.1f", 1e3 * chipWatts(layer.events, c, target)));
    table.add(row);
  };
  for (const LayerProfile &layer : profile.layers)
    line(layer);
  line(profile.sum);
  return table.str();
}

std::string rowlock::profileTable(const Program &program,
                                  const std::vector<EventCounts> &counts) {
  Profile profile(program, counts);
  return movesTable(profile, program.target()) + "\n" + accessTable(profile) +
         "\n" + timesTable(profile, program.target());
}

std::string rowlock::passTable(const Program &program,
                               const DistinctPasses &passes) {
  const TargetSpec &target = program.target();
  TextTable table({"passes of", "times", "frame", "N", "G", "M/G", "C/G",
                   "rows", "cols", "PEs", "MACs", "gated", "MAC", "ramp-up",
                   "drain", "network", "wait", "cycles", "energy (MACs)"});
  Profile names(program, std::vector<EventCounts>(passes.layers().size()));
  for (size_t k = 0; k < names.layers.size(); ++k)
    for (const DistinctPass &pass : passes.layers()[k].passes) {
      const EventCounts &c = pass.counts;
      const PassCounts &n = pass.sizes;
      std::vector<std::string> row = {names.layers[k].name};
      for (int64_t count :
           {c.passes, pass.frame, n.images, n.groups, n.filters, n.channels,
            n.rows, n.columns, c.activePEs, c.macs / c.passes})
        row.push_back(std::to_string(count));
      row.push_back(percent(double(c.gatedMacs), double(c.macs)));
      const CycleCounts &t = c.cycles;
      // Of one of them, on average.
      for (double cycles :
           {t.mac, t.rampUp, t.drain, t.network, t.glb + t.dramWait, t.total})
        row.push_back(print("%.0f", cycles / double(c.passes)));
      row.push_back(
          print("%.0f", names.layers[k].part(c, target).normalised.total() /
                            double(c.passes)));
      table.add(row);
    }
  return table.str();
}
