//===- Parts.h - Layers beyond the native shapes ----------------*- C++ -*-===//
//
// A convolution of any size, stride and dilation as native parts (hardware.md,
// section 2, "Shapes beyond the native ones"):
//
//   ConvShape conv{layer, dilationY, dilationX};
//   Result<std::vector<LayerPart>> parts = partsOf(conv, target);
//
// - more filters than a native layer has: parts that make their own channels of
//   the result;
// - dilation: parts that make the result's rows (columns) of one phase, from an
//   ifmap of every dilation-th row;
// - strides that the array lacks, filters higher or wider than a native one,
//   more channels: parts whose psums add up, over rows of one phase, rows one
//   behind the other, channels.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_MAPPING_PARTS_H
#define ROWLOCK_MAPPING_PARTS_H

#include "rowlock/Mapping/Mapping.h"

#include <vector>

namespace rowlock {

/// A convolution; `layer` may exceed the native ranges.
struct ConvShape {
  LayerShape layer;
  int64_t dilationY = 1, dilationX = 1;

  int64_t ofmapHeight() const {
    return (layer.height - (layer.filterHeight - 1) * dilationY - 1) /
               layer.strideY +
           1;
  }
  int64_t ofmapWidth() const {
    return (layer.width - (layer.filterWidth - 1) * dilationX - 1) /
               layer.strideX +
           1;
  }
};

/// Elements first, first + step, ... of a dimension.
struct Stride {
  int64_t first = 0, step = 1;
};

/// One native layer that is a part of another. Rows and columns of the ifmap
/// are those of the padded one; element k of the part's dimension is element
/// first + k * step of the whole's.
struct LayerPart {
  LayerShape shape;
  int64_t group = 0;   // the first of `shape.groups` groups
  int64_t filter = 0;  // the first, within each group
  int64_t channel = 0; // the first, within each group
  Stride ifmapRows, ifmapColumns, filterRows, filterColumns, ofmapRows,
      ofmapColumns;
  /// Psums begin with the first of the parts that make an output, and leave
  /// through post-processing with the last; between them they are raw in DRAM.
  bool first() const { return !shape.resumes; }
  bool last() const { return !shape.leavesRaw; }
};

/// The parts, those that add up one behind the other. An error names what no
/// split can help: sizes below 1 or too large to count.
Result<std::vector<LayerPart>> partsOf(const ConvShape &conv,
                                       const TargetSpec &target);

/// What exceeds the native ranges, e.g. "4096 filters exceed the 1024 of a
/// native layer"; empty for a layer of one part.
std::string splitReason(const ConvShape &conv, const TargetSpec &target);

} // namespace rowlock

#endif // ROWLOCK_MAPPING_PARTS_H
