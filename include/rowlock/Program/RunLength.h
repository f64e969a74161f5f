//===- RunLength.h - The run-length code of feature maps --------*- C++ -*-===//
//
// hardware.md, section 3: a 64-bit word holds floor(63 / (5 + bits)) pairs of a
// 5-bit run of zeros and a level as wide as the operand, and in its last bit
// whether it ends the code. A longer run is written as (31, 0) and goes on.
//
//   std::vector<uint64_t> words = encodeRuns(values, 16);
//   Result<std::vector<int64_t>> back = decodeRuns(words, values.size(), 16,
//   true);
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_PROGRAM_RUNLENGTH_H
#define ROWLOCK_PROGRAM_RUNLENGTH_H

#include "rowlock/Support/Result.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace rowlock {

/// Pairs in a word: 3 for levels of 16 bits, 4 for 8.
constexpr int64_t runPairsPerWord(int64_t bits) { return 63 / (5 + bits); }

/// One code block, at least one word long. Levels are the low `bits` (8 or 16)
/// of the values. Pair k of a word lies from bit k * (5 + bits) on, run below
/// level; bit 63 is set in the last word. Pairs behind the last are 0.
std::vector<uint64_t> encodeRuns(const std::vector<int64_t> &values,
                                 int64_t bits);

/// The `count` values of a block, sign-extended or not. An error where the code
/// ends before or goes on behind them, or has words behind its end.
Result<std::vector<int64_t>> decodeRuns(const std::vector<uint64_t> &words,
                                        size_t count, int64_t bits,
                                        bool isSigned);

/// The words of a block by its closed form: pairs are the non-zeros, plus
/// floor(run / 32) for each run of zeros before one, plus ceil(run / 32) for
/// the run at the end.
int64_t runWords(const std::vector<int64_t> &values, int64_t bits);

/// The most words that `count` values take: none of them zero.
int64_t mostRunWords(int64_t count, int64_t bits);

} // namespace rowlock

#endif // ROWLOCK_PROGRAM_RUNLENGTH_H
