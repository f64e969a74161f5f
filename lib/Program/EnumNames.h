//===- EnumNames.h - Names of the schema's enumerators ----------*- C++ -*-===//
#ifndef ROWLOCK_LIB_PROGRAM_ENUMNAMES_H
#define ROWLOCK_LIB_PROGRAM_ENUMNAMES_H

#include "rowlock/Program/program_generated.h"

namespace rowlock {

/// Names by value, from 0 on, ended by null.
inline const char *const *enumNames(fb::ElementType) {
  return fb::EnumNamesElementType();
}
inline const char *const *enumNames(fb::TensorKind) {
  return fb::EnumNamesTensorKind();
}
inline const char *const *enumNames(fb::BoxKind) {
  return fb::EnumNamesBoxKind();
}
inline const char *const *enumNames(fb::PsumStart) {
  return fb::EnumNamesPsumStart();
}
inline const char *const *enumNames(fb::Kernel) {
  return fb::EnumNamesKernel();
}

} // namespace rowlock

#endif // ROWLOCK_LIB_PROGRAM_ENUMNAMES_H
