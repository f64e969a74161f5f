//===- ONNXValues.cpp - What tensors of a model hold ----------------------===//
#include "ONNXValues.h"

#include "RandomValues.h"

#include "rowlock/Dialect/NN/IR/Names.h"
#include "rowlock/Frontend/ONNX/ImportONNX.h"
#include "rowlock/Input/Images.h"
#include "rowlock/Pipelines/Compile.h"
#include "rowlock/Reference/Evaluator.h"
#include "rowlock/Support/Bytes.h"

#include "llvm/Support/FileSystem.h"

#include <cstring>

using namespace mlir;
using namespace rowlock;

constexpr int64_t kRandomRuns = 2;
/// Exit code of a child whose images cannot be read.
constexpr int kBadImages = 3;

std::string ONNXValues::file(size_t index) const {
  return folder + "/" + std::to_string(index) + ".npy";
}

static Array arrayOf(std::vector<int64_t> shape,
                     const std::vector<float> &values) {
  Array array;
  array.shape = std::move(shape);
  array.bytes.resize(values.size() * 4);
  copyBytes(array.bytes.data(), values.data(), array.bytes.size());
  return array;
}

/// The inputs of all runs.
static Result<std::vector<RefTensor>>
drawRuns(ModuleOp module, RankedTensorType type, const ModelInputs &inputs) {
  RefTensor empty;
  empty.type = type;
  std::vector<RefTensor> runs;
  if (inputs.images.empty()) {
    RandomValues random;
    for (int64_t k = 0; k < kRandomRuns; ++k) {
      runs.push_back(empty);
      runs.back().floats = random.numbers(type.getNumElements());
    }
    return runs;
  }
  Result<std::vector<int64_t>> shape = imageShape(module);
  if (!shape)
    return shape.takeStatus();
  auto source = ImageSource::open(inputs.images, inputs.preprocessing, *shape,
                                  inputs.most);
  if (!source)
    return source.takeStatus();
  int64_t batch = type.getDimSize(0);
  int64_t unit = type.getNumElements() / batch;
  for (int64_t k = 0; k < source->count(); ++k) {
    if (k % batch == 0) {
      runs.push_back(empty);
      runs.back().floats.assign(size_t(type.getNumElements()), 0);
    }
    ImageSource::Image image;
    if (Status read = source->next(image); !read)
      return read;
    std::copy(image.values.begin(), image.values.end(),
              runs.back().floats.begin() + (k % batch) * unit);
  }
  return runs;
}

int ONNXValues::evaluate(const std::string &path, MLIRContext &context,
                         const ModelInputs &inputs) {
  // Why a model has no values is not told.
  ScopedDiagnosticHandler silent(&context,
                                 [](Diagnostic &) { return success(); });
  ImportOptions importing;
  importing.batch = inputs.batch;
  OwningOpRef<ModuleOp> module = importONNX(path, &context, importing);
  auto main =
      module ? module->lookupSymbol<func::FuncOp>("main") : func::FuncOp();
  if (!main || main.getNumArguments() != 1)
    return 1;
  auto type = dyn_cast<RankedTensorType>(main.getArgumentTypes()[0]);
  if (!type || !type.getElementType().isF32() || !type.getRank())
    return 1;
  Result<std::vector<RefTensor>> runs = drawRuns(*module, type, inputs);
  if (!runs)
    return kBadImages;
  struct Known {
    std::vector<int64_t> shape;
    std::vector<float> values;
  };
  std::vector<std::map<size_t, Known>> known;
  auto keep = [&](const std::string &name, const RefTensor &tensor) {
    auto index = indices.find(name);
    if (index == indices.end() || !tensor.type.getElementType().isF32())
      return;
    // The last value of a name is the node's result.
    known.back()[index->second] = {tensor.type.getShape().vec(), tensor.floats};
  };
  Evaluator evaluator(main);
  auto input = main.getArgAttrOfType<StringAttr>(0, nn::kNameAttr);
  for (const RefTensor &run : *runs) {
    known.emplace_back();
    if (input)
      keep(input.str(), run);
    auto observe = [&](Value value, const RefTensor &tensor) {
      if (!isa<BlockArgument>(value))
        keep(nn::nameOf(value.getLoc()), tensor);
    };
    if (failed(evaluator.run(run, observe)))
      return 1;
  }
  for (auto &[index, first] : known.front()) {
    std::vector<int64_t> shape = first.shape;
    // A dimension for the runs, which `find` takes away.
    shape.insert(shape.begin(), int64_t(known.size()));
    std::vector<float> values;
    for (auto &run : known)
      values.insert(values.end(), run[index].values.begin(),
                    run[index].values.end());
    if (shape.size() > 8)
      continue;
    if (!writeNPY(file(index), arrayOf(shape, values)))
      return 1;
  }
  return 0;
}

Status ONNXValues::compute(const std::string &path,
                           const onnx::GraphProto &graph, MLIRContext &context,
                           const ModelInputs &inputs,
                           const ChildLimits &limits) {
  for (const std::string &name : dataInputs(graph))
    indices.try_emplace(name, indices.size());
  for (const onnx::NodeProto &node : graph.node())
    for (const std::string &name : node.output())
      indices.try_emplace(name, indices.size());
  Result<ChildResult> ran =
      runChild([&] { return evaluate(path, context, inputs); }, limits);
  if (!ran)
    return ran.takeStatus();
  if (!ran->signal && ran->exitCode == kBadImages)
    return Status::error(inputs.images +
                         ": no images for the model's input are there");
  return Status::ok();
}

const Array *ONNXValues::find(const std::string &name) {
  auto index = indices.find(name);
  if (index == indices.end())
    return nullptr;
  auto [entry, isNew] = loaded.try_emplace(name);
  if (isNew && llvm::sys::fs::exists(file(index->second))) {
    Result<Array> array = readNPY(file(index->second));
    if (array && array->shape.size() > 1) {
      runCount = array->shape[0];
      array->shape.erase(array->shape.begin());
      array->shape[0] *= runCount;
      entry->second = std::move(*array);
    }
  }
  return entry->second ? &*entry->second : nullptr;
}

std::optional<onnx::TypeProto> ONNXValues::type(const std::string &name) {
  const Array *array = find(name);
  if (!array)
    return std::nullopt;
  std::vector<int64_t> shape = array->shape;
  shape[0] /= runCount;
  return floatType(shape);
}

/// The first elements along every dimension but the first.
static std::vector<float> firstValues(const Array &array,
                                      const std::vector<int64_t> &shape) {
  std::vector<float> all = array.toFloats(), values;
  std::vector<int64_t> index(shape.size(), 0);
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  for (; count > 0; --count) {
    int64_t at = 0;
    for (size_t d = 0; d < shape.size(); ++d)
      at = at * array.shape[d] + index[d];
    values.push_back(all[size_t(at)]);
    for (size_t d = shape.size(); d-- > 0 && ++index[d] == shape[d];)
      index[d] = 0;
  }
  return values;
}

Array rowlock::inputArray(const onnx::ModelProto &model, ONNXValues &values) {
  std::vector<std::string> names = dataInputs(model.graph());
  std::vector<int64_t> shape;
  for (const onnx::ValueInfoProto &input : model.graph().input())
    if (!names.empty() && input.name() == names.front())
      shape = shapeOf(input.type()).value_or(shape);
  if (shape.empty())
    shape = {1};
  for (int64_t &size : shape)
    size = std::max<int64_t>(size, 1);
  const Array *known = names.empty() ? nullptr : values.find(names.front());
  bool fits = known && known->shape.size() == shape.size();
  shape[0] *= fits ? values.runs() : kRandomRuns;
  for (size_t d = 0; fits && d < shape.size(); ++d)
    fits = shape[d] <= known->shape[d];
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  return arrayOf(shape, fits ? firstValues(*known, shape)
                             : RandomValues().numbers(count));
}
