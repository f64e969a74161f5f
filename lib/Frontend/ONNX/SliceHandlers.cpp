//===- SliceHandlers.cpp - Slice, Split -----------------------------------===//
#include "Movement.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace rowlock;

namespace {

/// The lists of a Slice, one entry for each axis.
struct SliceLists {
  SmallVector<int64_t> starts, ends, axes, steps;
};

} // namespace

/// Start and end as in Python: negative ones count from the end, and both are
/// cut to what is there.
static Value sliceAxis(Node &node, Value input, int64_t axis, int64_t start,
                       int64_t end, int64_t step) {
  int64_t size = shapeOf(input)[axis];
  start += start < 0 ? size : 0;
  end += end < 0 ? size : 0;
  if (step > 0) {
    start = std::clamp<int64_t>(start, 0, size);
    end = std::clamp<int64_t>(end, 0, size);
  } else {
    // From before the first element on, the first is taken.
    start = size ? std::clamp<int64_t>(start, 0, size - 1) : -1;
    end = std::clamp<int64_t>(end, -1, size - 1);
  }
  int64_t distance = step > 0 ? end - start : start - end;
  // The least integer has no opposite.
  uint64_t stride = step > 0 ? uint64_t(step) : -uint64_t(step);
  int64_t count =
      distance > 0 ? int64_t((uint64_t(distance) - 1) / stride) + 1 : 0;
  return makeSlice(node, input, axis, start, count, step);
}

static LogicalResult slice(Node &node, SliceLists lists) {
  auto input = node.movable(0);
  if (failed(input))
    return failure();
  size_t count = lists.starts.size();
  if (lists.axes.empty())
    for (size_t k = 0; k < count; ++k)
      lists.axes.push_back(int64_t(k));
  if (lists.steps.empty())
    lists.steps.assign(count, 1);
  if (lists.ends.size() != count || lists.axes.size() != count ||
      lists.steps.size() != count)
    return node.error() << count << " starts, " << lists.ends.size()
                        << " ends, " << lists.axes.size() << " axes and "
                        << lists.steps.size() << " steps";
  SmallVector<bool> seen(shapeOf(*input).size(), false);
  Value result = *input;
  for (size_t k = 0; k < count; ++k) {
    auto axis = node.axis(lists.axes[k], int64_t(seen.size()));
    if (failed(axis))
      return failure();
    if (seen[*axis])
      return node.error() << "axis " << *axis << " is given twice";
    if (lists.steps[k] == 0)
      return node.error() << "the step of axis " << *axis << " is 0";
    seen[*axis] = true;
    result = sliceAxis(node, result, *axis, lists.starts[k], lists.ends[k],
                       lists.steps[k]);
  }
  return node.define(result);
}

static LogicalResult importSlice1(Node &node) {
  SliceLists lists;
  for (auto [name, list] :
       {std::pair{"starts", &lists.starts}, std::pair{"ends", &lists.ends},
        std::pair{"axes", &lists.axes}}) {
    auto given = node.integerList(name, {}, 0, INT64_MIN, INT64_MAX);
    if (failed(given))
      return failure();
    *list = *given;
  }
  return slice(node, lists);
}

static LogicalResult importSlice10(Node &node) {
  SliceLists lists;
  SmallVector<int64_t> *all[] = {&lists.starts, &lists.ends, &lists.axes,
                                 &lists.steps};
  const char *roles[] = {"starts", "ends", "axes", "steps"};
  for (int k = 0; k < 4; ++k) {
    if (k >= 2 && !node.has(k + 1))
      continue;
    auto given = node.integers(k + 1, roles[k]);
    if (failed(given))
      return failure();
    all[k]->assign(given->begin(), given->end());
  }
  return slice(node, lists);
}

static LogicalResult split(Node &node, Value input, int64_t axis,
                           ArrayRef<int64_t> sizes) {
  int64_t start = 0;
  SmallVector<Value> parts;
  for (int64_t size : sizes) {
    if (size < 0 || size > shapeOf(input)[axis] - start)
      return node.error() << "a part of " << size << " from element " << start
                          << " on leaves axis " << axis << " of "
                          << shapeOf(input)[axis];
    parts.push_back(makeSlice(node, input, axis, start, size));
    start += size;
  }
  if (start != shapeOf(input)[axis])
    return node.error() << "the parts have " << start << " elements, axis "
                        << axis << " " << shapeOf(input)[axis];
  return node.define(parts);
}

/// Sizes from the attribute (before opset 13) or operand 1; else equal parts,
/// of which the last may be smaller from opset 18 on.
static LogicalResult importSplit(Node &node) {
  auto input = node.movable(0);
  auto given = node.integer("axis", 0, -8, 7);
  auto sizes = node.integerList("split", {}, 0, 0, maxElements);
  auto count = node.integer("num_outputs", node.results(), 1, maxElements);
  if (failed(input) || failed(given) || failed(sizes) || failed(count))
    return failure();
  auto axis = node.axis(*given, int64_t(shapeOf(*input).size()));
  if (failed(axis))
    return failure();
  if (node.has(1)) {
    auto operand = node.integers(1, "sizes of the parts");
    if (failed(operand))
      return failure();
    sizes->assign(operand->begin(), operand->end());
  } else if (!node.attribute("split")) {
    int64_t size = shapeOf(*input)[*axis], rest = size;
    if (*count < node.results())
      return node.error() << "has " << node.results() << " results, but "
                          << *count << " parts";
    if (size % *count && !node.attribute("num_outputs"))
      return node.error() << "axis " << *axis << " of " << size << " has no "
                          << *count << " equal parts";
    int64_t part = int64_t(llvm::divideCeil(uint64_t(size), uint64_t(*count)));
    for (int64_t k = 0; k < node.results(); ++k) {
      bool isLast = k + 1 == *count;
      sizes->push_back(isLast ? rest : std::min(part, rest));
      rest -= sizes->back();
    }
    if (*count > node.results())
      sizes->push_back(rest);
  }
  return split(node, *input, *axis, *sizes);
}

llvm::ArrayRef<HandlerEntry> rowlock::sliceHandlers() {
  static const HandlerEntry entries[] = {
      {"Slice", 1, importSlice1, "`nn.slice`", "host"},
      {"Slice", 10, importSlice10, "`nn.slice`", "host"},
      {"Split", 1, importSplit, "`nn.slice`", "host"}};
  return entries;
}
