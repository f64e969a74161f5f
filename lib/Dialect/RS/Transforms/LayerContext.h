//===- LayerContext.h - What lowered layers share ---------------*- C++ -*-===//
//
// The state of rs-lower-layers: which rs.tensor holds a value, which token says
// that it is there, and where frames and layers are written.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_LAYERCONTEXT_H
#define ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_LAYERCONTEXT_H

#include "rowlock/Dialect/NN/IR/Names.h"
#include "rowlock/Dialect/RS/IR/RS.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringSet.h"

namespace rowlock::rs {

/// A token and the value at which what it stands for has happened.
struct Event {
  mlir::Value token; // null: has happened before the program starts
  int64_t value = 0;
};

/// A tensor in DRAM and when it is complete.
struct Placed {
  mlir::Value tensor;
  Event ready;
};

class LayerContext {
public:
  /// Every operation of `main` that has a result, and every argument and
  /// result of `main`, has a name of its own.
  LayerContext(mlir::OpBuilder &builder, const TargetSpec &target,
               mlir::func::FuncOp main);

  /// The tensor that holds a value; an nn.constant becomes one when first used.
  Placed get(mlir::Value value);
  void set(mlir::Value value, Placed placed) { placedValues[value] = placed; }

  /// A name like `name` that neither a value nor another tensor has.
  std::string derive(llvm::StringRef name);
  /// A new tensor; no other has the name.
  mlir::Value makeTensor(mlir::Location loc, llvm::StringRef name,
                         llvm::StringRef kind, mlir::RankedTensorType type,
                         mlir::ElementsAttr value = {});
  /// The result of a layer: an output if the function returns it, else an
  /// intermediate tensor.
  mlir::Value makeResult(mlir::OpResult result);
  mlir::Value makeToken(mlir::Location loc, llvm::StringRef name);

  mlir::OpBuilder &builder;
  const TargetSpec &target;
  /// Results that the function returns, and their names.
  llvm::DenseMap<mlir::Value, std::string> outputs;
  /// When the array's last layer has left the GLB.
  Event arrayFree;
  /// Frames so far.
  int64_t frames = 0;

private:
  llvm::DenseMap<mlir::Value, Placed> placedValues;
  llvm::StringSet<> names;
};

} // namespace rowlock::rs

#endif // ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_LAYERCONTEXT_H
