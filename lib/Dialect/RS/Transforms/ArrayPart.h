//===- ArrayPart.h - A native part of a convolution as commands -*- C++ -*-===//
#ifndef ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_ARRAYPART_H
#define ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_ARRAYPART_H

#include "CommandNest.h"
#include "FrameDictionary.h"
#include "LayerContext.h"

namespace rowlock::rs {

/// Waits and signals of the command that is written next.
struct Control;

/// Writes the commands of one part. Letters are those of hardware.md, section
/// 2, behind the names of `Schedule`.
class ArrayPart {
public:
  ArrayPart(Conv2DOp op, const LayerPart &part, MappingAttrInterface mapping,
            LayerContext &context);

  /// Makes frame, buffers, tensors and tokens, named after `name`. `raw` holds
  /// psums between the parts of an output; null if the layer needs none.
  mlir::LogicalResult prepare(llvm::StringRef name, mlir::Value output,
                              mlir::Value raw);
  /// Writes the commands at the builder's place.
  void emit();

  mlir::Value recordTensor() const { return records; }

private:
  mlir::LogicalResult makeFrameAndBuffers(llvm::StringRef name);
  void makeTokens(llvm::StringRef name);
  void countTrips();
  void startAt(int64_t depth);
  void emitConfigure();
  void emitBox();
  void emitRing();
  struct IfmapPart;
  void emitLoad(const IfmapPart &ifmaps);
  void emitLoadPsums();
  void emitPass();
  void emitStores();

  mlir::AffineExpr index(LoopDim dim) { return nest.index(dim); }
  mlir::AffineMapAttr value(mlir::AffineExpr expr) { return nest.value(expr); }
  mlir::AffineExpr constant(int64_t number) { return nest.constant(number); }

  // Actual counts, and places in the layer.
  mlir::AffineMapAttr images();
  mlir::AffineMapAttr groups();
  mlir::AffineMapAttr filterCount();
  mlir::AffineMapAttr channels(int64_t full, mlir::AffineExpr inTile);
  llvm::SmallVector<mlir::AffineExpr> rowsOf(mlir::AffineExpr strip);
  /// Ifmap rows or columns of the least of `outputs`, `window` for the first.
  mlir::AffineMapAttr inputs(llvm::ArrayRef<mlir::AffineExpr> outputs,
                             int64_t stride, int64_t window);
  mlir::AffineMapAttr columns();
  mlir::AffineExpr firstGroup() {
    return index(LoopDim::GroupTile) * plan.groups;
  }
  mlir::AffineExpr firstFilter();
  mlir::AffineExpr firstChannel();
  mlir::AffineExpr firstRow();
  mlir::AffineExpr firstColumn();
  mlir::AffineMapAttr psumOffset();
  /// The number of a block of psums, over all tiles.
  mlir::AffineExpr block();
  /// Blocks that have left when the place of a block is free.
  mlir::AffineExpr storesBefore();
  /// Passes that have ended when a block leaves.
  mlir::AffineExpr passesBefore();
  /// The number of a pass in its tile where `indices` gives those of the loops.
  mlir::AffineExpr passInTile(
      llvm::function_ref<mlir::AffineExpr(const ScheduleLoop &)> indices);

  /// Words that ifmap addresses wrap in: those of a ring or of two buffers; 0:
  /// none.
  int64_t ifmapModulus() const;
  mlir::UnitAttr ring() {
    return plan.ringRows ? builder.getUnitAttr() : mlir::UnitAttr();
  }

  mlir::ArrayAttr waitValues(const Control &control);
  mlir::DenseI64ArrayAttr amounts(const Control &control);
  mlir::IntegerAttr number(int64_t n) { return builder.getI64IntegerAttr(n); }

  Conv2DOp op;
  const LayerPart &part;
  LayerContext &context;
  mlir::OpBuilder &builder;
  mlir::Location loc;
  MappingProblem problem;
  const LayerShape &layer;
  Schedule plan;
  IfmapStrides strides;
  CommandNest nest;
  int64_t filtersPerGroup, channelsPerGroup; // of the whole layer

  mlir::StringAttr frame;
  Placed input;
  mlir::Value filters, records, output, psums;
  mlir::Value ifmapBuffer, psumBuffer;
  mlir::Value configured, loaded, restored, passed, stored;
  // How often each command runs: passes in a load's and in a tile's loops.
  int64_t loads = 1, tiles = 1, passes = 1, storesPerTile = 1;
  int64_t chunksPerLoad = 1, passesPerTile = 1;
  // Open loops around loads, and around stores.
  size_t loadLoops = 0, tileLoops = 0;
};

} // namespace rowlock::rs

#endif // ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_ARRAYPART_H
