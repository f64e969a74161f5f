#!/usr/bin/env bash
# Configures and builds the preset `release`, or only the given targets of it.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=release
log=$(mktemp)
trap 'rm -f "$log"' EXIT
printf '== building in build/%s: %s\n' "$preset" "${*:-everything}"
if ! cmake --preset "$preset" >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
cmake --build --preset "$preset" ${1:+--target "$@"}
