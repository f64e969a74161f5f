//===- Program.cpp - Programs and their tensors ---------------------------===//
#include "Handles.h"

#include "rowlock/Program/ProgramWriter.h"
#include "rowlock/Program/TensorLayout.h"
#include "rowlock/Program/Values.h"

using namespace rowlock;

static_assert(int(fb::ElementType::MAX) == int(ROWLOCK_U4) &&
                  int(fb::ElementType::I8) == int(ROWLOCK_I8) &&
                  int(fb::ElementType::F16) == int(ROWLOCK_F16) &&
                  int(fb::ElementType::I1) == int(ROWLOCK_BOOL),
              "element types have the numbers of program.fbs");

static RowlockTensor describe(uint32_t index, const fb::Tensor &tensor) {
  TensorLayout layout(tensor);
  return {index,
          text(tensor.name()),
          RowlockElementType(tensor.type()),
          layout.shape(),
          size_t(layout.elements()) * layout.bytesPerElement(),
          tensor.scale(),
          tensor.zero_point()};
}

RowlockProgram *capi::wrap(Program program) {
  auto wrapped = std::make_unique<RowlockProgram>(
      RowlockProgram{std::move(program), {}, {}});
  uint32_t index = 0;
  for (const fb::Tensor *tensor : items(wrapped->program.table().tensors())) {
    if (tensor->kind() == fb::TensorKind::Input)
      wrapped->inputs.push_back(describe(index, *tensor));
    else if (tensor->kind() == fb::TensorKind::Output)
      wrapped->outputs.push_back(describe(index, *tensor));
    ++index;
  }
  return wrapped.release();
}

static RowlockError *handOut(const Result<Program> &opened,
                             RowlockProgram **program) {
  *program = opened ? capi::wrap(*opened) : nullptr;
  return capi::error(opened.takeStatus());
}

RowlockError *rowlockProgramOpen(const char *path, RowlockProgram **program) {
  ROWLOCK_REQUIRE(program);
  *program = nullptr;
  ROWLOCK_REQUIRE(path);
  return handOut(Program::open(path), program);
}

RowlockError *rowlockProgramFromBytes(const void *bytes, size_t size,
                                      RowlockProgram **program) {
  ROWLOCK_REQUIRE(program);
  *program = nullptr;
  ROWLOCK_REQUIRE(bytes);
  auto *data = static_cast<const uint8_t *>(bytes);
  return handOut(Program::fromBytes({data, data + size}), program);
}

void rowlockProgramDestroy(RowlockProgram *program) { delete program; }

const void *rowlockProgramBytes(const RowlockProgram *program, size_t *size) {
  ByteSpan bytes = program ? program->program.bytes() : ByteSpan();
  if (size)
    *size = bytes.size;
  return bytes.data;
}

RowlockError *rowlockProgramSave(const RowlockProgram *program,
                                 const char *path) {
  ROWLOCK_REQUIRE(program);
  ROWLOCK_REQUIRE(path);
  ByteSpan bytes = program->program.bytes();
  return capi::error(writeFileAtomically(path, {bytes.begin(), bytes.end()}));
}

size_t rowlockProgramInputCount(const RowlockProgram *program) {
  return program ? program->inputs.size() : 0;
}

size_t rowlockProgramOutputCount(const RowlockProgram *program) {
  return program ? program->outputs.size() : 0;
}

const RowlockTensor *rowlockProgramInput(const RowlockProgram *program,
                                         size_t index) {
  return index < rowlockProgramInputCount(program) ? &program->inputs[index]
                                                   : nullptr;
}

const RowlockTensor *rowlockProgramOutput(const RowlockProgram *program,
                                          size_t index) {
  return index < rowlockProgramOutputCount(program) ? &program->outputs[index]
                                                    : nullptr;
}

const char *rowlockTensorName(const RowlockTensor *tensor) {
  return tensor->name.c_str();
}

RowlockElementType rowlockTensorElementType(const RowlockTensor *tensor) {
  return tensor->type;
}

size_t rowlockTensorRank(const RowlockTensor *tensor) {
  return tensor->shape.size();
}

const int64_t *rowlockTensorShape(const RowlockTensor *tensor) {
  return tensor->shape.data();
}

size_t rowlockTensorBytes(const RowlockTensor *tensor) { return tensor->bytes; }

float rowlockTensorScale(const RowlockTensor *tensor) { return tensor->scale; }

int32_t rowlockTensorZeroPoint(const RowlockTensor *tensor) {
  return tensor->zeroPoint;
}
