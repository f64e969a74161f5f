//===- ReduceDivergence.h - From a divergence to a small model --*- C++ -*-===//
#ifndef ROWLOCK_TOOLS_ROWLOCK_COMPILE_REDUCEDIVERGENCE_H
#define ROWLOCK_TOOLS_ROWLOCK_COMPILE_REDUCEDIVERGENCE_H

#include "rowlock/Reduce/ReduceONNX.h"

#include <string>
#include <vector>

namespace rowlock {

/// The arguments that verify `{}` on the images `{npy}` as those of this
/// process verify `model`: without what names files of its own, and without
/// what says more.
std::vector<std::string> verifyCommand(int argc, char **argv,
                                       const std::string &model);

/// Reduces a model that was seen to diverge, with a command of `verifyCommand`,
/// to `output`, with its images beside it (.npy), and says how to see it
/// diverge. Returns whether that went well; says why if not.
bool reduceDivergence(const std::string &model,
                      const std::vector<std::string> &command,
                      const std::string &output, const ModelInputs &inputs,
                      mlir::MLIRContext &context);

} // namespace rowlock

#endif // ROWLOCK_TOOLS_ROWLOCK_COMPILE_REDUCEDIVERGENCE_H
