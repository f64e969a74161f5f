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
  libgtest-dev libgmock-dev
  libpng-dev libjpeg62-turbo-dev zlib1g-dev
  ccache ninja-build cmake git python3-venv
)
# The headers of the Python that makes .venv, unless they came with it.
python3 -c 'import os, sysconfig
raise SystemExit(not os.path.exists(sysconfig.get_path("include") + "/Python.h"))' 2>/dev/null ||
  packages+=(python3-dev)

installed() { [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

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
  "${as_root[@]}" apt-get update -qq || fail "the package lists cannot be fetched; missing packages: ${missing[*]}"
  for package in "${missing[@]}"; do
    [[ $(apt-cache policy "$package") == *'Candidate: '[^\(]* ]] ||
      fail "Debian package '$package' cannot be had; is the security suite of Debian 12 among the sources?"
  done
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    "${missing[@]}" | sed -nu 's/^\(Need to get .*\|Setting up .*\)$/   \1/p' ||
    fail "apt-get could not install: ${missing[*]}"
fi

# The pinned packages of pyproject.toml's extra `test`, one a line; the stamp
# holds those that .venv was made with.
stamp=.venv/.requirements
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
  fail "python3 is missing or older than 3.11"
requirements=$(python3 -c 'import tomllib
with open("pyproject.toml", "rb") as file:
    print(*tomllib.load(file)["project"]["optional-dependencies"]["test"], sep="\n")')
if ! { .venv/bin/python -c '' 2>/dev/null && [[ $requirements == "$(cat $stamp 2>/dev/null)" ]]; }; then
  say "making the Python environment in .venv:" $requirements
  python3 -m venv --clear .venv || fail "python3 -m venv failed"
  .venv/bin/pip install --quiet --disable-pip-version-check $requirements ||
    fail "pip could not install:" $requirements
  printf '%s\n' "$requirements" >$stamp
fi
