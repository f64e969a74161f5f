//===- ArrayText.cpp - The array in a pass, in characters -----------------===//
#include "rowlock/Pipelines/ArrayPicture.h"

#include "PictureWords.h"

#include <algorithm>
#include <array>

using namespace rowlock;

static std::string pad(const std::string &text, size_t width) {
  return text + std::string(width - std::min(width, text.size()), ' ');
}

/// The three lines of a PE.
static std::array<std::string, 3> linesOf(size_t pe, const ArrayView &view,
                                          const PictureWords &words) {
  const PEView &at = view.pes[pe];
  const FrameValues &frame = view.frame;
  if (!at.enabled)
    return {};
  auto id = [](int64_t column) { return "@" + std::to_string(column); };
  std::array<std::string, 3> lines = {"-", "-", "-"};
  if (at.filter)
    lines[0] = words.names[*words.blocks[pe]] + std::to_string(at.filter->row) +
               id(frame.filter_column_id[pe]);
  if (at.ifmapRow)
    lines[1] =
        "x" + std::to_string(*at.ifmapRow) + id(frame.ifmap_column_id[pe]);
  if (at.psumRow) {
    lines[2] = "y" + std::to_string(*at.psumRow) + (at.fromBelow ? "^" : "");
    if (!at.fromBelow || !at.sendsUp)
      lines[2] += id(frame.psum_column_id[pe % frame.psum_column_id.size()]);
  }
  return lines;
}

/// Blocks in as many columns as fit.
static std::string blockList(const PictureWords &words) {
  std::vector<std::string> entries;
  size_t widest = 0;
  for (size_t k = 0; k < words.names.size(); ++k) {
    entries.push_back(pad(words.names[k], 3) + words.meanings[k]);
    widest = std::max(widest, entries.back().size());
  }
  size_t across = std::max<size_t>(1, 100 / (widest + 3));
  size_t down = (entries.size() + across - 1) / across;
  std::string text;
  for (size_t row = 0; row < down; ++row) {
    std::string line = "  ";
    for (size_t k = row; k < entries.size(); k += down)
      line += pad(entries[k], widest + 3);
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

std::string rowlock::arrayText(const Program &program, uint32_t layer,
                               const ArrayView &view) {
  PictureWords words(program, layer, view);
  size_t columns = size_t(program.target().columns);
  size_t rows = size_t(program.target().rows);
  std::vector<std::array<std::string, 3>> cells;
  size_t width = 3;
  for (size_t pe = 0; pe < view.pes.size(); ++pe) {
    cells.push_back(linesOf(pe, view, words));
    for (const std::string &line : cells.back())
      width = std::max(width, line.size());
  }
  std::string text =
      words.title + "\n" + words.sizes + "\n" + words.machine + "\n\n";
  auto addLine = [&](const std::string &line) {
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  };
  std::string head = pad("row", 5) + pad("row ID", 8);
  for (size_t column = 0; column < columns; ++column)
    head += pad(std::to_string(column), width + 1);
  addLine(head);
  for (size_t row = rows; row-- > 0;) {
    auto begin = view.pes.begin() + long(row * columns);
    bool used = std::any_of(begin, begin + long(columns),
                            [](const PEView &pe) { return pe.enabled; });
    int64_t ids[] = {view.frame.filter_row_id[row],
                     view.frame.ifmap_row_id[row], view.frame.psum_row_id[row]};
    const char *networks[] = {"f@", "x@", "y@"};
    for (size_t k = 0; k < (used ? 3 : 1); ++k) {
      std::string line = pad(k ? "" : std::to_string(row), 5);
      line += pad(used ? networks[k] + std::to_string(ids[k]) : "", 8);
      for (size_t column = 0; column < columns; ++column)
        line += pad(cells[row * columns + column][k], width + 1);
      addLine(line);
    }
    if (used)
      text += "\n";
  }
  text += "blocks of filters:\n" + blockList(words);
  text += "\n"
          "A2@0   holds row 2 of the filters of block A, sent to column ID 0\n"
          "x5@5   takes row 5 of the pass's ifmaps, sent to column ID 5\n"
          "y3@3   takes psums of row 3 of the pass's ofmaps from the network, "
          "or gives them to it, by ID 3\n"
          "y3^    takes them from the PE below\n"
          "f@ x@ y@   row IDs of the X bus on filter, ifmap and psum network\n"
          "-      enabled, but nothing comes; blank: the PE is off\n";
  return text;
}
