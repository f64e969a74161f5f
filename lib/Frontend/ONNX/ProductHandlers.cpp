//===- ProductHandlers.cpp - MatMul, Gemm ---------------------------------===//
#include "Layers.h"
#include "Windows.h"

#include "rowlock/Dialect/NN/IR/Shapes.h"

#include <numeric>

using namespace mlir;
using namespace rowlock;

/// The shape of a product of matrices of these shapes, of rank 2 at least; an
/// error if there is none.
static FailureOr<SmallVector<int64_t>>
productShape(Node &node, ArrayRef<int64_t> lhs, ArrayRef<int64_t> rhs) {
  auto shape = nn::broadcastShapes(lhs.drop_back(2), rhs.drop_back(2));
  if (!shape || lhs.back() != rhs.drop_back().back())
    return node.error() << "shapes [" << lhs << "] and [" << rhs
                        << "] have no matrix product";
  shape->push_back(lhs.drop_back().back());
  shape->push_back(rhs.back());
  return *shape;
}

/// Integers: elementwise products, summed.
static FailureOr<Value> multiplyIntegers(Node &node, Value lhs, Value rhs,
                                         ArrayRef<int64_t> shape) {
  SmallVector<int64_t> left(shapeOf(lhs)), right(shapeOf(rhs));
  int64_t depth = left.back();
  left.push_back(1);
  right.insert(right.end() - 2, 1);
  SmallVector<int64_t> wide(shape);
  wide.insert(wide.end() - 1, depth);
  Type element = elementOf(lhs);
  auto products = node.type(wide, element);
  if (failed(products))
    return failure();
  OpBuilder &b = node.builder();
  Value product =
      nn::BinaryOp::create(b, node.loc(), *products, node.reshape(lhs, left),
                           node.reshape(rhs, right), b.getStringAttr("mul"));
  int64_t axis = int64_t(wide.size()) - 2;
  wide[axis] = 1;
  Value sum = nn::ReduceOp::create(
      b, node.loc(), RankedTensorType::get(wide, element), product,
      b.getStringAttr("sum"), b.getDenseI64ArrayAttr({axis}), UnitAttr());
  return node.reshape(sum, shape);
}

/// Of operands of rank 2 at least.
static FailureOr<Value> multiply(Node &node, Value lhs, Value rhs) {
  auto shape = productShape(node, shapeOf(lhs), shapeOf(rhs));
  if (failed(shape))
    return failure();
  if (llvm::isa<IntegerType>(elementOf(lhs)))
    return multiplyIntegers(node, lhs, rhs, *shape);
  auto type = node.type(*shape);
  if (failed(type))
    return failure();
  auto create = [&](RankedTensorType type, Value lhs) {
    return nn::MatMulOp::create(node.builder(), node.loc(), type, lhs, rhs);
  };
  if (shapeOf(rhs).size() > 2 || shapeOf(lhs).size() == 2)
    return Value(create(*type, lhs));
  // Rows of all matrices, by one: perhaps a fully connected layer.
  int64_t rows = type->getNumElements() / shape->back();
  Value product = create(type->clone({rows, shape->back()}),
                         node.reshape(lhs, {rows, shapeOf(lhs).back()}));
  return node.reshape(product, *shape);
}

FailureOr<Value> rowlock::makeMatMul(Node &node, Value lhs, Value rhs) {
  SmallVector<int64_t> left(shapeOf(lhs)), right(shapeOf(rhs));
  if (left.empty() || right.empty())
    return node.error() << "an operand has rank 0";
  bool row = left.size() == 1, column = right.size() == 1;
  if (row)
    left.insert(left.begin(), 1);
  if (column)
    right.push_back(1);
  auto product =
      multiply(node, node.reshape(lhs, left), node.reshape(rhs, right));
  if (failed(product) || (!row && !column))
    return product;
  SmallVector<int64_t> shape(shapeOf(*product));
  if (row)
    shape.erase(shape.end() - 2);
  if (column)
    shape.pop_back();
  return node.reshape(*product, shape);
}

/// Integers as they are, floats as f32.
static FailureOr<Value> readNumber(Node &node, int position) {
  auto value = node.value(position);
  if (succeeded(value) && llvm::isa<IntegerType>(elementOf(*value)))
    return value;
  return node.real(position);
}

static LogicalResult importMatMul(Node &node) {
  auto lhs = readNumber(node, 0), rhs = readNumber(node, 1);
  if (failed(lhs) || failed(rhs))
    return failure();
  if (elementOf(*lhs) != elementOf(*rhs))
    return node.error() << "the operands have elements of types "
                        << elementOf(*lhs) << " and " << elementOf(*rhs);
  auto product = makeMatMul(node, *lhs, *rhs);
  return failed(product) ? failure() : node.define(*product);
}

/// The operand times a factor, in f32; a quantised one stays so if it can.
static FailureOr<Value> readScaled(Node &node, int position, float factor) {
  auto value = node.real(position);
  if (failed(value) || factor == 1)
    return value;
  if (node.isQuantized(position)) {
    auto data = node.constant(position, "operand");
    if (failed(data))
      return failure();
    value = node.constantOf((*data)->shape, (*data)->floats());
  }
  return makeProduct(node, *value,
                     node.constantOf(ArrayRef<int64_t>(), ArrayRef(factor)));
}

/// What broadcasts to a row of `columns`, as rank 1; null for other shapes.
static Value asBias(Node &node, Value value, int64_t columns) {
  ArrayRef<int64_t> shape = shapeOf(value);
  int64_t count = std::accumulate(shape.begin(), shape.end(), int64_t(1),
                                  std::multiplies<int64_t>());
  if (count == columns && (shape.empty() || shape.back() == columns))
    return node.reshape(value, {columns});
  if (count != 1)
    return {};
  auto type = RankedTensorType::get({columns}, elementOf(value));
  return nn::BroadcastOp::create(node.builder(), node.loc(), type,
                                 node.reshape(value, {1}));
}

namespace {

/// Operands of Gemm, the first with rows, the second with columns in its lines.
struct GemmOperands {
  Value rows, filter;
};

} // namespace

static FailureOr<GemmOperands> orientOperands(Node &node, Value lhs,
                                              Value rhs) {
  auto transA = node.integer("transA", 0, 0, 1);
  auto transB = node.integer("transB", 0, 0, 1);
  if (failed(transA) || failed(transB))
    return failure();
  if (shapeOf(lhs).size() != 2 || shapeOf(rhs).size() != 2)
    return node.error() << "operands have ranks " << shapeOf(lhs).size()
                        << " and " << shapeOf(rhs).size() << ", expected 2";
  return GemmOperands{*transA ? makeTranspose(node, lhs, {1, 0}) : lhs,
                      *transB ? rhs : makeTranspose(node, rhs, {1, 0})};
}

FailureOr<Value> rowlock::makeGemm(Node &node, Value lhs, Value rhs,
                                   Value more) {
  auto operands = orientOperands(node, lhs, rhs);
  if (failed(operands))
    return failure();
  int64_t columns = shapeOf(operands->filter)[0];
  auto type = node.type({shapeOf(operands->rows)[0], columns});
  if (failed(type))
    return failure();
  Value bias = more ? asBias(node, more, columns) : Value();
  Value layer = nn::FullyConnectedOp::create(
      node.builder(), node.loc(), *type, operands->rows, operands->filter, bias,
      nn::ClipAttr(), nn::RescaleAttr(), IntegerAttr());
  return more && !bias ? makeSum(node, layer, more) : FailureOr<Value>(layer);
}

static LogicalResult defineIntegerGemm(Node &node, Value lhs, Value rhs,
                                       bool factors) {
  if (factors)
    return node.error() << "alpha or beta of a product of integers is not 1";
  auto operands = orientOperands(node, lhs, rhs);
  if (failed(operands))
    return failure();
  auto product = multiply(node, operands->rows,
                          makeTranspose(node, operands->filter, {1, 0}));
  if (failed(product) || !node.has(2))
    return failed(product) ? failure() : node.define(*product);
  auto more = node.value(2);
  if (failed(more))
    return failure();
  OpBuilder &b = node.builder();
  return node.define(nn::BinaryOp::create(b, node.loc(), (*product).getType(),
                                          *product, *more,
                                          b.getStringAttr("add")));
}

static LogicalResult importGemm(Node &node) {
  auto lhs = readNumber(node, 0), rhs = readNumber(node, 1);
  auto alpha = node.number("alpha", 1), beta = node.number("beta", 1);
  if (failed(lhs) || failed(rhs) || failed(alpha) || failed(beta))
    return failure();
  if (llvm::isa<IntegerType>(elementOf(*lhs)))
    return defineIntegerGemm(node, *lhs, *rhs, *alpha != 1 || *beta != 1);
  auto matrix = readScaled(node, 1, *alpha);
  FailureOr<Value> more = Value();
  if (node.has(2) && *beta != 0)
    more = readScaled(node, 2, *beta);
  if (failed(matrix) || failed(more))
    return failure();
  auto sum = makeGemm(node, *lhs, *matrix, *more);
  return failed(sum) ? failure() : node.define(*sum);
}

llvm::ArrayRef<HandlerEntry> rowlock::productHandlers() {
  static const HandlerEntry entries[] = {
      {"MatMul", 1, importMatMul,
       "`nn.matmul`, by a constant `nn.fully_connected`",
       "array, if by a constant"},
      {"Gemm", 1, importGemm, "`nn.fully_connected`",
       "array, if by a constant"}};
  return entries;
}
