//===- Report.cpp - What a program costs, layer by layer ------------------===//
#include "rowlock/Pipelines/Report.h"

#include "rowlock/Program/Values.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace rowlock;

static double predicted(const fb::LayerDebug *debug, const char *name) {
  for (const fb::Attribute *attribute : items(debug->predicted()))
    if (text(attribute->name()) == name) {
      if (attribute->ints() && attribute->ints()->size())
        return double(attribute->ints()->Get(0));
      if (attribute->reals() && attribute->reals()->size())
        return attribute->reals()->Get(0);
    }
  return 0;
}

static std::string shapeText(const fb::Tensor *tensor) {
  std::string result;
  for (int64_t size : items(tensor->shape()))
    result += (result.empty() ? "" : "x") + std::to_string(size);
  return result;
}

static std::string shapesOf(const Program &program, const fb::Layer *layer) {
  auto tensors = items(program.table().tensors());
  std::string result;
  if (!items(layer->operands()).empty())
    result = shapeText(tensors[items(layer->operands())[0]]);
  result += " > ";
  if (!items(layer->results()).empty())
    result += shapeText(tensors[items(layer->results())[0]]);
  return result;
}

std::string rowlock::layerReport(const Program &program) {
  std::string result;
  llvm::raw_string_ostream out(result);
  out << "target " << program.target().name << ", core "
      << llvm::format("%g", program.target().core_mhz)
      << " MHz; estimated: from `evaluate`\n";
  out << llvm::format("%-28s %-12s %-30s %6s %8s %12s %12s %12s %14s\n",
                      "layer", "kernel", "shape", "PEs", "passes", "cycles",
                      "GLB bytes", "DRAM bytes", "energy (MACs)");
  double cycles = 0, glb = 0, dram = 0, energy = 0;
  uint32_t index = 0;
  for (const fb::Layer *layer : items(program.table().layers())) {
    const fb::LayerDebug *debug = nullptr;
    for (const fb::LayerDebug *entry : items(program.table().debug()))
      if (entry->layer() == index)
        debug = entry;
    ++index;
    out << llvm::format("%-28s %-12s %-30s", text(layer->name()).c_str(),
                        fb::EnumNameKernel(layer->kernel()),
                        shapesOf(program, layer).c_str());
    if (!debug || items(debug->predicted()).empty()) {
      out << "   host\n";
      continue;
    }
    double bytes = predicted(debug, "dram_filter_bytes") +
                   predicted(debug, "dram_ifmap_bytes") +
                   predicted(debug, "dram_ofmap_bytes");
    out << llvm::format(" %6.0f %8.0f %12.0f %12.0f %12.0f %14.0f\n",
                        predicted(debug, "active_pes"),
                        predicted(debug, "passes"), predicted(debug, "cycles"),
                        predicted(debug, "glb_bytes"), bytes,
                        predicted(debug, "energy"));
    llvm::SmallVector<llvm::StringRef> mappings;
    std::string all = text(debug->mapping());
    llvm::StringRef(all).split(mappings, '\n');
    if (mappings.size() > 1)
      out << "    " << mappings.size() << " parts: " << text(debug->split())
          << "\n";
    // Parts that run alike, once.
    llvm::SetVector<llvm::StringRef> different(mappings.begin(),
                                               mappings.end());
    for (llvm::StringRef mapping : different)
      out << "    " << mapping << "\n";
    cycles += predicted(debug, "cycles");
    glb += predicted(debug, "glb_bytes");
    dram += bytes;
    energy += predicted(debug, "energy");
  }
  out << llvm::format("%-28s %-12s %-30s %6s %8s %12.0f %12.0f %12.0f %14.0f\n",
                      "array layers in all", "", "", "", "", cycles, glb, dram,
                      energy);
  return result;
}
