//===- SweepReport.cpp - A sweep as table, JSON and picture ---------------===//
#include "ScatterPlot.h"
#include "TextTable.h"

#include "rowlock/Pipelines/Sweep.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace rowlock;

MachineSize::MachineSize(const TargetSpec &target)
    : pes(target.rows * target.columns) {
  const int64_t word = target.isFixed16() ? 2 : 1;
  spadBytes = pes *
              (8 * word * (target.ifmap_spad_words + target.filter_spad_words) +
               target.psum_bits * target.psum_spad_words) /
              8;
  glbBytes = (target.glb_banks + target.filter_banks) * target.bank_bytes;
}

namespace {

/// A result with what follows from it.
struct Figures {
  Figures(const SweepSpec::Machine &machine, const MachineResult &result)
      : target(machine.target), result(result), size(machine.target) {
    milliseconds = result.cycles / target.core_mhz / 1000;
    if (result.cycles > 0)
      utilisation = double(result.macs * target.mac_cycles_per_bitwidth) /
                    (double(size.pes) * result.cycles);
  }
  bool runs() const { return result.reason.empty(); }
  /// As good in everything; nothing says that it is better.
  bool asGoodAs(const Figures &other) const {
    return result.energy <= other.result.energy &&
           milliseconds <= other.milliseconds && size.pes <= other.size.pes &&
           memory() <= other.memory();
  }
  int64_t memory() const { return size.spadBytes + size.glbBytes; }

  const TargetSpec &target;
  const MachineResult &result;
  MachineSize size;
  double milliseconds = 0;
  double utilisation = 0; // share of the PEs' cycles that take a MAC
};

} // namespace

static std::vector<Figures> figuresOf(const Sweep &sweep) {
  std::vector<Figures> all;
  all.reserve(sweep.results.size());
  for (size_t k = 0; k < sweep.results.size(); ++k)
    all.emplace_back(sweep.spec.machines[k], sweep.results[k]);
  return all;
}

/// The fields in which machines differ; the others would only take room.
static std::vector<size_t> varyingFields(const SweepSpec &spec) {
  std::vector<size_t> varying;
  for (size_t f = 0; f < spec.fields.size(); ++f)
    if (llvm::any_of(spec.machines, [&](const SweepSpec::Machine &machine) {
          return machine.values[f] != spec.machines.front().values[f];
        }))
      varying.push_back(f);
  return varying;
}

std::vector<bool> rowlock::bestMachines(const Sweep &sweep) {
  std::vector<Figures> all = figuresOf(sweep);
  std::vector<bool> best;
  for (const Figures &one : all) {
    bool beaten = !one.runs();
    for (const Figures &other : all)
      beaten |= other.runs() && other.asGoodAs(one) && !one.asGoodAs(other);
    best.push_back(!beaten);
  }
  return best;
}

static std::string format(const char *how, double value) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format(how, value);
  return text;
}

std::string rowlock::sweepTable(const Sweep &sweep) {
  std::vector<Figures> all = figuresOf(sweep);
  std::vector<bool> best = bestMachines(sweep);
  std::vector<std::string> head = {""};
  const std::vector<size_t> varying = varyingFields(sweep.spec);
  for (size_t f : varying)
    head.push_back(sweep.spec.fields[f]);
  for (const char *name :
       {"energy (MACs)", "ms", "energy x ms", "DRAM bytes", "PEs busy", "PEs",
        "spads KiB", "GLB KiB", "layers", "on host"})
    head.push_back(name);
  TextTable table(head);
  std::string rest;
  for (size_t k = 0; k < all.size(); ++k) {
    const SweepSpec::Machine &machine = sweep.spec.machines[k];
    const Figures &one = all[k];
    if (!one.runs()) {
      rest += sweep.spec.nameOf(machine) + ": " + one.result.reason + "\n";
      continue;
    }
    std::vector<std::string> row = {best[k] ? "*" : ""};
    for (size_t f : varying)
      row.push_back(machine.values[f]);
    for (const std::string &text :
         {format("%.4g", one.result.energy), format("%.3f", one.milliseconds),
          format("%.4g", one.result.energy * one.milliseconds),
          std::to_string(one.result.dramBytes),
          format("%.1f%%", 100 * one.utilisation), std::to_string(one.size.pes),
          format("%.1f", double(one.size.spadBytes) / 1024),
          format("%.1f", double(one.size.glbBytes) / 1024),
          std::to_string(one.result.layersOnArray),
          std::to_string(one.result.layersOnHost)})
      row.push_back(text);
    table.add(row);
  }
  std::string text =
      "mappings of least " + printObjectives(sweep.objectives) + "; base " +
      sweep.spec.base +
      "; *: no other is as good in energy, ms, PEs and memory and better in "
      "one\n" +
      table.str();
  return rest.empty() ? text : text + "do not run it:\n" + rest;
}

std::string rowlock::sweepJSON(const Sweep &sweep) {
  std::vector<Figures> all = figuresOf(sweep);
  std::vector<bool> best = bestMachines(sweep);
  std::string text;
  llvm::raw_string_ostream out(text);
  llvm::json::OStream json(out, 2);
  auto writeMachine = [&](size_t k) {
    const Figures &one = all[k];
    json.attributeObject("fields", [&] {
      for (size_t f = 0; f < sweep.spec.fields.size(); ++f)
        json.attribute(sweep.spec.fields[f], sweep.spec.machines[k].values[f]);
    });
    json.attribute("pes", one.size.pes);
    json.attribute("spad_bytes", one.size.spadBytes);
    json.attribute("glb_bytes", one.size.glbBytes);
    if (!one.runs())
      return json.attribute("reason", one.result.reason);
    json.attribute("best", bool(best[k]));
    json.attribute("energy", one.result.energy);
    json.attribute("cycles", one.result.cycles);
    json.attribute("milliseconds", one.milliseconds);
    json.attribute("energy_milliseconds", one.result.energy * one.milliseconds);
    json.attribute("dram_bytes", one.result.dramBytes);
    json.attribute("macs", one.result.macs);
    json.attribute("pe_utilisation", one.utilisation);
    json.attribute("layers_on_array", one.result.layersOnArray);
    json.attribute("layers_on_host", one.result.layersOnHost);
  };
  json.object([&] {
    json.attribute("model", sweep.model);
    json.attribute("base", sweep.spec.base);
    json.attribute("objectives", printObjectives(sweep.objectives));
    json.attributeArray("machines", [&] {
      for (size_t k = 0; k < all.size(); ++k)
        json.object([&] { writeMachine(k); });
    });
  });
  out << "\n";
  return text;
}

std::string rowlock::sweepSVG(const Sweep &sweep) {
  std::vector<Figures> all = figuresOf(sweep);
  std::vector<bool> best = bestMachines(sweep);
  ScatterPlot plot;
  plot.title = llvm::sys::path::filename(sweep.model).str();
  plot.subtitle = "machines from " + sweep.spec.base + "; beside the best " +
                  "of energy, time, PEs and memory:";
  const std::vector<size_t> varying = varyingFields(sweep.spec);
  for (size_t f : varying)
    plot.subtitle += " " + sweep.spec.fields[f];
  plot.xAxis = "latency, ms";
  plot.yAxis = "energy, 16-bit MACs";
  for (size_t k = 0; k < all.size(); ++k) {
    if (!all[k].runs())
      continue;
    const SweepSpec::Machine &machine = sweep.spec.machines[k];
    ScatterPlot::Point point;
    point.x = all[k].milliseconds;
    point.y = all[k].result.energy;
    point.filled = best[k];
    point.detail = sweep.spec.nameOf(machine);
    if (best[k])
      for (size_t f : varying)
        point.label += (point.label.empty() ? "" : " ") + machine.values[f];
    plot.points.push_back(std::move(point));
  }
  return plot.svg();
}
