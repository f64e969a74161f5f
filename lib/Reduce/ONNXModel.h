//===- ONNXModel.h - Models to take apart -----------------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_REDUCE_ONNXMODEL_H
#define ROWLOCK_LIB_REDUCE_ONNXMODEL_H

#include "rowlock/Input/Array.h"
#include "rowlock/Reduce/Child.h"
#include "rowlock/Support/Result.h"

#include <onnx/onnx_pb.h>

#include <functional>
#include <map>
#include <optional>
#include <set>

namespace rowlock {

/// Types of tensors by name.
using TensorTypes = std::map<std::string, onnx::TypeProto>;
/// What tensors hold, by name; null if it is not known.
using TensorValues = std::function<const Array *(const std::string &)>;

/// Reads a model; external data and all initializers' elements come into
/// `raw_data`. The error is the reason alone.
Result<onnx::ModelProto> readModel(const std::string &path);

/// Moves the elements of a tensor of a known type to `raw_data`.
void makeRaw(onnx::TensorProto &tensor);
/// Bytes of one element; 0 for types whose elements cannot be cut.
size_t elementSize(int type);
/// The first elements along every dimension, of `raw_data`.
void takeFirst(onnx::TensorProto &tensor, const std::vector<int64_t> &shape);

/// The sizes of a tensor type; -1 where one is not known. Nothing if the rank
/// is not known.
std::optional<std::vector<int64_t>> shapeOf(const onnx::TypeProto &type);
onnx::TypeProto floatType(const std::vector<int64_t> &shape);

/// Names that the graph declares as inputs and does not initialise.
std::vector<std::string> dataInputs(const onnx::GraphProto &graph);
/// The types that a model states itself.
void collectTypes(const onnx::GraphProto &graph, TensorTypes &types);

/// What becomes of operands whose nodes are left out.
enum class Missing {
  Inputs,    // inputs
  Constants, // initializers, but for one f32 input
};

/// The model of some nodes. Nothing if no node is left, an input's type is not
/// known, or no constant can be made. Initializers and inputs without use are
/// gone.
std::optional<onnx::ModelProto> keepNodes(const onnx::ModelProto &model,
                                          const std::vector<size_t> &kept,
                                          Missing missing,
                                          const TensorTypes &types,
                                          const TensorValues &values);

/// The model without `dropped` nodes: what used their result uses an operand of
/// the same type. Nodes without such an operand stay.
onnx::ModelProto bypassNodes(const onnx::ModelProto &model,
                             const std::vector<size_t> &dropped,
                             const TensorTypes &types);

/// Sizes above 1 in inputs and initializers, the largest first.
std::set<int64_t, std::greater<int64_t>>
findSizes(const onnx::ModelProto &model);
/// Makes every dimension of size `from` one of size `to`, below it, in inputs
/// and initializers, and integers that state it. Outputs lose their shapes.
onnx::ModelProto shrinkSize(const onnx::ModelProto &model, int64_t from,
                            int64_t to);

/// Attributes that nodes may do without, as (node, attribute).
std::vector<std::pair<int, int>>
optionalAttributes(const onnx::ModelProto &model);

/// Results of operators that ONNX does not know.
std::set<std::string> foreignResults(const onnx::ModelProto &model);

/// Runs ONNX's checker and shape inference in a child, which may crash; files
/// go to `folder`. Nothing if one of them refuses the model; else the model
/// with the types of all tensors that are known, without initializers. Foreign
/// results have the type of the first operand, unless they are outputs.
std::optional<onnx::ModelProto> checkModel(const onnx::ModelProto &model,
                                           const std::string &folder,
                                           const ChildLimits &limits);

} // namespace rowlock

#endif // ROWLOCK_LIB_REDUCE_ONNXMODEL_H
