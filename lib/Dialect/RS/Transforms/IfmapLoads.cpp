//===- IfmapLoads.cpp - Ifmaps on their way into the GLB ------------------===//
#include "ArrayPart.h"
#include "Control.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::rs;

/// What one load brings of a box, and where it goes.
struct ArrayPart::IfmapPart {
  AffineExpr channel, row; // the first, in the box
  AffineMapAttr channels, rows;
  AffineExpr term;     // its place in the buffer
  int64_t loadsBefore; // boxes that find their places free
  AffineExpr passes;   // that have ended when others do
};

namespace {

/// Chunks of strips from `first` on that are alike: the one of strip
/// `first + k` waits for strip `waited + k * step`, `boxesBack` before.
struct ChunkRun {
  int64_t first, count, boxesBack, waited, step;
};

} // namespace

static SmallVector<ChunkRun> runsOf(ArrayRef<IfmapChunk> chunks) {
  SmallVector<ChunkRun> runs;
  for (int64_t j = 0; j < int64_t(chunks.size()); ++j) {
    const IfmapChunk &chunk = chunks[j];
    // The first chunk has more rows than others.
    if (j > 1 && chunk.boxesBack == runs.back().boxesBack) {
      ChunkRun &run = runs.back();
      int64_t step = chunk.strip - chunks[j - 1].strip;
      if (run.first > 0 && (run.count == 1 || run.step == step)) {
        run.step = step;
        ++run.count;
        continue;
      }
    }
    runs.push_back({j, 1, chunk.boxesBack, chunk.strip, 0});
  }
  return runs;
}

int64_t ArrayPart::ifmapModulus() const {
  if (plan.ringRows)
    return plan.ringRows * plan.ringPitch;
  return plan.doubleIfmaps ? 2 * plan.ifmapWords : 0;
}

AffineMapAttr ArrayPart::inputs(ArrayRef<AffineExpr> outputs, int64_t stride,
                                int64_t window) {
  return nest.least(llvm::map_to_vector(outputs, [&](AffineExpr output) {
    return (output - 1) * stride + window;
  }));
}

/// The box of the tiles inside the open loops, in one piece.
void ArrayPart::emitBox() {
  AffineExpr load = nest.linearIndex(loadLoops);
  int64_t buffers = plan.doubleIfmaps ? 2 : 1;
  AffineExpr row = index(LoopDim::RowTile) * plan.tileRows;
  emitLoad({constant(0), constant(0), channels(plan.tileChannels, constant(0)),
            inputs({constant(plan.tileRows), layer.ofmapHeight() - row},
                   layer.strideY, layer.filterHeight),
            load * plan.ifmapWords, buffers,
            (load - (buffers - 1)) * (passes / loads)});
}

/// The box in chunks, in the order in which passes begin to read them.
void ArrayPart::emitRing() {
  auto loopOf = [&](LoopDim dim) {
    return llvm::find_if(plan.passLoops, [&](const ScheduleLoop &loop) {
      return loop.dim == dim;
    });
  };
  auto channelLoop = loopOf(LoopDim::ChannelPass);
  bool channelsOutside = channelLoop < loopOf(LoopDim::Strip);
  if (channelsOutside)
    nest.open(*channelLoop);
  size_t inside = nest.depth();
  for (const ChunkRun &run : runsOf(plan.chunks)) {
    nest.open({LoopDim::Strip, run.count, plan.passRows});
    if (!channelsOutside)
      nest.open(*channelLoop);
    AffineExpr load = nest.linearIndex(loadLoops);
    AffineExpr strip = index(LoopDim::Strip) + run.first;
    AffineExpr channel = index(LoopDim::ChannelPass) * plan.passChannels;
    int64_t window = run.first > 0 ? layer.strideY : layer.filterHeight;
    AffineExpr row =
        strip * (plan.passRows * layer.strideY) + (layer.filterHeight - window);
    AffineExpr lastPass = passInTile([&](const ScheduleLoop &loop) {
      if (loop.dim == LoopDim::FilterPass)
        return constant(loop.trips - 1);
      if (loop.dim == LoopDim::Strip)
        return index(loop.dim) * run.step + run.waited;
      return index(loop.dim);
    });
    emitLoad({channel, row, channels(plan.passChannels, channel),
              inputs(rowsOf(strip), layer.strideY, window),
              channel * strides.channel +
                  (load * plan.ifmapRows + row) * strides.row,
              run.boxesBack,
              (load - (run.boxesBack - 1)) * (passes / loads) - passesPerTile +
                  lastPass + 1});
    nest.closeTo(inside);
  }
  nest.closeTo(loadLoops);
}

void ArrayPart::emitLoad(const IfmapPart &ifmaps) {
  Control control;
  control.wait(configured, value(constant(1)));
  if (input.ready.token)
    control.wait(input.ready.token, value(constant(input.ready.value)));
  if (loads > ifmaps.loadsBefore)
    control.wait(passed, value(ifmaps.passes));
  control.signal(loaded);

  ArrayRef<int64_t> pads = op.getPads();
  AffineExpr row =
      index(LoopDim::RowTile) * (plan.tileRows * layer.strideY) + ifmaps.row;
  AffineExpr column = index(LoopDim::ColumnTile) * plan.tileColumns;
  auto inputType = cast<quant::UniformQuantizedType>(
      op.getInput().getType().getElementType());
  LoadOp::create(
      builder, loc, input.tensor, ifmapBuffer,
      value(index(LoopDim::ImageTile) * plan.tileImages),
      value((firstGroup() + part.group) * channelsPerGroup + part.channel +
            index(LoopDim::ChannelTile) * plan.tileChannels + ifmaps.channel),
      value(row * part.ifmapRows.step + part.ifmapRows.first - pads[0]),
      value(column * (layer.strideX * part.ifmapColumns.step) +
            part.ifmapColumns.first - pads[1]),
      number(channelsPerGroup), images(), groups(), ifmaps.channels,
      ifmaps.rows,
      inputs({constant(plan.tileColumns), layer.ofmapWidth() - column},
             layer.strideX, layer.filterWidth),
      value(ifmaps.term), number(ifmapModulus()), ring(),
      builder.getDenseI64ArrayAttr(
          {strides.image, strides.group, strides.channel, strides.row}),
      number(inputType.getZeroPoint()), number(part.ifmapRows.step),
      number(part.ifmapColumns.step), nest.ivs(), control.waits,
      waitValues(control), control.signals, amounts(control));
}
