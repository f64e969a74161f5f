//===- ConvLayers.h - The layers that the array runs ------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_PIPELINES_CONVLAYERS_H
#define ROWLOCK_LIB_PIPELINES_CONVLAYERS_H

#include "rowlock/Dialect/RS/IR/RS.h"

namespace rowlock {

/// A convolution for the array and the parts that it runs in.
struct ConvLayer {
  rs::Conv2DOp op;
  std::string name;                 // as in reports and profiles
  std::vector<std::string> sources; // nodes and tensors of the ONNX model that
                                    // it was made from
  ConvShape shape;
  std::vector<LayerPart> parts;
};

/// All of a module with a target, in order. An error where a layer has no
/// parts that run.
Result<std::vector<ConvLayer>> convLayersOf(mlir::ModuleOp module);

/// The layer of a name, its own or one of its sources'. The error says that
/// there is none, and which there are, or that the name stands for several.
Result<size_t> findLayer(const std::vector<ConvLayer> &layers,
                         const std::string &name);

} // namespace rowlock

#endif // ROWLOCK_LIB_PIPELINES_CONVLAYERS_H
