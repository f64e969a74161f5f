//===- Node.h - One ONNX node while it is imported --------------*- C++ -*-===//
//
// What handlers work with: operands by position, attributes by name, and
// results. A tensor that is known at compile time is kept as data until a layer
// asks for a value. Every failure emits one error that names the node.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_FRONTEND_ONNX_NODE_H
#define ROWLOCK_LIB_FRONTEND_ONNX_NODE_H

#include "Proto.h"
#include "rowlock/Dialect/NN/IR/ConstantData.h"
#include "rowlock/Dialect/NN/IR/NN.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace rowlock {

/// A tensor of the graph: computed (`value`), or known (`data`), or both once a
/// known tensor was needed as a value.
struct GraphTensor {
  mlir::Value value;
  std::shared_ptr<const TensorData> data;
};

/// What all nodes of a graph share.
struct GraphState {
  explicit GraphState(mlir::OpBuilder builder) : builder(builder) {}

  mlir::OpBuilder builder;
  std::string path;   // as given
  std::string folder; // of the model, for external data
  int64_t opset = 0;
  int64_t oldBatch = 1, batch = 1;
  /// Tensors of half types count as f32.
  bool halfAsFloat = true;
  /// Weights of models without any (ConstantOfShape) are drawn from this seed.
  std::optional<uint64_t> randomWeights;
  llvm::StringSet<> positiveWeights; // factors and variances among them
  llvm::StringMap<GraphTensor> tensors;
  /// Inputs whose values a node needed and that are not known, if asked for.
  std::vector<std::string> *unknownInputs = nullptr;
  llvm::StringMap<bool> laterOutputs; // names that nodes further on define
  /// Static shapes that the model declares.
  llvm::StringMap<std::vector<int64_t>> declaredShapes;

  /// decodeTensor, with half types widened if they count as f32.
  Result<TensorData> decode(const onnx::TensorProto &proto) const;
  /// The location of a tensor that `node` ("node 'x' (Op)", may be empty)
  /// makes.
  mlir::Location location(llvm::StringRef tensor, llvm::StringRef node);
};

class Node {
public:
  Node(GraphState &graph, const onnx::NodeProto &proto);

  /// An error at the node; only the first is emitted.
  mlir::InFlightDiagnostic error();
  /// "node 'x' (Op)".
  const std::string &name() const { return label; }
  mlir::OpBuilder &builder() { return graph.builder; }
  mlir::Location loc() const { return location; }
  GraphState &state() { return graph; }

  int operands() const { return proto.input_size(); }
  int results() const { return proto.output_size(); }
  /// Is there an operand at this position (not left out, not "")?
  bool has(int position) const;
  /// The operand as a value of its type; known tensors become nn.constant.
  /// Quantised ones are integers as ONNX sees them, without scale.
  mlir::FailureOr<mlir::Value> value(int position);
  /// The same, with the scales of quantised ones.
  mlir::FailureOr<mlir::Value> bound(int position);
  /// The same, with the scale of quantised ones that have one alone: for what
  /// moves elements, out of the channels that scales may belong to.
  mlir::FailureOr<mlir::Value> movable(int position);
  /// The operand in f32, to which other float types are widened (an error for
  /// integers); the results of the node then have the operand's type again.
  mlir::FailureOr<mlir::Value> real(int position);
  /// The same, of the rank.
  mlir::FailureOr<mlir::Value> real(int position, int64_t rank);
  /// The shape of the operand, known or computed.
  mlir::FailureOr<llvm::SmallVector<int64_t>> shape(int position);
  /// The shape that the model declares for a result, if it is static.
  std::optional<llvm::ArrayRef<int64_t>> declaredShape(int result) const;
  /// Is the operand a known tensor of integers with a scale (as a value)?
  bool isQuantized(int position);
  /// The known operand, or null without an error; null for one that is
  /// quantised.
  std::shared_ptr<const TensorData> known(int position);
  /// The known operand, or an error that calls it `role`; the real values of
  /// one that is quantised.
  mlir::FailureOr<std::shared_ptr<const TensorData>>
  constant(int position, llvm::StringRef role);
  /// Known integers of rank 0 or 1.
  mlir::FailureOr<std::vector<int64_t>> integers(int position,
                                                 llvm::StringRef role);

  /// Attributes, with the value for when there is none. A wrong type or a value
  /// outside of [low, high] is an error.
  const onnx::AttributeProto *attribute(llvm::StringRef name) const;
  mlir::FailureOr<int64_t> integer(llvm::StringRef name, int64_t otherwise,
                                   int64_t low, int64_t high);
  mlir::FailureOr<float> number(llvm::StringRef name, float otherwise);
  mlir::FailureOr<std::string> string(llvm::StringRef name,
                                      llvm::StringRef otherwise);
  /// `count` entries, or any number if `count` is 0.
  mlir::FailureOr<llvm::SmallVector<int64_t>>
  integerList(llvm::StringRef name, llvm::ArrayRef<int64_t> otherwise,
              size_t count, int64_t low, int64_t high);
  /// `axis` counted from the end if negative.
  mlir::FailureOr<int64_t> axis(int64_t axis, int64_t rank);

  /// An f32 type; an error if a size is below 1 or it has too many elements.
  mlir::FailureOr<mlir::RankedTensorType> type(llvm::ArrayRef<int64_t> shape);
  /// A type of any elements; sizes may be 0.
  mlir::FailureOr<mlir::RankedTensorType> type(llvm::ArrayRef<int64_t> shape,
                                               mlir::Type element);
  /// Results in order, from the first on: null for one that is not wanted
  /// (`wants`), an error for a wanted one beyond them. The operations that the
  /// node made are verified, and those on constants computed.
  mlir::LogicalResult define(llvm::ArrayRef<mlir::Value> values);
  mlir::LogicalResult define(mlir::Value value) {
    return define(llvm::ArrayRef<mlir::Value>(value));
  }
  mlir::LogicalResult define(TensorData data);
  bool wants(int result) const;
  /// The one result is another name for an operand.
  mlir::LogicalResult alias(int position);
  /// Values for a tensor of weights that the node makes (RandomWeights.cpp).
  std::vector<float> randomWeights(llvm::ArrayRef<int64_t> shape);
  /// An nn.constant of f32 or i64 elements.
  mlir::Value constantOf(llvm::ArrayRef<int64_t> shape,
                         llvm::ArrayRef<float> values);
  mlir::Value constantOf(llvm::ArrayRef<int64_t> shape,
                         llvm::ArrayRef<int64_t> values);
  /// Quantised values count as their integers; `saturate` is for 8-bit floats
  /// alone.
  mlir::Value cast(mlir::Value value, mlir::Type element, bool saturate = true);
  /// The value in another shape of as many elements (no error possible).
  mlir::Value reshape(mlir::Value value, llvm::ArrayRef<int64_t> shape);

private:
  mlir::LogicalResult bind(int result, GraphTensor tensor);
  GraphTensor *find(int position);
  /// Verifies what the node made and replaces what is constant in `values`.
  mlir::LogicalResult finish(llvm::MutableArrayRef<mlir::Value> values);
  void noteUnknownInputs(mlir::Value value);

  GraphState &graph;
  const onnx::NodeProto &proto;
  std::string label;
  bool reported = false;
  mlir::Location location;
  mlir::Operation *before; // the last operation that other nodes made
  mlir::Type narrow;       // of the float operands that `real` widened
};

inline llvm::ArrayRef<int64_t> shapeOf(mlir::Value value) {
  return llvm::cast<mlir::RankedTensorType>(value.getType()).getShape();
}

inline mlir::Type elementOf(mlir::Value value) {
  return llvm::cast<mlir::RankedTensorType>(value.getType()).getElementType();
}

/// Names of weights that must stay positive: factors and variances of
/// normalisations, and factors of products, also behind Unsqueeze and the like.
llvm::StringSet<> findPositiveWeights(const onnx::GraphProto &graph);

/// Builds the layers of one node.
using Handler = mlir::LogicalResult (*)(Node &);

/// A handler for an operator from an opset version on.
struct HandlerEntry {
  const char *op;
  int64_t since;
  Handler build;
  // For docs/generated/operators.md: what it becomes, and what runs it.
  const char *layers, *runs;
  const char *domain = ""; // ai.onnx
};

llvm::ArrayRef<HandlerEntry> convHandlers();
llvm::ArrayRef<HandlerEntry> convTransposeHandlers();
llvm::ArrayRef<HandlerEntry> productHandlers();
llvm::ArrayRef<HandlerEntry> poolHandlers();
llvm::ArrayRef<HandlerEntry> elementwiseHandlers();
llvm::ArrayRef<HandlerEntry> unaryHandlers();
llvm::ArrayRef<HandlerEntry> binaryHandlers();
llvm::ArrayRef<HandlerEntry> reduceHandlers();
llvm::ArrayRef<HandlerEntry> statisticsHandlers();
llvm::ArrayRef<HandlerEntry> castHandlers();
llvm::ArrayRef<HandlerEntry> normalizationHandlers();
llvm::ArrayRef<HandlerEntry> layoutHandlers();
llvm::ArrayRef<HandlerEntry> constantHandlers();
llvm::ArrayRef<HandlerEntry> shapeHandlers();
llvm::ArrayRef<HandlerEntry> quantHandlers();
llvm::ArrayRef<HandlerEntry> integerHandlers();
llvm::ArrayRef<HandlerEntry> quantLayerHandlers();
llvm::ArrayRef<HandlerEntry> sizeHandlers();
llvm::ArrayRef<HandlerEntry> sliceHandlers();
llvm::ArrayRef<HandlerEntry> repeatHandlers();
llvm::ArrayRef<HandlerEntry> padHandlers();
llvm::ArrayRef<HandlerEntry> gatherHandlers();
llvm::ArrayRef<HandlerEntry> scatterHandlers();
llvm::ArrayRef<HandlerEntry> resizeHandlers();
llvm::ArrayRef<HandlerEntry> blockHandlers();
llvm::ArrayRef<HandlerEntry> selectionHandlers();

} // namespace rowlock

#endif // ROWLOCK_LIB_FRONTEND_ONNX_NODE_H
