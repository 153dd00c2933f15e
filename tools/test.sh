#!/usr/bin/env bash
# Runs every test and closes with one line: N passed, N failed.
# With words: only the unit tests whose names contain them.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

run() {  # run NAME COMMAND…: its output is shown whole when it ends, and its last "N passed, N failed" counted.
  local name=$1 log code line; shift
  log=$(mktemp -p "$results" log.XXXXXX)
  "$@" >"$log" 2>&1; code=$?
  line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$log" | tail -1)
  {
    flock 9  # Two lanes speak one after the other.
    cat "$log"
    echo "== $name: ${line:-no result} (exit $code, ${SECONDS} s after the start)"
    # A tool that dies counts as a failed test, even when it counted none.
    case ${line:-0 passed, 0 failed} in *" 0 failed"*) [ "$code" = 0 ] && [ -n "$line" ] || echo "0 passed, 1 failed" >>"$results/count" ;; esac
    echo "$line" >>"$results/count"
    grep -q ' 0 failed' <<<"$line" && [ "$code" = 0 ] || { echo "== red in $name:"; reds "$log"; } >>"$results/reds"
  } 9>>"$results/turn"
  rm -f "$log"
}
reds() {  # What of a log tells why it failed: doctest's blocks with an error, else the tests that say FAIL,
  # else its end. Said again at the very end, where a reader of a long log looks and where one that is cut
  # short still has it.
  local blocks
  blocks=$(awk 'BEGIN { RS = "\n====+\n" } /ERROR:/' "$1" | grep -v '^{"level"' | head -c 8000)
  [ -n "$blocks" ] || blocks=$(awk '/^FAIL /{ on = 1 } /^ok /{ on = 0 } on' "$1" | cut -c1-400 | head -c 8000)
  if [ -n "$blocks" ]; then echo "$blocks"; else tail -n 40 "$1" | cut -c1-400; fi
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

# Two lanes, because most tests use one processor. Floors that know no database have nothing to say about the
# second engine.
{
  run "shape of the tree" build/dev/tidy .
  run "unit and page tests (sanitizers)" unit dev
  run "unit and page tests (release)" unit release
  run "benchmarks, briefly" tools/bench.py all --small --binary build/release/langnghe
} & one=$!
{
  run "verifier from outside" python3 tools/verify_ledger_test.py
  run "figures counted from outside" python3 tools/recompute_test.py
  run "assets" tools/npm_test.sh assets
  run "browser" tools/npm_test.sh test/e2e
  # The walk of all pages asks nothing of the engine that the journeys do not, nor does the second language.
  run "browser (PostgreSQL)" tools/npm_test.sh test/e2e --engine postgresql --except 'every page' --except 'pages of a large' --except '(en'
  run "unit and page tests (release, PostgreSQL)" unit release --engine=postgresql -sfe="*src/base/*,*src/engine/*"
} & two=$!
for lane in $one $two; do wait $lane || echo "0 passed, 1 failed" >>"$results/count"; done
cat "$results/reds" 2>/dev/null
awk '{ passed += $1; failed += $3 } END { print passed + 0 " passed, " failed + 0 " failed"; exit !(failed == 0 && passed > 0) }' "$results/count"
