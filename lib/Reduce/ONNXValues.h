//===- ONNXValues.h - What tensors of a model hold --------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_REDUCE_ONNXVALUES_H
#define ROWLOCK_LIB_REDUCE_ONNXVALUES_H

#include "ONNXModel.h"
#include "rowlock/Reduce/ReduceONNX.h"

namespace rowlock {

/// f32 tensors of one model, by name, as the evaluator computes them from
/// images. They lie in files of a folder until they are asked for.
class ONNXValues {
public:
  explicit ONNXValues(std::string folder) : folder(std::move(folder)) {}

  /// Evaluates the model of the file in a child. An error if the images cannot
  /// be read; a model that cannot be imported or evaluated has no values.
  Status compute(const std::string &path, const onnx::GraphProto &graph,
                 mlir::MLIRContext &context, const ModelInputs &inputs,
                 const ChildLimits &limits);
  /// Null if it is not known. The images lie along the first dimension.
  const Array *find(const std::string &name);
  /// Images that were evaluated, times the batch over the batch: runs.
  int64_t runs() const { return runCount; }
  /// The type of one run's tensor; nothing if it is not known.
  std::optional<onnx::TypeProto> type(const std::string &name);

private:
  int evaluate(const std::string &path, mlir::MLIRContext &context,
               const ModelInputs &inputs);
  std::string file(size_t index) const;

  std::string folder;
  std::map<std::string, size_t> indices;
  std::map<std::string, std::optional<Array>> loaded;
  int64_t runCount = 0;
};

/// Values for the model's first data input: `runs` runs of the known ones, cut
/// to the type's sizes, else random ones. Unknown sizes are 1.
Array inputArray(const onnx::ModelProto &model, ONNXValues &values);

} // namespace rowlock

#endif // ROWLOCK_LIB_REDUCE_ONNXVALUES_H
