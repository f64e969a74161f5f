//===- Windows.cpp - Attributes of windowed operators ---------------------===//
#include "Windows.h"

using namespace mlir;
using namespace rowlock;

constexpr int64_t kMost = 1 << 16;

FailureOr<WindowAttributes> rowlock::readWindow(Node &node, int64_t height,
                                                int64_t width,
                                                ArrayRef<int64_t> kernel) {
  auto strides = node.integerList("strides", {1, 1}, 2, 1, kMost);
  auto dilations = node.integerList("dilations", {1, 1}, 2, 1, kMost);
  auto pads = node.integerList("pads", {0, 0, 0, 0}, 4, 0, kMost);
  auto mode = node.string("auto_pad", "NOTSET");
  if (failed(strides) || failed(dilations) || failed(pads) || failed(mode))
    return failure();
  WindowAttributes window = {*strides, *dilations, *pads};
  if (*mode == "NOTSET" || mode->empty())
    return window;
  window.pads.assign(4, 0);
  if (*mode == "VALID")
    return window;
  if (*mode != "SAME_UPPER" && *mode != "SAME_LOWER")
    return node.error() << "auto_pad '" << *mode
                        << "' is none of NOTSET, VALID, SAME_UPPER, SAME_LOWER";
  for (int d = 0; d < 2; ++d) {
    int64_t size = d ? width : height;
    int64_t outputs = (size + window.strides[d] - 1) / window.strides[d];
    int64_t total = std::max<int64_t>(
        0, (outputs - 1) * window.strides[d] +
               (kernel[d] - 1) * window.dilations[d] + 1 - size);
    int64_t less = total / 2, more = total - less;
    window.pads[d] = *mode == "SAME_UPPER" ? less : more;
    window.pads[d + 2] = total - window.pads[d];
  }
  return window;
}
