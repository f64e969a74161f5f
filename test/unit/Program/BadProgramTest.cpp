//===- BadProgramTest.cpp - One program for each thing that is refused ----===//
//
// Each case breaks one field of a sound program; the error names the file, the
// object and that field.
//
//===----------------------------------------------------------------------===//
#include "SmallProgram.h"

#include <cmath>
#include <functional>
#include <gtest/gtest.h>

using namespace rowlock;
using namespace rowlock::test;

namespace {

struct BadProgram {
  const char *name;
  const char *error; // begins so, after the file's name
  void (*change)(fb::ProgramT &);
};

std::ostream &operator<<(std::ostream &stream, const BadProgram &bad) {
  return stream << bad.name;
}

class Refused : public testing::TestWithParam<BadProgram> {};

} // namespace

/// Bytes of a program as it is: versions, hash and checksum are not mended.
static std::vector<uint8_t> pack(const fb::ProgramT &program) {
  flatbuffers::FlatBufferBuilder builder;
  fb::FinishProgramBuffer(builder, fb::Program::Pack(builder, &program));
  const uint8_t *data = builder.GetBufferPointer();
  return {data, data + builder.GetSize()};
}

static fb::ProgramT soundProgram() {
  fb::ProgramT program;
  fb::GetProgram(serialize(smallProgram())->data())->UnPackTo(&program);
  return program;
}

static fb::LoadT &load(fb::ProgramT &p) {
  return *p.commands[2]->operation.AsLoad();
}
static fb::PassT &pass(fb::ProgramT &p) {
  return *p.commands[3]->operation.AsPass();
}
static fb::StoreT &store(fb::ProgramT &p) {
  return *p.commands[4]->operation.AsStore();
}

/// Sets a scalar of the frame to a value that its bits hold.
static void setScalar(fb::ProgramT &program, const char *name, int64_t value) {
  FrameValues frame = smallFrame();
  *frame.scalar(name) = value;
  setFrame(program, frame);
}

TEST(BadProgram, TheProgramItselfIsSound) {
  auto program = Program::fromBytes(pack(soundProgram()), "p.rlk");
  EXPECT_TRUE(bool(program)) << program.message();
}

TEST_P(Refused, NamesTheField) {
  fb::ProgramT program = soundProgram();
  GetParam().change(program);
  auto loaded = Program::fromBytes(pack(program), "p.rlk");
  ASSERT_FALSE(bool(loaded));
  std::string wanted = std::string("'p.rlk': ") + GetParam().error;
  EXPECT_EQ(loaded.message().substr(0, wanted.size()), wanted);
  EXPECT_EQ(loaded.message().find('\n'), std::string::npos);
}

static const BadProgram container[] = {
    {"FormatVersion", "format_version 2 is not in 1 to 1",
     [](auto &p) { p.format_version = 2; }},
    {"SemanticsVersion", "semantics_version 0 is not in 1 to 1",
     [](auto &p) { p.semantics_version = 0; }},
    {"TargetHash", "the target does not have the hash",
     [](auto &p) { p.target->hash ^= 1; }},
    {"TargetValue", "target: 'rows",
     [](auto &p) {
       for (auto &value : p.target->values)
         if (value->name == "rows")
           value->value = "99";
     }},
    {"NoTarget", "no target", [](auto &p) { p.target.reset(); }},
    {"Checksum", "the constants do not have the checksum",
     [](auto &p) { p.constants[0] ^= 1; }},
    {"TokenName", "token 1 has no name", [](auto &p) { p.tokens[1] = ""; }},
};

static const BadProgram tensors[] = {
    {"Type", "tensor 0 'x': type 77",
     [](auto &p) { p.tensors[0]->type = fb::ElementType(77); }},
    {"Kind", "tensor 0 'x': kind 9",
     [](auto &p) { p.tensors[0]->kind = fb::TensorKind(9); }},
    {"Shape", "tensor 0 'x': size -1",
     [](auto &p) { p.tensors[0]->shape[1] = -1; }},
    {"Elements", "tensor 0 'x': more than 2^40 elements",
     [](auto &p) {
       p.tensors[0]->shape = {1 << 20, 1 << 20, 1 << 20, 1 << 20};
     }},
    {"Rank", "tensor 0 'x': rank 9",
     [](auto &p) { p.tensors[0]->shape.assign(9, 1); }},
    {"Order", "tensor 0 'x': order 1 is no permutation's",
     [](auto &p) { p.tensors[0]->order = {0, 1, 1, 3}; }},
    {"RowPitch", "tensor 0 'x': row_pitch 7",
     [](auto &p) { p.tensors[0]->row_pitch = 7; }},
    {"StoredPadding", "tensor 0 'x': stored_padding -1",
     [](auto &p) { p.tensors[0]->stored_padding = {0, 0, 0, 0, -1, 0, 0, 0}; }},
    {"CodedRows", "tensor 0 'x': coded_rows 9",
     [](auto &p) { p.tensors[0]->coded_rows = 9; }},
    {"Size", "tensor 0 'x': size 127",
     [](auto &p) { p.tensors[0]->size = 127; }},
    {"Address", "tensor 0 'x': address 18446744073709551615",
     [](auto &p) { p.tensors[0]->address = UINT64_MAX; }},
    {"DramBytes", "dram_bytes 68719476737 exceeds 2^36",
     [](auto &p) { p.dram_bytes = (uint64_t(1) << 36) + 1; }},
    {"DramSlack", "dram_bytes 1048576 exceeds the end of the last tensor",
     [](auto &p) { p.dram_bytes = 1 << 20; }},
    {"ConstantOffset", "tensor 1 'w': constant_offset 33",
     [](auto &p) { p.tensors[1]->constant_offset = 33; }},
    {"Scale", "tensor 0 'x': scale",
     [](auto &p) { p.tensors[0]->scale = NAN; }},
    {"ChannelAxis", "tensor 1 'w': channel_axis 4",
     [](auto &p) {
       p.tensors[1]->channel_scales = {1};
       p.tensors[1]->channel_axis = 4;
     }},
    {"ConstantOverlaps", "tensors 'w' and 'conv' overlap",
     [](auto &p) { p.tensors[3]->address = p.tensors[1]->address; }},
    {"OutputOverlapsInput", "layer 1 'clip': result 'y' overlaps 'conv'",
     [](auto &p) { p.tensors[4]->address = p.tensors[3]->address; }},
};

static const BadProgram frames[] = {
    {"Chain", "frame 0: chain of",
     [](auto &p) { p.frames[0]->words.pop_back(); }},
    {"ChainEnd", "frame 0: bit set past the end",
     [](auto &p) { p.frames[0]->words.back() |= uint64_t(1) << 63; }},
    {"FieldRange", "frame 0: segment_width 4 exceeds 3",
     [](auto &p) {
       // 2 bits for 1 to 3 columns hold a 4, too.
       FrameLayout layout(smallTarget());
       size_t at = layout.find("segment_width")->offset;
       p.frames[0]->words[at / 64] |= uint64_t(3) << at % 64;
     }},
    {"IfmapSpad", "frame 0: q * filter_width 15 exceeds the ifmap spad",
     [](auto &p) { setScalar(p, "q", 5); }},
    {"FilterSpad", "frame 0: p * q * filter_width 288 exceeds the filter spad",
     [](auto &p) {
       FrameValues frame = smallFrame();
       frame.p = 24;
       frame.q = 4;
       setFrame(p, frame);
     }},
    {"Stack", "frame 0: filter_height * r 6 exceeds the rows, 4",
     [](auto &p) { setScalar(p, "r", 2); }},
    {"ClipLow", "frame 0: clip_low 127 exceeds clip_high",
     [](auto &p) {
       FrameValues frame = smallFrame();
       frame.clip_low = 127;
       frame.clip_high = 126;
       setFrame(p, frame);
     }},
    {"ClipHigh", "frame 0: clip_low or clip_high 128 is not in -128 to 127",
     [](auto &p) { setScalar(p, "clip_high", 128); }},
};

static const BadProgram commands[] = {
    {"Trips", "command 1: trips 0",
     [](auto &p) { p.commands[1]->operation.AsLoop()->trips = 0; }},
    {"TripsProduct", "command 2: the loops run their body more than 134217728",
     [](auto &p) {
       fb::LoopT loop;
       loop.trips = int64_t(1) << 40;
       p.commands[1]->operation.AsLoop()->trips = int64_t(1) << 24;
       p.commands[2]->operation.Set(loop);
       p.commands[2]->waits.clear();
       p.commands[2]->signals.clear();
     }},
    {"End", "command 1: end without a loop",
     [](auto &p) { p.commands[1]->operation.Set(fb::EndT()); }},
    {"LoopWaits", "command 1: a loop neither waits nor signals",
     [](auto &p) { p.commands[1]->waits.push_back(wait(0, 1)); }},
    {"Frame", "command 0: frame 1 is not below 1",
     [](auto &p) { p.commands[0]->operation.AsConfigure()->frame = 1; }},
    {"Unconfigured", "command 0: stands before any configure",
     [](auto &p) { p.commands[0]->operation.Set(fb::StoreT()); }},
    {"Operation", "command 0: has no operation",
     [](auto &p) { p.commands[0]->operation.Reset(); }},
    {"WaitToken", "command 2: wait for token 6",
     [](auto &p) { p.commands[2]->waits[0]->token = 6; }},
    {"WaitValue", "command 2: value of a wait leaves",
     [](auto &p) { p.commands[2]->waits[0]->value->base = INT64_MIN; }},
    {"Waits", "command 2: waits has a list of 66, longer than 64",
     [](auto &p) {
       for (int k = 0; k < 64; ++k)
         p.commands[2]->waits.push_back(wait(0, 0));
     }},
    {"SignalToken", "command 2: signal to token 6",
     [](auto &p) { p.commands[2]->signals[0]->token = 6; }},
    {"SignalAmount", "command 2: amount 0",
     [](auto &p) { p.commands[2]->signals[0]->amount = 0; }},
    {"LoadKind", "command 2: kind 2",
     [](auto &p) { load(p).kind = fb::BoxKind(2); }},
    {"LoadTensor", "command 2: tensor 5 is not below 5",
     [](auto &p) { load(p).tensor = 5; }},
    {"LoadTensorType", "command 2: tensor 'w.records' has rank 1",
     [](auto &p) { load(p).tensor = 2; }},
    {"Affine", "command 2: row leaves -2^47 to 2^47",
     [](auto &p) { load(p).row->strides = {INT64_MAX}; }},
    {"Strides", "command 2: row has 2 strides",
     [](auto &p) { load(p).row->strides = {1, 1}; }},
    {"CountTerms", "command 2: rows has no terms",
     [](auto &p) { load(p).rows->terms.clear(); }},
    {"CountBound", "command 2: images reaches 16777217",
     [](auto &p) { load(p).images = count((1 << 24) + 1); }},
    {"Modulus", "command 2: glb modulus -1",
     [](auto &p) { load(p).glb->modulus = -1; }},
    {"Step", "command 2: group_step 2147483649",
     [](auto &p) { load(p).group_step = (int64_t(1) << 31) + 1; }},
    {"LoadStep", "command 2: column_step 0 is below 1",
     [](auto &p) { load(p).column_step = 0; }},
    {"StoreStep", "command 4: row_step -1 is below 1",
     [](auto &p) { store(p).row_step = -1; }},
    {"Start", "command 3: start 2",
     [](auto &p) { pass(p).start = fb::PsumStart(2); }},
    {"FilterTensor", "command 3: filter tensor 'conv' has",
     [](auto &p) {
       p.tensors[3]->type = fb::ElementType::U8;
       pass(p).filters_from->tensor = 3;
     }},
    {"RecordTensor", "command 3: record tensor 'x' has rank 4",
     [](auto &p) { pass(p).records_from->tensor = 0; }},
    {"RecordsAlone", "command 3: records_from without filters_from",
     [](auto &p) { pass(p).filters_from.reset(); }},
    {"StoreConstant", "command 4: tensor 'w' is a constant",
     [](auto &p) { store(p).tensor = 1; }},
    {"HostLayer", "command 6: layer 2 is not below 2",
     [](auto &p) { p.commands[6]->operation.AsHost()->layer = 2; }},
    {"HostArrayLayer", "command 6: layer 0 is the array's",
     [](auto &p) { p.commands[6]->operation.AsHost()->layer = 0; }},
    {"Deadlock",
     "deadlock: load at command 2 (Load) waits for token "
     "'ifmap.free' to reach 1, it is at 0",
     [](auto &p) { p.commands[2]->waits[1] = wait(2, 1, {1}); }},
    {"TokenWidth", "command 4 (Store) at [1]: token 'stored' exceeds 32 bits",
     [](auto &p) { p.commands[4]->signals[1]->amount = UINT32_MAX; }},
    {"UnsyncedLoad",
     "command 2 (Load) at [0]: runs before any configure, but "
     "frame 0",
     [](auto &p) { p.commands[2]->waits.clear(); }},
};

static const BadProgram boxes[] = {
    {"LoadImage", "command 2 (Load) at [0]: image 1 to 1 leaves the 1",
     [](auto &p) { load(p).image = affine(1); }},
    {"LoadChannel", "command 2 (Load) at [0]: channel 0 to 2 leaves the 2",
     [](auto &p) { load(p).channels = count(3); }},
    {"LoadGroupStep", "command 2 (Load) at [0]: channel 2 to 3 leaves the 2",
     [](auto &p) {
       load(p).groups = count(2);
       load(p).group_step = 2;
     }},
    {"LoadGlb", "command 2 (Load) at [1]: glb 2000 to 2079 leaves the 2048",
     [](auto &p) { load(p).glb->affine = affine(0, {1920}); }},
    {"LoadGlbBelow", "command 2 (Load) at [0]: glb -1 to 78 leaves the 2048",
     [](auto &p) { load(p).glb->affine = affine(-1); }},
    {"LoadRing", "command 2 (Load) at [0]: glb 1900 to",
     [](auto &p) {
       load(p).glb->affine = affine(1900);
       load(p).glb->ring = true;
     }},
    {"LoadBox", "command 2 (Load) at [0]: glb: a box of more than the 2048",
     [](auto &p) {
       load(p).rows = count(1 << 20);
       load(p).channels = count(1);
     }},
    {"LoadOverlap",
     "command 2 (Load) at [0]: channel_stride 39 is below the 40",
     [](auto &p) { load(p).channel_stride = 39; }},
    {"LoadRingRows", "command 2 (Load) at [0]: rows 5 run over the whole ring",
     [](auto &p) {
       load(p).glb->ring = true;
       load(p).glb->modulus = 32;
     }},
    {"StoreOverlap", "command 4 (Store) at [0]: group_step 0 is below the 4",
     [](auto &p) { store(p).groups = count(2); }},
    {"LoadWidth", "command 2 (Load) at [0]: tensor has elements of 2 bytes",
     [](auto &p) {
       p.tensors[0]->type = fb::ElementType::I16;
       p.tensors[0]->shape[3] = 4;
     }},
    {"PassFilters", "command 3 (Pass) at [0]: filters 5 exceeds p * t, 4",
     [](auto &p) { pass(p).filters = count(5); }},
    {"PassChannels", "command 3 (Pass) at [0]: channels 3 exceeds q * r, 2",
     [](auto &p) { pass(p).channels = count(3); }},
    {"PassRows", "command 3 (Pass) at [0]: rows 4 exceeds segments",
     [](auto &p) { pass(p).rows = count(4); }},
    {"PassGroups", "command 3 (Pass) at [0]: groups 13 exceeds PEs / t, 12",
     [](auto &p) { pass(p).groups = count(13); }},
    {"PassSets", "command 3 (Pass) at [0]: groups 5, filters 4 and rows 3",
     [](auto &p) { pass(p).groups = count(5); }},
    {"PassColumns", "command 3 (Pass) at [0]: columns 16777216 exceeds",
     [](auto &p) { pass(p).columns = count(1 << 24); }},
    {"PassIfmap", "command 3 (Pass) at [0]: ifmap 2000 to 2079 leaves the 2048",
     [](auto &p) { pass(p).ifmap->affine = affine(2000); }},
    {"PassPsum", "command 3 (Pass) at [0]: psum 185 to 256 leaves the 256",
     [](auto &p) { pass(p).psum->affine = affine(185); }},
    {"PassPsumBox", "command 3 (Pass) at [0]: psum: more psums than the 256",
     [](auto &p) { pass(p).images = count(4); }},
    {"PassHeld", "command 3 (Pass) at [0]: groups 1 is not that of the filters",
     [](auto &p) { pass(p).filters_when = affine(1); }},
    {"Filter", "command 3 (Pass) at [0]: filter 1 to 4 leaves the 4",
     [](auto &p) { pass(p).filters_from->filter = affine(1); }},
    {"FilterWidth", "command 3 (Pass) at [0]: filter tensor has elements of 2",
     [](auto &p) {
       p.tensors[1]->type = fb::ElementType::I16;
       p.tensors[1]->shape[0] = 2;
     }},
    {"FilterChannel", "command 3 (Pass) at [0]: filter channel -1 to 0",
     [](auto &p) { pass(p).filters_from->channel = affine(-1); }},
    {"FilterRow", "command 3 (Pass) at [0]: filter row 0 to 4 leaves the 3",
     [](auto &p) { pass(p).filters_from->row_step = 2; }},
    {"FilterColumn", "command 3 (Pass) at [0]: filter column 3 to 5",
     [](auto &p) { pass(p).filters_from->column = affine(3); }},
    {"FirstRecord", "command 3 (Pass) at [0]: first record 0 to 4 leaves the 4",
     [](auto &p) { pass(p).records_from->count = count(5); }},
    {"RecordEntry", "command 3 (Pass) at [0]: record 1021 to 1024 leaves the",
     [](auto &p) { pass(p).records_from->entry = affine(1021); }},
    {"StoreRow", "command 4 (Store) at [1]: row 4 to 6 leaves the 6",
     [](auto &p) { store(p).row->base = 1; }},
    {"StoreColumn", "command 4 (Store) at [0]: column 0 to 10 leaves the 6",
     [](auto &p) { store(p).column_step = 2; }},
    {"StoreChannel", "command 4 (Store) at [0]: channel 0 to 4 leaves the 4",
     [](auto &p) { store(p).filters = count(5); }},
    {"StorePsum", "command 4 (Store) at [0]: psum 200 to 271 leaves the 256",
     [](auto &p) { store(p).psum->affine = affine(200); }},
    {"StoreRecord", "command 4 (Store) at [0]: record -1 to 2 leaves the 1024",
     [](auto &p) { store(p).record = affine(-1); }},
    {"StoreType",
     "command 4 (Store) at [0]: tensor 'conv' is of I8, the "
     "frame's output_type of U8",
     [](auto &p) {
       FrameValues frame = smallFrame();
       frame.output_type = 1;
       frame.clip_low = 0;
       setFrame(p, frame);
     }},
    {"StoreBlocks", "command 4 (Store) at [0]: row 0 to 2 are no whole blocks",
     [](auto &p) {
       p.tensors[3]->coded_rows = 2;
       p.tensors[3]->address = p.dram_bytes;
       p.tensors[3]->size = 1024;
       p.dram_bytes += 1024;
     }},
};

static const BadProgram layers[] = {
    {"Kernel", "layer 1 'clip': kernel 99",
     [](auto &p) { p.layers[1]->kernel = fb::Kernel(99); }},
    {"Operand", "layer 1 'clip': operand 5 is not below",
     [](auto &p) { p.layers[1]->operands = {5}; }},
    {"Result", "layer 1 'clip': result 5 is not below",
     [](auto &p) { p.layers[1]->results = {5}; }},
    {"ArrayOperands",
     "layer 0 'conv \"1\"': an array layer needs 2 operands and a result, it "
     "has 1 and 1",
     [](auto &p) { p.layers[0]->operands = {0}; }},
    {"ArrayResult",
     "layer 0 'conv \"1\"': an array layer needs 2 operands and a result, it "
     "has 3 and 0",
     [](auto &p) { p.layers[0]->results = {}; }},
    {"ConstantResult", "layer 1 'clip': result 'w' is a constant",
     [](auto &p) { p.layers[1]->results = {1}; }},
    {"LastCommand", "layer 1 'clip': commands 6 to 8 are no range",
     [](auto &p) { p.layers[1]->last_command = 8; }},
    {"FirstCommand", "layer 1 'clip': first_command 5 is below",
     [](auto &p) { p.layers[1]->first_command = 5; }},
    {"AttributeName", "layer 1 'clip': attribute without a name",
     [](auto &p) { p.layers[1]->attributes[0]->name = ""; }},
    {"DebugLayer", "debug information of layer 7",
     [](auto &p) { p.debug[0]->layer = 7; }},
    {"PreprocessingInput", "preprocessing: input 1",
     [](auto &p) { p.preprocessing[0]->input = 1; }},
    {"PreprocessingSize", "preprocessing: size -1",
     [](auto &p) { p.preprocessing[0]->crop_width = -1; }},
    {"PreprocessingScale", "preprocessing: scale or mean",
     [](auto &p) { p.preprocessing[0]->scale = {NAN}; }},
};

static std::string nameOf(const testing::TestParamInfo<BadProgram> &info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Container, Refused, testing::ValuesIn(container),
                         nameOf);
INSTANTIATE_TEST_SUITE_P(Tensors, Refused, testing::ValuesIn(tensors), nameOf);
INSTANTIATE_TEST_SUITE_P(Frames, Refused, testing::ValuesIn(frames), nameOf);
INSTANTIATE_TEST_SUITE_P(Commands, Refused, testing::ValuesIn(commands),
                         nameOf);
INSTANTIATE_TEST_SUITE_P(Boxes, Refused, testing::ValuesIn(boxes), nameOf);
INSTANTIATE_TEST_SUITE_P(Layers, Refused, testing::ValuesIn(layers), nameOf);

TEST(LoadOptions, SkipChecksumTakesWhatDoesNotAgree) {
  fb::ProgramT program = soundProgram();
  program.target->hash ^= 1;
  program.checksum ^= 1;
  LoadOptions options;
  options.skipChecksum = true;
  EXPECT_FALSE(bool(Program::fromBytes(pack(program))));
  auto loaded = Program::fromBytes(pack(program), "p", options);
  EXPECT_TRUE(bool(loaded)) << loaded.message();
}

TEST(BadProgram, TablesThatShareANameDoNotMultiplyIt) {
  // A long name, and as many labels that are all this one string.
  flatbuffers::FlatBufferBuilder builder;
  auto name = builder.CreateString(std::string(1000, 'x'));
  auto labels = builder.CreateVector(
      std::vector<flatbuffers::Offset<flatbuffers::String>>(1000, name));
  fb::ProgramT sound = soundProgram();
  auto target = fb::Target::Pack(builder, sound.target.get());
  fb::ProgramBuilder program(builder);
  program.add_format_version(1);
  program.add_semantics_version(1);
  program.add_target(target);
  program.add_checksum(0xcbf29ce484222325u);
  program.add_labels(labels);
  fb::FinishProgramBuffer(builder, program.Finish());
  const uint8_t *data = builder.GetBufferPointer();
  EXPECT_EQ(Program::fromBytes({data, data + builder.GetSize()}, "p").message(),
            "'p': more elements than the file has bytes");
}

TEST(LoadOptions, SkipConsistencyLeavesBounds) {
  LoadOptions options;
  options.skipConsistency = true;
  auto load = [&](const std::function<void(fb::ProgramT &)> &change) {
    fb::ProgramT program = soundProgram();
    change(program);
    EXPECT_FALSE(bool(Program::fromBytes(pack(program))));
    auto loaded = Program::fromBytes(pack(program), "p", options);
    return loaded ? std::string() : loaded.message();
  };
  auto frame = [](FrameValues values) {
    return [values](fb::ProgramT &program) {
      program.frames[0]->words =
          *encodeFrame(FrameLayout(smallTarget()), values);
    };
  };
  FrameValues values = Program::fromBytes(pack(soundProgram()))->frame(0);
  std::swap(values.clip_low, values.clip_high);
  EXPECT_EQ(load(frame(values)), "");
  EXPECT_EQ(load([](auto &p) {
              p.commands[0]->signals.push_back(test::signal(0, 0));
            }),
            "");
  EXPECT_EQ(load([](auto &p) { p.frames[0]->words.pop_back(); }).substr(0, 13),
            "'p': frame 0:");
  values.ifmap_row_pitch = 2048;
  EXPECT_EQ(load(frame(values)).substr(0, 14), "'p': command 3");
}

TEST(LoadOptions, TighterLimits) {
  LoadOptions options;
  options.maxWork = 1000;
  EXPECT_EQ(Program::fromBytes(pack(soundProgram()), "p", options).message(),
            "'p': command 3 (Pass) at [0]: the program moves and computes more "
            "than 1000 words, MACs and operations");
  options.maxWork = maxProgramWork;
  options.maxCommands = 10;
  EXPECT_EQ(Program::fromBytes(pack(soundProgram()), "p", options).message(),
            "'p': the program runs more than 10 commands");
}
