//===- ArrayPicture.cpp - Which pass to draw, and its words ---------------===//
#include "rowlock/Pipelines/ArrayPicture.h"

#include "LayerNames.h"
#include "PictureWords.h"

#include <algorithm>
#include <cctype>

using namespace rowlock;

static std::optional<int64_t> parseNumber(const std::string &digits) {
  if (digits.empty() || digits.size() > 15 ||
      !std::all_of(digits.begin(), digits.end(),
                   [](unsigned char c) { return std::isdigit(c); }))
    return std::nullopt;
  return std::stoll(digits);
}

/// The layers of that name, or the one of that number.
static std::vector<uint32_t> findLayers(const Program &program,
                                        const std::string &name) {
  auto layers = items(program.table().layers());
  if (!name.empty() && name[0] == '#')
    if (std::optional<int64_t> number = parseNumber(name.substr(1)))
      return size_t(*number) < layers.size()
                 ? std::vector<uint32_t>{uint32_t(*number)}
                 : std::vector<uint32_t>{};
  std::vector<uint32_t> found;
  for (uint32_t k = 0; k < layers.size(); ++k)
    if (text(layers[k]->name()) == name &&
        layers[k]->kernel() == fb::Kernel::ArrayConv)
      found.push_back(k);
  return found;
}

/// "'conv1' (#0), 'conv2' (#2), ..."
static std::string listLayers(const Program &program,
                              const std::vector<uint32_t> &numbers) {
  std::string list;
  constexpr size_t most = 12;
  for (size_t k = 0; k < std::min(most, numbers.size()); ++k)
    list += (k ? ", '" : "'") +
            shownName(*items(program.table().layers())[numbers[k]]) + "' (#" +
            std::to_string(numbers[k]) + ")";
  return list + (numbers.size() > most ? ", ..." : "");
}

Result<PassName> rowlock::parsePassName(const Program &program,
                                        const std::string &name) {
  PassName result;
  std::string layer = name;
  std::vector<uint32_t> found = findLayers(program, layer);
  size_t colon = name.rfind(':');
  if (found.empty() && colon != std::string::npos)
    if (std::optional<int64_t> pass = parseNumber(name.substr(colon + 1))) {
      result.pass = *pass;
      layer = name.substr(0, colon);
      found = findLayers(program, layer);
    }
  std::string who = "'" + program.name() + "': ";
  if (found.size() > 1)
    return Status::error(
        who + "several layers are named '" + layer +
        "', name one by its number: " + listLayers(program, found));
  if (found.size() == 1) {
    result.layer = found[0];
    return result;
  }
  std::vector<uint32_t> all;
  auto layers = items(program.table().layers());
  for (uint32_t k = 0; k < layers.size(); ++k)
    if (layers[k]->kernel() == fb::Kernel::ArrayConv)
      all.push_back(k);
  return Status::error(who + "no layer '" + layer + "' on the array, " +
                       (all.empty() ? "nor any other"
                                    : "there are " + listLayers(program, all)));
}

static std::string rangeText(const char *what, const IndexRange &range) {
  if (range.count == 1)
    return what + (" " + std::to_string(range.first));
  return what + ("s " + std::to_string(range.first)) + "-" +
         std::to_string(range.last());
}

static std::string blockName(size_t number) {
  std::string name(1, char('A' + number % 26));
  for (number /= 26; number > 0; number /= 26)
    name.insert(name.begin(), char('A' + --number % 26));
  return name;
}

PictureWords::PictureWords(const Program &program, uint32_t layer,
                           const ArrayView &view) {
  for (const PEView &pe : view.pes) {
    std::optional<size_t> block;
    if (pe.filter) {
      auto same = [&](const PEView::Filter &other) {
        return other.filters == pe.filter->filters &&
               other.channels == pe.filter->channels;
      };
      auto at = std::find_if(held.begin(), held.end(), same);
      block = size_t(at - held.begin());
      if (at == held.end())
        held.push_back(*pe.filter);
    }
    blocks.push_back(block);
    enabled += pe.enabled;
    working += pe.works();
  }
  for (size_t k = 0; k < held.size(); ++k) {
    names.push_back(blockName(k));
    meanings.push_back(rangeText("filter", held[k].filters) + ", " +
                       rangeText("channel", held[k].channels));
  }
  const PassCounts &n = view.counts;
  const FrameValues &frame = view.frame;
  auto count = [](int64_t number, const char *what) {
    return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
  };
  title = shownName(*items(program.table().layers())[layer]) + ", pass " +
          std::to_string(view.pass) + " of " + std::to_string(view.passes);
  sizes =
      count(n.images, "image") + ", " + count(n.groups, "group") + ", " +
      count(n.filters, "filter") + ", " + count(n.channels, "channel") +
      ", ofmap " + std::to_string(n.rows) + " x " + std::to_string(n.columns) +
      ", filters " + std::to_string(frame.filter_height) + " x " +
      std::to_string(frame.filter_width) + ", stride " +
      std::to_string(frame.stride_y) + " x " + std::to_string(frame.stride_x);
  machine = program.target().name + ", frame " +
            std::to_string(view.frameNumber) + ": " + std::to_string(working) +
            " of " + std::to_string(view.pes.size()) + " PEs work";
  if (enabled != working)
    machine += ", " + std::to_string(enabled - working) + " more are enabled";
}
