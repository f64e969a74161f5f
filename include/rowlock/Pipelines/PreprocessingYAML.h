//===- PreprocessingYAML.h - How pictures become inputs, as YAML *- C++ -*-===//
#ifndef ROWLOCK_PIPELINES_PREPROCESSINGYAML_H
#define ROWLOCK_PIPELINES_PREPROCESSINGYAML_H

#include "rowlock/Program/program_generated.h"
#include "rowlock/Support/Result.h"

namespace rowlock {

/// Reads a file with the fields of `Preprocessing` in program.fbs, all
/// optional: layout, channel_order, resize_short_side, resize_width,
/// resize_height, crop_width, crop_height, invert, scale, mean. Errors begin
/// with "path:line: ".
Result<fb::PreprocessingT> openPreprocessing(const std::string &path);

} // namespace rowlock

#endif // ROWLOCK_PIPELINES_PREPROCESSINGYAML_H
