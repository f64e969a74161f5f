//===- Functions.h - Functions that a model defines -------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_FRONTEND_ONNX_FUNCTIONS_H
#define ROWLOCK_LIB_FRONTEND_ONNX_FUNCTIONS_H

#include "Proto.h"

namespace rowlock {

/// Replaces every node that calls a function of the model by the nodes of the
/// function, which may call others; a function comes before an operator of the
/// same name. Nodes and tensors within get names that begin with the call's,
/// "call/name". The error, of functions that are given twice, call themselves,
/// or are of another opset than the model, is the reason alone.
Status inlineFunctions(onnx::ModelProto &model);

} // namespace rowlock

#endif // ROWLOCK_LIB_FRONTEND_ONNX_FUNCTIONS_H
