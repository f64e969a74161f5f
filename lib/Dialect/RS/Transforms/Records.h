//===- Records.h - Bias and requantisation records --------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_RECORDS_H
#define ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_RECORDS_H

#include "rowlock/Dialect/RS/IR/RS.h"

namespace rowlock::rs {

/// The records of a part of a convolution, tile by tile: record ((gt * MT + mt)
/// * g + gg)
/// * m + k is that of filter mt * m + k of group gt * g + gg, 0 where there is
/// no such filter (GT x MT tiles of g groups and m filters). `int` targets:
/// i64, bits as in docs/spec/execution.md, with the input's zero point folded
/// into the bias; fixed16: i16 biases. Null after an error at `op`.
mlir::DenseElementsAttr makeRecords(Conv2DOp op, const LayerPart &part,
                                    const Schedule &schedule);

} // namespace rowlock::rs

#endif // ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_RECORDS_H
