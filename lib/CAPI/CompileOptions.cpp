//===- CompileOptions.cpp - How to compile --------------------------------===//
#include "Handles.h"

#include "rowlock/Target/YAML/TargetYAML.h"

using namespace rowlock;

/// Keeps what was read, or hands out why it could not be.
template <typename T>
static RowlockError *keep(Result<T> read, std::optional<T> &place) {
  if (!read)
    return capi::error(read.takeStatus());
  place = std::move(*read);
  return nullptr;
}

RowlockCompileOptions *rowlockCompileOptionsCreate() {
  return new RowlockCompileOptions;
}

void rowlockCompileOptionsDestroy(RowlockCompileOptions *options) {
  delete options;
}

RowlockError *rowlockCompileOptionsSetTarget(RowlockCompileOptions *options,
                                             const char *nameOrFile) {
  ROWLOCK_REQUIRE(options);
  ROWLOCK_REQUIRE(nameOrFile);
  return keep(loadTarget(nameOrFile), options->target);
}

RowlockError *rowlockCompileOptionsSetTargetText(RowlockCompileOptions *options,
                                                 const char *text) {
  ROWLOCK_REQUIRE(options);
  ROWLOCK_REQUIRE(text);
  return keep(readTargetYAML(text, "target"), options->target);
}

RowlockError *rowlockCompileOptionsSetRunsOn(RowlockCompileOptions *options,
                                             RowlockRunsOn runsOn) {
  ROWLOCK_REQUIRE(options);
  if (runsOn != ROWLOCK_RUNS_ON_ARRAY && runsOn != ROWLOCK_RUNS_ON_CPU)
    return capi::error("value " + std::to_string(int(runsOn)) +
                       " is neither ROWLOCK_RUNS_ON_ARRAY nor "
                       "ROWLOCK_RUNS_ON_CPU");
  options->runsOn = runsOn;
  return nullptr;
}

RowlockError *rowlockCompileOptionsSetBatch(RowlockCompileOptions *options,
                                            int64_t batch) {
  ROWLOCK_REQUIRE(options);
  if (batch < 1 || batch > 4096)
    return capi::error("batch is " + std::to_string(batch) +
                       ", expected 1 to 4096");
  options->importing.batch = batch;
  return nullptr;
}

RowlockError *rowlockCompileOptionsSetInt16(RowlockCompileOptions *options,
                                            bool wide) {
  ROWLOCK_REQUIRE(options);
  options->wide = wide;
  return nullptr;
}

RowlockError *
rowlockCompileOptionsSetCalibrationTable(RowlockCompileOptions *options,
                                         const char *path) {
  ROWLOCK_REQUIRE(options);
  ROWLOCK_REQUIRE(path);
  return keep(CalibrationTable::open(path), options->table);
}

RowlockError *
rowlockCompileOptionsSetCalibrationTableText(RowlockCompileOptions *options,
                                             const char *text) {
  ROWLOCK_REQUIRE(options);
  ROWLOCK_REQUIRE(text);
  return keep(CalibrationTable::read(text, "calibration table"),
              options->table);
}

RowlockError *
rowlockCompileOptionsSetCalibrationImages(RowlockCompileOptions *options,
                                          const char *path) {
  ROWLOCK_REQUIRE(options);
  ROWLOCK_REQUIRE(path);
  options->images = path;
  return nullptr;
}

RowlockError *rowlockCompileOptionsSetDimension(RowlockCompileOptions *options,
                                                const char *name,
                                                int64_t size) {
  ROWLOCK_REQUIRE(options);
  ROWLOCK_REQUIRE(name);
  if (size < 1)
    return capi::error("dimension '" + std::string(name) + "' is " +
                       std::to_string(size) + ", expected at least 1");
  options->importing.dims[name] = size;
  return nullptr;
}
