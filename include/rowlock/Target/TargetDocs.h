//===- TargetDocs.h - The field table as a page -----------------*- C++ -*-===//
//
// What docs/generated/targets.md is made of.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_TARGET_TARGETDOCS_H
#define ROWLOCK_TARGET_TARGETDOCS_H

#include <string>

namespace rowlock {

/// One Markdown table for each section of the field table: name, default,
/// values, unit and meaning of every field, in table order.
std::string targetFieldDocs();

} // namespace rowlock

#endif // ROWLOCK_TARGET_TARGETDOCS_H
