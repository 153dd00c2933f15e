#!/usr/bin/env bash
# Runs every test and closes with one line: N passed, N failed.
# With words: only the unit tests whose names contain them.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
passed=0 failed=0

count() {  # Adds "N passed, N failed" of a tool's last such line; a tool that dies counts as failed.
  local name=$1 log=$2 code=$3 line
  line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$log" | tail -1)
  if [ -n "$line" ]; then
    passed=$((passed + $(cut -d' ' -f1 <<<"$line"))) failed=$((failed + $(cut -d' ' -f3 <<<"$line")))
    [ "$code" = 0 ] || [ "$(cut -d' ' -f3 <<<"$line")" != 0 ] || failed=$((failed + 1))
  else
    failed=$((failed + 1))
  fi
  echo "== $name: ${line:-no result} (exit $code)"
}
run() {  # run NAME COMMAND…: its output is shown and counted.
  local name=$1 log; shift
  log=$(mktemp)
  "$@" 2>&1 | tee "$log"
  count "$name" "$log" "${PIPESTATUS[0]}"
  rm -f "$log"
}
unit() {  # doctest's summary in our words.
  local log code
  log=$(mktemp)
  "build/$1/langnghe_test" "${@:2}" >"$log" 2>&1; code=$?
  grep -vE '^\[doctest\] (doctest version|run with)' "$log"
  awk '/test cases:/ { gsub(/\|/, " "); print $5 " passed, " $7 " failed" }' "$log"
  rm -f "$log"
  return $code
}

for preset in dev release; do
  cmake --preset $preset -DLN_BENCH=ON >/dev/null && cmake --build build/$preset || { echo "0 passed, 1 failed"; exit 1; }
  [ $# -gt 0 ] && break
done
if [ $# -gt 0 ]; then unit dev -tc="*$**"; exit $?; fi

run "shape of the tree" build/dev/tidy .
run "verifier from outside" python3 tools/verify_ledger_test.py
run "unit and page tests (sanitizers)" unit dev
run "unit and page tests (release)" unit release
run "unit and page tests (release, PostgreSQL)" unit release --engine=postgresql
run "benchmarks, briefly" tools/bench.py all --small --binary build/release/langnghe
run "assets" tools/npm_test.sh assets
run "browser" tools/npm_test.sh test/e2e
# The walk of all pages asks nothing of the engine that the journeys do not.
run "browser (PostgreSQL)" tools/npm_test.sh test/e2e --engine postgresql citizen officer protected
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
