#!/usr/bin/env bash
# clang-tidy over what differs from the last commit on main, or over everything with --all.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
cmake --preset dev >/dev/null
if [ "${1:-}" = --all ]; then files=$(git ls-files 'src/*.cpp'); else files=$(git diff --name-only HEAD -- 'src/*.cpp'); fi
[ -n "$files" ] || { echo "nothing to lint"; exit 0; }
printf '%s\n' $files | xargs -P "$(nproc)" -n 1 clang-tidy-19 -p build/dev --quiet
