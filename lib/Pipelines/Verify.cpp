//===- Verify.cpp - A program against the evaluator -----------------------===//
#include "rowlock/Pipelines/Verify.h"

#include "GatedCheck.h"

#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Dialect/NN/IR/Names.h"
#include "rowlock/Dialect/NN/Kernels/ProgramTypes.h"
#include "rowlock/Input/InputElements.h"
#include "rowlock/Numerics/Float8.h"
#include "rowlock/Numerics/Half.h"
#include "rowlock/Program/TensorLayout.h"
#include "rowlock/Program/Values.h"
#include "rowlock/Reference/Evaluator.h"
#include "rowlock/Simulator/Simulator.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/Format.h"

using namespace mlir;
using namespace rowlock;

namespace {

class Comparison {
public:
  Comparison(const Program &program, Simulator &simulator, func::FuncOp main)
      : program(program), simulator(simulator) {
    auto tensors = items(program.table().tensors());
    std::vector<uint32_t> outputs;
    for (uint32_t k = 0; k < tensors.size(); ++k) {
      tensorOf[text(tensors[k]->name())] = k;
      if (tensors[k]->kind() == fb::TensorKind::Output)
        outputs.push_back(k);
    }
    // Outputs are named after the results of @main.
    Operation *terminator = main.getBody().front().getTerminator();
    for (auto [k, value] : llvm::enumerate(terminator->getOperands())) {
      auto name = main.getResultAttrOfType<StringAttr>(k, nn::kNameAttr);
      if (name && tensorOf.count(name))
        outputOf.try_emplace(value, tensorOf[name]);
    }
  }

  /// Compares one value; false, with an error, if it differs.
  bool compare(Value value, const RefTensor &expected, int64_t image);

  VerifyCounts counts;

private:
  std::optional<uint32_t> find(Value value);
  void report(Value value, uint32_t tensor, int64_t element, double expected,
              double actual, int64_t image);

  const Program &program;
  Simulator &simulator;
  llvm::StringMap<uint32_t> tensorOf;
  llvm::DenseMap<Value, uint32_t> outputOf;
};

} // namespace

std::optional<uint32_t> Comparison::find(Value value) {
  auto output = outputOf.find(value);
  if (output != outputOf.end())
    return output->second;
  if (isa<BlockArgument>(value))
    return std::nullopt;
  auto found = tensorOf.find(nn::nameOf(value.getLoc()));
  if (found == tensorOf.end())
    return std::nullopt;
  return found->second;
}

template <typename T>
static double element(const std::vector<uint8_t> &bytes, int64_t index) {
  T value;
  std::memcpy(&value, bytes.data() + size_t(index) * sizeof(T), sizeof(T));
  return double(value);
}

static double decode(fb::ElementType type, const std::vector<uint8_t> &bytes,
                     int64_t index) {
  switch (type) {
  case fb::ElementType::I8:
  case fb::ElementType::I4:
    return element<int8_t>(bytes, index);
  case fb::ElementType::U8:
  case fb::ElementType::I1:
  case fb::ElementType::U4:
    return element<uint8_t>(bytes, index);
  case fb::ElementType::I16:
    return element<int16_t>(bytes, index);
  case fb::ElementType::U16:
    return element<uint16_t>(bytes, index);
  case fb::ElementType::I32:
    return element<int32_t>(bytes, index);
  case fb::ElementType::U32:
    return element<uint32_t>(bytes, index);
  case fb::ElementType::I64:
  case fb::ElementType::U64:
    return element<int64_t>(bytes, index);
  case fb::ElementType::F32:
    return element<float>(bytes, index);
  case fb::ElementType::F64:
    return element<double>(bytes, index);
  case fb::ElementType::F16:
    return halfToFloat(element<uint16_t>(bytes, index));
  case fb::ElementType::BF16:
    return bfloatToFloat(element<uint16_t>(bytes, index));
  case fb::ElementType::F8E4M3FN:
    return float8ToFloat(bytes[size_t(index)], float8E4M3FN);
  case fb::ElementType::F8E4M3FNUZ:
    return float8ToFloat(bytes[size_t(index)], float8E4M3FNUZ);
  case fb::ElementType::F8E5M2:
    return float8ToFloat(bytes[size_t(index)], float8E5M2);
  case fb::ElementType::F8E5M2FNUZ:
    return float8ToFloat(bytes[size_t(index)], float8E5M2FNUZ);
  }
  return 0;
}

/// All digits of a binary32 number or an integer of 32 bits.
static std::string numberText(double value) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.10g", value);
  return text;
}

void Comparison::report(Value value, uint32_t tensor, int64_t index,
                        double expected, double actual, int64_t image) {
  std::string where;
  llvm::ArrayRef<int64_t> shape =
      cast<RankedTensorType>(value.getType()).getShape();
  int64_t rest = index;
  for (size_t d = shape.size(); d-- > 0; rest /= shape[d])
    where =
        std::to_string(rest % shape[d]) + (where.empty() ? "" : ", ") + where;
  InFlightDiagnostic error = emitError(value.getLoc());
  error << "image " << image << ", element [" << where << "]: expected "
        << numberText(expected) << ", the program makes " << numberText(actual);
  auto producer = simulator.findProducer(tensor, index);
  if (!producer || !*producer || !(*producer)->pass)
    return;
  error << " (pass: command " << *(*producer)->pass << " at [";
  llvm::interleaveComma((*producer)->indices, error);
  error << "], PE row " << (*producer)->peRow << ", column "
        << (*producer)->peColumn << ")";
}

static int64_t layoutElements(const fb::Tensor &tensor) {
  return TensorLayout(tensor).elements();
}

bool Comparison::compare(Value value, const RefTensor &expected,
                         int64_t image) {
  std::optional<uint32_t> tensor = find(value);
  if (!tensor) {
    // The input is written, and a layer may read through a reshape.
    if (isa<BlockArgument>(value) ||
        isa<nn::ReshapeOp, nn::ConstantOp>(value.getDefiningOp()))
      return true;
    emitError(value.getLoc()) << "the program has no tensor for the result";
    return false;
  }
  const fb::Tensor *entry = items(program.table().tensors())[*tensor];
  int64_t elements = expected.type.getNumElements();
  std::vector<uint8_t> bytes(size_t(layoutElements(*entry)) *
                             elementBytes(entry->type()));
  if (Status read = simulator.read(*tensor, bytes.data(), bytes.size());
      !read) {
    emitError(value.getLoc()) << read.message();
    return false;
  }
  if (layoutElements(*entry) != elements ||
      nn::programType(expected.type.getElementType()) != entry->type()) {
    emitError(value.getLoc()) << "tensor '" << text(entry->name())
                              << "' of the program has another type";
    return false;
  }
  for (int64_t k = 0; k < elements; ++k) {
    double actual = decode(entry->type(), bytes, k);
    double wanted = !expected.floats.empty()    ? expected.floats[k]
                    : !expected.doubles.empty() ? expected.doubles[k]
                                                : double(expected.integers[k]);
    // Floats to the bit: zeros have signs, NaNs are equal to themselves.
    // Integers of 64 bits do not fit in a double.
    bool wide = elementBytes(entry->type()) == 8 && !expected.integers.empty();
    bool same = wide ? element<int64_t>(bytes, k) == expected.integers[k]
                     : llvm::bit_cast<uint64_t>(wanted) ==
                           llvm::bit_cast<uint64_t>(actual);
    if (!same) {
      report(value, *tensor, k, wanted, actual, image);
      return false;
    }
  }
  counts.elements += elements;
  counts.wraps += expected.wraps;
  ++counts.tensors;
  return true;
}

FailureOr<VerifyCounts>
rowlock::verifyProgram(const Program &program, ModuleOp module,
                       ImageSource &images, const ProgressFunction &progress) {
  auto main = module.lookupSymbol<func::FuncOp>("main");
  auto created = Simulator::create(program);
  if (!created)
    return module.emitError() << created.message();
  Simulator &simulator = **created;
  Evaluator evaluator(main);
  Comparison comparison(program, simulator, main);
  GatedCheck gated(program);
  auto type = cast<RankedTensorType>(main.getArgumentTypes()[0]);
  int64_t batch = type.getShape()[0];
  int64_t unit = type.getNumElements() / batch;
  uint32_t input = 0;
  for (const fb::Tensor *tensor : items(program.table().tensors())) {
    if (tensor->kind() == fb::TensorKind::Input)
      break;
    ++input;
  }
  for (int64_t first = 0; first < images.count(); first += batch) {
    std::vector<float> numbers(size_t(type.getNumElements()), 0);
    int64_t count = std::min(batch, images.count() - first);
    ImageSource::Image image;
    for (int64_t k = 0; k < count; ++k) {
      if (Status read = images.next(image); !read)
        return module.emitError() << read.message();
      std::copy_n(image.values.begin(), unit, numbers.begin() + k * unit);
    }
    auto bytes =
        inputElements(numbers, *nn::programType(type.getElementType()));
    if (!bytes)
      return module.emitError() << bytes.message();
    RefTensor data;
    data.type = type;
    if (type.getElementType().isF32())
      data.floats = std::move(numbers);
    else
      data.integers.assign(numbers.begin(), numbers.end());
    Status ran = simulator.write(input, bytes->data(), bytes->size());
    if (ran)
      ran = simulator.run();
    if (!ran)
      return module.emitError() << ran.message();
    bool same = true;
    auto observe = [&](Value value, const RefTensor &expected) {
      same = same && comparison.compare(value, expected, first) &&
             succeeded(gated.check(value, expected, simulator.layerCounts()));
    };
    if (failed(evaluator.run(data, observe)) || !same)
      return failure();
    comparison.counts.images += count;
    if (progress)
      progress(comparison.counts.images, images.count());
  }
  comparison.counts.gatedLayers = gated.layers;
  return comparison.counts;
}
