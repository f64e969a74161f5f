//===- PassBase.h - mlir::Pass, as the installed MLIR has it ----*- C++ -*-===//
//
// What llvm::Statistic is depends on NDEBUG, which MLIR's packages are built
// with and Rowlock, for its asserts, is not. Passes hold statistics that the
// library constructs: both must mean the same class.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_DIALECT_PASSBASE_H
#define ROWLOCK_DIALECT_PASSBASE_H

#include "llvm/Config/llvm-config.h"

#include <type_traits>

#if defined(NDEBUG) || defined(ROWLOCK_MLIR_HAS_ASSERTIONS)
#include "llvm/ADT/Statistic.h"
#else
#define NDEBUG
#include "llvm/ADT/Statistic.h"
#undef NDEBUG
static_assert(std::is_same_v<llvm::Statistic, llvm::NoopStatistic>,
              "llvm/ADT/Statistic.h was included before");
#endif

#include "mlir/Pass/Pass.h"

#include <cassert>

#endif // ROWLOCK_DIALECT_PASSBASE_H
