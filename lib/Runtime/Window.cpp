//===- Window.cpp - Strides, pads and kernels of windowed layers ----------===//
#include "Window.h"

using namespace rowlock;

static Status checkExtent(const char *what, int64_t size, int64_t before,
                          int64_t after, int64_t kernel, int64_t dilation,
                          int64_t stride, int64_t outputs) {
  int64_t last = (outputs - 1) * stride - before;
  int64_t reach = (kernel - 1) * dilation + 1;
  // Rounded up, the last window may reach beyond the padding.
  if (last >= size + after || last + reach - stride >= size + after ||
      size + before + after < reach)
    return Status::error(std::string("result has ") + std::to_string(outputs) +
                         " " + what + ", more than windows fit");
  return Status::ok();
}

Result<Window> Window::of(const LayerView &layer, int64_t kernelY,
                          int64_t kernelX) {
  const int64_t most = 1 << 20;
  if (layer.operands.empty() || layer.operands[0].shape.size() != 4 ||
      layer.result.shape.size() != 4)
    return Status::error("operand and result must have rank 4");
  auto strides = layer.ints("strides", 2, 1, most, {1, 1});
  auto pads = layer.ints("pads", 4, 0, most, {0, 0, 0, 0});
  auto dilations = layer.ints("dilations", 2, 1, most, {1, 1});
  for (const auto *values : {&strides, &pads, &dilations})
    if (!*values)
      return values->takeStatus();
  if (kernelY < 1 || kernelX < 1 || kernelY > most || kernelX > most)
    return Status::error("kernel is empty or too large");
  Window window = {kernelY,       kernelX,         (*strides)[0],
                   (*strides)[1], (*dilations)[0], (*dilations)[1],
                   (*pads)[0],    (*pads)[1],      (*pads)[2],
                   (*pads)[3]};
  const std::vector<int64_t> &in = layer.operands[0].shape;
  const std::vector<int64_t> &out = layer.result.shape;
  if (Status rows =
          checkExtent("rows", in[2], window.padTop, window.padBottom, kernelY,
                      window.dilationY, window.strideY, out[2]);
      !rows)
    return rows;
  if (Status columns =
          checkExtent("columns", in[3], window.padLeft, window.padRight,
                      kernelX, window.dilationX, window.strideX, out[3]);
      !columns)
    return columns;
  return window;
}
