//===- ProgramTarget.cpp - Any bytes as a program -------------------------===//
//
// Loads bytes as a program, checksum and hash aside. What the loader takes must
// disassemble, assemble to a program of the same text, and run on every device
// in every mode until it ends in a result or an error. Sanitizers and asserts
// judge; `check` tells what else must hold.
//
//===----------------------------------------------------------------------===//
#include "Target.h"

#include "rowlock/Program/Text.h"
#include "rowlock/Program/Values.h"
#include "rowlock/Runtime/HostDevice.h"
#include "rowlock/Simulator/Simulator.h"

using namespace rowlock;

// So much that one program takes well below a second with sanitizers.
static constexpr uint64_t maxCommands = 1 << 13;
static constexpr uint64_t maxWork = 1 << 21;
static constexpr uint64_t maxMemory = 1 << 20;
static constexpr int64_t maxCycles = 1 << 15;

static LoadOptions strangers() {
  LoadOptions options;
  options.skipChecksum = true;
  options.maxCommands = maxCommands;
  options.maxWork = maxWork;
  return options;
}

static void checkText(const Program &program) {
  std::string text = disassemble(program);
  auto bytes = assemble(text);
  check(bool(bytes), "text is no program", bytes ? "" : bytes.message());
  auto again = Program::fromBytes(std::move(*bytes), "fuzz", strangers());
  check(bool(again), "program of the text", again ? "" : again.message());
  check(disassemble(*again) == text, "text of the text", text);
}

static size_t logicalBytes(const fb::Tensor &tensor) {
  TensorLayout layout(tensor);
  return size_t(layout.elements()) * layout.bytesPerElement();
}

/// Writes a pattern to the inputs, runs twice, reads every tensor. False if a
/// run ended in an error.
static bool run(Device &device) {
  auto tensors = items(device.program().table().tensors());
  std::vector<uint8_t> data;
  for (int time = 0; time < 2; ++time) {
    for (uint32_t k = 0; k < tensors.size(); ++k) {
      if (tensors[k]->kind() != fb::TensorKind::Input)
        continue;
      data.resize(logicalBytes(*tensors[k]));
      for (size_t byte = 0; byte < data.size(); ++byte)
        data[byte] = uint8_t(byte % 3 ? byte * 37 + size_t(time) : 0);
      Status written = device.write(k, data.data(), data.size());
      check(bool(written), "input", written ? "" : written.message());
    }
    if (Status ran = device.run(); !ran) {
      checkError(ran.message());
      return false;
    }
  }
  for (uint32_t k = 0; k < tensors.size(); ++k) {
    data.resize(logicalBytes(*tensors[k]));
    (void)bool(device.read(k, data.data(), data.size()));
  }
  return true;
}

static bool simulate(const Program &program, const SimulatorOptions &options) {
  auto simulator = Simulator::create(program, options);
  if (simulator)
    return run(**simulator);
  checkError(simulator.message());
  return false;
}

/// As rowlock-run does it, checksum and all.
static Fate runAsUsers(const uint8_t *data, size_t size) {
  auto program = Program::fromBytes({data, data + size}, "fuzz");
  if (!program) {
    checkError(program.message());
    return {"refused", false};
  }
  disassemble(*program);
  bool ran;
  if (program->frameCount() > 0) {
    ran = simulate(*program, {});
  } else {
    auto host = HostDevice::create(*program);
    ran = host && run(*host);
  }
  return ran ? Fate{"ran", true} : Fate{"failed", false};
}

Fate rowlock::runInput(const uint8_t *data, size_t size, Depth depth) {
  if (depth == Depth::User)
    return runAsUsers(data, size);
  auto program = Program::fromBytes({data, data + size}, "fuzz", strangers());
  if (!program) {
    checkError(program.message());
    return {"refused", false};
  }
  checkText(*program);
  if (program->table().dram_bytes() > maxMemory)
    return {"too large", false};
  bool ran = simulate(*program, {});
  SimulatorOptions shuffled, everyCycle, withoutData;
  shuffled.orderSeed = 1 + size;
  everyCycle.everyCycle = true;
  everyCycle.maxCycles = maxCycles;
  simulate(*program, shuffled);
  simulate(*program, everyCycle);
  withoutData.data = false;
  withoutData.layersApart = true;
  simulate(*program, withoutData);
  if (auto host = HostDevice::create(*program))
    run(*host);
  return ran ? Fate{"ran", true} : Fate{"failed", false};
}
