//===- SmallProgram.h - A program made by hand ------------------*- C++ -*-===//
#ifndef ROWLOCK_TEST_UNIT_PROGRAM_SMALLPROGRAM_H
#define ROWLOCK_TEST_UNIT_PROGRAM_SMALLPROGRAM_H

#include "rowlock/Program/Program.h"
#include "rowlock/Program/ProgramWriter.h"

namespace rowlock::test {

/// A value `base + strides * indices`.
std::unique_ptr<fb::AffineT> affine(int64_t base,
                                    std::vector<int64_t> strides = {});
/// The least of `base` and, where given, another value.
std::unique_ptr<fb::CountT> count(int64_t base);
std::unique_ptr<fb::WaitT> wait(uint32_t token, int64_t base,
                                std::vector<int64_t> strides = {});
std::unique_ptr<fb::SignalT> signal(uint32_t token, uint32_t amount = 1);

/// Appends an operation to the commands of `program` and returns its command.
template <typename T> fb::CommandT &add(fb::ProgramT &program, T operation) {
  program.commands.push_back(std::make_unique<fb::CommandT>());
  program.commands.back()->operation.Set(std::move(operation));
  return *program.commands.back();
}

/// A small machine of `int` arithmetic: 4 x 3 PEs, 3 banks of 1 KiB.
TargetSpec smallTarget();
/// Appends a tensor of `bytes.size()` bytes at the end of DRAM; a constant has
/// the bytes as its elements.
void addTensor(fb::ProgramT &program, const char *name, fb::TensorKind kind,
               fb::ElementType type, std::vector<int64_t> shape,
               const std::vector<uint8_t> &bytes, float scale = 1);

/// The frame of the programs below, and how to give them another one.
FrameValues smallFrame();
void setFrame(fb::ProgramT &program, const FrameValues &values);

/// Target, one frame and no commands.
fb::ProgramT emptyProgram();

/// A 3x3 convolution of a 1x2x8x8 tensor in two tiles of rows with double
/// buffering, and a clip on the host: every part of the format is used.
fb::ProgramT smallProgram();

} // namespace rowlock::test

#endif // ROWLOCK_TEST_UNIT_PROGRAM_SMALLPROGRAM_H
