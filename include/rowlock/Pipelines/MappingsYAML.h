//===- MappingsYAML.h - Mappings of layers as a file ------------*- C++ -*-===//
//
// A mapping file is a map from layers to mappings, each as text or as a map of
// its letters; of a layer that runs in parts, a list with one for each:
//
//   conv1: n=1 m=64 h=14 f=56 c=3 e=14 p=16 q=1 r=1 t=1 g=1 order=gnhfmc/smc
//     prefetch=double
//   conv2: {n: 1, m: 64, h: 14, f: 14, c: 4, e: 14, p: 16, q: 2, r: 2, t: 1,
//           g: 1}
//   conv3: [n=1 m=96 ..., n=1 m=96 ...]
//
// `order` is gmnhfc/cms and `prefetch` none where they are left out.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_PIPELINES_MAPPINGSYAML_H
#define ROWLOCK_PIPELINES_MAPPINGSYAML_H

#include "rowlock/Mapping/Mapping.h"

namespace rowlock {

struct LayerMappings {
  std::string layer;
  std::vector<Mapping> parts; // at least one
  int line = 0;               // in the file
};

struct MappingsFile {
  std::string name; // for errors
  std::vector<LayerMappings> layers;

  /// An error that begins with file, line and layer.
  Status error(const LayerMappings &layer, const std::string &reason) const;
};

/// Errors begin with "fileName:line: " and name layer, key and value.
Result<MappingsFile> readMappings(const std::string &text,
                                  const std::string &fileName);
Result<MappingsFile> openMappings(const std::string &path);

/// A file that `readMappings` reads back exactly.
std::string writeMappings(const std::vector<LayerMappings> &layers);

} // namespace rowlock

#endif // ROWLOCK_PIPELINES_MAPPINGSYAML_H
