//===- ImportONNX.cpp - ONNX models to the nn dialect ---------------------===//
#include "rowlock/Frontend/ONNX/ImportONNX.h"

#include "Functions.h"
#include "Node.h"
#include "NodeRecorder.h"
#include "Types.h"

#include "rowlock/Dialect/NN/IR/Names.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Verifier.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Path.h"

#include <map>
#include <set>

using namespace mlir;
using namespace rowlock;

constexpr int64_t kNewestOpset = 24;

static std::vector<HandlerEntry> allHandlers() {
  std::vector<HandlerEntry> all;
  for (ArrayRef<HandlerEntry> group :
       {convHandlers(),       convTransposeHandlers(), productHandlers(),
        poolHandlers(),       elementwiseHandlers(),   unaryHandlers(),
        binaryHandlers(),     reduceHandlers(),        statisticsHandlers(),
        castHandlers(),       normalizationHandlers(), layoutHandlers(),
        shapeHandlers(),      constantHandlers(),      quantHandlers(),
        quantLayerHandlers(), sizeHandlers(),          sliceHandlers(),
        repeatHandlers(),     padHandlers(),           gatherHandlers(),
        scatterHandlers(),    resizeHandlers(),        blockHandlers(),
        selectionHandlers(),  integerHandlers()})
    all.insert(all.end(), group.begin(), group.end());
  return all;
}

static bool isONNX(StringRef domain) {
  return domain.empty() || domain == "ai.onnx";
}

/// The handler of an operator for an opset: the newest not newer than it.
static const HandlerEntry *findHandler(const onnx::NodeProto &node,
                                       int64_t opset, int64_t &oldest) {
  StringRef domain = isONNX(node.domain()) ? "" : StringRef(node.domain());
  static const std::vector<HandlerEntry> handlers = allHandlers();
  const HandlerEntry *best = nullptr;
  oldest = 0;
  for (const HandlerEntry &entry : handlers) {
    if (node.op_type() != entry.op || domain != entry.domain)
      continue;
    oldest = oldest ? std::min(oldest, entry.since) : entry.since;
    if (entry.since <= opset && (!best || entry.since > best->since))
      best = &entry;
  }
  return best;
}

std::string rowlock::operatorDocs() {
  std::map<std::pair<std::string, std::string>, HandlerEntry> operators;
  for (const HandlerEntry &entry : allHandlers()) {
    HandlerEntry &row =
        operators.try_emplace({entry.op, entry.domain}, entry).first->second;
    row.since = std::min(row.since, entry.since);
  }
  std::string text;
  llvm::raw_string_ostream out(text);
  out << "# Operators\n\nWhat the importer knows, of the domain `ai.onnx` "
         "unless another stands with it. Operands that are known at compile "
         "time are folded; nodes that call functions of the model count as the "
         "functions' nodes. Whatever the "
         "table says, a layer that the array cannot run exactly runs on the "
         "host.\n\n| operator | opsets | becomes | runs on "
         "|\n|---|---|---|---|\n";
  for (const auto &[name, row] : operators)
    if (*row.domain)
      out << "| " << row.op << " (" << row.domain << ") | " << row.since
          << " | " << row.layers << " | " << row.runs << " |\n";
    else
      out << "| " << row.op << " | " << row.since << " to " << kNewestOpset
          << " | " << row.layers << " | " << row.runs << " |\n";
  return text;
}

namespace {

class Importer {
public:
  Importer(StringRef path, StringRef folder, MLIRContext *context,
           const ImportOptions &options)
      : options(options), graph(OpBuilder(context)) {
    graph.path = path.str();
    graph.folder = folder.str();
  }

  OwningOpRef<ModuleOp> run(const Status &read, const onnx::ModelProto &model);

private:
  InFlightDiagnostic error() {
    return emitError(
        FileLineColLoc::get(graph.builder.getContext(), graph.path, 0, 0));
  }
  LogicalResult readOpset(const onnx::ModelProto &model);
  LogicalResult readInitializers(const onnx::GraphProto &proto);
  LogicalResult readInputs(const onnx::GraphProto &proto, func::FuncOp main);
  /// What `options.dims` says of a dimension of an input.
  std::optional<int64_t> boundSize(const std::string &place,
                                   const std::string &name);
  LogicalResult readKnownInput(const TensorData &data,
                               const onnx::ValueInfoProto &input);
  FailureOr<RankedTensorType> inputType(const onnx::ValueInfoProto &input);
  LogicalResult checkOperators(const onnx::GraphProto &proto);
  void readDeclarations(const onnx::GraphProto &proto);
  LogicalResult readNodes(const onnx::GraphProto &proto);
  LogicalResult readOutputs(const onnx::GraphProto &proto, func::FuncOp main);

  ImportOptions options;
  GraphState graph;
  std::set<std::string> boundDims; // of options.dims, that inputs have
};

} // namespace

LogicalResult Importer::readOpset(const onnx::ModelProto &model) {
  for (const onnx::OperatorSetIdProto &opset : model.opset_import())
    if (isONNX(opset.domain())) {
      if (graph.opset && graph.opset != opset.version())
        return error() << "the model names two ONNX opsets, " << graph.opset
                       << " and " << opset.version();
      graph.opset = opset.version();
    }
  if (graph.opset < 1)
    return error() << "the model names no ONNX opset";
  if (graph.opset > kNewestOpset)
    return error() << "opset " << graph.opset << " is newer than "
                   << kNewestOpset;
  return success();
}

LogicalResult Importer::readInitializers(const onnx::GraphProto &proto) {
  for (const onnx::TensorProto &tensor : proto.initializer()) {
    Result<TensorData> data = graph.decode(tensor);
    if (!data)
      return error() << "initializer '" << tensor.name()
                     << "': " << data.message();
    GraphTensor entry;
    entry.data = std::make_shared<const TensorData>(std::move(*data));
    if (!graph.tensors.try_emplace(tensor.name(), entry).second)
      return error() << "initializer '" << tensor.name() << "' is given twice";
  }
  if (proto.sparse_initializer_size())
    return error() << "sparse initializers are not supported";
  return success();
}

std::optional<int64_t> Importer::boundSize(const std::string &place,
                                           const std::string &name) {
  for (const std::string &key : {place, name})
    if (auto found = options.dims.find(key); found != options.dims.end()) {
      boundDims.insert(key);
      return found->second;
    }
  return std::nullopt;
}

FailureOr<RankedTensorType>
Importer::inputType(const onnx::ValueInfoProto &input) {
  const onnx::TypeProto &type = input.type();
  if (!type.has_tensor_type() || !type.tensor_type().has_shape())
    return error() << "input '" << input.name()
                   << "' is no tensor with a shape";
  std::optional<DataType> element = dataType(type.tensor_type().elem_type());
  if (!element)
    return error() << "input '" << input.name() << "' has element type "
                   << dataTypeName(type.tensor_type().elem_type())
                   << ", which is not supported";
  if (graph.halfAsFloat && isHalf(*element))
    element = DataType::Float32;
  std::vector<int64_t> shape;
  for (const auto &dimension : type.tensor_type().shape().dim()) {
    bool first = shape.empty();
    std::string place = input.name() + "[" + std::to_string(shape.size()) + "]";
    std::string name = dimension.has_dim_param() ? dimension.dim_param() : "";
    if (dimension.has_dim_value() && dimension.dim_value() >= 0) {
      int64_t size = dimension.dim_value();
      if (first) {
        graph.oldBatch = size;
        size = options.batch > 1 ? options.batch : size;
      }
      shape.push_back(size);
    } else if (std::optional<int64_t> bound = boundSize(place, name)) {
      shape.push_back(*bound);
    } else if (first) {
      shape.push_back(options.batch);
    } else {
      if (name.empty())
        name = place;
      return error() << "input '" << input.name() << "': size " << shape.size()
                     << " ('" << name << "') is not known; give --dim '" << name
                     << "=VALUE'";
    }
  }
  if (!shape.empty())
    graph.batch = shape[0];
  if (countElements(shape) < 0)
    return error() << "input '" << input.name() << "' has more than "
                   << maxElements << " elements";
  return RankedTensorType::get(
      shape, elementType(graph.builder.getContext(), *element));
}

LogicalResult Importer::readKnownInput(const TensorData &data,
                                       const onnx::ValueInfoProto &input) {
  const onnx::TypeProto &type = input.type();
  if (!type.has_tensor_type() ||
      dataType(type.tensor_type().elem_type()) != data.type)
    return error() << "the value of input '" << input.name()
                   << "' has another type than the input";
  bool widens = graph.halfAsFloat && isHalf(data.type);
  graph.tensors.try_emplace(
      input.name(), GraphTensor{nullptr, std::make_shared<const TensorData>(
                                             widens ? widened(data) : data)});
  return success();
}

LogicalResult Importer::readInputs(const onnx::GraphProto &proto,
                                   func::FuncOp main) {
  Block *entry = main.addEntryBlock();
  graph.builder.setInsertionPointToStart(entry);
  SmallVector<Type> types;
  SmallVector<StringRef> names;
  llvm::StringSet<> declared;
  for (const onnx::ValueInfoProto &input : proto.input()) {
    if (!declared.insert(input.name()).second)
      return error() << "input '" << input.name() << "' is given twice";
    if (graph.tensors.count(input.name()))
      continue; // an initializer's declaration
    auto known =
        llvm::find_if(options.inputValues, [&](const TensorData &data) {
          return data.name == input.name();
        });
    if (known != options.inputValues.end()) {
      if (failed(readKnownInput(*known, input)))
        return failure();
      continue;
    }
    auto type = inputType(input);
    if (failed(type))
      return failure();
    Value argument =
        entry->addArgument(*type, graph.location(input.name(), ""));
    graph.tensors.try_emplace(input.name(), GraphTensor{argument, nullptr});
    types.push_back(*type);
    names.push_back(input.name());
  }
  for (const TensorData &known : options.inputValues)
    if (!declared.contains(known.name))
      return error() << "a value is given for input '" << known.name
                     << "', which the model has not";
  for (const auto &[name, size] : options.dims)
    if (!boundDims.count(name))
      return error() << "--dim '" << name << "=" << size
                     << "': no input has this symbolic dimension";
  main.setType(graph.builder.getFunctionType(types, {}));
  for (auto [k, name] : llvm::enumerate(names))
    main.setArgAttr(k, nn::kNameAttr, graph.builder.getStringAttr(name));
  return success();
}

/// The handler of a node, or why there is none.
static Result<const HandlerEntry *> handlerOf(const onnx::NodeProto &node,
                                              int64_t opset) {
  bool isOther = !isONNX(node.domain());
  int64_t oldest = 0;
  // Other domains have one version.
  const HandlerEntry *handler = findHandler(node, isOther ? 1 : opset, oldest);
  if (handler)
    return handler;
  if (oldest)
    return Status::error("opset " + std::to_string(opset) +
                         " is older than the oldest supported, " +
                         std::to_string(oldest));
  return Status::error(
      "the operator is not supported (" +
      (isOther ? "domain " + node.domain() : "opset " + std::to_string(opset)) +
      ")");
}

/// One error for all nodes that are refused, each with its reason.
static LogicalResult refuse(InFlightDiagnostic error,
                            ArrayRef<std::string> refused) {
  constexpr size_t mostListed = 20;
  if (refused.size() > 1)
    error << refused.size() << " nodes are not supported: ";
  error << llvm::join(refused.take_front(mostListed), "; ");
  if (refused.size() > mostListed)
    error << "; and " << refused.size() - mostListed << " more";
  return error;
}

/// All nodes without a handler in one error.
LogicalResult Importer::checkOperators(const onnx::GraphProto &proto) {
  std::vector<std::string> refused;
  for (const onnx::NodeProto &node : proto.node())
    if (auto handler = handlerOf(node, graph.opset); !handler)
      refused.push_back(Node(graph, node).name() + ": " + handler.message());
  return refused.empty() ? success() : refuse(error(), refused);
}

void Importer::readDeclarations(const onnx::GraphProto &proto) {
  for (const auto *list : {&proto.value_info(), &proto.output()})
    for (const onnx::ValueInfoProto &tensor : *list) {
      if (!tensor.type().tensor_type().has_shape())
        continue;
      std::vector<int64_t> shape;
      for (const auto &size : tensor.type().tensor_type().shape().dim())
        shape.push_back(size.has_dim_value() ? size.dim_value() : -1);
      if (countElements(shape) >= 0)
        graph.declaredShapes[tensor.name()] = std::move(shape);
    }
}

LogicalResult Importer::readNodes(const onnx::GraphProto &proto) {
  NodeRecorder recorder(graph, proto, options.records);
  for (const onnx::NodeProto &node : proto.node())
    for (const std::string &output : node.output())
      graph.laterOutputs[output] = true;
  for (const onnx::NodeProto &node : proto.node()) {
    for (const std::string &output : node.output())
      graph.laterOutputs.erase(output);
    Result<const HandlerEntry *> handler = handlerOf(node, graph.opset);
    Node current(graph, node);
    if (options.records)
      recorder.build(node, handler);
    else if (failed((*handler)->build(current)))
      return failure();
  }
  return success();
}

LogicalResult Importer::readOutputs(const onnx::GraphProto &proto,
                                    func::FuncOp main) {
  SmallVector<Value> results;
  SmallVector<Type> types;
  SmallVector<StringRef> given;
  llvm::StringSet<> names;
  for (const onnx::ValueInfoProto &output : proto.output()) {
    auto found = graph.tensors.find(output.name());
    if (options.records &&
        (found == graph.tensors.end() || !found->second.value))
      continue;
    if (found == graph.tensors.end())
      return error() << "output '" << output.name() << "' is made by no node";
    if (!found->second.value)
      found->second.value = nn::ConstantOp::create(
          graph.builder, graph.location(output.name(), ""),
          RankedTensorType::get(found->second.data->shape,
                                elementType(graph.builder.getContext(),
                                            found->second.data->type)),
          makeElements(graph.builder.getContext(), *found->second.data));
    if (!names.insert(output.name()).second)
      return error() << "output '" << output.name() << "' is given twice";
    results.push_back(found->second.value);
    types.push_back(found->second.value.getType());
    given.push_back(output.name());
  }
  if (results.empty() && !options.records)
    return error() << "the graph has no outputs";
  func::ReturnOp::create(graph.builder, main.getLoc(), results);
  main.setType(graph.builder.getFunctionType(main.getArgumentTypes(), types));
  for (auto [k, name] : llvm::enumerate(given))
    main.setResultAttr(k, nn::kNameAttr, graph.builder.getStringAttr(name));
  return success();
}

OwningOpRef<ModuleOp> Importer::run(const Status &read,
                                    const onnx::ModelProto &model) {
  if (!read) {
    error() << read.message();
    return nullptr;
  }
  if (!model.has_graph()) {
    error() << "the file holds no ONNX graph";
    return nullptr;
  }
  MLIRContext *context = graph.builder.getContext();
  context->loadDialect<nn::NNDialect, func::FuncDialect>();
  Location file = FileLineColLoc::get(context, graph.path, 0, 0);
  OwningOpRef<ModuleOp> module = ModuleOp::create(file);
  graph.builder.setInsertionPointToEnd(module->getBody());
  auto main = func::FuncOp::create(graph.builder, file, "main",
                                   graph.builder.getFunctionType({}, {}));
  const onnx::GraphProto &proto = model.graph();
  graph.randomWeights = options.randomWeights;
  graph.unknownInputs = options.unknownInputs;
  graph.halfAsFloat = options.halfAsFloat;
  graph.positiveWeights = findPositiveWeights(proto);
  readDeclarations(proto);
  if (failed(readOpset(model)) ||
      (!options.records && failed(checkOperators(proto))) ||
      failed(readInitializers(proto)) || failed(readInputs(proto, main)) ||
      failed(readNodes(proto)) || failed(readOutputs(proto, main)) ||
      failed(verify(*module)))
    return nullptr;
  return module;
}

/// All nodes that are refused, by an import that goes on after them.
static std::vector<std::string> findRefused(const onnx::ModelProto &model,
                                            StringRef path, StringRef folder,
                                            MLIRContext *context,
                                            ImportOptions options) {
  std::vector<NodeRecord> records;
  options.records = &records;
  options.unknownInputs = nullptr;
  ScopedDiagnosticHandler quiet(context,
                                [](Diagnostic &) { return success(); });
  bool allowed = context->allowsUnregisteredDialects();
  Importer(path, folder, context, options).run(Status::ok(), model);
  context->allowUnregisteredDialects(allowed);
  std::vector<std::string> refused;
  for (const NodeRecord &record : records)
    if (record.fate == NodeFate::NoHandler || record.fate == NodeFate::NotBuilt)
      refused.push_back(record.node + ": " + record.problem);
  return refused;
}

/// `read` is what came of reading the model.
static OwningOpRef<ModuleOp>
import(const Status &read, const onnx::ModelProto &model, StringRef path,
       StringRef folder, MLIRContext *context, const ImportOptions &options) {
  if (options.records || !read)
    return Importer(path, folder, context, options).run(read, model);
  std::optional<Diagnostic> first;
  OwningOpRef<ModuleOp> module;
  {
    ScopedDiagnosticHandler held(context, [&](Diagnostic &diagnostic) {
      if (!first)
        first = std::move(diagnostic);
      return success();
    });
    module = Importer(path, folder, context, options).run(read, model);
  }
  if (module)
    return module;
  std::vector<std::string> refused =
      findRefused(model, path, folder, context, options);
  if (refused.size() > 1)
    (void)refuse(emitError(FileLineColLoc::get(context, path, 0, 0)), refused);
  else
    context->getDiagEngine().emit(std::move(*first));
  return nullptr;
}

OwningOpRef<ModuleOp> rowlock::importONNX(StringRef path, MLIRContext *context,
                                          const ImportOptions &options) {
  onnx::ModelProto proto;
  Status read = readMessage(path.str(), proto);
  if (read)
    read = inlineFunctions(proto);
  return import(read, proto, path, llvm::sys::path::parent_path(path), context,
                options);
}

OwningOpRef<ModuleOp> rowlock::importONNX(const ModelBytes &model,
                                          MLIRContext *context,
                                          const ImportOptions &options) {
  onnx::ModelProto proto;
  Status read = parseMessage(model.bytes, proto);
  if (read)
    read = inlineFunctions(proto);
  return import(read, proto, model.name, model.folder, context, options);
}
