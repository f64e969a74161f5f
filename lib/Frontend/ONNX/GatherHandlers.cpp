//===- GatherHandlers.cpp - Gather, GatherElements, GatherND --------------===//
#include "Elements.h"
#include "Movement.h"

using namespace mlir;
using namespace rowlock;

static LogicalResult importGather(Node &node) {
  auto input = node.movable(0), indices = node.value(1);
  auto given = node.integer("axis", 0, -8, 7);
  if (failed(input) || failed(indices) || failed(given))
    return failure();
  auto axis = node.axis(*given, int64_t(shapeOf(*input).size()));
  if (failed(axis))
    return failure();
  auto result = makeGather(node, *input, *indices, *axis);
  return failed(result) ? failure() : node.define(*result);
}

static LogicalResult importGatherElements(Node &node) {
  auto input = node.movable(0), indices = node.value(1);
  auto given = node.integer("axis", 0, -8, 7);
  if (failed(input) || failed(indices) || failed(given))
    return failure();
  auto axis = node.axis(*given, int64_t(shapeOf(*input).size()));
  if (failed(axis))
    return failure();
  auto type = node.type(shapeOf(*indices), elementOf(*input));
  if (failed(type))
    return failure();
  return node.define(nn::GatherElementsOp::create(
      node.builder(), node.loc(), *type, *input, *indices,
      node.builder().getI64IntegerAttr(*axis)));
}

static int64_t product(ArrayRef<int64_t> sizes) {
  int64_t count = 1;
  for (int64_t size : sizes)
    count *= size;
  return count;
}

/// Index vectors over dimensions `sizes` of each batch become indices into
/// those dimensions flattened, batches included.
static Value flatIndices(Node &node, Value vectors, ArrayRef<int64_t> batches,
                         ArrayRef<int64_t> sizes) {
  ArrayRef<int64_t> shape = shapeOf(vectors);
  int64_t depth = int64_t(sizes.size());
  SmallVector<int64_t> strides(sizes.size(), 1);
  for (size_t d = sizes.size(); d-- > 1;)
    strides[d - 1] = strides[d] * sizes[d];
  // The modulus makes indices from the end positive.
  Value terms =
      makeBinary(node, BinaryFunction::Mul,
                 makeBinary(node, BinaryFunction::Mod, vectors,
                            node.constantOf({depth}, sizes)),
                 node.constantOf({depth}, ArrayRef<int64_t>(strides)));
  SmallVector<int64_t> single(shape.drop_back());
  single.push_back(1);
  OpBuilder &b = node.builder();
  Value sum = nn::ReduceOp::create(
      b, node.loc(), RankedTensorType::get(single, b.getI64Type()), terms,
      b.getStringAttr("sum"),
      b.getDenseI64ArrayAttr({int64_t(shape.size()) - 1}), UnitAttr());
  if (batches.empty())
    return sum;
  SmallVector<int64_t> offsets, beside(batches);
  for (int64_t k = 0; k < product(batches); ++k)
    offsets.push_back(k * product(sizes));
  beside.resize(single.size(), 1);
  return makeBinary(node, BinaryFunction::Add, sum,
                    node.constantOf(beside, ArrayRef<int64_t>(offsets)));
}

static LogicalResult importGatherND(Node &node) {
  auto input = node.movable(0), vectors = node.value(1);
  auto given = node.integer("batch_dims", 0, 0, 7);
  if (failed(input) || failed(vectors) || failed(given))
    return failure();
  ArrayRef<int64_t> in = shapeOf(*input), shape = shapeOf(*vectors);
  size_t batch = size_t(*given);
  size_t depth = shape.empty() ? 0 : size_t(shape.back());
  if (depth < 1 || batch + depth > in.size() || batch >= shape.size() ||
      in.take_front(batch) != shape.take_front(batch) ||
      !elementOf(*vectors).isSignlessInteger(64))
    return node.error() << "indices of shape [" << shape
                        << "] do not fit an operand of [" << in
                        << "] with batch_dims " << batch;
  ArrayRef<int64_t> sizes = in.slice(batch, depth);
  SmallVector<int64_t> flat = {product(in.take_front(batch + depth))};
  llvm::append_range(flat, in.drop_front(batch + depth));
  Value indices =
      batch == 0 && depth == 1
          ? *vectors
          : flatIndices(node, *vectors, in.take_front(batch), sizes);
  auto result = makeGather(node, node.reshape(*input, flat),
                           node.reshape(indices, shape.drop_back()), 0);
  return failed(result) ? failure() : node.define(*result);
}

llvm::ArrayRef<HandlerEntry> rowlock::gatherHandlers() {
  static const HandlerEntry entries[] = {
      {"Gather", 1, importGather, "`nn.gather`", "host"},
      {"GatherElements", 11, importGatherElements, "`nn.gather_elements`",
       "host"},
      {"GatherND", 11, importGatherND,
       "`nn.gather` with indices into flattened dimensions", "host"}};
  return entries;
}
