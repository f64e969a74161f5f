//===- ArraySVG.cpp - The array in a pass, as a picture -------------------===//
#include "rowlock/Pipelines/ArrayPicture.h"

#include "PictureWords.h"

#include "llvm/Support/raw_ostream.h"

#include <algorithm>

using namespace rowlock;

namespace {

// Pixels.
constexpr int64_t cellWidth = 78, cellHeight = 62, gapX = 8, gapY = 18;
constexpr int64_t left = 120, top = 98, margin = 24, legendLine = 20;

/// Fill and line of blocks; more than these begin again.
constexpr const char *blockColours[][2] = {
    {"#dbe9f6", "#4a7fb0"}, {"#fde8d0", "#c9822f"}, {"#dff1dd", "#4c9a52"},
    {"#f6dde3", "#b9506b"}, {"#e7e0f3", "#7a62ad"}, {"#f4eed2", "#a08d2c"},
    {"#d9f0ee", "#3d9690"}, {"#f3e1d8", "#a5653f"}, {"#e4e7ec", "#66758c"},
    {"#eef2cf", "#7f9430"}, {"#f5dff1", "#a855a0"}, {"#d8e3ee", "#3d5f85"}};
/// Of ifmap rows, so that diagonals show.
constexpr const char *rowColours[] = {
    "#1f6fb4", "#e07b16", "#2b9a3a", "#c8323a", "#7f5fb0",
    "#8a5a44", "#d666ae", "#6f6f6f", "#a8a51d", "#15a5b5"};

class Picture {
public:
  Picture(const Program &program, uint32_t layer, const ArrayView &view)
      : view(view), words(program, layer, view), rows(program.target().rows),
        columns(program.target().columns), out(svg) {}
  std::string draw();

private:
  int64_t x(int64_t column) const { return left + column * (cellWidth + gapX); }
  /// Row 0 is the bottom.
  int64_t y(int64_t row) const {
    return top + (rows - 1 - row) * (cellHeight + gapY);
  }
  /// `text` may hold anything.
  void write(int64_t x, int64_t y, const char *style, const std::string &text);
  void cell(int64_t row, int64_t column);
  void arrows(int64_t row, int64_t column);
  void rowIDs(int64_t row);
  void legend(int64_t y, int64_t width);

  const ArrayView &view;
  PictureWords words;
  int64_t rows, columns;
  int64_t svgHeight = 0;
  std::string svg;
  llvm::raw_string_ostream out;
};

} // namespace

void Picture::write(int64_t x, int64_t y, const char *style,
                    const std::string &text) {
  out << "<text x=\"" << x << "\" y=\"" << y << "\" class=\"" << style << "\">";
  for (char c : text) {
    if (c == '<')
      out << "&lt;";
    else if (c == '&')
      out << "&amp;";
    else
      out << c;
  }
  out << "</text>\n";
}

void Picture::cell(int64_t row, int64_t column) {
  size_t pe = size_t(row * columns + column);
  const PEView &at = view.pes[pe];
  int64_t left = x(column), top = y(row);
  const char *fill = "#ffffff", *line = "#d9dce1";
  if (at.enabled)
    fill = "#f7f7f8", line = "#9aa1ab";
  if (at.works()) {
    const auto &colour =
        blockColours[*words.blocks[pe] % std::size(blockColours)];
    fill = colour[0], line = colour[1];
  }
  out << "<rect x=\"" << left << "\" y=\"" << top << "\" width=\"" << cellWidth
      << "\" height=\"" << cellHeight << "\" rx=\"6\" fill=\"" << fill
      << "\" stroke=\"" << line << "\""
      << (at.enabled ? "" : " stroke-dasharray=\"3 3\"") << "/>\n";
  if (!at.enabled)
    return;
  auto id = [&](int64_t y, int64_t number) {
    write(left + cellWidth - 7, y, "id", "@" + std::to_string(number));
  };
  if (at.filter) {
    write(left + 8, top + 19, "filter",
          words.names[*words.blocks[pe]] + std::to_string(at.filter->row));
    id(top + 19, view.frame.filter_column_id[pe]);
  }
  if (at.ifmapRow) {
    out << "<rect x=\"" << left + 8 << "\" y=\"" << top + 28
        << "\" width=\"8\" height=\"8\" rx=\"2\" fill=\""
        << rowColours[size_t(*at.ifmapRow) % std::size(rowColours)] << "\"/>\n";
    write(left + 20, top + 36, "row", "x" + std::to_string(*at.ifmapRow));
    id(top + 36, view.frame.ifmap_column_id[pe]);
  }
  if (at.psumRow) {
    write(left + 8, top + 53, "row", "y" + std::to_string(*at.psumRow));
    if (!at.fromBelow || !at.sendsUp)
      id(top + 53, view.frame.psum_column_id[size_t(column)]);
  }
}

/// Psums come in below a PE and leave above it.
void Picture::arrows(int64_t row, int64_t column) {
  const PEView &at = view.pes[size_t(row * columns + column)];
  if (!at.psumRow)
    return;
  int64_t middle = x(column) + cellWidth / 2;
  auto arrow = [&](int64_t from, int64_t to, const char *style) {
    out << "<path class=\"" << style << "\" d=\"M" << middle << " " << from
        << "V" << to + 5 << "\"/><path class=\"" << style << " head\" d=\"M"
        << middle - 4 << " " << to + 6 << "L" << middle << " " << to << "L"
        << middle + 4 << " " << to + 6 << "Z\"/>\n";
  };
  int64_t above = y(row) - gapY, below = y(row) + cellHeight;
  if (at.sendsUp)
    arrow(y(row), above, "local");
  else
    arrow(y(row), above + gapY / 2 - 1, "net");
  if (!at.fromBelow)
    arrow(below + gapY / 2 - 1, below, "net");
}

void Picture::rowIDs(int64_t row) {
  int64_t at = y(row);
  size_t bus = size_t(row);
  write(margin, at + 36, "axis", std::to_string(row));
  auto begin = view.pes.begin() + row * columns;
  if (std::none_of(begin, begin + columns,
                   [](const PEView &pe) { return pe.enabled; }))
    return;
  write(left - 14, at + 19, "id",
        "filter @" + std::to_string(view.frame.filter_row_id[bus]));
  write(left - 14, at + 36, "id",
        "ifmap @" + std::to_string(view.frame.ifmap_row_id[bus]));
  write(left - 14, at + 53, "id",
        "psum @" + std::to_string(view.frame.psum_row_id[bus]));
}

static constexpr const char *keyLines[] = {
    "A2: the PE holds row 2 of the filters of block A; the colour is the "
    "block's",
    "x5: row 5 of the pass's ifmaps comes to it; y3: it works on row 3 of the "
    "pass's ofmaps",
    "@n: ID by which the network found it: of the X bus beside a row, of the "
    "PE "
    "in a cell",
    "arrows: psums move up the column; short ones come from the psum network "
    "or "
    "leave by the GON",
    "grey: enabled, but it has no work; dashed: off"};

/// Blocks in columns, and the key.
void Picture::legend(int64_t y, int64_t width) {
  size_t longest = 0;
  for (const std::string &meaning : words.meanings)
    longest = std::max(longest, meaning.size());
  int64_t each = 60 + int64_t(longest) * 7;
  int64_t across = std::max<int64_t>(1, (width - 2 * margin) / each);
  int64_t count = int64_t(words.names.size());
  int64_t down = (count + across - 1) / across;
  for (int64_t k = 0; k < count; ++k) {
    int64_t atX = margin + k / down * each, atY = y + k % down * legendLine;
    const auto &colour = blockColours[size_t(k) % std::size(blockColours)];
    out << "<rect x=\"" << atX << "\" y=\"" << atY - 11
        << "\" width=\"24\" height=\"15\" rx=\"4\" fill=\"" << colour[0]
        << "\" stroke=\"" << colour[1] << "\"/>\n";
    write(atX + 12, atY + 1, "block", words.names[size_t(k)]);
    write(atX + 32, atY + 1, "key", words.meanings[size_t(k)]);
  }
  y += down * legendLine + 10;
  for (const char *line : keyLines) {
    write(margin, y, "key", line);
    y += legendLine - 2;
  }
  svgHeight = y;
}

static constexpr const char *style = R"(<style>
text { font-family: "DejaVu Sans", "Helvetica Neue", Arial, sans-serif; fill: #23272e }
.title { font-size: 20px; font-weight: bold }
.sizes { font-size: 13px; fill: #4d5560 }
.axis { font-size: 13px; font-weight: bold; fill: #4d5560 }
.column { font-size: 13px; font-weight: bold; fill: #4d5560; text-anchor: middle }
.filter { font-size: 14px; font-weight: bold }
.row { font-size: 13px }
.id { font-size: 10px; fill: #6b7380; text-anchor: end }
.block { font-size: 11px; font-weight: bold; text-anchor: middle }
.key { font-size: 12px; fill: #4d5560 }
.local { stroke: #2b9a3a; stroke-width: 2; fill: none }
.net { stroke: #23272e; stroke-width: 1.5; fill: none }
.local.head { fill: #2b9a3a; stroke: none }
.net.head { fill: #23272e; stroke: none }
</style>
)";

std::string Picture::draw() {
  int64_t width = std::max<int64_t>(x(columns) + margin - gapX, left + 560);
  for (int64_t row = 0; row < rows; ++row) {
    rowIDs(row);
    for (int64_t column = 0; column < columns; ++column)
      cell(row, column);
  }
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t column = 0; column < columns; ++column)
      arrows(row, column);
  int64_t below = y(0) + cellHeight + 28;
  for (int64_t column = 0; column < columns; ++column)
    write(x(column) + cellWidth / 2, below, "column", std::to_string(column));
  write(margin, 36, "title", words.title);
  write(margin, 58, "sizes", words.sizes);
  write(margin, 76, "sizes", words.machine);
  legend(below + 36, width);
  std::string head;
  llvm::raw_string_ostream(head)
      << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << width
      << "\" height=\"" << svgHeight << "\" viewBox=\"0 0 " << width << " "
      << svgHeight << "\">\n"
      << style << "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
  return head + svg + "</svg>\n";
}

std::string rowlock::arraySVG(const Program &program, uint32_t layer,
                              const ArrayView &view) {
  return Picture(program, layer, view).draw();
}
