//===- ArrayLayer.cpp - A convolution as commands -------------------------===//
#include "ArrayLayer.h"

#include "ArrayPart.h"
#include "KernelAttributes.h"

#include <deque>

using namespace mlir;
using namespace rowlock;
using namespace rowlock::rs;

/// What the mappings of all parts cost together.
static DictionaryAttr predictedCost(Conv2DOp op, ArrayRef<LayerPart> parts,
                                    ArrayRef<MappingAttrInterface> mappings,
                                    const TargetSpec &target) {
  Cost sum;
  for (auto [part, mapping] : llvm::zip(parts, mappings))
    sum += mapping.evaluate({part.shape, target});
  Builder builder(op.getContext());
  NamedAttrList predicted;
  auto count = [&](StringRef what, int64_t value) {
    predicted.set(what, builder.getI64IntegerAttr(value));
  };
  auto real = [&](StringRef what, double value) {
    predicted.set(what, builder.getF64FloatAttr(value));
  };
  count("macs", sum.macs);
  count("active_pes", sum.activePEs);
  count("passes", sum.passes);
  count("glb_ifmap_reads", sum.glbIfmapReads);
  count("glb_psum_reads", sum.glbPsumReads);
  count("glb_psum_writes", sum.glbPsumWrites);
  count("glb_bytes", sum.glbBytes);
  count("glb_fill_words", sum.glbFillWords);
  count("glb_drain_words", sum.glbDrainWords);
  count("filter_words", sum.filterWords);
  count("filter_deliveries", sum.filterDeliveries);
  count("ifmap_deliveries", sum.ifmapDeliveries);
  count("psum_deliveries", sum.psumDeliveries);
  count("dram_filter_bytes", sum.dramFilterBytes);
  count("dram_ifmap_bytes", sum.dramIfmapBytes);
  count("dram_ofmap_bytes", sum.dramOfmapBytes);
  count("dram_record_bytes", sum.dramRecordBytes);
  real("cycles", sum.cycles);
  real("processing_cycles", sum.processingCycles);
  real("energy", sum.energy);
  return predicted.getDictionary(op.getContext());
}

/// The mappings, one a line.
static std::string mappingText(ArrayRef<MappingAttrInterface> mappings) {
  std::string text;
  llvm::raw_string_ostream out(text);
  llvm::interleave(
      mappings, [&](MappingAttrInterface mapping) { out << mapping; },
      [&] { out << "\n"; });
  return text;
}

/// The tensor of raw psums between parts, if there are any.
static Value makeRawPsums(Conv2DOp op, ArrayRef<LayerPart> parts,
                          StringRef name, LayerContext &context) {
  if (llvm::all_of(parts, [](const LayerPart &part) { return part.last(); }))
    return {};
  auto element =
      IntegerType::get(op.getContext(), context.target.isFixed16() ? 16 : 32);
  return context.makeTensor(
      op.getLoc(), context.derive((name + ".psums").str()), "intermediate",
      RankedTensorType::get(op.getResult().getType().getShape(), element));
}

LogicalResult rs::lowerArrayLayer(Conv2DOp op, LayerContext &context) {
  OpBuilder &builder = context.builder;
  Location loc = op.getLoc();
  const TargetSpec &target = context.target;
  ConvShape shape = getShape(op, target);
  std::vector<LayerPart> parts = *partsOf(shape, target);
  SmallVector<MappingAttrInterface> mappings = getMappings(op);
  std::string name = nn::nameOf(loc);
  Value output = context.makeResult(op->getOpResult(0));
  Value raw = makeRawPsums(op, parts, name, context);

  std::deque<ArrayPart> builders;
  SmallVector<Value> inputs = {context.get(op.getInput()).tensor,
                               context.get(op.getFilter()).tensor};
  for (size_t k = 0; k < parts.size(); ++k) {
    builders.emplace_back(op, parts[k], mappings[k], context);
    std::string partName =
        parts.size() > 1 ? name + ".part" + std::to_string(k) : name;
    if (failed(builders.back().prepare(partName, output, raw)))
      return failure();
    inputs.push_back(builders.back().recordTensor());
  }
  std::string reason = splitReason(shape, target);
  nn::KernelCall call = arrayKernel(op);
  auto layer = LayerOp::create(
      builder, loc, builder.getStringAttr(name),
      builder.getStringAttr(call.kernel), inputs, ValueRange(output),
      call.attributes, builder.getStringAttr(mappingText(mappings)),
      predictedCost(op, parts, mappings, target),
      reason.empty() ? StringAttr() : builder.getStringAttr(reason));
  OpBuilder::InsertionGuard guard(builder);
  builder.createBlock(&layer.getBody());
  for (ArrayPart &part : builders)
    part.emit();
  context.set(op.getResult(), {output, context.arrayFree});
  return success();
}
