//===- NodeRecorder.h - Import that goes on after errors --------*- C++ -*-===//
#ifndef ROWLOCK_LIB_FRONTEND_ONNX_NODERECORDER_H
#define ROWLOCK_LIB_FRONTEND_ONNX_NODERECORDER_H

#include "Node.h"
#include "rowlock/Frontend/ONNX/ImportONNX.h"

#include <map>

namespace rowlock {

/// Builds nodes one by one and notes what came of each (`NodeRecord`).
class NodeRecorder {
public:
  NodeRecorder(GraphState &graph, const onnx::GraphProto &proto,
               std::vector<NodeRecord> *records);
  /// With the node's handler, or the reason why it has none.
  void build(const onnx::NodeProto &proto,
             const Result<const HandlerEntry *> &handler);

private:
  /// False, with the reason and nothing left of the node, if it failed.
  bool tryHandler(const onnx::NodeProto &proto, Handler handler,
                  std::string &problem);
  /// Puts an operation that stands for the node; false if it has no results
  /// because the model does not state their types.
  bool placeStandIn(const onnx::NodeProto &proto);
  std::optional<mlir::RankedTensorType> statedType(const std::string &tensor);

  GraphState &graph;
  std::vector<NodeRecord> *records;
  std::map<std::string, const onnx::ValueInfoProto *> stated;
  llvm::StringSet<> shapeless; // results without a type
};

} // namespace rowlock

#endif // ROWLOCK_LIB_FRONTEND_ONNX_NODERECORDER_H
