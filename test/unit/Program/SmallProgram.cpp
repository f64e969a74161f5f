//===- SmallProgram.cpp - A program made by hand --------------------------===//

#include "SmallProgram.h"

using namespace rowlock;
using namespace rowlock::test;

std::unique_ptr<fb::AffineT> test::affine(int64_t base,
                                          std::vector<int64_t> strides) {
  auto value = std::make_unique<fb::AffineT>();
  value->base = base;
  value->strides = std::move(strides);
  return value;
}

std::unique_ptr<fb::CountT> test::count(int64_t base) {
  auto value = std::make_unique<fb::CountT>();
  value->terms.push_back(affine(base));
  return value;
}

std::unique_ptr<fb::WaitT> test::wait(uint32_t token, int64_t base,
                                      std::vector<int64_t> strides) {
  auto value = std::make_unique<fb::WaitT>();
  value->token = token;
  value->value = affine(base, std::move(strides));
  return value;
}

std::unique_ptr<fb::SignalT> test::signal(uint32_t token, uint32_t amount) {
  auto value = std::make_unique<fb::SignalT>();
  value->token = token;
  value->amount = amount;
  return value;
}

TargetSpec test::smallTarget() {
  TargetSpec target;
  target.name = "small";
  target.arithmetic = "int";
  target.psum_bits = 32;
  target.rows = 4;
  target.columns = 3;
  target.max_filter_height = 4;
  target.glb_banks = 3;
  target.filter_banks = 1;
  target.bank_bytes = 1024;
  // Fitted on the chip: fits may change, the golden file does not.
  target.mac16_picojoules = 2.2;
  target.static_milliwatts = 60;
  return target;
}

FrameValues test::smallFrame() {
  FrameValues values{FrameLayout(smallTarget())};
  values.filter_height = 3;
  values.filter_width = 3;
  values.p = 4;
  values.q = 2;
  values.segment_width = 3;
  values.bank_psum = {0, 0, 1};
  values.clip_low = -128;
  values.clip_high = 127;
  values.ifmap_row_pitch = 8;
  values.ifmap_channel_stride = 40;
  return values;
}

void test::setFrame(fb::ProgramT &program, const FrameValues &values) {
  program.frames[0]->words = *encodeFrame(FrameLayout(smallTarget()), values);
}

fb::ProgramT test::emptyProgram() {
  fb::ProgramT program;
  program.producer = "hand";
  program.target = std::make_unique<fb::TargetT>(encodeTarget(smallTarget()));
  program.frames.push_back(std::make_unique<fb::FrameT>());
  setFrame(program, smallFrame());
  return program;
}

void test::addTensor(fb::ProgramT &program, const char *name,
                     fb::TensorKind kind, fb::ElementType type,
                     std::vector<int64_t> shape,
                     const std::vector<uint8_t> &bytes, float scale) {
  auto tensor = std::make_unique<fb::TensorT>();
  tensor->name = name;
  tensor->kind = kind;
  tensor->type = type;
  tensor->shape = std::move(shape);
  tensor->size = bytes.size();
  tensor->address = program.dram_bytes;
  tensor->scale = scale;
  if (kind == fb::TensorKind::Constant) {
    tensor->constant_offset = program.constants.size();
    program.constants.insert(program.constants.end(), bytes.begin(),
                             bytes.end());
  }
  program.dram_bytes += (bytes.size() + 63) / 64 * 64;
  program.tensors.push_back(std::move(tensor));
}

/// 0, 7, 14, ... modulo 251.
static std::vector<uint8_t> pattern(size_t size) {
  std::vector<uint8_t> bytes(size);
  for (size_t i = 0; i < size; ++i)
    bytes[i] = uint8_t(i * 7 % 251);
  return bytes;
}

static fb::PassT smallPass() {
  fb::PassT pass;
  pass.ifmap = std::make_unique<fb::AddressT>();
  pass.ifmap->term = affine(0, {80});
  pass.ifmap->modulus = 160;
  pass.psum = std::make_unique<fb::AddressT>();
  pass.images = count(1);
  pass.groups = count(1);
  pass.filters = count(4);
  pass.channels = count(2);
  pass.rows = count(3);
  pass.rows->terms.push_back(affine(6, {-3}));
  pass.columns = count(6);
  pass.filters_from = std::make_unique<fb::FilterBoxT>();
  pass.filters_from->tensor = 1;
  pass.filters_when = affine(0, {1});
  pass.records_from = std::make_unique<fb::RecordBoxT>();
  pass.records_from->tensor = 2;
  pass.records_from->count = count(4);
  return pass;
}

fb::ProgramT test::smallProgram() {
  fb::ProgramT program = emptyProgram();
  addTensor(program, "x", fb::TensorKind::Input, fb::ElementType::I8,
            {1, 2, 8, 8}, pattern(128), 0.1f);
  addTensor(program, "w", fb::TensorKind::Constant, fb::ElementType::I8,
            {4, 2, 3, 3}, pattern(72), 0.1f);
  addTensor(program, "w.records", fb::TensorKind::Constant,
            fb::ElementType::I64, {4}, pattern(32), 0.1f);
  addTensor(program, "conv", fb::TensorKind::Intermediate, fb::ElementType::I8,
            {1, 4, 6, 6}, pattern(144), 0.1f);
  addTensor(program, "y", fb::TensorKind::Output, fb::ElementType::I8,
            {1, 4, 6, 6}, pattern(144), 0.1f);
  program.tokens = {"configured", "ifmap.full", "ifmap.free",
                    "psum.full",  "psum.free",  "stored"};

  add(program, fb::ConfigureT()).signals.push_back(signal(0));
  fb::LoopT loop;
  loop.trips = 2;
  add(program, loop);
  fb::LoadT load;
  load.row = affine(0, {3});
  load.images = count(1);
  load.groups = count(1);
  load.channels = count(2);
  load.rows = count(5);
  load.columns = count(8);
  load.channel_stride = 40;
  load.row_stride = 8;
  load.glb = std::make_unique<fb::AddressT>();
  load.glb->term = affine(0, {80});
  load.glb->modulus = 160;
  fb::CommandT &loads = add(program, load);
  loads.waits.push_back(wait(0, 1));
  loads.waits.push_back(wait(2, -1, {1}));
  loads.signals.push_back(signal(1));
  fb::CommandT &passes = add(program, smallPass());
  passes.waits.push_back(wait(1, 1, {1}));
  passes.waits.push_back(wait(4, 0, {1}));
  passes.signals.push_back(signal(2));
  passes.signals.push_back(signal(3));
  fb::StoreT store;
  store.tensor = 3;
  store.psum = std::make_unique<fb::AddressT>();
  store.images = count(1);
  store.groups = count(1);
  store.filters = count(4);
  store.rows = count(3);
  store.columns = count(6);
  store.row = affine(0, {3});
  fb::CommandT &stores = add(program, store);
  stores.waits.push_back(wait(3, 1, {1}));
  stores.signals.push_back(signal(4));
  stores.signals.push_back(signal(5));
  add(program, fb::EndT());
  fb::HostT host;
  host.layer = 1;
  add(program, host).waits.push_back(wait(5, 2));

  auto conv = std::make_unique<fb::LayerT>();
  conv->name = "conv \"1\"";
  conv->operands = {0, 1, 2};
  conv->results = {3};
  conv->first_command = 0;
  conv->last_command = 6;
  program.layers.push_back(std::move(conv));
  auto clip = std::make_unique<fb::LayerT>();
  clip->name = "clip";
  clip->kernel = fb::Kernel::Clip;
  clip->operands = {3};
  clip->results = {4};
  clip->first_command = 6;
  clip->last_command = 7;
  clip->attributes.push_back(std::make_unique<fb::AttributeT>());
  clip->attributes.back()->name = "bounds";
  clip->attributes.back()->ints = {-5, 100};
  clip->attributes.back()->reals = {0.1f, -1.5e-9f};
  program.layers.push_back(std::move(clip));

  auto picture = std::make_unique<fb::PreprocessingT>();
  picture->layout = "NCHW";
  picture->channel_order = "GRAY";
  picture->resize_width = 8;
  picture->resize_height = 8;
  picture->scale = {0.00392156886f};
  picture->mean = {0};
  program.preprocessing.push_back(std::move(picture));
  program.labels = {"zero", "one\n#two"};
  auto debug = std::make_unique<fb::LayerDebugT>();
  debug->location = "conv";
  debug->mapping = "#rs.mapping<n = 1>";
  program.debug.push_back(std::move(debug));
  return program;
}
