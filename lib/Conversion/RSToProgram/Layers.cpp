//===- Layers.cpp - rs.frame and rs.layer to frames and layers ------------===//
#include "Exporter.h"

#include "rowlock/Dialect/NN/Kernels/HostKernel.h"

#include "mlir/IR/AttrTypeSubElements.h"

#include "llvm/Support/Path.h"

using namespace mlir;
using namespace rowlock;

LogicalResult Exporter::exportFrame(rs::FrameOp op, const FrameLayout &layout) {
  FrameValues values(layout);
  bool banks = false;
  for (NamedAttribute field : op.getFields()) {
    std::string name = field.getName().str();
    banks |= name == "bank_psum";
    if (auto scalar = dyn_cast<IntegerAttr>(field.getValue())) {
      int64_t *place = values.scalar(name);
      if (!place)
        return op.emitOpError() << "'" << name << "' is no scalar of a frame";
      *place = scalar.getInt();
    } else if (auto array = dyn_cast<DenseI64ArrayAttr>(field.getValue())) {
      std::vector<int64_t> *place = values.vector(name);
      if (!place)
        return op.emitOpError() << "'" << name << "' is no array of a frame";
      place->assign(array.asArrayRef().begin(), array.asArrayRef().end());
    } else {
      return op.emitOpError()
             << "'" << name << "' is neither an integer nor an array";
    }
  }
  if (!banks)
    return op.emitOpError("has no bank_psum; run rs-allocate-glb first");
  Result<std::vector<uint64_t>> words = encodeFrame(layout, values);
  if (!words)
    return op.emitOpError() << words.message();
  auto frame = std::make_unique<fb::FrameT>();
  frame->words = *words;
  frames[op.getSymName()] = uint32_t(program.frames.size());
  program.frames.push_back(std::move(frame));
  return success();
}

/// The location with names of files alone, so that a program does not depend on
/// the directory from which its model was read.
static Attribute withoutFolders(Location loc) {
  AttrTypeReplacer replacer;
  replacer.addReplacement([](FileLineColRange range) -> Attribute {
    return FileLineColLoc::get(
        StringAttr::get(range.getContext(),
                        llvm::sys::path::filename(range.getFilename())),
        range.getStartLine(), range.getStartColumn());
  });
  return replacer.replace(LocationAttr(loc));
}

LogicalResult Exporter::exportLayer(rs::LayerOp op) {
  auto layer = std::make_unique<fb::LayerT>();
  auto debug = std::make_unique<fb::LayerDebugT>();
  layer->name = op.getName().str();
  std::optional<fb::Kernel> kernel = nn::kernelNamed(op.getKernel());
  if (!kernel)
    return op.emitOpError() << "'" << op.getKernel() << "' is no kernel";
  layer->kernel = *kernel;
  for (Value input : op.getInputs())
    layer->operands.push_back(tensors.lookup(input));
  for (Value output : op.getOutputs())
    layer->results.push_back(tensors.lookup(output));
  auto collect = [&](DictionaryAttr dictionary, auto &into) -> LogicalResult {
    for (NamedAttribute named : dictionary) {
      auto converted = nn::programAttribute(named);
      if (!converted)
        return op.emitOpError() << "attribute '" << named.getName().getValue()
                                << "' is neither integers nor reals";
      into.push_back(std::move(converted));
    }
    return success();
  };
  if (failed(collect(op.getKernelAttributes(), layer->attributes)))
    return failure();
  debug->layer = uint32_t(program.layers.size());
  llvm::raw_string_ostream(debug->location) << withoutFolders(op.getLoc());
  debug->mapping = op.getMapping().value_or("").str();
  debug->split = op.getSplit().value_or("").str();
  if (DictionaryAttr predicted = op.getPredictedAttr())
    if (failed(collect(predicted, debug->predicted)))
      return failure();

  layer->first_command = uint32_t(program.commands.size());
  auto index = program.layers.size();
  program.layers.push_back(std::move(layer));
  if (failed(exportBlock(op.getBody().front())))
    return failure();
  program.layers[index]->last_command = uint32_t(program.commands.size());
  program.debug.push_back(std::move(debug));
  return success();
}
