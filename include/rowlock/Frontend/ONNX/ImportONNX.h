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

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include <optional>
#include <string>

namespace rowlock {

struct ImportOptions {
  /// The first dimension of data inputs where the model leaves it open, and, if
  /// above 1, also where the model fixes it.
  int64_t batch = 1;
  /// Seed of the weights that replace those of ConstantOfShape nodes: for
  /// published topologies, whose weights are constants.
  std::optional<uint64_t> randomWeights;
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
