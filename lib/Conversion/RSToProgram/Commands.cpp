//===- Commands.cpp - rs commands and loops to commands -------------------===//
#include "Exporter.h"

#include "mlir/Dialect/Affine/Analysis/AffineStructures.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace rowlock;

namespace {

/// Affine expressions over a command's induction variables to affine values
/// over the loops around it.
class Affines {
public:
  explicit Affines(ValueRange ivs) {
    for (Value iv : ivs) {
      Operation *loop = iv.getParentBlock()->getParentOp();
      size_t depth = 0;
      while ((loop = loop->getParentOfType<scf::ForOp>()))
        ++depth;
      depths.push_back(depth);
    }
  }

  std::unique_ptr<fb::AffineT> value(AffineMap map, unsigned result = 0) const {
    SmallVector<int64_t> flat;
    bool linear = succeeded(getFlattenedAffineExpr(map.getResult(result),
                                                   map.getNumDims(), 0, &flat));
    assert(linear && "verifiers admit affine values only");
    (void)linear;
    auto affine = std::make_unique<fb::AffineT>();
    affine->base = flat.back();
    for (auto [position, depth] : llvm::enumerate(depths)) {
      if (!flat[position])
        continue;
      if (affine->strides.size() <= depth)
        affine->strides.resize(depth + 1);
      affine->strides[depth] += flat[position];
    }
    return affine;
  }

  std::unique_ptr<fb::CountT> count(AffineMap map) const {
    auto count = std::make_unique<fb::CountT>();
    for (unsigned k = 0; k < map.getNumResults(); ++k)
      count->terms.push_back(value(map, k));
    return count;
  }

private:
  SmallVector<size_t> depths;
};

} // namespace

static int64_t offsetOf(Value buffer) {
  return int64_t(
      buffer.getDefiningOp<rs::GlbBufferOp>().getOffset().value_or(0));
}

LogicalResult Exporter::exportBlock(Block &block) {
  for (Operation &op : block) {
    if (isa<scf::YieldOp, arith::ConstantOp>(op))
      continue;
    auto loop = dyn_cast<scf::ForOp>(op);
    if (failed(loop ? exportLoop(loop) : exportCommand(&op)))
      return failure();
  }
  return success();
}

LogicalResult Exporter::exportLoop(scf::ForOp op) {
  if (getConstantIntValue(op.getLowerBound()) != 0 ||
      getConstantIntValue(op.getStep()) != 1 ||
      !getConstantIntValue(op.getUpperBound()) || op.getNumResults())
    return op.emitOpError("a program's loop runs from 0 to a constant by 1 and "
                          "has no results");
  fb::LoopT loop;
  loop.trips = *getConstantIntValue(op.getUpperBound());
  auto begin = std::make_unique<fb::CommandT>();
  begin->operation.Set(loop);
  program.commands.push_back(std::move(begin));
  if (failed(exportBlock(*op.getBody())))
    return failure();
  auto end = std::make_unique<fb::CommandT>();
  end->operation.Set(fb::EndT());
  program.commands.push_back(std::move(end));
  return success();
}

LogicalResult Exporter::exportCommand(Operation *op) {
  auto command = std::make_unique<fb::CommandT>();
  bool known =
      llvm::TypeSwitch<Operation *, bool>(op)
          .Case<rs::ConfigureOp, rs::LoadOp, rs::LoadPsumsOp, rs::PassOp,
                rs::StoreOp, rs::HostOp>([&](auto typed) {
            Affines affines(typed.getIvs());
            for (auto [token, map] :
                 llvm::zip(typed.getWaits(), typed.getWaitValues())) {
              auto wait = std::make_unique<fb::WaitT>();
              wait->token = tokens.lookup(token);
              wait->value = affines.value(cast<AffineMapAttr>(map).getValue());
              command->waits.push_back(std::move(wait));
            }
            for (auto [token, amount] :
                 llvm::zip(typed.getSignals(), typed.getSignalAmounts())) {
              auto signal = std::make_unique<fb::SignalT>();
              signal->token = tokens.lookup(token);
              signal->amount = uint32_t(amount);
              command->signals.push_back(std::move(signal));
            }
            return true;
          })
          .Default([](Operation *) { return false; });
  if (!known)
    return op->emitError() << "'" << op->getName()
                           << "' is neither a loop nor a command";
  command->operation =
      llvm::TypeSwitch<Operation *, fb::OperationUnion>(op)
          .Case([&](rs::ConfigureOp typed) { return configure(typed); })
          .Case([&](rs::LoadOp typed) { return load(typed); })
          .Case([&](rs::LoadPsumsOp typed) { return loadPsums(typed); })
          .Case([&](rs::PassOp typed) { return pass(typed); })
          .Case([&](rs::StoreOp typed) { return store(typed); })
          .Default([&](Operation *) {
            fb::HostT host;
            host.layer = uint32_t(program.layers.size() - 1);
            fb::OperationUnion result;
            result.Set(host);
            return result;
          });
  program.commands.push_back(std::move(command));
  return success();
}

fb::OperationUnion Exporter::configure(rs::ConfigureOp op) {
  fb::ConfigureT result;
  result.frame = frames.lookup(op.getFrame());
  fb::OperationUnion operation;
  operation.Set(result);
  return operation;
}

fb::OperationUnion Exporter::load(rs::LoadOp op) {
  Affines affines(op.getIvs());
  fb::LoadT result;
  result.kind = fb::BoxKind::Ifmap;
  result.tensor = tensors.lookup(op.getTensor());
  result.image = affines.value(op.getImage());
  result.channel = affines.value(op.getChannel());
  result.row = affines.value(op.getRow());
  result.column = affines.value(op.getColumn());
  result.group_step = op.getGroupStep();
  result.images = affines.count(op.getImages());
  result.groups = affines.count(op.getGroups());
  result.channels = affines.count(op.getChannels());
  result.rows = affines.count(op.getRows());
  result.columns = affines.count(op.getColumns());
  result.glb = std::make_unique<fb::AddressT>();
  result.glb->affine = std::make_unique<fb::AffineT>();
  result.glb->affine->base = offsetOf(op.getGlb());
  if (op.getModulus()) {
    result.glb->term = affines.value(op.getTerm());
    result.glb->modulus = op.getModulus();
    result.glb->ring = op.getRing();
  }
  result.image_stride = op.getGlbStrides()[0];
  result.group_stride = op.getGlbStrides()[1];
  result.channel_stride = op.getGlbStrides()[2];
  result.row_stride = op.getGlbStrides()[3];
  result.row_step = op.getRowStep();
  result.column_step = op.getColumnStep();
  result.pad_value = int32_t(op.getPadValue());
  fb::OperationUnion operation;
  operation.Set(std::move(result));
  return operation;
}

/// Place in a psum buffer; a map of two results is the lesser of them.
static std::unique_ptr<fb::AddressT>
psumAddress(const Affines &affines, Value buffer, AffineMap offset) {
  auto address = std::make_unique<fb::AddressT>();
  address->affine = affines.value(offset);
  address->affine->base += offsetOf(buffer);
  if (offset.getNumResults() > 1) {
    address->least = affines.value(offset, 1);
    address->least->base += offsetOf(buffer);
  }
  return address;
}

/// What stores of psums and their inverse share.
template <typename Op, typename Command>
static void setPsumBox(Op op, const Affines &affines, Command &command) {
  command.images = affines.count(op.getImages());
  command.groups = affines.count(op.getGroups());
  command.rows = affines.count(op.getRows());
  command.columns = affines.count(op.getColumns());
  command.image = affines.value(op.getImage());
  command.channel = affines.value(op.getChannel());
  command.row = affines.value(op.getRow());
  command.column = affines.value(op.getColumn());
  command.group_step = op.getGroupStep();
  command.row_step = op.getRowStep();
  command.column_step = op.getColumnStep();
}

fb::OperationUnion Exporter::loadPsums(rs::LoadPsumsOp op) {
  Affines affines(op.getIvs());
  fb::LoadT result;
  result.kind = fb::BoxKind::RawPsum;
  result.tensor = tensors.lookup(op.getTensor());
  result.glb = psumAddress(affines, op.getPsum(), op.getPsumOffset());
  result.channels = affines.count(op.getFilterCount());
  setPsumBox(op, affines, result);
  fb::OperationUnion operation;
  operation.Set(std::move(result));
  return operation;
}

fb::OperationUnion Exporter::pass(rs::PassOp op) {
  Affines affines(op.getIvs());
  fb::PassT result;
  result.ifmap = std::make_unique<fb::AddressT>();
  result.ifmap->affine = affines.value(op.getIfmapOffset());
  result.ifmap->affine->base += offsetOf(op.getIfmap());
  if (op.getModulus()) {
    result.ifmap->term = affines.value(op.getIfmapTerm());
    result.ifmap->modulus = op.getModulus();
    result.ifmap->ring = op.getRing();
  }
  result.psum = psumAddress(affines, op.getPsum(), op.getPsumOffset());
  result.images = affines.count(op.getImages());
  result.groups = affines.count(op.getGroups());
  result.filters = affines.count(op.getFilterCount());
  result.channels = affines.count(op.getChannels());
  result.rows = affines.count(op.getRows());
  result.columns = affines.count(op.getColumns());
  result.start = fb::PsumStart::Continue;
  if (op.getInitWhen()) {
    result.start = fb::PsumStart::Init;
    result.init_when = affines.value(*op.getInitWhen());
  }
  if (op.getFiltersWhen())
    result.filters_when = affines.value(*op.getFiltersWhen());
  result.filters_from = std::make_unique<fb::FilterBoxT>();
  result.filters_from->tensor = tensors.lookup(op.getFilters());
  result.filters_from->filter = affines.value(op.getFilter());
  result.filters_from->channel = affines.value(op.getChannel());
  result.filters_from->row = std::make_unique<fb::AffineT>();
  result.filters_from->row->base = op.getFilterRows()[0];
  result.filters_from->row_step = op.getFilterRows()[1];
  result.filters_from->column = std::make_unique<fb::AffineT>();
  result.filters_from->column->base = op.getFilterColumns()[0];
  result.filters_from->column_step = op.getFilterColumns()[1];
  result.filters_from->group_step = op.getFilterGroupStep();
  result.records_from = std::make_unique<fb::RecordBoxT>();
  result.records_from->tensor = tensors.lookup(op.getRecords());
  result.records_from->first = affines.value(op.getRecordFirst());
  result.records_from->entry = std::make_unique<fb::AffineT>();
  result.records_from->count = affines.count(op.getRecordCount());
  result.record = affines.value(op.getRecord());
  result.record_group_step = op.getRecordGroupStep();
  fb::OperationUnion operation;
  operation.Set(std::move(result));
  return operation;
}

fb::OperationUnion Exporter::store(rs::StoreOp op) {
  Affines affines(op.getIvs());
  fb::StoreT result;
  result.raw = op.getRaw();
  result.tensor = tensors.lookup(op.getTensor());
  result.psum = psumAddress(affines, op.getPsum(), op.getPsumOffset());
  result.filters = affines.count(op.getFilterCount());
  setPsumBox(op, affines, result);
  result.record = affines.value(op.getRecord());
  result.record_group_step = op.getRecordGroupStep();
  fb::OperationUnion operation;
  operation.Set(std::move(result));
  return operation;
}
