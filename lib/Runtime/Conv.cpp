//===- Conv.cpp - Convolution ---------------------------------------------===//
#include "SumsOfProducts.h"
#include "Window.h"

using namespace rowlock;

namespace {

/// The sizes of a convolution.
struct ConvSizes {
  int64_t images, channels, height, width;   // of the input
  int64_t allFilters, groups, rows, columns; // rows, columns of the result
  Window window;

  int64_t filters() const { return allFilters; }
};

} // namespace

static Result<ConvSizes> sizesOf(const LayerView &layer) {
  if (layer.operands.size() < 2 || layer.operands.size() > 3)
    return Status::error(std::to_string(layer.operands.size()) +
                         " operands, expected input, filter and perhaps bias");
  const std::vector<int64_t> &filter = layer.operands[1].shape;
  if (filter.size() != 4)
    return Status::error("filter has rank " + std::to_string(filter.size()) +
                         ", expected 4");
  Result<Window> window = Window::of(layer, filter[2], filter[3]);
  if (!window)
    return window.takeStatus();
  const std::vector<int64_t> &in = layer.operands[0].shape;
  const std::vector<int64_t> &out = layer.result.shape;
  auto groups = layer.ints("groups", 1, 1, INT32_MAX, {1});
  if (!groups)
    return groups.takeStatus();
  ConvSizes sizes = {in[0],        in[1],  in[2],  in[3],  filter[0],
                     (*groups)[0], out[2], out[3], *window};
  if (sizes.channels % sizes.groups || sizes.filters() % sizes.groups ||
      filter[1] != sizes.channels / sizes.groups)
    return Status::error("filter has " + std::to_string(filter[1]) +
                         " channels and " + std::to_string(filter[0]) +
                         " filters for " + std::to_string(sizes.channels) +
                         " channels in " + std::to_string(sizes.groups) +
                         " groups");
  if (out[0] != in[0] || out[1] != sizes.filters())
    return Status::error("result is not images x filters x rows x columns");
  if (layer.operands.size() == 3 &&
      layer.operands[2].shape != std::vector<int64_t>{sizes.filters()})
    return Status::error("bias does not have one element per filter");
  return sizes;
}

/// Adds the products of one filter of one image, `multiplyAdd(sum, w, x)`, to
/// the plane `sums` in the order channel, filter row, filter column.
template <typename T, typename S, typename MultiplyAdd>
static void addProducts(const ConvSizes &z, int64_t filter, const T *input,
                        const T *weights, S *sums, MultiplyAdd multiplyAdd) {
  const Window &v = z.window;
  int64_t depth = z.channels / z.groups;
  const T *group =
      input + filter / (z.filters() / z.groups) * depth * z.height * z.width;
  const T *w = weights + filter * depth * v.kernelY * v.kernelX;
  for (int64_t c = 0; c < depth; ++c)
    for (int64_t i = 0; i < v.kernelY; ++i)
      for (int64_t s = 0; s < v.kernelX; ++s, ++w) {
        int64_t dy = i * v.dilationY - v.padTop;
        int64_t dx = s * v.dilationX - v.padLeft;
        Span rows(z.rows, v.strideY, dy, z.height);
        Span columns(z.columns, v.strideX, dx, z.width);
        if (columns.first >= columns.last)
          continue;
        const T weight = *w;
        for (int64_t y = rows.first; y < rows.last; ++y) {
          const T *in =
              group + (c * z.height + y * v.strideY + dy) * z.width + dx;
          S *sum = sums + y * z.columns;
          if (v.strideX == 1) {
            for (int64_t x = columns.first; x < columns.last; ++x)
              multiplyAdd(sum[x], weight, in[x]);
          } else {
            for (int64_t x = columns.first; x < columns.last; ++x)
              multiplyAdd(sum[x], weight, in[x * v.strideX]);
          }
        }
      }
}

namespace {

/// One plane of sums for each image and filter.
struct ConvSums {
  template <typename T, typename S, typename Start, typename MultiplyAdd,
            typename Finish>
  static void run(const ConvSizes &z, const std::vector<T> &input,
                  const std::vector<T> &weights, Start start,
                  MultiplyAdd multiplyAdd, Finish finish) {
    int64_t plane = z.rows * z.columns;
    std::vector<S> sums(plane);
    for (int64_t n = 0; n < z.images; ++n)
      for (int64_t m = 0; m < z.filters(); ++m) {
        std::fill(sums.begin(), sums.end(), start(m));
        addProducts(z, m, input.data() + n * z.channels * z.height * z.width,
                    weights.data(), sums.data(), multiplyAdd);
        int64_t base = (n * z.filters() + m) * plane;
        for (int64_t k = 0; k < plane; ++k)
          finish(base + k, m, sums[k]);
      }
  }
};

} // namespace

Result<KernelRun> rowlock::prepareConv(const LayerView &layer) {
  Result<ConvSizes> sizes = sizesOf(layer);
  return sizes ? prepareSums<ConvSums>(layer, *sizes) : sizes.takeStatus();
}
