//===- FrameBitsTest.cpp - No dead bits -----------------------------------===//
//
// Flips every bit of the frames of a few layers, one at a time, with only the
// bounds checked, and looks whether outputs, counts or timing change. What may
// change nothing is listed in docs/spec/frame-bits.md, and nowhere else.
//
//===----------------------------------------------------------------------===//
#include "FrameParts.h"
#include "LayerProgram.h"
#include "RandomLayer.h"

#include "rowlock/Program/TensorLayout.h"
#include "rowlock/Program/Values.h"
#include "rowlock/Simulator/Simulator.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

#include <cstdio>
#include <cstring>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <regex>
#include <set>
#include <tuple>

using namespace mlir;
using namespace rowlock;

namespace {

/// A layer, a machine for it, and how the one runs on the other.
struct Case {
  const char *name;
  TargetSpec target;
  LayerShape layer;
  std::string mapping;
  uint64_t seed;
};

/// What a run leaves behind.
struct Outcome {
  bool loaded = true;
  std::string error; // of the loader or the run
  std::vector<uint8_t> output;
  EventCounts counts;
  bool operator==(const Outcome &other) const {
    // All members of counts are numbers of 64 bits.
    return error == other.error && output == other.output &&
           std::memcmp(&counts, &other.counts, sizeof(counts)) == 0;
  }
};

} // namespace

static TargetSpec intTarget(int64_t rows, int64_t columns, int64_t banks,
                            int64_t bankBytes) {
  TargetSpec target;
  target.name = "int " + std::to_string(rows) + "x" + std::to_string(columns);
  target.arithmetic = "int";
  target.psum_bits = 32;
  target.ifmap_spad_words = 24;
  target.filter_spad_words = 448;
  target.psum_spad_words = 12;
  target.rows = rows;
  target.columns = columns;
  target.max_filter_height = std::min<int64_t>(rows, 12);
  target.glb_banks = banks;
  target.bank_bytes = bankBytes;
  target.frame_microseconds = 1; // so that little layers show their time
  return target;
}

static Outcome runBytes(std::vector<uint8_t> bytes,
                        const std::vector<int64_t> &input) {
  LoadOptions options;
  options.skipConsistency = true;
  Result<Program> program =
      Program::fromBytes(std::move(bytes), "flipped", options);
  if (!program)
    return {false, program.message(), {}, {}};
  auto simulator = Simulator::create(*program);
  if (!simulator)
    return {true, simulator.message(), {}, {}};
  auto tensors = items(program->table().tensors());
  uint32_t in = findTensor(*program, fb::TensorKind::Input);
  uint32_t out = findTensor(*program, fb::TensorKind::Output);
  auto data = toBytes(input, elementBytes(tensors[in]->type()));
  EXPECT_TRUE((*simulator)->write(in, data.data(), data.size()));
  if (Status ran = (*simulator)->run(); !ran)
    return {true, ran.message(), {}, {}};
  TensorLayout layout(*tensors[out]);
  Outcome outcome;
  outcome.output.resize(size_t(layout.elements() * layout.bytesPerElement()));
  EXPECT_TRUE(
      (*simulator)->read(out, outcome.output.data(), outcome.output.size()));
  outcome.counts = (*simulator)->counts();
  return outcome;
}

namespace {

/// The program of a case, on the way to its flips.
struct Layer {
  Mapping mapping;
  Schedule plan;
  std::vector<int64_t> input;
  std::vector<uint8_t> bytes;
  size_t chain; // the frame's first byte
  FrameValues frame;
};

/// What the page lists, `field: where`, and how many bits each entry excuses.
using Entries = std::map<std::string, int>;

} // namespace

static void makeLayer(const Case &test, Layer &layer) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  context.loadDialect<nn::NNDialect, rs::RSDialect, func::FuncDialect,
                      scf::SCFDialect>();
  RandomProblem random(test.seed);
  OwningOpRef<ModuleOp> module =
      randomLayer(&context, {test.layer, 1, 1}, test.target, random, true);
  auto main = module->lookupSymbol<func::FuncOp>("main");
  layer.input =
      randomTensor(cast<RankedTensorType>(main.getArgumentTypes()[0]), random)
          .integers;
  rs::Conv2DOp conv = toArray(*module);
  ASSERT_TRUE(bool(conv));
  auto parts = partsOf(rs::getShape(conv, test.target), test.target);
  ASSERT_TRUE(parts) << parts.message();
  ASSERT_EQ(parts->size(), 1u);
  MappingProblem problem{parts->front().shape, test.target};
  Result<Mapping> mapping = parseMapping(test.mapping);
  ASSERT_TRUE(mapping) << mapping.message();
  Status legal = verify(problem, *mapping);
  ASSERT_TRUE(legal) << legal.message();
  layer.mapping = *mapping;
  layer.plan = schedule(problem, *mapping);
  auto program = lowerLayer(conv, {*mapping}, false);
  ASSERT_TRUE(succeeded(program));
  ASSERT_EQ(program->frameCount(), 1u);
  layer.bytes.assign(program->bytes().begin(), program->bytes().end());
  const auto *words = items(program->table().frames())[0]->words();
  layer.chain = size_t(words->Data() - program->bytes().data);
  layer.frame = program->frame(0);
}

/// Where on the page a bit of an enabled part that changes nothing stands;
/// empty: nowhere.
static std::string excuseOf(const FrameBit &bit, const Layer &layer,
                            const TargetSpec &target) {
  const FrameValues &frame = layer.frame;
  const Mapping &mapping = layer.mapping;
  int64_t value = valueOf(bit, frame), least = bit.field->min;
  int64_t flipped = ((value - least) ^ (int64_t(1) << bit.bit)) + least;
  bool more = flipped > value;
  int64_t lastRow = (mapping.e - 1) * frame.stride_y + frame.filter_height - 1;
  int64_t psumBanks =
      std::accumulate(frame.bank_psum.begin(), frame.bank_psum.end(), 0);
  struct {
    const char *field, *where;
    bool holds;
  } excuses[] = {
      {"p", "more, with one filter set", more && frame.t == 1},
      {"q", "more, with one channel set", more && frame.r == 1},
      {"t", "more, with one group in a pass", more && mapping.g == 1},
      {"ifmap_group_stride", "one group in a pass", mapping.g == 1},
      {"ifmap_image_stride", "one image in a pass", mapping.n == 1},
      {"ifmap_ring", "none, or past the last row",
       value == 0 && flipped > lastRow * frame.ifmap_row_pitch},
      {"bank_psum", "psums have a bank to spare",
       value == 1 && psumBanks > layer.plan.psumBanks},
      {"psum_row_id", "no chain begins or ends on the bus",
       onlyHandsOn(bit.element, frame, size_t(target.columns))},
  };
  for (const auto &excuse : excuses)
    if (excuse.holds && std::string(excuse.field) == bit.field->name)
      return std::string(excuse.field) + ": " + excuse.where;
  return "";
}

/// Flips every bit of the frame of a layer.
static void flipAll(const Case &test, Entries &enabled, Entries &disabled) {
  SCOPED_TRACE(test.name);
  Layer layer;
  ASSERT_NO_FATAL_FAILURE(makeLayer(test, layer));
  Outcome expected = runBytes(layer.bytes, layer.input);
  ASSERT_EQ(expected.error, "");
  FrameLayout layout(test.target);
  std::vector<FrameBit> bits = frameBits(layout);
  int all = 0, changed = 0, failed = 0, refused = 0;
  for (size_t k = 0; k < bits.size(); ++k) {
    uint8_t &byte = layer.bytes[layer.chain + k / 8];
    byte ^= uint8_t(1 << k % 8);
    Outcome outcome = runBytes(layer.bytes, layer.input);
    byte ^= uint8_t(1 << k % 8);
    std::string which = std::string(bits[k].field->name) + "[" +
                        std::to_string(bits[k].element) + "], bit " +
                        std::to_string(bits[k].bit);
    bool same = outcome == expected;
    if (!isEnabled(bits[k], layer.frame, size_t(test.target.columns),
                   size_t(layer.plan.ifmapBanks + layer.plan.psumBanks))) {
      // Only the enable bit itself can wake a part.
      bool wakes = std::string(bits[k].field->name) == "enable";
      EXPECT_TRUE(same || wakes) << which << ": " << outcome.error;
      if (!wakes)
        ++disabled[bits[k].field->name];
      continue;
    }
    ++all;
    changed += !same && outcome.error.empty();
    failed += outcome.loaded && !outcome.error.empty();
    refused += !outcome.loaded;
    if (!same)
      continue;
    std::string excuse = excuseOf(bits[k], layer, test.target);
    EXPECT_NE(excuse, "") << which << " changes nothing";
    ++enabled[excuse];
  }
  int live = changed + failed + refused;
  std::printf(
      "%s: %zu bits, %d of enabled parts; %d change results or time, "
      "%d end the run, %d are refused by the loader, %d change nothing: "
      "%.1f %% live\n",
      test.name, bits.size(), all, changed, failed, refused, all - live,
      100.0 * live / all);
  EXPECT_GE(100 * live, 95 * all);
}

static LayerShape layerOf(int64_t batch, int64_t groups, int64_t filters,
                          int64_t channels, std::pair<int64_t, int64_t> ifmap,
                          std::pair<int64_t, int64_t> filter,
                          std::pair<int64_t, int64_t> stride) {
  LayerShape layer;
  layer.batch = batch;
  layer.groups = groups;
  layer.filters = filters;
  layer.channels = channels;
  std::tie(layer.height, layer.width) = ifmap;
  std::tie(layer.filterHeight, layer.filterWidth) = filter;
  std::tie(layer.strideY, layer.strideX) = stride;
  return layer;
}

/// The layers: every letter of a mapping is above 1 in one of them, and each
/// kind of operand occurs.
static std::vector<Case> makeCases() {
  std::vector<Case> cases;
  cases.push_back({"8 bits, two groups side by side", intTarget(12, 8, 6, 1024),
                   layerOf(2, 2, 8, 4, {10, 10}, {3, 3}, {1, 1}),
                   "n=2 m=4 h=8 f=8 c=4 e=4 p=2 q=2 r=2 t=2 g=2 "
                   "order=gmnhfc/cms prefetch=none",
                   1});
  TargetSpec fixed;
  fixed.rows = 12;
  fixed.columns = 5;
  fixed.glb_banks = 5;
  fixed.bank_bytes = 2048;
  fixed.frame_microseconds = 1;
  cases.push_back({"fixed point, two segments, stride 2", fixed,
                   layerOf(2, 2, 6, 3, {19, 15}, {3, 3}, {2, 2}),
                   "n=2 m=3 h=9 f=7 c=3 e=9 p=3 q=3 r=1 t=1 g=2 "
                   "order=gmnhfc/cms prefetch=none",
                   2});
  // A row, a column of PEs are left over.
  LayerShape wide = layerOf(2, 3, 30, 5, {8, 13}, {2, 4}, {1, 2});
  wide.mode16 = true;
  cases.push_back({"16 bits, folds over filters and channels",
                   intTarget(9, 7, 4, 1024), wide,
                   "n=2 m=8 h=6 f=5 c=5 e=3 p=2 q=2 r=2 t=4 g=1 "
                   "order=gmnhfc/cms prefetch=none",
                   3});
  cases.push_back({"8 bits, all of 12 x 14", intTarget(12, 14, 25, 4096),
                   layerOf(1, 1, 16, 16, {16, 16}, {3, 3}, {1, 1}),
                   "n=1 m=16 h=14 f=14 c=16 e=14 p=8 q=2 r=2 t=2 g=1 "
                   "order=gmnhfc/cms prefetch=none",
                   4});
  return cases;
}

/// The rows of a table of the page, under a heading: their first two cells.
static std::set<std::string> listed(const std::string &heading) {
  std::ifstream page(std::string(ROWLOCK_SOURCE_DIR) +
                     "/docs/spec/frame-bits.md");
  std::set<std::string> rows;
  bool here = false;
  for (std::string line; std::getline(page, line);) {
    if (line.rfind("## ", 0) == 0)
      here = line == "## " + heading;
    std::smatch cells;
    if (here && std::regex_match(line, cells,
                                 std::regex("\\| `(\\w+)` \\| (.*?) \\|.*")))
      rows.insert(cells[1].str() + ": " + cells[2].str());
  }
  return rows;
}

TEST(FrameBits, AreLiveOrListed) {
  Entries enabled, disabled;
  for (const Case &test : makeCases())
    flipAll(test, enabled, disabled);
  std::set<std::string> seen, asleep;
  for (const auto &[entry, count] : enabled)
    seen.insert(entry);
  EXPECT_EQ(seen, listed("Enabled parts"));
  for (const std::string &row : listed("Disabled parts"))
    asleep.insert(row.substr(0, row.find(':')));
  for (const auto &[field, count] : disabled)
    EXPECT_EQ(asleep.erase(field), 1u) << field;
  EXPECT_TRUE(asleep.empty()) << *asleep.begin() << " is listed, not seen";
}
