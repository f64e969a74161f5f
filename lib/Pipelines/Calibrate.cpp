//===- Calibrate.cpp - Ranges of a float network's tensors ----------------===//
#include "rowlock/Pipelines/Calibrate.h"

#include "rowlock/Input/InputElements.h"
#include "rowlock/Pipelines/Compile.h"
#include "rowlock/Program/Values.h"
#include "rowlock/Runtime/HostDevice.h"
#include "rowlock/Runtime/Session.h"

#include <mutex>
#include <thread>

using namespace mlir;
using namespace rowlock;

/// The module in float, every layer on the host.
static FailureOr<Program> makeHostProgram(ModuleOp module) {
  OwningOpRef<ModuleOp> copy = module.clone();
  if (failed(lowerToCommands(*copy)))
    return failure();
  return makeProgram(*copy, "float run", nullptr, {});
}

namespace {

/// What the threads share. Ranges only widen, so the order in which images are
/// taken does not matter.
class Calibration {
public:
  Calibration(const Program &program, ImageSource &images,
              const ProgressFunction &progress, CalibrationTable &table)
      : program(program), images(images), progress(progress), table(table) {}

  Status run();

private:
  void work();
  /// `first` is the first image of the last batch that was taken.
  Status runBatches(int64_t &first);
  /// Up to `batch` images, one behind the other; none at the end.
  Result<int64_t> take(int64_t batch, int64_t &first,
                       std::vector<float> &values);
  Status observe(HostDevice &device, int64_t batch, int64_t count,
                 CalibrationTable &seen);

  const Program &program;
  ImageSource &images;
  const ProgressFunction &progress;
  CalibrationTable &table;

  std::mutex mutex; // of what follows, images, progress and table
  int64_t taken = 0, done = 0;
  // The error at the earliest image: those before it were all taken.
  Status failed = Status::ok();
  int64_t failedAt = INT64_MAX;
};

} // namespace

Result<int64_t> Calibration::take(int64_t batch, int64_t &first,
                                  std::vector<float> &values) {
  std::lock_guard<std::mutex> lock(mutex);
  values.clear();
  first = taken;
  ImageSource::Image image;
  int64_t count = 0;
  for (; failed && taken < images.count() && count < batch; ++count, ++taken) {
    if (Status read = images.next(image); !read)
      return read;
    values.insert(values.end(), image.values.begin(), image.values.end());
  }
  return count;
}

Status Calibration::observe(HostDevice &device, int64_t batch, int64_t count,
                            CalibrationTable &seen) {
  auto tensors = items(program.table().tensors());
  for (uint32_t k = 0; k < tensors.size(); ++k) {
    const fb::Tensor *tensor = tensors[k];
    if (tensor->kind() == fb::TensorKind::Constant ||
        tensor->type() != fb::ElementType::F32)
      continue;
    int64_t elements = 1;
    for (int64_t size : items(tensor->shape()))
      elements *= size;
    std::vector<float> values(elements);
    if (Status read = device.read(k, values.data(), values.size() * 4); !read)
      return read;
    // A last run that is not full leaves zero images behind.
    auto shape = items(tensor->shape());
    int64_t used =
        shape.size() && shape[0] == batch ? elements / batch * count : elements;
    if (Status observed =
            seen.observe(text(tensor->name()), values.data(), size_t(used));
        !observed)
      return observed;
  }
  return Status::ok();
}

Status Calibration::runBatches(int64_t &first) {
  Result<HostDevice> device = HostDevice::create(program);
  if (!device)
    return device.takeStatus();
  Session session(*device);
  int64_t batch = session.batch();
  CalibrationTable seen;
  std::vector<float> values;
  while (true) {
    Result<int64_t> count = take(batch, first, values);
    if (!count)
      return count.takeStatus();
    if (!*count)
      break;
    auto bytes = inputElements(values, session.inputs().front().type);
    if (!bytes)
      return bytes.takeStatus();
    auto outputs =
        session.run({*bytes}, *count, [&](int64_t, int64_t inThisRun) {
          return observe(*device, batch, inThisRun, seen);
        });
    if (!outputs)
      return outputs.takeStatus();
    std::lock_guard<std::mutex> lock(mutex);
    done += *count;
    if (progress)
      progress(done, images.count());
  }
  std::lock_guard<std::mutex> lock(mutex);
  table.merge(seen);
  return Status::ok();
}

void Calibration::work() {
  int64_t first = 0;
  Status status = runBatches(first);
  std::lock_guard<std::mutex> lock(mutex);
  if (status || first >= failedAt)
    return;
  failed = status;
  failedAt = first;
}

Status Calibration::run() {
  int64_t most = std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::thread> threads;
  for (int64_t k = 1; k < std::min(most, images.count()); ++k)
    threads.emplace_back([this] { work(); });
  work();
  for (std::thread &thread : threads)
    thread.join();
  return failed;
}

LogicalResult rowlock::calibrate(ModuleOp module, ImageSource &images,
                                 CalibrationTable &table,
                                 const ProgressFunction &progress) {
  FailureOr<Program> program = makeHostProgram(module);
  if (mlir::failed(program))
    return failure();
  Calibration calibration(*program, images, progress, table);
  if (Status done = calibration.run(); !done)
    return module.emitError() << "calibration: " << done.message();
  return success();
}
