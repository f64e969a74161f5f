//===- ScatterPlot.cpp - Points in two axes, as SVG -----------------------===//
#include "ScatterPlot.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <cmath>

using namespace rowlock;

namespace {

// Pixels.
constexpr double width = 860, height = 560;
constexpr double left = 100, right = 40, top = 84, bottom = 70;

/// A range of values on so many pixels from `origin`; ticks at round values.
class Axis {
public:
  Axis(const std::vector<double> &values, double origin, double length)
      : origin(origin), length(length) {
    if (!values.empty()) {
      auto [least, most] = std::minmax_element(values.begin(), values.end());
      low = *least;
      high = *most;
    }
    double margin =
        high > low ? (high - low) * 0.08 : std::max(high * 0.1, 1.0);
    low = std::max(0.0, low - margin);
    high += margin;
    double rough = (high - low) / 6;
    step = std::pow(10, std::floor(std::log10(rough)));
    for (double factor : {5.0, 2.0})
      if (rough >= factor * step) {
        step *= factor;
        break;
      }
  }

  double at(double value) const {
    return origin + (value - low) / (high - low) * length;
  }
  std::vector<double> ticks() const {
    std::vector<double> all;
    for (auto k = int64_t(std::ceil(low / step)); double(k) * step <= high; ++k)
      all.push_back(double(k) * step);
    return all;
  }

private:
  double low = 0, high = 1, step = 1, origin, length;
};

} // namespace

static std::string escape(const std::string &text) {
  std::string result;
  for (char c : text)
    if (c == '<')
      result += "&lt;";
    else if (c == '&')
      result += "&amp;";
    else
      result += c;
  return result;
}

static void writeText(llvm::raw_ostream &out, double x, double y,
                      const char *style, const std::string &text) {
  out << llvm::format("<text x=\"%.1f\" y=\"%.1f\" class=\"", x, y) << style
      << "\">" << escape(text) << "</text>\n";
}

/// "1.2", "250 k", "3.4 M".
static std::string tickText(double value) {
  const char *unit = "";
  for (auto [size, name] : {std::pair(1e9, " G"), {1e6, " M"}, {1e3, " k"}})
    if (value >= size) {
      value /= size;
      unit = name;
      break;
    }
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.6g", value) << unit;
  return text;
}

static constexpr const char *style = R"(<style>
text { font-family: "DejaVu Sans", "Helvetica Neue", Arial, sans-serif; fill: #23272e }
.title { font-size: 20px; font-weight: bold }
.subtitle { font-size: 13px; fill: #4d5560 }
.tick { font-size: 12px; fill: #4d5560; text-anchor: middle }
.ytick { font-size: 12px; fill: #4d5560; text-anchor: end }
.axis { font-size: 14px; font-weight: bold; text-anchor: middle }
.label { font-size: 11px }
.grid { stroke: #e4e7ec }
.front { stroke: #4a7fb0; stroke-width: 1.5; fill: none }
.best { fill: #1f6fb4 }
.other { fill: #ffffff; stroke: #9aa1ab; stroke-width: 1.5 }
</style>
)";

static void drawAxes(llvm::raw_ostream &out, const ScatterPlot &plot,
                     const Axis &x, const Axis &y) {
  for (double value : x.ticks()) {
    out << llvm::format("<path class=\"grid\" d=\"M%.1f %.1fV%.1f\"/>\n",
                        x.at(value), top, height - bottom);
    writeText(out, x.at(value), height - bottom + 20, "tick", tickText(value));
  }
  for (double value : y.ticks()) {
    out << llvm::format("<path class=\"grid\" d=\"M%.1f %.1fH%.1f\"/>\n", left,
                        y.at(value), width - right);
    writeText(out, left - 8, y.at(value) + 4, "ytick", tickText(value));
  }
  writeText(out, (left + width - right) / 2, height - 22, "axis", plot.xAxis);
  const double middle = (top + height - bottom) / 2;
  out << llvm::format("<g transform=\"rotate(-90 24 %.1f)\">", middle);
  writeText(out, 24, middle, "axis", plot.yAxis);
  out << "</g>\n";
}

/// Between two points of the front nothing is better than the left one's y.
static void drawFront(llvm::raw_ostream &out, const ScatterPlot &plot,
                      const Axis &x, const Axis &y) {
  std::vector<std::pair<double, double>> all, front;
  for (const ScatterPlot::Point &point : plot.points)
    all.push_back({point.x, point.y});
  std::sort(all.begin(), all.end());
  for (const auto &point : all)
    if (front.empty() || point.second < front.back().second)
      front.push_back(point);
  if (front.size() < 2)
    return;
  out << "<path class=\"front\" d=\"";
  for (size_t k = 0; k < front.size(); ++k)
    out << llvm::format(k ? "H%.1fV%.1f" : "M%.1f %.1f", x.at(front[k].first),
                        y.at(front[k].second));
  out << "\"/>\n";
}

/// A label goes to the first place beside its point where it lies on no other.
static void drawLabels(llvm::raw_ostream &out, const ScatterPlot &plot,
                       const Axis &x, const Axis &y) {
  constexpr double letter = 6.5, line = 12;
  struct Box {
    double left, right, bottom;
  };
  std::vector<Box> taken;
  for (const ScatterPlot::Point &point : plot.points) {
    const double atX = x.at(point.x), atY = y.at(point.y);
    const double length = letter * double(point.label.size());
    if (point.label.empty())
      continue;
    for (const Box &box : {Box{atX + 9, atX + 9 + length, atY - 6},
                           {atX + 9, atX + 9 + length, atY + 14},
                           {atX - 9 - length, atX - 9, atY - 6},
                           {atX - 9 - length, atX - 9, atY + 14}}) {
      bool free = box.left >= left && box.right <= width;
      for (const Box &other : taken)
        free &= box.right < other.left || other.right < box.left ||
                std::abs(box.bottom - other.bottom) > line;
      if (!free)
        continue;
      taken.push_back(box);
      writeText(out, box.left, box.bottom, "label", point.label);
      break;
    }
  }
}

std::string ScatterPlot::svg() const {
  std::vector<double> xs, ys;
  for (const Point &point : points) {
    xs.push_back(point.x);
    ys.push_back(point.y);
  }
  Axis x(xs, left, width - right - left);
  Axis y(ys, height - bottom, top - height + bottom);
  std::string text;
  llvm::raw_string_ostream out(text);
  out << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << int(width)
      << "\" height=\"" << int(height) << "\" viewBox=\"0 0 " << int(width)
      << " " << int(height) << "\">\n"
      << style << "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
  writeText(out, 24, 36, "title", title);
  writeText(out, 24, 58, "subtitle", subtitle);
  drawAxes(out, *this, x, y);
  drawFront(out, *this, x, y);
  for (const Point &point : points)
    out << llvm::format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" class=\"",
                        x.at(point.x), y.at(point.y))
        << (point.filled ? "best" : "other") << "\"><title>"
        << escape(point.detail) << "</title></circle>\n";
  drawLabels(out, *this, x, y);
  out << "</svg>\n";
  return text;
}
