//===- ProfileJSON.cpp - The profile for programs -------------------------===//
#include "LayerProfile.h"

#include "rowlock/Pipelines/Accesses.h"
#include "rowlock/Pipelines/Profile.h"
#include "rowlock/Program/Values.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>

using namespace rowlock;

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
    json.attribute("glb_restored_words", c.glbRestoredWords);
    json.attribute("filter_words", c.filterWords);
    json.attribute("filter_deliveries", c.filterDeliveries);
    json.attribute("ifmap_deliveries", c.ifmapDeliveries);
    json.attribute("psum_deliveries", c.psumDeliveries);
    json.attribute("dram_filter_bytes", c.dramFilterBytes);
    json.attribute("dram_ifmap_bytes", c.dramIfmapBytes);
    json.attribute("dram_ifmap_plain_bytes", c.dramIfmapPlainBytes);
    json.attribute("dram_ofmap_bytes", c.dramOfmapBytes);
    json.attribute("dram_ofmap_plain_bytes", c.dramOfmapPlainBytes);
    json.attribute("dram_restored_bytes", c.dramRestoredBytes);
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
    json.attribute("glb", c.glb);
    json.attribute("dram_wait", c.dramWait);
    json.attribute("host", c.host);
  });
}

static void writeData(llvm::json::OStream &json, const char *name,
                      const DataEnergy &energy) {
  json.attributeObject(name, [&] {
    json.attribute("ifmap", energy.ifmap);
    json.attribute("filter", energy.filter);
    json.attribute("psum", energy.psum);
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
    writeData(json, "moving", data);
    json.attributeObject("parts", [&] {
      writeData(json, "rf", energy.rf);
      writeData(json, "array", energy.array);
      writeData(json, "glb", energy.glb);
      writeData(json, "dram", energy.dram);
    });
  });
}

static void writeAccesses(llvm::json::OStream &json, const EventCounts &c) {
  auto moved = [&](const char *name, const ReadsAndWrites &words) {
    json.attributeObject(name, [&] {
      json.attribute("reads", words.reads);
      json.attribute("writes", words.writes);
    });
  };
  auto level = [&](const char *name, const DataAccesses &of) {
    json.attributeObject(name, [&] {
      moved("ifmap", of.ifmap);
      moved("filter", of.filter);
      moved("psum", of.psum);
    });
  };
  Accesses of = accessesOf(c);
  json.attributeObject("accesses", [&] {
    level("spads", of.spads);
    level("glb", of.glb);
    level("dram_bytes", of.dram);
  });
}

static void writeCosts(llvm::json::OStream &json, const LayerProfile &of,
                       const TargetSpec &target) {
  writeCounts(json, of.counts);
  writeCycles(json, of.counts.cycles);
  writeAccesses(json, of.counts);
  writeEnergy(json, "energy", of.normalised);
  writeEnergy(json, "event_energy", of.events);
  json.attribute("chip_joules",
                 chipJoules(of.events, of.counts.cycles, target));
  json.attribute("chip_watts", chipWatts(of.events, of.counts.cycles, target));
  json.attribute("dram_joules",
                 of.events.dram.total() * target.mac16_picojoules * 1e-12);
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

static void writePasses(llvm::json::OStream &json, const LayerProfile &layer,
                        const LayerPasses &passes, const TargetSpec &target) {
  json.attributeArray("passes", [&] {
    for (const DistinctPass &pass : passes.passes)
      json.object([&] {
        json.attribute("frame", pass.frame);
        json.attribute("images", pass.sizes.images);
        json.attribute("groups", pass.sizes.groups);
        json.attribute("filters", pass.sizes.filters);
        json.attribute("channels", pass.sizes.channels);
        json.attribute("rows", pass.sizes.rows);
        json.attribute("columns", pass.sizes.columns);
        writeCosts(json, layer.part(pass.counts, target), target);
      });
  });
  // What of the layer's time no pass had.
  EventCounts others = passes.others;
  others.cycles.configuration = layer.counts.cycles.configuration;
  others.cycles.host = layer.counts.cycles.host;
  others.cycles.glb = layer.counts.cycles.glb;
  others.cycles.dramWait = layer.counts.cycles.dramWait;
  for (const DistinctPass &pass : passes.passes) {
    others.cycles.glb -= pass.counts.cycles.glb;
    others.cycles.dramWait -= pass.counts.cycles.dramWait;
  }
  // Sums in another order may leave less than nothing in their last bits.
  for (double *cycles : {&others.cycles.glb, &others.cycles.dramWait})
    *cycles = std::max(0.0, *cycles);
  others.cycles.total = others.cycles.configuration + others.cycles.host +
                        others.cycles.glb + others.cycles.dramWait;
  json.attributeObject("other_commands", [&] {
    writeCosts(json, layer.part(others, target), target);
  });
}

std::string rowlock::profileJSON(const Program &program,
                                 const std::vector<EventCounts> &counts,
                                 const DistinctPasses *passes) {
  Profile profile(program, counts);
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
      for (size_t k = 0; k < profile.layers.size(); ++k) {
        const LayerProfile &layer = profile.layers[k];
        if (!layer.onArray)
          continue;
        json.object([&] {
          json.attribute("name", layer.name);
          json.attribute("operand_bytes", target.operandBytes(layer.wide));
          writeCosts(json, layer, target);
          writePredicted(json, layer.debug);
          if (passes)
            writePasses(json, layer, passes->layers()[k], target);
        });
      }
    });
    json.attributeArray("host_layers", [&] {
      for (const LayerProfile &layer : profile.layers)
        if (!layer.onArray)
          json.object([&] {
            json.attribute("name", layer.name);
            writeCycles(json, layer.counts.cycles);
          });
    });
    json.attributeObject("sum", [&] {
      json.attribute("name", profile.sum.name);
      writeCosts(json, profile.sum, target);
    });
  });
  stream << "\n";
  return text;
}
