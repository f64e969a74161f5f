#!/usr/bin/env bash
# Formatting and clang-tidy over what git tracks. Needs a configured build.
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -t sources < <(git ls-files 'include/*.h' 'lib/*.h' 'lib/*.cpp' 'tools/*.h' 'tools/*.cpp' 'test/*.h' 'test/*.c' 'test/*.cpp' 'python/*.cpp')
printf '== clang-format-22 over %d files\n' "${#sources[@]}"
clang-format-22 --dry-run -Werror "${sources[@]}"
mapfile -t units < <(git ls-files 'lib/*.cpp' 'tools/*.cpp')
printf '== clang-tidy-22 over %d files\n' "${#units[@]}"
printf '%s\0' "${units[@]}" | xargs -0 -n 8 -P "$(nproc)" clang-tidy-22 -p build/release --quiet
