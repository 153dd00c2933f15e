#!/usr/bin/env bash
# clang-tidy over what differs from the last commit on main, or over everything with --all.
# LINT_BUILD names the folder of a build that has its compile commands and generated headers.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
build=${LINT_BUILD:-build/dev}
[ -f "$build/compile_commands.json" ] || cmake --preset dev >/dev/null
sources=('src/*.cpp' 'test/*.cpp' 'tools/*.cpp')
if [ "${1:-}" = --all ]; then files=$(git ls-files "${sources[@]}")
else files=$(git diff --name-only --diff-filter=d HEAD -- "${sources[@]}"); fi
[ -n "$files" ] || { echo "nothing to lint"; exit 0; }

# The commands are g++'s, whose warnings have names that clang does not know. Tests and fuzzers may
# use a whole namespace, and a constant of theirs that throws ends nothing but the test program.
relaxed=-google-build-using-namespace,-cert-err58-cpp
lint() {
  xargs -r -P "$(nproc)" -n 1 clang-tidy-19 -p "$build" --quiet \
    --extra-arg=-Wno-unknown-warning-option "$@"
}
is_test='(_test|_fuzz)\.cpp$|^test/'
status=0
printf '%s\n' "$files" | grep -Ev "$is_test" | lint || status=1
printf '%s\n' "$files" | grep -E "$is_test" | lint "--checks=$relaxed" || status=1
exit $status
