//===- PoolShape.cpp - Windows of pools -----------------------------------===//
#include "PoolShape.h"

using namespace rowlock;

Result<PoolShape> PoolShape::of(const LayerView &layer) {
  auto kernel = layer.ints("kernel", 2, 1, 1 << 20, {});
  if (!kernel)
    return kernel.takeStatus();
  if (layer.operands.size() != 1)
    return Status::error("expected one operand");
  auto window = Window::of(layer, (*kernel)[0], (*kernel)[1]);
  if (!window)
    return window.takeStatus();
  const Window &w = *window;
  if (w.padTop > (w.kernelY - 1) * w.dilationY ||
      w.padLeft > (w.kernelX - 1) * w.dilationX ||
      w.padBottom > (w.kernelY - 1) * w.dilationY ||
      w.padRight > (w.kernelX - 1) * w.dilationX)
    return Status::error("a pad is not smaller than the kernel");
  const std::vector<int64_t> &in = layer.operands[0].shape;
  const std::vector<int64_t> &out = layer.result.shape;
  if (in[0] != out[0] || in[1] != out[1])
    return Status::error("images or channels of operand and result differ");
  if ((out[2] - 1) * w.strideY - w.padTop >= in[2] ||
      (out[3] - 1) * w.strideX - w.padLeft >= in[3])
    return Status::error("a window lies in the padding alone");
  return PoolShape{in[0] * in[1], in[2], in[3], out[2], out[3], *window};
}
