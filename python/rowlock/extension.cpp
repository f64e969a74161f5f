//===- extension.cpp - The C API for Python -------------------------------===//
//
// One class for each handle; what the package makes of them is in __init__.py.
// Values of tensors come as arrays of their bytes. Errors become rowlock.Error.
//
//===----------------------------------------------------------------------===//
#include "rowlock-c/Rowlock.h"

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nb = nanobind;

namespace {

/// An error of the C API on its way to Python.
class Error : public std::exception {
public:
  explicit Error(RowlockError *error) : text(rowlockErrorMessage(error)) {
    for (size_t k = 0; const char *name = rowlockErrorUnknownInput(error, k);
         ++k)
      unknownInputs.emplace_back(name);
    rowlockErrorDestroy(error);
  }
  const char *what() const noexcept override { return text.c_str(); }

  std::vector<std::string> unknownInputs;

private:
  std::string text;
};

void check(RowlockError *error) {
  if (error)
    throw Error(error);
}

struct ProgramDeleter {
  void operator()(RowlockProgram *program) { rowlockProgramDestroy(program); }
};
struct DeviceDeleter {
  void operator()(RowlockDevice *device) { rowlockDeviceDestroy(device); }
};
struct OptionsDeleter {
  void operator()(RowlockCompileOptions *options) {
    rowlockCompileOptionsDestroy(options);
  }
};

using OwnedProgram = std::unique_ptr<RowlockProgram, ProgramDeleter>;

struct Tensor {
  std::string name;
  int type;
  std::vector<int64_t> shape;
  float scale;
  int32_t zeroPoint;

  explicit Tensor(const RowlockTensor *tensor)
      : name(rowlockTensorName(tensor)), type(rowlockTensorElementType(tensor)),
        shape(rowlockTensorShape(tensor),
              rowlockTensorShape(tensor) + rowlockTensorRank(tensor)),
        scale(rowlockTensorScale(tensor)),
        zeroPoint(rowlockTensorZeroPoint(tensor)) {}
};

struct Program {
  OwnedProgram handle;

  static Program open(const std::string &path) {
    RowlockProgram *program;
    check(rowlockProgramOpen(path.c_str(), &program));
    return {OwnedProgram(program)};
  }
  static Program fromBytes(nb::bytes bytes) {
    RowlockProgram *program;
    check(rowlockProgramFromBytes(bytes.c_str(), bytes.size(), &program));
    return {OwnedProgram(program)};
  }
  void save(const std::string &path) const {
    check(rowlockProgramSave(handle.get(), path.c_str()));
  }
  nb::bytes bytes() const {
    size_t size;
    const void *data = rowlockProgramBytes(handle.get(), &size);
    return nb::bytes(static_cast<const char *>(data), size);
  }
  std::vector<Tensor> inputs() const {
    std::vector<Tensor> tensors;
    for (size_t k = 0; k < rowlockProgramInputCount(handle.get()); ++k)
      tensors.emplace_back(rowlockProgramInput(handle.get(), k));
    return tensors;
  }
  std::vector<Tensor> outputs() const {
    std::vector<Tensor> tensors;
    for (size_t k = 0; k < rowlockProgramOutputCount(handle.get()); ++k)
      tensors.emplace_back(rowlockProgramOutput(handle.get(), k));
    return tensors;
  }
};

using Bytes =
    nb::ndarray<const uint8_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using WritableBytes =
    nb::ndarray<uint8_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;

struct Device {
  std::unique_ptr<RowlockDevice, DeviceDeleter> handle;

  static Device create(const Program &program, int kind) {
    RowlockDevice *device;
    check(rowlockDeviceCreate(program.handle.get(), RowlockDeviceKind(kind),
                              &device));
    return {std::unique_ptr<RowlockDevice, DeviceDeleter>(device)};
  }
  void write(size_t input, Bytes bytes) {
    check(rowlockDeviceWrite(handle.get(), input, bytes.data(), bytes.size()));
  }
  void run() {
    nb::gil_scoped_release release;
    check(rowlockDeviceRun(handle.get()));
  }
  void read(size_t output, WritableBytes bytes) {
    check(rowlockDeviceRead(handle.get(), output, bytes.data(), bytes.size()));
  }
};

struct CompileOptions {
  std::unique_ptr<RowlockCompileOptions, OptionsDeleter> handle{
      rowlockCompileOptionsCreate()};

  void setTarget(const std::string &nameOrFile) {
    check(rowlockCompileOptionsSetTarget(handle.get(), nameOrFile.c_str()));
  }
  void setTargetText(const std::string &text) {
    check(rowlockCompileOptionsSetTargetText(handle.get(), text.c_str()));
  }
  void setRunsOn(int runsOn) {
    check(rowlockCompileOptionsSetRunsOn(handle.get(), RowlockRunsOn(runsOn)));
  }
  void setBatch(int64_t batch) {
    check(rowlockCompileOptionsSetBatch(handle.get(), batch));
  }
  void setInt16(bool wide) {
    check(rowlockCompileOptionsSetInt16(handle.get(), wide));
  }
  void setCalibrationTable(const std::string &path) {
    check(rowlockCompileOptionsSetCalibrationTable(handle.get(), path.c_str()));
  }
  void setCalibrationTableText(const std::string &text) {
    check(rowlockCompileOptionsSetCalibrationTableText(handle.get(),
                                                       text.c_str()));
  }
  void setCalibrationImages(const std::string &path) {
    check(
        rowlockCompileOptionsSetCalibrationImages(handle.get(), path.c_str()));
  }
  void setDimension(const std::string &name, int64_t size) {
    check(rowlockCompileOptionsSetDimension(handle.get(), name.c_str(), size));
  }
  void setInputValue(const std::string &name, int type,
                     const std::vector<int64_t> &shape, Bytes bytes) {
    check(rowlockCompileOptionsSetInputValue(
        handle.get(), name.c_str(), RowlockElementType(type), shape.data(),
        shape.size(), bytes.data(), bytes.size()));
  }
  Program compileFile(const std::string &path) {
    RowlockProgram *program;
    nb::gil_scoped_release release;
    check(rowlockCompileFile(path.c_str(), handle.get(), &program));
    return {OwnedProgram(program)};
  }
  Program compileBytes(nb::bytes model, const std::string &name,
                       const std::string &folder) {
    RowlockProgram *program;
    const void *data = model.data();
    size_t size = model.size();
    nb::gil_scoped_release release;
    check(rowlockCompileBytes(data, size, name.c_str(), folder.c_str(),
                              handle.get(), &program));
    return {OwnedProgram(program)};
  }
};

/// Raises `type`, which is rowlock.Error, for an Error.
void raiseError(const std::exception_ptr &thrown, void *type) {
  try {
    std::rethrow_exception(thrown);
  } catch (const Error &error) {
    nb::object value = nb::borrow(static_cast<PyObject *>(type))(error.what());
    value.attr("unknown_inputs") = error.unknownInputs;
    PyErr_SetObject(static_cast<PyObject *>(type), value.ptr());
  }
}

} // namespace

NB_MODULE(_rowlock, module) {
  module.attr("Error") =
      nb::steal(PyErr_NewException("rowlock.Error", PyExc_Exception, nullptr));
  nb::register_exception_translator(raiseError, module.attr("Error").ptr());
  module.def("version", &rowlockVersion);
  nb::class_<Tensor>(module, "Tensor")
      .def_ro("name", &Tensor::name)
      .def_ro("type", &Tensor::type)
      .def_ro("shape", &Tensor::shape)
      .def_ro("scale", &Tensor::scale)
      .def_ro("zero_point", &Tensor::zeroPoint);
  nb::class_<Program>(module, "Program")
      .def_static("open", &Program::open)
      .def_static("from_bytes", &Program::fromBytes)
      .def("save", &Program::save)
      .def("bytes", &Program::bytes)
      .def("inputs", &Program::inputs)
      .def("outputs", &Program::outputs);
  nb::class_<Device>(module, "Device")
      .def_static("create", &Device::create)
      .def("write", &Device::write)
      .def("run", &Device::run)
      .def("read", &Device::read);
  nb::class_<CompileOptions>(module, "CompileOptions")
      .def(nb::init<>())
      .def("set_target", &CompileOptions::setTarget)
      .def("set_target_text", &CompileOptions::setTargetText)
      .def("set_runs_on", &CompileOptions::setRunsOn)
      .def("set_batch", &CompileOptions::setBatch)
      .def("set_int16", &CompileOptions::setInt16)
      .def("set_calibration_table", &CompileOptions::setCalibrationTable)
      .def("set_calibration_table_text",
           &CompileOptions::setCalibrationTableText)
      .def("set_calibration_images", &CompileOptions::setCalibrationImages)
      .def("set_dimension", &CompileOptions::setDimension)
      .def("set_input_value", &CompileOptions::setInputValue)
      .def("compile_file", &CompileOptions::compileFile)
      .def("compile_bytes", &CompileOptions::compileBytes);
}
