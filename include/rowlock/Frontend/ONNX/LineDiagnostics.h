//===- LineDiagnostics.h - Diagnostics as lines -----------------*- C++ -*-===//
//
// Diagnostics about imported models name the file and the ONNX node:
//
//   mnist-8.onnx: node 'Conv_3' (Conv): group 3 does not divide 8 channels
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_FRONTEND_ONNX_LINEDIAGNOSTICS_H
#define ROWLOCK_FRONTEND_ONNX_LINEDIAGNOSTICS_H

#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/raw_ostream.h"

#include <string>

namespace rowlock {

/// "file: node 'name' (Op)" with what the location knows of it; "file:line:
/// column" for places in text; empty for an unknown location.
std::string describeLocation(mlir::Location location);

/// The diagnostic without its notes, in one line without the newline:
/// location, then "warning: " or "remark: " unless it is an error, then text.
std::string formatLine(mlir::Diagnostic &diagnostic);

/// While alive, writes every diagnostic of the context as one line to a stream.
class LineDiagnostics : public mlir::ScopedDiagnosticHandler {
public:
  LineDiagnostics(mlir::MLIRContext *context, llvm::raw_ostream &stream);
};

} // namespace rowlock

#endif // ROWLOCK_FRONTEND_ONNX_LINEDIAGNOSTICS_H
