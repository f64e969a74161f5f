#!/usr/bin/env bash
# Configures and builds the preset `release`, or only the given targets.
set -euo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp)
printf '== building (build/release)\n'
if ! cmake --preset release >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
rm -f "$log"
cmake --build --preset release ${1:+--target "$@"}
