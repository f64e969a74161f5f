//===- NonMaxSuppression.cpp - Boxes that no better one overlaps ----------===//
#include "Elements.h"
#include "Kernels.h"
#include "Scalars.h"

#include <algorithm>

using namespace rowlock;

namespace {

struct Box {
  float y1, x1, y2, x2;

  float area() const { return (y2 - y1) * (x2 - x1); }

  static Box load(const uint8_t *data, int64_t index, bool isCentered) {
    float b[4];
    std::memcpy(b, data + index * 16, 16);
    if (isCentered)
      return {b[1] - b[3] / 2, b[0] - b[2] / 2, b[1] + b[3] / 2,
              b[0] + b[2] / 2};
    return {std::min(b[0], b[2]), std::min(b[1], b[3]), std::max(b[0], b[2]),
            std::max(b[1], b[3])};
  }
};

struct Suppression {
  int64_t batches = 0, classes = 0, boxes = 0, rows = 0, most = 0;
  bool isCentered = false, hasScoreThreshold = false;
  float iouThreshold = 0, scoreThreshold = 0;

  bool overlap(const Box &a, const Box &b) const {
    float height = std::min(a.y2, b.y2) - std::max(a.y1, b.y1);
    float width = std::min(a.x2, b.x2) - std::max(a.x1, b.x1);
    if (!(height > 0 && width > 0))
      return false;
    float both = height * width;
    float either = a.area() + b.area() - both;
    return a.area() > 0 && b.area() > 0 && either > 0 &&
           both / either > iouThreshold;
  }

  /// The boxes of one batch and class, best first.
  std::vector<int64_t> choose(const uint8_t *corners,
                              const uint8_t *scores) const {
    std::vector<int64_t> order;
    for (int64_t k = 0; k < boxes; ++k) {
      float score = loadFloat(scores, k);
      if (hasScoreThreshold ? score > scoreThreshold : score == score)
        order.push_back(k);
    }
    std::sort(order.begin(), order.end(), [&](int64_t a, int64_t b) {
      float x = loadFloat(scores, a), y = loadFloat(scores, b);
      return x != y ? x > y : a < b;
    });
    std::vector<int64_t> chosen;
    std::vector<Box> taken;
    for (int64_t k : order) {
      if (int64_t(chosen.size()) >= most)
        break;
      Box box = Box::load(corners, k, isCentered);
      if (std::any_of(taken.begin(), taken.end(),
                      [&](const Box &other) { return overlap(box, other); }))
        continue;
      chosen.push_back(k);
      taken.push_back(box);
    }
    return chosen;
  }

  void run(const std::vector<const uint8_t *> &data, uint8_t *out) const {
    int64_t row = 0;
    for (int64_t b = 0; b < batches; ++b)
      for (int64_t c = 0; c < classes && row < rows; ++c)
        for (int64_t box : choose(data[0] + b * boxes * 16,
                                  data[1] + (b * classes + c) * boxes * 4)) {
          if (row == rows)
            break;
          const int64_t values[] = {b, c, box};
          std::memcpy(out + 24 * row++, values, sizeof(values));
        }
    for (int64_t k = 3 * row; k < 3 * rows; ++k)
      PlainScalar<int64_t>::store(out, k, -1);
  }
};

} // namespace

Result<KernelRun> rowlock::prepareNonMaxSuppression(const LayerView &layer) {
  if (layer.operands.size() != 2 || !layer.operands[0].isFloat() ||
      !layer.operands[1].isFloat() || layer.result.type != fb::ElementType::I64)
    return Status::error("expected real boxes and scores, a result of I64");
  const std::vector<int64_t> &boxes = layer.operands[0].shape;
  const std::vector<int64_t> &scores = layer.operands[1].shape;
  const std::vector<int64_t> &rows = layer.result.shape;
  if (boxes.size() != 3 || scores.size() != 3 || boxes[2] != 4 ||
      boxes[0] != scores[0] || boxes[1] != scores[2] || rows.size() != 2 ||
      rows[1] != 3)
    return Status::error("boxes, scores and result do not fit");
  auto most = layer.ints("most", 1, 0, INT64_MAX, {});
  auto centered = layer.ints("center_point_box", 1, 0, 1, {});
  std::vector<float> iou = layer.reals("iou_threshold");
  std::vector<float> score = layer.reals("score_threshold");
  if (!most)
    return most.takeStatus();
  if (!centered)
    return centered.takeStatus();
  if (iou.size() != 1 || score.size() > 1)
    return Status::error("expected one iou_threshold, at most one "
                         "score_threshold");
  Suppression suppression = {scores[0], scores[1], boxes[1], rows[0],
                             most->front()};
  suppression.isCentered = centered->front() == 1;
  suppression.iouThreshold = iou.front();
  suppression.hasScoreThreshold = !score.empty();
  suppression.scoreThreshold = score.empty() ? 0 : score.front();
  return KernelRun([suppression](const std::vector<const uint8_t *> &data,
                                 uint8_t *out) { suppression.run(data, out); });
}
