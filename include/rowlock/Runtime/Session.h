//===- Session.h - Any number of inputs -------------------------*- C++ -*-===//
#ifndef ROWLOCK_RUNTIME_SESSION_H
#define ROWLOCK_RUNTIME_SESSION_H

#include "rowlock/Runtime/Device.h"

#include <functional>
#include <string>
#include <vector>

namespace rowlock {

/// An input or output of a program. The first size of an input's `shape` is the
/// batch N that the program is compiled for; an output has N images too, or
/// `isWhole`: one result of all images of a run.
struct PortInfo {
  uint32_t tensor = 0;
  std::string name;
  fb::ElementType type = fb::ElementType::F32;
  std::vector<int64_t> shape;
  float scale = 0;
  int32_t zeroPoint = 0;
  bool isWhole = false;

  int64_t batch() const { return isWhole || shape.empty() ? 1 : shape.front(); }
  /// Sizes of one image of the batch, or of a whole result.
  std::vector<int64_t> imageShape() const;
  size_t imageBytes() const;
};

/// Runs images through a device, as many at a time as the program is compiled
/// for; the last run is filled up with zeros and its surplus results dropped.
class Session {
public:
  /// The device must outlive the session.
  explicit Session(Device &device);

  const std::vector<PortInfo> &inputs() const { return ins; }
  const std::vector<PortInfo> &outputs() const { return outs; }
  /// Images that one run takes.
  int64_t batch() const;

  /// Called after each run of the device: first image, images in this run.
  using AfterRun = std::function<Status(int64_t first, int64_t count)>;

  /// `data[k]`: input k of `images` images, one behind the other. The result
  /// holds the outputs in the same way, and whole results of one run behind
  /// those of another. Errors name the input and both sizes.
  Result<std::vector<std::vector<uint8_t>>>
  run(const std::vector<std::vector<uint8_t>> &data, int64_t images,
      const AfterRun &afterRun = nullptr);

private:
  Device &device;
  std::vector<PortInfo> ins, outs;
};

} // namespace rowlock

#endif // ROWLOCK_RUNTIME_SESSION_H
