//===- NetworkLayers.h - What a network asks of a machine -------*- C++ -*-===//
//
// The convolutions of a network as shapes, without ranges or images: mappings
// depend on sizes and element widths alone.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_PIPELINES_NETWORKLAYERS_H
#define ROWLOCK_PIPELINES_NETWORKLAYERS_H

#include "rowlock/Mapping/Parts.h"
#include "rowlock/Quantization/CalibrationTable.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include <map>

namespace rowlock {

/// A range of -1 to 1 for every tensor of a module: for what depends on sizes
/// and element widths alone.
CalibrationTable nominalRanges(mlir::ModuleOp module);

/// Convolutions and fully connected layers.
struct NetworkLayers {
  struct Layer {
    std::string name;                 // of its result, as in reports
    std::vector<std::string> sources; // nodes and tensors of the ONNX model
    ConvShape shape;
  };
  std::vector<Layer> onArray;
  /// How many others there are, which the host runs.
  int64_t onHost = 0;

  /// The layer of a name, its own or one of its sources'. The error says which
  /// there are.
  Result<const Layer *> find(const std::string &name) const;
};

class Network {
public:
  /// Imports a model for images of `batch`, with weights of any value where the
  /// model has none. `wide`: operands of 16 bits on `int` targets. A failure
  /// has emitted one error.
  static mlir::FailureOr<Network> import(const std::string &model,
                                         mlir::MLIRContext *context,
                                         int64_t batch, bool wide);

  /// The layers for the arithmetic of a target: quantised as rowlock-compile
  /// does it, with a range of -1 to 1 for every tensor. Null after an error was
  /// emitted. Lives as long as the network.
  const NetworkLayers *layersFor(const TargetSpec &target);

private:
  Network(mlir::OwningOpRef<mlir::ModuleOp> module, bool wide)
      : module(std::move(module)), wide(wide) {}

  mlir::OwningOpRef<mlir::ModuleOp> module;
  bool wide;
  /// By `arithmetic` and `psum_bits`, all that quantisation and the choice of
  /// layers for the array ask of a target.
  std::map<std::pair<std::string, int64_t>, NetworkLayers> known;
};

} // namespace rowlock

#endif // ROWLOCK_PIPELINES_NETWORKLAYERS_H
