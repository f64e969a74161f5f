//===- PreprocessingYAML.cpp - How pictures become inputs, as YAML --------===//
#include "rowlock/Pipelines/PreprocessingYAML.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLTraits.h"

using namespace rowlock;

template <> struct llvm::yaml::MappingTraits<fb::PreprocessingT> {
  static void mapping(IO &io, fb::PreprocessingT &spec) {
    io.mapOptional("layout", spec.layout);
    io.mapOptional("channel_order", spec.channel_order);
    io.mapOptional("resize_short_side", spec.resize_short_side);
    io.mapOptional("resize_width", spec.resize_width);
    io.mapOptional("resize_height", spec.resize_height);
    io.mapOptional("crop_width", spec.crop_width);
    io.mapOptional("crop_height", spec.crop_height);
    io.mapOptional("invert", spec.invert);
    io.mapOptional("scale", spec.scale);
    io.mapOptional("mean", spec.mean);
  }
  static std::string validate(IO &, fb::PreprocessingT &spec) {
    if (!spec.layout.empty() && spec.layout != "NCHW")
      return "layout '" + spec.layout + "' is not NCHW";
    if (!spec.channel_order.empty() && spec.channel_order != "RGB" &&
        spec.channel_order != "BGR" && spec.channel_order != "GRAY")
      return "channel_order '" + spec.channel_order +
             "' is none of RGB, BGR, GRAY";
    for (int size : {spec.resize_short_side, spec.resize_width,
                     spec.resize_height, spec.crop_width, spec.crop_height})
      if (size < 0 || size > 65536)
        return "a size of " + std::to_string(size) + " is not 0 to 65536";
    return "";
  }
};

Result<fb::PreprocessingT> rowlock::openPreprocessing(const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    return Status::error(path + ": " + buffer.getError().message());
  std::string problem;
  auto keep = [](const llvm::SMDiagnostic &diagnostic, void *context) {
    auto *text = static_cast<std::string *>(context);
    if (text->empty())
      *text = std::to_string(std::max(1, diagnostic.getLineNo())) + ": " +
              diagnostic.getMessage().str();
  };
  fb::PreprocessingT spec;
  llvm::yaml::Input input((*buffer)->getBuffer(), nullptr, keep, &problem);
  input >> spec;
  if (input.error())
    return Status::error(path + ":" +
                         (problem.empty() ? "1: no preprocessing" : problem));
  return spec;
}
