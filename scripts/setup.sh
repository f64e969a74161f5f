#!/usr/bin/env bash
# Installs what Rowlock needs on Debian 12 and is missing, then makes the Python
# environment of the tests in .venv. Cheap to run again.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '== %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

packages=(
  libmlir-22-dev mlir-22-tools llvm-22-dev llvm-22-tools clang-22 lld-22
  clang-format-22 clang-tidy-22 libclang-rt-22-dev
  libonnx-dev libprotobuf-dev protobuf-compiler
  libflatbuffers-dev flatbuffers-compiler
  libdnnl-dev ocl-icd-opencl-dev opencl-headers
  libgtest-dev libgmock-dev libbenchmark-dev
  libpng-dev libjpeg62-turbo-dev zlib1g-dev
  ccache ninja-build cmake python3-venv
)

installed() { dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

missing=()
for package in "${packages[@]}"; do
  installed "$package" || missing+=("$package")
done
if ((${#missing[@]})); then
  command -v apt-get >/dev/null || fail "apt-get not found; Debian 12 is expected. Missing: ${missing[*]}"
  as_root=()
  if [[ $(id -u) -ne 0 ]]; then
    command -v sudo >/dev/null || fail "run as root, or install sudo; missing packages: ${missing[*]}"
    as_root=(sudo)
  fi
  say "installing ${#missing[@]} Debian packages: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq || fail "the package lists cannot be fetched"
  available=()
  for package in "${missing[@]}"; do
    apt-cache show "$package" >/dev/null 2>&1 || fail "Debian package '$package' cannot be had; is the security suite of Debian 12 among the sources?"
    available+=("$package")
  done
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq \
    --no-install-recommends "${available[@]}" >/dev/null ||
    fail "apt-get could not install: ${missing[*]}"
fi

requirements=test/python/requirements.txt
stamp=.venv/.requirements
if ! cmp -s "$requirements" "$stamp"; then
  say "making the Python environment in .venv"
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "python3 is older than 3.11"
  python3 -m venv .venv || fail "python3 -m venv failed"
  .venv/bin/pip install --quiet --quiet --disable-pip-version-check -r "$requirements" ||
    fail "pip could not install $requirements"
  cp "$requirements" "$stamp"
fi
