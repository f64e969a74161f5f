//===- RandomProgramTest.cpp - Random programs on `sim` -------------------===//
//
// Random valid targets x random legal mappings x random small layers, compiled,
// run on `sim` with random engine order, compared with the evaluator.
//
//===----------------------------------------------------------------------===//
#include "RandomLayer.h"

#include "rowlock/Conversion/Passes.h"
#include "rowlock/Dialect/RS/IR/RS.h"
#include "rowlock/Pipelines/Compile.h"
#include "rowlock/Program/TensorLayout.h"
#include "rowlock/Program/Values.h"
#include "rowlock/Simulator/Simulator.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Pass/PassManager.h"

#include <gtest/gtest.h>

using namespace mlir;
using namespace rowlock;

/// Little-endian bytes of integers.
static std::vector<uint8_t> toBytes(const std::vector<int64_t> &values,
                                    unsigned width) {
  std::vector<uint8_t> bytes;
  for (int64_t value : values)
    for (unsigned k = 0; k < width; ++k)
      bytes.push_back(uint8_t(uint64_t(value) >> (8 * k)));
  return bytes;
}

static uint32_t findTensor(const Program &program, fb::TensorKind kind) {
  auto tensors = items(program.table().tensors());
  uint32_t index = 0;
  while (tensors[index]->kind() != kind)
    ++index;
  return index;
}

/// Runs a program on one input; the bytes of its output.
static std::vector<uint8_t> simulate(const Program &program,
                                     const RefTensor &input, uint64_t order) {
  SimulatorOptions options;
  options.orderSeed = order;
  auto simulator = Simulator::create(program, options);
  EXPECT_TRUE(bool(simulator));
  auto tensors = items(program.table().tensors());
  uint32_t in = findTensor(program, fb::TensorKind::Input);
  uint32_t out = findTensor(program, fb::TensorKind::Output);
  auto data = toBytes(input.integers, elementBytes(tensors[in]->type()));
  Status written = (*simulator)->write(in, data.data(), data.size());
  EXPECT_TRUE(bool(written)) << written.message();
  if (Status ran = (*simulator)->run(); !ran) {
    ADD_FAILURE() << ran.message();
    return {};
  }
  std::vector<uint8_t> result(TensorLayout(*tensors[out]).byteSize());
  Status read = (*simulator)->read(out, result.data(), result.size());
  EXPECT_TRUE(bool(read));
  return result;
}

/// Compiles and compares one program; false if no legal mapping was found.
static bool runOne(uint64_t seed) {
  RandomProblem random(seed);
  TargetSpec target = random.target();
  MappingProblem problem = random.problem(target);
  if (target.isFixed16())
    problem.layer.mode16 = false;
  if (!problem.check())
    return false;
  auto mapping = random.legalMapping(problem);
  if (!mapping)
    return false;
  MLIRContext context(MLIRContext::Threading::DISABLED);
  context.loadDialect<nn::NNDialect, rs::RSDialect, func::FuncDialect,
                      scf::SCFDialect>();
  OwningOpRef<ModuleOp> module = randomLayer(&context, problem, random);
  auto main = module->lookupSymbol<func::FuncOp>("main");
  RefTensor input =
      randomTensor(cast<RankedTensorType>(main.getArgumentTypes()[0]), random);
  auto expected = Evaluator(main).run(input);
  EXPECT_TRUE(succeeded(expected));

  PassManager manager(&context);
  manager.addPass(createNNToRS());
  EXPECT_TRUE(succeeded(manager.run(*module)));
  rs::Conv2DOp conv;
  module->walk([&](rs::Conv2DOp op) { conv = op; });
  if (!conv) {
    ADD_FAILURE() << "seed " << seed << ": the layer stayed on the host";
    return true;
  }
  EXPECT_EQ(rs::getShape(conv, target).layer, problem.layer);
  std::string text = printMapping(*mapping);
  conv.setMappingAttr(rs::MappingAttr::get(&context, StringRef(text)));
  bool lowered = succeeded(lowerToCommands(*module));
  EXPECT_TRUE(lowered) << "seed " << seed << ": " << text;
  if (!lowered)
    return true;
  auto program = makeProgram(*module, "seed", nullptr, {});
  EXPECT_TRUE(succeeded(program)) << "seed " << seed << ": " << text;
  if (failed(program))
    return true;
  unsigned width = elementBytes(
      items(program->table()
                .tensors())[findTensor(*program, fb::TensorKind::Output)]
          ->type());
  EXPECT_EQ(simulate(*program, input, seed),
            toBytes(expected->front().integers, width))
      << "seed " << seed << ": " << text;
  return true;
}

TEST(RandomPrograms, EqualTheEvaluator) {
  int64_t done = 0;
  for (uint64_t seed = ROWLOCK_FIRST_SEED; done < ROWLOCK_PROGRAMS; ++seed) {
    ASSERT_LT(seed, ROWLOCK_FIRST_SEED + 20 * uint64_t(ROWLOCK_PROGRAMS));
    done += runOne(seed);
    if (::testing::Test::HasFailure())
      break;
  }
  RecordProperty("programs", int(done));
}
