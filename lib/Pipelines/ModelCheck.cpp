//===- ModelCheck.cpp - What becomes of each node of a model --------------===//
#include "rowlock/Pipelines/ModelCheck.h"

#include "rowlock/Conversion/NNToRS.h"
#include "rowlock/Dialect/NN/IR/Names.h"
#include "rowlock/Dialect/RS/IR/RS.h"
#include "rowlock/Pipelines/Compile.h"
#include "rowlock/Pipelines/NetworkLayers.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace rowlock;

static RankedTensorType typeOf(Value value) {
  return cast<RankedTensorType>(value.getType());
}

static int64_t bytesOf(Value value) {
  Type element = typeOf(value).getElementType();
  if (auto quantized = dyn_cast<quant::QuantizedType>(element))
    element = quantized.getStorageType();
  int64_t bits = element.isIntOrFloat() ? element.getIntOrFloatBitWidth() : 32;
  return typeOf(value).getNumElements() * ((bits + 7) / 8);
}

/// Elements of the result times words of a filter.
static int64_t macsOf(Operation *op) {
  auto layer = [](auto conv) {
    return conv.getType().getNumElements() *
           (typeOf(conv.getFilter()).getNumElements() /
            typeOf(conv.getFilter()).getDimSize(0));
  };
  return llvm::TypeSwitch<Operation *, int64_t>(op)
      .Case<nn::Conv2DOp, nn::FullyConnectedOp, rs::Conv2DOp>(layer)
      .Case([](nn::MatMulOp product) {
        return product.getType().getNumElements() *
               typeOf(product.getLhs()).getShape().back();
      })
      .Default([](Operation *) { return int64_t(0); });
}

static bool multiplies(StringRef op) {
  return op.contains("Conv") || op == "Gemm" || op.contains("MatMul");
}

static Verdict placeOf(Operation *op) {
  if (isa<rs::Conv2DOp>(op))
    return Verdict::Array;
  return op->isRegistered() ? Verdict::Host : Verdict::Unsupported;
}

namespace {

class Checker {
public:
  Checker(ModuleOp module, const std::vector<NodeRecord> &records,
          const llvm::StringMap<std::string> &whyNotArray, ModelCheck &check)
      : module(module), records(records), whyNotArray(whyNotArray),
        check(check), nodes(records.size()) {
    for (auto [k, record] : llvm::enumerate(records))
      byLabel.try_emplace(record.node, k);
  }
  void run();

private:
  /// What is left of a node.
  struct Remains {
    Operation *onArray = nullptr, *onHost = nullptr; // layers of its own
    std::optional<size_t> within; // the node whose layer it is part of
    int64_t macs = 0;
  };
  void placeLayer(Operation *op);
  /// Of the nodes that an operation was made from, the one that it is a layer
  /// of, and the others.
  SmallVector<size_t> nodesOf(Operation *op);
  CheckedNode judge(size_t node);
  std::string arrayRemark(Operation *op);
  std::string hostReason(Operation *op);
  void addToRuns(Operation *op);

  ModuleOp module;
  const std::vector<NodeRecord> &records;
  const llvm::StringMap<std::string> &whyNotArray;
  ModelCheck &check;
  std::vector<Remains> nodes;
  llvm::StringMap<size_t> byLabel;
  llvm::SmallPtrSet<Value, 16> readByRun; // the last one
  llvm::DenseMap<Operation *, size_t> runOf;
};

} // namespace

SmallVector<size_t> Checker::nodesOf(Operation *op) {
  llvm::SmallSetVector<size_t, 4> found;
  op->getLoc()->walk([&](Location part) {
    if (auto named = dyn_cast<NameLoc>(part))
      if (auto node = byLabel.find(named.getName().strref());
          node != byLabel.end())
        found.insert(node->second);
    return WalkResult::advance();
  });
  SmallVector<size_t> sorted = llvm::to_vector(found);
  llvm::sort(sorted);
  if (macsOf(op))
    std::stable_partition(sorted.begin(), sorted.end(), [&](size_t node) {
      return multiplies(records[node].op);
    });
  return sorted;
}

void Checker::placeLayer(Operation *op) {
  SmallVector<size_t> made = nodesOf(op);
  if (made.empty())
    return;
  Remains &owner = nodes[made.front()];
  owner.macs += macsOf(op);
  Operation *&layer = isa<rs::Conv2DOp>(op) ? owner.onArray : owner.onHost;
  // Of several, the one whose place needs a reason.
  if (!layer || (macsOf(op) && !macsOf(layer)))
    layer = op;
  for (size_t other : ArrayRef(made).drop_front())
    nodes[other].within = made.front();
}

void Checker::addToRuns(Operation *op) {
  Verdict place = placeOf(op);
  if (check.runs.empty() || check.runs.back().place != place) {
    check.runs.push_back({place, 0, 0, 0, nn::nameOf(op->getLoc()), ""});
    readByRun.clear();
  }
  CheckedRun &run = check.runs.back();
  ++run.layers;
  run.macs += macsOf(op);
  run.last = nn::nameOf(op->getLoc());
  runOf[op] = check.runs.size() - 1;
  for (Value operand : op->getOperands()) {
    Operation *producer = operand.getDefiningOp();
    if (!producer || !runOf.count(producer) ||
        runOf[producer] == check.runs.size() - 1 ||
        placeOf(producer) == place || !readByRun.insert(operand).second)
      continue;
    run.bytesIn += bytesOf(operand);
  }
}

std::string Checker::arrayRemark(Operation *op) {
  const TargetSpec target = rs::getTarget(module).getSpec();
  ConvShape shape = rs::getShape(cast<rs::Conv2DOp>(op), target);
  std::string split = splitReason(shape, target);
  if (split.empty())
    return "";
  return "in " + std::to_string(partsOf(shape, target)->size()) +
         " parts: " + split;
}

std::string Checker::hostReason(Operation *op) {
  if (auto found = whyNotArray.find(nn::nameOf(op->getLoc()));
      found != whyNotArray.end())
    return found->second;
  if (isa<nn::QuantizeOp, nn::DequantizeOp>(op))
    return "between float and integers";
  bool isFloat =
      op->getNumResults() && typeOf(op->getResult(0)).getElementType().isF32();
  return std::string(isFloat ? "in float; " : "") +
         "the array runs convolutions and fully connected layers only";
}

static std::string adviceFor(const NodeRecord &record) {
  switch (record.fate) {
  case NodeFate::NoHandler:
    if (StringRef(record.problem).contains("older"))
      return "convert the model to a newer opset (onnx.version_converter)";
    return "express it by operators of docs/generated/operators.md, or end the "
           "model before it";
  case NodeFate::NotBuilt:
    return "change the node accordingly, or end the model before it";
  case NodeFate::NotJudged:
    return "store shapes in the model (onnx.shape_inference) to have it judged";
  default:
    return "";
  }
}

CheckedNode Checker::judge(size_t node) {
  const NodeRecord &record = records[node];
  const Remains &left = nodes[node];
  CheckedNode result = {record.node, record.op,         Verdict::Folded,
                        "",          adviceFor(record), left.macs};
  if (!record.problem.empty()) {
    result.verdict = record.fate == NodeFate::NotJudged ? Verdict::NotJudged
                                                        : Verdict::Unsupported;
    result.reason = record.problem;
  } else if (left.onArray) {
    result.verdict = Verdict::Array;
    result.reason = arrayRemark(left.onArray);
  } else if (left.onHost) {
    result.verdict = Verdict::Host;
    result.reason = hostReason(left.onHost);
  } else if (left.within) {
    result.reason = "into " + records[*left.within].node;
  } else if (record.fate == NodeFate::Known) {
    result.reason = "computed at compile time";
  } else {
    result.reason = "nothing of it is left to compute";
  }
  return result;
}

void Checker::run() {
  module.walk([&](func::FuncOp main) {
    for (Operation &op : main.getBody().front().without_terminator()) {
      if (isa<nn::ConstantOp>(op))
        continue;
      placeLayer(&op);
      addToRuns(&op);
    }
  });
  for (size_t node = 0; node < records.size(); ++node)
    check.nodes.push_back(judge(node));
}

int64_t ModelCheck::count(Verdict verdict) const {
  return llvm::count_if(
      nodes, [&](const CheckedNode &node) { return node.verdict == verdict; });
}

int64_t ModelCheck::macs() const {
  int64_t sum = 0;
  for (const CheckedRun &run : runs)
    sum += run.macs;
  return sum;
}

int64_t ModelCheck::arrayMacs() const {
  int64_t sum = 0;
  for (const CheckedRun &run : runs)
    sum += run.place == Verdict::Array ? run.macs : 0;
  return sum;
}

int64_t ModelCheck::transfers() const {
  return llvm::count_if(runs,
                        [](const CheckedRun &run) { return run.bytesIn > 0; });
}

int64_t ModelCheck::transferBytes() const {
  int64_t sum = 0;
  for (const CheckedRun &run : runs)
    sum += run.bytesIn;
  return sum;
}

bool ModelCheck::compiles() const {
  return !count(Verdict::Unsupported) && !count(Verdict::NotJudged);
}

template <typename Source>
static FailureOr<ModelCheck>
checkSource(const Source &source, const std::string &name, MLIRContext *context,
            const TargetSpec &target, ImportOptions options, bool wide) {
  std::vector<NodeRecord> records;
  options.records = &records;
  OwningOpRef<ModuleOp> module = importModel(source, context, target, options);
  if (!module)
    return failure();
  ModelCheck check;
  check.model = name;
  check.target = target.name;
  check.asIfQuantised = needsCalibration(*module);
  if (check.asIfQuantised &&
      failed(quantizeModel(*module, nominalRanges(*module), wide)))
    return failure();
  llvm::StringMap<std::string> whyNotArray; // by the name of the result
  convertToRS(*module, [&](Operation *layer, StringRef reason) {
    whyNotArray[nn::nameOf(layer->getLoc())] = reason.str();
  });
  PassManager manager(context);
  manager.addPass(createCanonicalizerPass());
  if (failed(manager.run(*module)))
    return failure();
  Checker(*module, records, whyNotArray, check).run();
  return check;
}

FailureOr<ModelCheck> rowlock::checkModel(const std::string &path,
                                          MLIRContext *context,
                                          const TargetSpec &target,
                                          ImportOptions options, bool wide) {
  return checkSource(path, path, context, target, options, wide);
}

FailureOr<ModelCheck> rowlock::checkModel(const ModelBytes &model,
                                          MLIRContext *context,
                                          const TargetSpec &target,
                                          ImportOptions options, bool wide) {
  return checkSource(model, model.name, context, target, options, wide);
}
