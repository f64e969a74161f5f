//===- Profile.cpp - What a run on the simulator cost ---------------------===//
#include "rowlock/Pipelines/Profile.h"

#include "rowlock/Program/Values.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace rowlock;

EnergyParts &EnergyParts::operator+=(const EnergyParts &other) {
  alu += other.alu;
  rf += other.rf;
  array += other.array;
  glb += other.glb;
  dram += other.dram;
  return *this;
}

EnergyParts rowlock::energyOf(const EventCounts &counts,
                              const TargetSpec &target, bool mode16) {
  // In 16-bit words; multipliers scale with both operands.
  double operand = double(target.operandBytes(mode16)) / 2;
  double stored = double(target.psumBytes()) / 2;
  double psum = double(target.psum_bits) / 16;
  double macs = double(counts.macs);
  double active = double(counts.macs - counts.gatedMacs);
  EnergyParts parts;
  parts.alu = target.mac_energy * active * operand * operand;
  parts.rf =
      target.rf_energy * (macs * operand + active * (operand + 2 * psum));
  parts.array =
      target.array_energy *
      (operand * double(counts.filterDeliveries + counts.ifmapDeliveries) +
       stored * double(counts.psumDeliveries));
  parts.glb = target.glb_energy *
              (operand * double(counts.glbIfmapReads + counts.glbFillWords) +
               stored * double(counts.glbPsumReads + counts.glbPsumWrites +
                               counts.glbDrainWords));
  parts.dram = target.dram_energy *
               double(counts.dramFilterBytes + counts.dramIfmapBytes +
                      counts.dramOfmapBytes) /
               2;
  return parts;
}

namespace {

struct LayerProfile {
  std::string name;
  EventCounts counts;
  EnergyParts energy;
  int64_t operandBytes = 1;
};

struct Profile {
  std::vector<LayerProfile> layers; // on the array
  LayerProfile sum;
};

} // namespace

static Profile profileOf(const Program &program,
                         const std::vector<EventCounts> &counts) {
  Profile profile;
  profile.sum.name = "all";
  const TargetSpec &target = program.target();
  auto tensors = items(program.table().tensors());
  size_t index = 0;
  for (const fb::Layer *entry : items(program.table().layers())) {
    const EventCounts &counted = counts[index++];
    if (entry->kernel() != fb::Kernel::ArrayConv)
      continue;
    LayerProfile layer;
    layer.name = text(entry->name());
    layer.counts = counted;
    bool wide = false;
    for (uint32_t k = 0; k < 2; ++k)
      wide |=
          tensors[entry->operands()->Get(k)]->type() == fb::ElementType::I16;
    layer.operandBytes = target.operandBytes(wide);
    layer.energy = energyOf(counted, target, wide);
    profile.sum.counts += layer.counts;
    profile.sum.energy += layer.energy;
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

std::string rowlock::profileTable(const Program &program,
                                  const std::vector<EventCounts> &counts) {
  Profile profile = profileOf(program, counts);
  std::string text;
  llvm::raw_string_ostream out(text);
  out << llvm::format("%-28s %5s %8s %13s %6s %12s %12s %14s  %s\n", "layer",
                      "PEs", "passes", "MACs", "gated", "GLB bytes",
                      "DRAM bytes", "energy (MACs)", "alu/rf/array/glb/dram");
  int64_t glbSum = 0;
  auto line = [&](const LayerProfile &layer, int64_t glb) {
    const EventCounts &c = layer.counts;
    const EnergyParts &e = layer.energy;
    double total = e.total() > 0 ? e.total() / 100 : 1;
    out << llvm::format("%-28s %5lld %8lld %13lld %5.1f%% %12lld ",
                        layer.name.c_str(), (long long)c.activePEs,
                        (long long)c.passes, (long long)c.macs,
                        c.macs ? 100 * double(c.gatedMacs) / double(c.macs) : 0,
                        (long long)glb);
    out << llvm::format(
        "%12lld %14.0f  %.0f/%.0f/%.0f/%.0f/%.0f %%\n",
        (long long)(c.dramFilterBytes + c.dramIfmapBytes + c.dramOfmapBytes),
        e.total(), e.alu / total, e.rf / total, e.array / total, e.glb / total,
        e.dram / total);
  };
  for (const LayerProfile &layer : profile.layers) {
    int64_t glb = glbBytes(layer, program.target());
    line(layer, glb);
    glbSum += glb;
  }
  line(profile.sum, glbSum);
  return text;
}

static void writeLayer(llvm::json::OStream &json, const LayerProfile &layer) {
  const EventCounts &c = layer.counts;
  json.attribute("name", layer.name);
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
  json.attributeObject("cycles", [&] {
    json.attribute("total", c.cycles.total);
    json.attribute("processing", c.cycles.processing());
    json.attribute("configuration", c.cycles.configuration);
    json.attribute("ramp_up", c.cycles.rampUp);
    json.attribute("mac", c.cycles.mac);
    json.attribute("network", c.cycles.network);
    json.attribute("drain", c.cycles.drain);
    json.attribute("dram_wait", c.cycles.dramWait);
    json.attribute("host", c.cycles.host);
  });
  json.attributeObject("energy", [&] {
    json.attribute("alu", layer.energy.alu);
    json.attribute("rf", layer.energy.rf);
    json.attribute("array", layer.energy.array);
    json.attribute("glb", layer.energy.glb);
    json.attribute("dram", layer.energy.dram);
    json.attribute("total", layer.energy.total());
  });
}

std::string rowlock::profileJSON(const Program &program,
                                 const std::vector<EventCounts> &counts) {
  Profile profile = profileOf(program, counts);
  std::string text;
  llvm::raw_string_ostream stream(text);
  llvm::json::OStream json(stream, 1);
  json.object([&] {
    json.attribute("version", 1);
    json.attribute("target", program.target().name);
    json.attribute("mac16_picojoules", program.target().mac16_picojoules);
    json.attributeArray("layers", [&] {
      for (const LayerProfile &layer : profile.layers)
        json.object([&] {
          json.attribute("operand_bytes", layer.operandBytes);
          writeLayer(json, layer);
        });
    });
    json.attributeObject("sum", [&] { writeLayer(json, profile.sum); });
  });
  stream << "\n";
  return text;
}
