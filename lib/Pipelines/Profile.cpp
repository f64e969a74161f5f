//===- Profile.cpp - What a run on the simulator cost ---------------------===//
#include "rowlock/Pipelines/Profile.h"

#include "rowlock/Pipelines/Energy.h"
#include "rowlock/Program/Values.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace rowlock;

namespace {

struct LayerProfile {
  std::string name;
  bool onArray = false;
  EventCounts counts;
  Energy normalised, events;
  int64_t operandBytes = 1;
  const fb::LayerDebug *debug = nullptr; // if the program has it
};

struct Profile {
  std::vector<LayerProfile> layers;
  LayerProfile sum;
};

} // namespace

static Profile profileOf(const Program &program,
                         const std::vector<EventCounts> &counts) {
  Profile profile;
  profile.sum.name = "all";
  const TargetSpec &target = program.target();
  auto tensors = items(program.table().tensors());
  std::vector<const fb::LayerDebug *> debug(counts.size(), nullptr);
  for (const fb::LayerDebug *entry : items(program.table().debug()))
    debug[entry->layer()] = entry;
  size_t index = 0;
  for (const fb::Layer *entry : items(program.table().layers())) {
    LayerProfile layer;
    layer.name = text(entry->name());
    layer.debug = debug[index];
    layer.counts = counts[index++];
    layer.onArray = entry->kernel() == fb::Kernel::ArrayConv;
    if (layer.onArray) {
      bool wide = false;
      for (uint32_t k = 0; k < 2; ++k)
        wide |=
            tensors[entry->operands()->Get(k)]->type() == fb::ElementType::I16;
      layer.operandBytes = target.operandBytes(wide);
      layer.normalised = normalisedEnergy(layer.counts, target, wide);
      layer.events = eventEnergy(layer.counts, target, wide);
    }
    profile.sum.counts += layer.counts;
    profile.sum.normalised += layer.normalised;
    profile.sum.events += layer.events;
    profile.layers.push_back(std::move(layer));
  }
  return profile;
}

/// `glb_bytes` of hardware.md, section 4: operands in, psums in and out.
static int64_t glbBytes(const LayerProfile &layer, const TargetSpec &target) {
  return layer.counts.glbIfmapReads * layer.operandBytes +
         (layer.counts.glbPsumReads + layer.counts.glbPsumWrites) *
             target.psumBytes();
}

static void writeMoves(llvm::raw_ostream &out, const Profile &profile,
                       const TargetSpec &target) {
  out << llvm::format("%-28s %5s %8s %13s %6s %12s %12s %14s  %s\n", "layer",
                      "PEs", "passes", "MACs", "gated", "GLB bytes",
                      "DRAM bytes", "energy (MACs)", "alu/rf/array/glb/dram");
  int64_t glbSum = 0;
  auto line = [&](const LayerProfile &layer, int64_t glb) {
    const EventCounts &c = layer.counts;
    const Energy &e = layer.normalised;
    double share = e.total() > 0 ? 100 / e.total() : 0;
    out << llvm::format("%-28s %5lld %8lld %13lld %5.1f%% %12lld ",
                        layer.name.c_str(), (long long)c.activePEs,
                        (long long)c.passes, (long long)c.macs,
                        c.macs ? 100 * double(c.gatedMacs) / double(c.macs) : 0,
                        (long long)glb);
    out << llvm::format("%12lld %14.0f  %.0f/%.0f/%.0f/%.0f/%.0f %%\n",
                        (long long)(c.dramFilterBytes + c.dramIfmapBytes +
                                    c.dramOfmapBytes + c.dramRecordBytes),
                        e.total(), e.alu * share, e.rf.total() * share,
                        e.array.total() * share, e.glb.total() * share,
                        e.dram.total() * share);
  };
  for (const LayerProfile &layer : profile.layers) {
    if (!layer.onArray)
      continue;
    int64_t glb = glbBytes(layer, target);
    line(layer, glb);
    glbSum += glb;
  }
  line(profile.sum, glbSum);
}

static void writeTimes(llvm::raw_ostream &out, const Profile &profile,
                       const TargetSpec &target) {
  out << llvm::format("%-28s %10s %6s %8s %6s %8s %6s %10s %6s %6s %9s %7s\n",
                      "layer", "ms", "MAC", "ramp-up", "drain", "network",
                      "config", "DRAM wait", "host", "other", "chip mJ", "mW");
  auto line = [&](const LayerProfile &layer) {
    const CycleCounts &c = layer.counts.cycles;
    double share = c.total > 0 ? 100 / c.total : 0;
    double known = c.processing() + c.configuration + c.dramWait + c.host;
    out << llvm::format("%-28s %10.3f %5.1f%% %7.1f%% %5.1f%% %7.1f%% ",
                        layer.name.c_str(), c.total / target.core_mhz / 1e3,
                        c.mac * share, c.rampUp * share, c.drain * share,
                        c.network * share);
    out << llvm::format("%5.1f%% %9.1f%% %5.1f%% %5.1f%% ",
                        c.configuration * share, c.dramWait * share,
                        c.host * share, (c.total - known) * share);
    out << llvm::format("%9.3f %7.1f\n",
                        1e3 * chipJoules(layer.events, c, target),
                        1e3 * chipWatts(layer.events, c, target));
  };
  for (const LayerProfile &layer : profile.layers)
    line(layer);
  line(profile.sum);
}

std::string rowlock::profileTable(const Program &program,
                                  const std::vector<EventCounts> &counts) {
  Profile profile = profileOf(program, counts);
  std::string text;
  llvm::raw_string_ostream out(text);
  writeMoves(out, profile, program.target());
  out << "\n";
  writeTimes(out, profile, program.target());
  return text;
}

static void writeCounts(llvm::json::OStream &json, const EventCounts &c) {
  json.attributeObject("counts", [&] {
    json.attribute("passes", c.passes);
    json.attribute("active_pes", c.activePEs);
    json.attribute("macs", c.macs);
    json.attribute("gated_macs", c.gatedMacs);
    json.attribute("glb_ifmap_reads", c.glbIfmapReads);
    json.attribute("glb_psum_reads", c.glbPsumReads);
    json.attribute("glb_psum_writes", c.glbPsumWrites);
    json.attribute("glb_fill_words", c.glbFillWords);
    json.attribute("glb_drain_words", c.glbDrainWords);
    json.attribute("filter_words", c.filterWords);
    json.attribute("filter_deliveries", c.filterDeliveries);
    json.attribute("ifmap_deliveries", c.ifmapDeliveries);
    json.attribute("psum_deliveries", c.psumDeliveries);
    json.attribute("dram_filter_bytes", c.dramFilterBytes);
    json.attribute("dram_ifmap_bytes", c.dramIfmapBytes);
    json.attribute("dram_ofmap_bytes", c.dramOfmapBytes);
    json.attribute("dram_record_bytes", c.dramRecordBytes);
  });
}

static void writeCycles(llvm::json::OStream &json, const CycleCounts &c) {
  json.attributeObject("cycles", [&] {
    json.attribute("total", c.total);
    json.attribute("processing", c.processing());
    json.attribute("configuration", c.configuration);
    json.attribute("ramp_up", c.rampUp);
    json.attribute("mac", c.mac);
    json.attribute("network", c.network);
    json.attribute("drain", c.drain);
    json.attribute("dram_wait", c.dramWait);
    json.attribute("host", c.host);
  });
}

static void writeEnergy(llvm::json::OStream &json, const char *name,
                        const Energy &energy) {
  DataEnergy data = energy.rf;
  data += energy.array;
  data += energy.glb;
  data += energy.dram;
  json.attributeObject(name, [&] {
    json.attribute("alu", energy.alu);
    json.attribute("rf", energy.rf.total());
    json.attribute("array", energy.array.total());
    json.attribute("glb", energy.glb.total());
    json.attribute("dram", energy.dram.total());
    json.attribute("total", energy.total());
    json.attributeObject("moving", [&] {
      json.attribute("ifmap", data.ifmap);
      json.attribute("filter", data.filter);
      json.attribute("psum", data.psum);
    });
  });
}

static void writeLayer(llvm::json::OStream &json, const LayerProfile &layer,
                       const TargetSpec &target) {
  json.attribute("name", layer.name);
  writeCounts(json, layer.counts);
  writeCycles(json, layer.counts.cycles);
  writeEnergy(json, "energy", layer.normalised);
  writeEnergy(json, "event_energy", layer.events);
  json.attribute("chip_joules",
                 chipJoules(layer.events, layer.counts.cycles, target));
  json.attribute("chip_watts",
                 chipWatts(layer.events, layer.counts.cycles, target));
  json.attribute("dram_joules",
                 layer.events.dram.total() * target.mac16_picojoules * 1e-12);
}

/// What the compiler expected of one run.
static void writePredicted(llvm::json::OStream &json,
                           const fb::LayerDebug *debug) {
  if (!debug || items(debug->predicted()).empty())
    return;
  json.attributeObject("predicted", [&] {
    for (const fb::Attribute *count : items(debug->predicted()))
      if (!items(count->ints()).empty())
        json.attribute(text(count->name()), count->ints()->Get(0));
      else if (!items(count->reals()).empty())
        json.attribute(text(count->name()), double(count->reals()->Get(0)));
  });
}

std::string rowlock::profileJSON(const Program &program,
                                 const std::vector<EventCounts> &counts) {
  Profile profile = profileOf(program, counts);
  const TargetSpec &target = program.target();
  std::string text;
  llvm::raw_string_ostream stream(text);
  llvm::json::OStream json(stream, 1);
  json.object([&] {
    json.attribute("version", 1);
    json.attribute("target", target.name);
    json.attribute("core_mhz", target.core_mhz);
    json.attribute("mac16_picojoules", target.mac16_picojoules);
    json.attribute("static_milliwatts", target.static_milliwatts);
    json.attributeArray("layers", [&] {
      for (const LayerProfile &layer : profile.layers) {
        if (!layer.onArray)
          continue;
        json.object([&] {
          json.attribute("operand_bytes", layer.operandBytes);
          writeLayer(json, layer, target);
          writePredicted(json, layer.debug);
        });
      }
    });
    json.attributeObject("sum", [&] { writeLayer(json, profile.sum, target); });
  });
  stream << "\n";
  return text;
}
