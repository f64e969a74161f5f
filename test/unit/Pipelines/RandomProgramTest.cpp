//===- RandomProgramTest.cpp - Random programs on `sim` -------------------===//
//
// Random valid targets x random legal mappings x random small layers, compiled,
// run on `sim` in random order, in time and cycle by cycle, compared with the
// evaluator and with each other.
//
//===----------------------------------------------------------------------===//
#include "LayerProgram.h"
#include "ObservedRun.h"
#include "RandomLayer.h"
#include "TraceCheck.h"

#include "rowlock/Dialect/RS/IR/RS.h"
#include "rowlock/Pipelines/Energy.h"
#include "rowlock/Program/TensorLayout.h"
#include "rowlock/Program/Values.h"
#include "rowlock/Simulator/Simulator.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

#include <gtest/gtest.h>

using namespace mlir;
using namespace rowlock;

/// Runs a program on one input; the bytes of its output.
static std::vector<uint8_t> simulate(const Program &program,
                                     const RefTensor &input,
                                     const SimulatorOptions &options,
                                     EventCounts &counts) {
  auto simulator = Simulator::create(program, options);
  EXPECT_TRUE(bool(simulator));
  DistinctPasses passes(items(program.table().layers()).size());
  Trace trace(program), coarse(program, 8);
  for (RunObserver *observer :
       {(RunObserver *)&passes, (RunObserver *)&trace, (RunObserver *)&coarse})
    (*simulator)->observe(*observer);
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
  counts = (*simulator)->counts();
  if (!options.orderSeed && !options.everyCycle) {
    checkPasses(program, passes, (*simulator)->layerCounts());
    checkTrace(program, trace, counts);
    checkTrace(program, coarse, counts);
    EXPECT_EQ(size_t(trace.sliceCount()), trace.keptCount());
    // Neighbours of a layer are one at last; the link knows no layers.
    size_t layers = items(program.table().layers()).size() + 1;
    EXPECT_LE(coarse.keptCount(), 8 * layers);
  }
  TensorLayout layout(*tensors[out]);
  std::vector<uint8_t> result(
      size_t(layout.elements() * layout.bytesPerElement()));
  Status read = (*simulator)->read(out, result.data(), result.size());
  EXPECT_TRUE(bool(read));
  return result;
}

/// The sizes of a tensor's code blocks, if it is coded.
static std::optional<CodedFmap> codedFmap(const fb::Tensor &tensor,
                                          const std::vector<int64_t> &values) {
  TensorLayout layout(tensor);
  const CodedLayout *coded = layout.coded();
  if (!coded)
    return std::nullopt;
  CodedFmap fmap;
  fmap.rows = coded->blockRows();
  std::vector<uint8_t> code(size_t(coded->byteSize()));
  int64_t width = (*tensor.shape())[3];
  auto next = values.begin();
  for (int64_t block = 0; block < coded->blocks(); ++block) {
    auto end = next + coded->rowsOf(block) * width;
    fmap.bytes.push_back(coded->write(code.data(), block, {next, end}));
    next = end;
  }
  return fmap;
}

/// What a run's data say about a native layer.
static LayerData dataOf(const Program &program, const LayerShape &layer,
                        const RefTensor &input, const RefTensor &output) {
  auto element = cast<quant::UniformQuantizedType>(input.type.getElementType());
  int64_t height = layer.height - layer.padTop - layer.padBottom;
  int64_t width = layer.width - layer.padLeft - layer.padRight;
  int64_t planes = layer.batch * layer.groups * layer.channels;
  LayerData data;
  for (int64_t y = -layer.padTop; y < height + layer.padBottom; ++y)
    for (int64_t x = -layer.padLeft; x < width + layer.padRight; ++x) {
      bool inside = y >= 0 && y < height && x >= 0 && x < width;
      int64_t zeros = 0;
      for (int64_t plane = 0; plane < planes; ++plane)
        zeros +=
            (inside ? input.integers[size_t((plane * height + y) * width + x)]
                    : element.getZeroPoint()) == 0;
      data.ifmapZeros.push_back(zeros);
    }
  auto tensors = items(program.table().tensors());
  data.ifmap = codedFmap(*tensors[findTensor(program, fb::TensorKind::Input)],
                         input.integers);
  data.ofmap = codedFmap(*tensors[findTensor(program, fb::TensorKind::Output)],
                         output.integers);
  return data;
}

/// Every count of `evaluate` is the machine's, and so is the energy. Without
/// `data`, those that depend on data are not known.
static void compareCounts(const EventCounts &counts, const Cost &cost,
                          const TargetSpec &target, bool mode16, bool coded,
                          bool data) {
  EXPECT_EQ(counts.macs, cost.macs);
  EXPECT_EQ(counts.activePEs, cost.activePEs);
  EXPECT_EQ(counts.passes, cost.passes);
  EXPECT_EQ(counts.glbIfmapReads, cost.glbIfmapReads);
  EXPECT_EQ(counts.glbPsumReads, cost.glbPsumReads);
  EXPECT_EQ(counts.glbPsumWrites, cost.glbPsumWrites);
  EXPECT_EQ(counts.glbFillWords, cost.glbFillWords);
  EXPECT_EQ(counts.glbDrainWords, cost.glbDrainWords);
  EXPECT_EQ(counts.filterWords, cost.filterWords);
  EXPECT_EQ(counts.filterDeliveries, cost.filterDeliveries);
  EXPECT_EQ(counts.ifmapDeliveries, cost.ifmapDeliveries);
  EXPECT_EQ(counts.psumDeliveries, cost.psumDeliveries);
  EXPECT_EQ(counts.dramFilterBytes, cost.dramFilterBytes);
  EXPECT_EQ(counts.dramRecordBytes, cost.dramRecordBytes);
  EventCounts same = counts;
  if (!data)
    same.gatedMacs = 0;
  EXPECT_EQ(same.gatedMacs, cost.gatedMacs);
  if (coded && !data) {
    same.dramIfmapBytes = cost.dramIfmapBytes;
    same.dramOfmapBytes = cost.dramOfmapBytes;
  }
  EXPECT_EQ(same.dramIfmapBytes, cost.dramIfmapBytes);
  EXPECT_EQ(same.dramOfmapBytes, cost.dramOfmapBytes);
  EXPECT_NEAR(normalisedEnergy(same, target, mode16).total() / cost.energy, 1,
              1e-9);
}

/// Compiles and compares one program: with a random legal mapping for each
/// part, or, where none was found, the search's.
static void runOne(uint64_t seed, const ConvShape &shape,
                   const TargetSpec &target, RandomProblem &random) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  MLIRContext context(MLIRContext::Threading::DISABLED);
  context.loadDialect<nn::NNDialect, rs::RSDialect, func::FuncDialect,
                      scf::SCFDialect>();
  OwningOpRef<ModuleOp> module = randomLayer(&context, shape, target, random);
  auto main = module->lookupSymbol<func::FuncOp>("main");
  RefTensor input =
      randomTensor(cast<RankedTensorType>(main.getArgumentTypes()[0]), random);
  auto expected = Evaluator(main).run(input);
  ASSERT_TRUE(succeeded(expected));

  rs::Conv2DOp conv = toArray(*module);
  ASSERT_TRUE(bool(conv)) << "the layer stayed on the host";
  auto parts = partsOf(rs::getShape(conv, target), target);
  ASSERT_TRUE(parts) << parts.message();
  std::vector<Mapping> mappings;
  Mapping single; // of a native layer
  Cost cost;
  int64_t restored = 0; // raw psums that come back
  for (const LayerPart &part : *parts) {
    MappingProblem problem{part.shape, target};
    std::optional<Mapping> mapping = random.legalMapping(problem);
    if (!mapping)
      mapping = searchOptimal(problem, {Objective::EDP})->mapping;
    cost += evaluate(problem, *mapping);
    single = *mapping;
    const LayerShape &layer = part.shape;
    if (layer.resumes)
      restored += layer.batch * layer.filters * layer.ofmapHeight() *
                  layer.ofmapWidth();
    mappings.push_back(*mapping);
  }
  // Half of the programs keep input and output coded where they can.
  bool coded = random.number(0, 1);
  auto program = lowerLayer(conv, mappings, coded);
  ASSERT_TRUE(succeeded(program));
  unsigned width = elementBytes(
      items(program->table()
                .tensors())[findTensor(*program, fb::TensorKind::Output)]
          ->type());
  std::vector<uint8_t> output = toBytes(expected->front().integers, width);
  EventCounts counts, timed, cycles, dataless;
  SimulatorOptions shuffled, inTime, everyCycle, noData;
  shuffled.orderSeed = seed;
  everyCycle.everyCycle = true;
  noData.data = false;
  EXPECT_EQ(simulate(*program, input, shuffled, counts), output);
  // Without data even coded tensors are what `evaluate` takes them for.
  (void)simulate(*program, input, noData, dataless);
  EXPECT_EQ(dataless.gatedMacs, 0);
  compareCounts(dataless, cost, target, shape.layer.mode16, /*coded=*/false,
                /*data=*/true);
  EXPECT_EQ(counts.glbRestoredWords, restored);
  EXPECT_EQ(counts.dramRestoredBytes, restored * target.psumBytes());
  EXPECT_EQ(counts.dramIfmapPlainBytes, cost.dramIfmapBytes);
  EXPECT_EQ(counts.dramOfmapPlainBytes, cost.dramOfmapBytes);
  checkViews(*program);
  bool native = parts->size() == 1;
  if (native) {
    const LayerShape &layer = parts->front().shape;
    LayerData data = dataOf(*program, layer, input, expected->front());
    cost = evaluate({layer, target}, single, &data);
  }
  compareCounts(counts, cost, target, shape.layer.mode16, coded, native);
  EXPECT_EQ(simulate(*program, input, inTime, timed), output);
  if (!coded)
    EXPECT_EQ(timed.cycles.total, dataless.cycles.total);
  EXPECT_EQ(simulate(*program, input, everyCycle, cycles), output);
  // Cycle by cycle a transfer may differ by the time of a link word; a pass has
  // three at most: a chunk of ifmaps, filters, a block of psums.
  double linkWord = target.core_mhz / target.link_mhz;
  EXPECT_NEAR(timed.cycles.total, cycles.cycles.total,
              0.01 * cycles.cycles.total + 3 * linkWord * double(cost.passes));
  if (coded && !native)
    return;
  // A part's first filters come while the part before stores its last psums and
  // may delay these by a FIFO's worth on the link; alone it has neither.
  double fifo = double(parts->size() - 1) * double(target.filter_banks) *
                double(target.bank_bytes * 8) / double(target.link_bits) *
                linkWord;
  EXPECT_NEAR(timed.cycles.total, cost.cycles, 1e-9 * cost.cycles + fifo);
  EXPECT_NEAR(timed.cycles.processing(), cost.processingCycles,
              1e-9 * cost.processingCycles + fifo);
}

/// A native layer; false if no legal mapping was found.
static bool runNative(uint64_t seed) {
  RandomProblem random(seed);
  TargetSpec target = random.target();
  target.frame_microseconds = 1; // so that little layers show their time
  MappingProblem problem = random.problem(target);
  // Some wide enough that the times of windows are extrapolated.
  if (random.number(0, 7) == 0)
    problem.layer.width += random.number(10, 50);
  if (target.isFixed16())
    problem.layer.mode16 = false;
  if (!problem.check() || !random.legalMapping(problem))
    return false;
  runOne(seed, {problem.layer, 1, 1}, target, random);
  return true;
}

/// A layer that runs in parts; false if it is native after all.
static bool runParts(uint64_t seed) {
  RandomProblem random(seed);
  TargetSpec target = random.target();
  target.frame_microseconds = 1; // so that little layers show their time
  random.narrow(target);
  ConvShape shape = random.convolution();
  shape.layer.batch = random.number(1, 2);
  shape.layer.mode16 = !target.isFixed16() && random.number(0, 1);
  auto parts = partsOf(shape, target);
  if (!parts || parts->size() < 2 || parts->size() > 100)
    return false;
  runOne(seed, shape, target, random);
  return true;
}

static void runMany(bool (*run)(uint64_t), int64_t programs) {
  int64_t done = 0;
  for (uint64_t seed = ROWLOCK_FIRST_SEED; done < programs; ++seed) {
    ASSERT_LT(seed, ROWLOCK_FIRST_SEED + 20 * uint64_t(programs));
    done += run(seed);
    if (::testing::Test::HasFailure())
      break;
  }
  ::testing::Test::RecordProperty("programs", int(done));
}

TEST(RandomPrograms, EqualTheEvaluator) {
  runMany(runNative, ROWLOCK_PROGRAMS);
}

TEST(RandomPrograms, InPartsEqualTheEvaluator) {
  runMany(runParts, ROWLOCK_PROGRAMS / 2);
}
