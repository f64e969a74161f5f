//===- LayerFrontReport.cpp - A front as table, JSON and picture ----------===//
#include "ScatterPlot.h"
#include "TextTable.h"

#include "rowlock/Pipelines/LayerFront.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace rowlock;

template <typename... Values>
static std::string format(const char *how, Values... values) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format(how, values...);
  return text;
}

static const LayerFront::Point *leastProduct(const LayerFront &front) {
  return &*llvm::min_element(front.points, [](const auto &a, const auto &b) {
    return a.energy * a.cycles < b.energy * b.cycles;
  });
}

static std::string shapeText(const LayerShape &layer) {
  auto text = [](int64_t value) { return std::to_string(value); };
  return "N " + text(layer.batch) + ", M " + text(layer.filters) + ", C " +
         text(layer.channels) + ", G " + text(layer.groups) + ", ifmap " +
         text(layer.height) + "x" + text(layer.width) + ", filter " +
         text(layer.filterHeight) + "x" + text(layer.filterWidth) +
         ", strides " + text(layer.strideY) + "x" + text(layer.strideX);
}

static std::string summary(const LayerFront &front) {
  return std::to_string(front.points.size()) + " of " +
         format("%.3g", front.spaceSize) + " mappings on " + front.target.name;
}

/// "2 x N 1, M 512, ...".
static std::string partText(const LayerFront::Part &part) {
  return (part.count > 1 ? std::to_string(part.count) + " x " : "") +
         shapeText(part.problem.layer);
}

std::string rowlock::frontTable(const LayerFront &front) {
  std::string text = front.layer + ": " + summary(front) +
                     " are best in energy or latency (*: the least product)\n";
  if (!front.split.empty())
    text += "in parts: " + front.split + "\n";
  for (const LayerFront::Part &part : front.parts)
    text += partText(part) + "\n";
  TextTable table(
      {"  mapping", "energy (MACs)", "cycles", "ms", "DRAM bytes", "PEs"});
  const LayerFront::Point *star = leastProduct(front);
  for (const LayerFront::Point &point : front.points)
    for (size_t k = 0; k < point.mappings.size(); ++k) {
      std::string mapping = printMapping(point.mappings[k]);
      if (k)
        table.add({"  " + mapping, "", "", "", "", ""});
      else
        table.add({(&point == star ? "* " : "  ") + mapping,
                   format("%.0f", point.energy), format("%.0f", point.cycles),
                   format("%.3f", front.milliseconds(point)),
                   std::to_string(point.dramBytes),
                   std::to_string(point.activePEs)});
    }
  return text + table.str();
}

std::string rowlock::frontJSON(const LayerFront &front) {
  std::string text;
  llvm::raw_string_ostream out(text);
  llvm::json::OStream json(out, 2);
  json.object([&] {
    json.attribute("model", front.model);
    json.attribute("layer", front.layer);
    json.attribute("target", front.target.name);
    json.attribute("space_size", front.spaceSize);
    json.attribute("evaluated", front.evaluated);
    json.attributeArray("parts", [&] {
      for (const LayerFront::Part &part : front.parts)
        json.object([&] {
          json.attribute("count", part.count);
          json.attribute("shape", shapeText(part.problem.layer));
        });
    });
    json.attributeArray("points", [&] {
      for (const LayerFront::Point &point : front.points)
        json.object([&] {
          json.attribute("energy", point.energy);
          json.attribute("cycles", point.cycles);
          json.attribute("milliseconds", front.milliseconds(point));
          json.attribute("dram_bytes", point.dramBytes);
          json.attribute("active_pes", point.activePEs);
          json.attributeArray("mappings", [&] {
            for (const Mapping &mapping : point.mappings)
              json.value(printMapping(mapping));
          });
        });
    });
  });
  out << "\n";
  return text;
}

std::string rowlock::frontSVG(const LayerFront &front) {
  ScatterPlot plot;
  plot.title = front.layer;
  plot.subtitle = llvm::sys::path::filename(front.model).str() + ": " +
                  summary(front) + " are best in energy or latency";
  plot.xAxis = "latency, ms";
  plot.yAxis = "energy, 16-bit MACs";
  const LayerFront::Point *star = leastProduct(front);
  for (const LayerFront::Point &point : front.points) {
    ScatterPlot::Point drawn;
    drawn.x = front.milliseconds(point);
    drawn.y = point.energy;
    drawn.filled = true;
    drawn.label = &point == star ? "least product" : "";
    for (const Mapping &mapping : point.mappings)
      drawn.detail +=
          (drawn.detail.empty() ? "" : "\n") + printMapping(mapping);
    plot.points.push_back(std::move(drawn));
  }
  return plot.svg();
}
