//===- HostOperation.cpp - One operation, its kernel and its meaning ------===//
#include "HostOperation.h"

#include "rowlock/Dialect/NN/IR/ConstantData.h"
#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Dialect/NN/Kernels/HostKernel.h"
#include "rowlock/Dialect/NN/Kernels/ProgramTypes.h"
#include "rowlock/Numerics/Float8.h"
#include "rowlock/Numerics/Half.h"
#include "rowlock/Program/TensorLayout.h"

#include "mlir/Parser/Parser.h"

#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <limits>

using namespace mlir;
using namespace rowlock;
using namespace rowlock::test;

const std::vector<std::string> test::floatTypes = {"f16", "bf16", "f32", "f64"};
const std::vector<std::string> test::numberTypes = {
    "f16", "bf16", "f32", "f64",  "i8",   "i16",
    "i32", "i64",  "ui8", "ui16", "ui32", "ui64"};
const std::vector<std::string> test::allTypes = {
    "f16", "bf16", "f32",  "f64",  "i8",   "i16", "i32",
    "i64", "ui8",  "ui16", "ui32", "ui64", "i1"};

static const Float8Format *float8Of(fb::ElementType type) {
  switch (type) {
  case fb::ElementType::F8E4M3FN:
    return &float8E4M3FN;
  case fb::ElementType::F8E4M3FNUZ:
    return &float8E4M3FNUZ;
  case fb::ElementType::F8E5M2:
    return &float8E5M2;
  case fb::ElementType::F8E5M2FNUZ:
    return &float8E5M2FNUZ;
  default:
    return nullptr;
  }
}

static std::string withType(std::string text, const std::string &type) {
  for (size_t at = 0; (at = text.find("xT>", at)) != std::string::npos;)
    text.replace(at + 1, 1, type);
  for (size_t at = 0; (at = text.find("<T>", at)) != std::string::npos;)
    text.replace(at + 1, 1, type);
  return text;
}

HostOperation::HostOperation(const std::string &arguments,
                             const std::string &operation,
                             const std::string &type, const std::string &before)
    : context(MLIRContext::Threading::DISABLED) {
  context.loadDialect<nn::NNDialect, quant::QuantDialect, func::FuncDialect>();
  std::string line = withType(operation, type);
  std::string result = line.substr(line.rfind("-> ") + 3);
  std::string text = "func.func @main(" + withType(arguments, type) + ") -> " +
                     result + " {\n" + before + "\n%0 = " + line +
                     "\nreturn %0 : " + result + "\n}";
  module = parseSourceString<ModuleOp>(text, &context);
  if (!module) {
    ADD_FAILURE() << text;
    return;
  }
  function = module->lookupSymbol<func::FuncOp>("main");
  op = function.getBody().front().getTerminator()->getPrevNode();
  nn::KernelCall call = nn::hostKernel(op);
  layer.kernel = *nn::kernelNamed(call.kernel);
  for (NamedAttribute named : call.attributes)
    layer.attributes.push_back(nn::programAttribute(named));
}

/// Eighths that sixteen bits hold, and now and then what is no number.
static double randomReal(std::mt19937_64 &random) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  switch (random() % 16) {
  case 0:
    return std::nan("");
  case 1:
    return random() % 2 ? infinity : -infinity;
  case 2:
    return -0.0;
  default:
    return double(int64_t(random() % 129) - 64) / 8;
  }
}

/// The value that elements of the type have in its place.
static float held(float value, fb::ElementType type) {
  const Float8Format *format = float8Of(type);
  return format ? float8ToFloat(floatToFloat8(value, *format, false), *format)
                : value;
}

/// Small ones more often than others.
static int64_t randomInteger(std::mt19937_64 &random, Type type) {
  auto integer = cast<IntegerType>(type);
  llvm::APInt bits(64, random() % 4 ? random() % 8 : random());
  if (random() % 2)
    bits = -bits;
  bits = bits.trunc(integer.getWidth());
  bool isUnsigned = integer.isUnsigned() || integer.getWidth() == 1;
  return isUnsigned ? int64_t(bits.getZExtValue()) : bits.getSExtValue();
}

static Type storageOf(Type element) {
  auto quantized = dyn_cast<quant::QuantizedType>(element);
  return quantized ? quantized.getStorageType() : element;
}

std::vector<RefTensor> HostOperation::randomInputs() {
  std::vector<RefTensor> inputs;
  for (Type type : function.getArgumentTypes()) {
    RefTensor &input = inputs.emplace_back();
    input.type = cast<RankedTensorType>(type);
    Type element = storageOf(input.type.getElementType());
    for (int64_t k = 0; k < input.type.getNumElements(); ++k)
      if (element.isF64())
        input.doubles.push_back(randomReal(random));
      else if (isa<FloatType>(element))
        input.floats.push_back(
            held(float(randomReal(random)), *nn::programType(element)));
      else
        input.integers.push_back(randomInteger(random, element));
  }
  return inputs;
}

template <typename T>
static void append(std::vector<uint8_t> &bytes, T value, size_t count) {
  size_t at = bytes.size();
  bytes.resize(at + count);
  std::memcpy(bytes.data() + at, &value, count);
}

static KernelTensor describe(Type type) {
  auto shaped = cast<RankedTensorType>(type);
  KernelTensor tensor;
  tensor.type = *nn::programType(shaped.getElementType());
  tensor.shape.assign(shaped.getShape().begin(), shaped.getShape().end());
  if (auto quantized =
          dyn_cast<quant::UniformQuantizedType>(shaped.getElementType())) {
    tensor.scale = float(quantized.getScale());
    tensor.zeroPoint = quantized.getZeroPoint();
  }
  return tensor;
}

/// As a program holds the elements; NaNs become one.
static KernelTensor encode(const RefTensor &tensor) {
  KernelTensor result = describe(tensor.type);
  size_t unit = elementBytes(result.type);
  for (float value : tensor.floats) {
    if (std::isnan(value))
      value = std::nanf("");
    if (result.type == fb::ElementType::F16)
      append(result.bytes, floatToHalf(value), unit);
    else if (result.type == fb::ElementType::BF16)
      append(result.bytes, floatToBFloat(value), unit);
    else if (auto *format = float8Of(result.type))
      append(result.bytes, floatToFloat8(value, *format, false), unit);
    else
      append(result.bytes, value, unit);
  }
  for (double value : tensor.doubles)
    append(result.bytes, std::isnan(value) ? std::nan("") : value, unit);
  for (int64_t value : tensor.integers)
    append(result.bytes, value, unit);
  return result;
}

/// The same with one NaN, of what a kernel made.
static void unifyNaN(KernelTensor &tensor) {
  size_t unit = elementBytes(tensor.type);
  for (size_t at = 0; at < tensor.bytes.size(); at += unit) {
    uint64_t bits = 0;
    std::memcpy(&bits, tensor.bytes.data() + at, unit);
    if (auto *format = float8Of(tensor.type))
      if (std::isnan(float8ToFloat(uint8_t(bits), *format)))
        bits = floatToFloat8(std::nanf(""), *format, false);
    switch (tensor.type) {
    case fb::ElementType::F16:
      bits = std::isnan(halfToFloat(uint16_t(bits)))
                 ? floatToHalf(std::nanf(""))
                 : bits;
      break;
    case fb::ElementType::BF16:
      bits = std::isnan(bfloatToFloat(uint16_t(bits)))
                 ? floatToBFloat(std::nanf(""))
                 : bits;
      break;
    case fb::ElementType::F32:
      bits = (bits & 0x7FFFFFFF) > 0x7F800000 ? 0x7FC00000 : bits;
      break;
    case fb::ElementType::F64:
      bits = (bits << 1) > 0xFFE0000000000000 ? 0x7FF8000000000000 : bits;
      break;
    default:
      break;
    }
    std::memcpy(tensor.bytes.data() + at, &bits, unit);
  }
}

std::vector<KernelTensor> HostOperation::operands(ArrayRef<RefTensor> inputs) {
  std::vector<KernelTensor> result;
  for (Value operand : op->getOperands()) {
    if (auto argument = dyn_cast<BlockArgument>(operand)) {
      result.push_back(encode(inputs[argument.getArgNumber()]));
      continue;
    }
    KernelTensor constant = describe(operand.getType());
    constant.bytes = *nn::programBytes(nn::getConstant(operand));
    result.push_back(std::move(constant));
  }
  return result;
}

void HostOperation::expectSame(int count) {
  for (int k = 0; op && k < count; ++k) {
    std::vector<RefTensor> inputs = randomInputs();
    auto expected = Evaluator(function).run(inputs);
    ASSERT_TRUE(succeeded(expected));
    KernelTensor result = describe(op->getResult(0).getType());
    Status ran = runKernel(layer, operands(inputs), result);
    ASSERT_TRUE(ran) << ran.message();
    unifyNaN(result);
    std::string text;
    llvm::raw_string_ostream(text) << *op;
    EXPECT_EQ(encode(expected->front()).bytes, result.bytes) << text;
  }
}

std::string HostOperation::refusal(const fb::LayerT &changed,
                                   const std::vector<KernelTensor> &operands,
                                   KernelTensor result) {
  return runKernel(changed, operands, result).message();
}

std::string HostOperation::refusal(
    const std::function<void(std::vector<KernelTensor> &, KernelTensor &)>
        &change) {
  KernelTensor result = describe(op->getResult(0).getType());
  std::vector<KernelTensor> list = operands(randomInputs());
  change(list, result);
  return refusal(layer, list, result);
}

std::string HostOperation::refusalOf(const std::string &attribute,
                                     std::vector<int64_t> values) {
  std::unique_ptr<fb::AttributeT> *found = nullptr;
  for (auto &entry : layer.attributes)
    if (entry->name == attribute)
      found = &entry;
  if (!found)
    return "no attribute " + attribute;
  std::vector<int64_t> kept = (*found)->ints;
  (*found)->ints = std::move(values);
  std::string message = refusal(layer, operands(randomInputs()),
                                describe(op->getResult(0).getType()));
  (*found)->ints = kept;
  return message;
}
