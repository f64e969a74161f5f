//===- Mapping.h - Row-stationary mappings as values ------------*- C++ -*-===//
//
// A `MappingProblem` is a layer and a machine; a `Mapping` says how the machine
// runs the layer (hardware.md, section 2). `verify` is the only rule of what is
// legal, `schedule` what follows from a mapping for lowerings, `evaluate` what
// it costs, `search*` how one is chosen. All are pure functions.
//
//   MappingProblem problem{layer, target};
//   if (Status legal = verify(problem, mapping); !legal)
//     return legal;
//   Cost cost = evaluate(problem, mapping);
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_MAPPING_MAPPING_H
#define ROWLOCK_MAPPING_MAPPING_H

#include "rowlock/Target/TargetSpec.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rowlock {

/// A convolution or fully connected layer in native form: one part that the
/// array runs. Sizes in elements; `filters` over all groups, `channels` per
/// group; height and width of the ifmap include the padding.
struct LayerShape {
  int64_t batch = 1;        // N
  int64_t filters = 1;      // M, over all groups
  int64_t channels = 1;     // C, per group
  int64_t groups = 1;       // G
  int64_t height = 1;       // H
  int64_t width = 1;        // W
  int64_t filterHeight = 1; // R
  int64_t filterWidth = 1;  // S
  int64_t strideY = 1;      // Uy
  int64_t strideX = 1;      // Ux
  bool mode16 = false;      // `int` targets: 16-bit operands

  // How it lies in DRAM. Rows and columns of the padded ifmap that are not
  // stored, but inserted by loads; bytes of an element, 0: as wide as an
  // operand.
  int64_t padTop = 0, padBottom = 0, padLeft = 0, padRight = 0;
  int64_t ifmapBytes = 0, ofmapBytes = 0;
  // Psums begin with raw ones from DRAM, or leave raw: the layer is a part of
  // one that adds up over several.
  bool resumes = false, leavesRaw = false;

  int64_t ofmapHeight() const { return (height - filterHeight) / strideY + 1; }
  int64_t ofmapWidth() const { return (width - filterWidth) / strideX + 1; }
  int64_t filtersPerGroup() const { return filters / groups; }
  int64_t macs() const {
    return batch * filters * channels * filterHeight * filterWidth *
           ofmapHeight() * ofmapWidth();
  }
  int64_t storedIfmapBytes(const TargetSpec &target) const {
    return ifmapBytes ? ifmapBytes : target.operandBytes(mode16);
  }
  int64_t storedOfmapBytes(const TargetSpec &target) const {
    return ofmapBytes ? ofmapBytes : target.operandBytes(mode16);
  }
  /// Biases of fixed16 are presets of the first psums; records of `int` targets
  /// are for the last ones.
  bool needsRecords(const TargetSpec &target) const {
    return target.isFixed16() ? !resumes : !leavesRaw;
  }
  bool operator==(const LayerShape &o) const;
};

/// The loops over tiles, outermost first in `Mapping::tileOrder`.
enum class TileLoop : uint8_t { Group, M, N, H, F, C };
/// The loops over passes in a tile, outermost first in `Mapping::passOrder`.
enum class PassLoop : uint8_t { C, M, Strip };
/// What travels while passes run (docs/rationale/prefetch.md). None: ifmaps and
/// psums move between passes, as on the chip. Ring and Double: blocks of psums
/// leave as they are finished, and the next ifmaps come in the places of rows
/// that no pass needs any more, or in a second buffer.
enum class Prefetch : uint8_t { None, Ring, Double };

/// One way to run a layer; letters as in hardware.md, section 2.
struct Mapping {
  int64_t n = 1, m = 1, h = 1, f = 1, c = 1;        // the tile
  int64_t e = 1, p = 1, q = 1, r = 1, t = 1, g = 1; // the pass
  std::array<TileLoop, 6> tileOrder = {TileLoop::Group, TileLoop::M,
                                       TileLoop::N,     TileLoop::H,
                                       TileLoop::F,     TileLoop::C};
  std::array<PassLoop, 3> passOrder = {PassLoop::C, PassLoop::M,
                                       PassLoop::Strip};
  Prefetch prefetch = Prefetch::None;
  bool operator==(const Mapping &o) const;
};

struct MappingProblem {
  LayerShape layer;
  TargetSpec target;
  /// The layer itself is native and well-formed on this target: sizes at
  /// least 1, groups divide filters, the filter fits the ifmap, R, S, C, M and
  /// strides within the native ranges, fmaps and filters below 2^40 words and
  /// 2^60 MACs in all. Errors name field, value and bound.
  Status check() const;
};

/// The one rule of legality (hardware.md, section 2, "Legality, complete").
/// The error names rule, value and bound, e.g. "p*q*S is 480, exceeds the
/// filter spad of 448 words". Includes `check`.
/// Of this version are:
/// - psums stay in the GLB until their last channel, so channel tiles of more
///   than one trip are the innermost such tile loop (raw psums that leave
///   between tiles come with the mapper);
/// - ifmap column IDs are counted as the tags of docs/spec/execution.md spend
///   them. That is the exact test of hardware.md, except where the last segment
///   of a PE set is one column wide: then it may ask for more.
Status verify(const MappingProblem &problem, const Mapping &mapping);

/// What a mapping costs. Words are operands or psums, bytes bytes. Edges are
/// counted as they are, not as full tiles.
///
/// When a tile's ifmap box is loaded again and when a pass loads its filters
/// again is `Schedule::ifmapDepth` and `Schedule::filtersStay`.
struct Cost {
  int64_t macs = 0;
  int64_t gatedMacs =
      0; // whose ifmap word is zero; known from `LayerData` only
  int64_t activePEs = 0; // of a full pass: R*e*r*t*g
  int64_t passes = 0;
  int64_t glbIfmapReads = 0; // words into the ifmap GIN
  int64_t glbPsumReads = 0;  // words into the psum GIN, presets included
  int64_t glbPsumWrites = 0; // words back from the GON
  int64_t glbBytes = 0;      // of the three above
  int64_t glbFillWords = 0;  // ifmap words from DRAM into the GLB, with padding
  // Psum words from the GLB to DRAM (raw ones in and out).
  int64_t glbDrainWords = 0;
  int64_t filterWords = 0; // through the filter FIFO
  // Words to PEs over the GINs (also to PEs that an edge pass leaves idle), and
  // hops on the LN.
  int64_t filterDeliveries = 0, ifmapDeliveries = 0, psumDeliveries = 0;
  int64_t arrayDeliveries() const {
    return filterDeliveries + ifmapDeliveries + psumDeliveries;
  }
  int64_t dramFilterBytes = 0;
  int64_t dramIfmapBytes = 0;  // without padding that is not stored
  int64_t dramOfmapBytes = 0;  // outputs, and raw psums out and in
  int64_t dramRecordBytes = 0; // biases or requantisation records
  int64_t dramBytes() const {
    return dramFilterBytes + dramIfmapBytes + dramOfmapBytes;
  }
  double processingCycles = 0; // core cycles in which passes run
  double cycles = 0; // from the frame's configuration to the last store
  double energy = 0; // normalised (units of one 16-bit MAC), section 6

  /// Layers one behind the other; active PEs are the most of any.
  Cost &operator+=(const Cost &other);
};

/// Code blocks of a run-length coded fmap, N x (G*C) x H x W as it is stored:
/// `bytes` of each (image, channel, block of `rows` rows), index entry
/// included.
struct CodedFmap {
  int64_t rows = 1;
  std::vector<int64_t> bytes;
};

/// What the data of a run add to what a mapping says.
struct LayerData {
  /// Zeros over all images, groups and channels at each place (row, column) of
  /// the padded ifmap; empty: not known.
  std::vector<int64_t> ifmapZeros;
  std::optional<CodedFmap> ifmap, ofmap; // none: raw
};

/// What a legal mapping costs; with `data`, gated MACs and coded bytes, too.
/// Its cycles are those of the engines over time (docs/spec/timing.md), of the
/// layer alone.
Cost evaluate(const MappingProblem &problem, const Mapping &mapping,
              const LayerData *data = nullptr);

/// The same counts and energy; of the cycles an estimate for searches that
/// compare many mappings: of the passes by the formula of hardware.md, section
/// 4, plus what of the link's time they cannot hide and one frame
/// (docs/rationale/prefetch.md).
Cost estimate(const MappingProblem &problem, const Mapping &mapping);

/// "n=1 m=96 h=7 f=55 c=3 e=7 p=16 q=1 r=1 t=2 g=1 order=gmnhfc/cms
/// prefetch=none" and back.
std::string printMapping(const Mapping &mapping);
Result<Mapping> parseMapping(const std::string &text);

} // namespace rowlock

#endif // ROWLOCK_MAPPING_MAPPING_H
