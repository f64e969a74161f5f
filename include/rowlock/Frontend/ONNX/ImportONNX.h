//===- ImportONNX.h - ONNX models to the nn dialect -------------*- C++ -*-===//
//
// Reads a model and builds a module with one function, @main, whose arguments
// and results are the graph's data inputs and outputs:
//
//   LineDiagnostics lines(&context, llvm::errs());
//   auto module = importONNX("mnist-8.onnx", &context, {/*batch=*/8});
//   if (!module)
//     return 1; // one line was printed: file, node and reason
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_FRONTEND_ONNX_IMPORTONNX_H
#define ROWLOCK_FRONTEND_ONNX_IMPORTONNX_H

#include "rowlock/Frontend/ONNX/TensorFile.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace rowlock {

enum class NodeFate {
  Built,     // layers
  Known,     // computed while importing
  NoHandler, // the operator, its opset or its domain is not known
  NotBuilt,  // an attribute or operand is not supported
  NotJudged  // behind a node whose results have no known shape
};

/// What came of one node of a model.
struct NodeRecord {
  std::string node; // "node 'conv1' (Conv)"
  std::string op;
  NodeFate fate;
  std::string problem; // empty for Built and Known
};

struct ImportOptions {
  /// The first dimension of data inputs where the model leaves it open, and, if
  /// above 1, also where the model fixes it.
  int64_t batch = 1;
  /// Sizes of dimensions that the model leaves open, by the name that the model
  /// gives them or as "input[2]". One that no input has is an error.
  std::map<std::string, int64_t> dims;
  /// Seed of the weights that replace those of ConstantOfShape nodes: for
  /// published topologies, whose weights are constants.
  std::optional<uint64_t> randomWeights;
  /// Where to note every node, in order. Nodes that cannot be built are then no
  /// error: an operation of an unregistered dialect, "onnx.Op", stands for such
  /// a node, with results if the model states their types. The module is to be
  /// looked at, not compiled.
  std::vector<NodeRecord> *records = nullptr;
  /// Tensors of float16 and bfloat16, inputs and outputs among them, are f32:
  /// the array and the host compute with no fewer digits.
  bool halfAsFloat = true;
  /// Values of inputs, by name, that are known: they are no arguments of @main.
  std::vector<TensorData> inputValues;
  /// If given, receives the names of the inputs on whose values the import
  /// failed because a node needs them to be known (shapes, axes, scales).
  std::vector<std::string> *unknownInputs = nullptr;
};

/// The model as nn layers. Arguments and results of @main carry the ONNX name
/// as `nn.name`. The first NameLoc in the location of a value is the name of
/// its ONNX tensor; inside it stand "node 'name' (Op)" and the file.
///
/// Whatever the file holds, the result is null and exactly one error is emitted
/// when it cannot be imported.
mlir::OwningOpRef<mlir::ModuleOp> importONNX(llvm::StringRef path,
                                             mlir::MLIRContext *context,
                                             const ImportOptions &options = {});

/// The bytes of a model file.
struct ModelBytes {
  llvm::StringRef bytes;
  std::string name;   // stands for the path in errors
  std::string folder; // of external data; empty: the working directory
};

/// The same for a model in memory.
mlir::OwningOpRef<mlir::ModuleOp> importONNX(const ModelBytes &model,
                                             mlir::MLIRContext *context,
                                             const ImportOptions &options = {});

/// The page of supported operators, docs/generated/operators.md.
std::string operatorDocs();

} // namespace rowlock

#endif // ROWLOCK_FRONTEND_ONNX_IMPORTONNX_H
