#!/usr/bin/env bash
# Runs one fuzzer, or each in turn, and closes with a table. Stops at the first crash and names its input.
#
#   tools/fuzz.sh NAME|all [SECONDS]        SECONDS for each one, 60 without
#
# What a fuzzer has found stays in var/corpus/NAME and is where the next run goes on. It begins with what we have of the
# real thing: test/vectors and files of the tree.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
wanted=${1:?which fuzzer? a *_fuzz.cpp without its ending, or all} seconds=${2:-60}

seeds_of() {  # The files that a fuzzer may begin with; nothing for most.
  case $1 in
    merkle_note_fuzz|merkle_witness_fuzz|merkle_witness_answer_fuzz) echo test/vectors/checkpoint.txt ;;
    merkle_policy_fuzz) echo test/vectors/counted.policy ;;
    merkle_proof_fuzz|merkle_compact_fuzz|ledger_opening_fuzz|ledger_promise_fuzz) echo test/vectors/leaf42.tlog-proof ;;
    ledger_counted_fuzz|merkle_sum_fuzz) echo test/vectors/counted.txt ;;
    merkle_canonical_fuzz|ledger_public_fuzz) echo test/vectors/leaves.txt ;;
    blind_fuzz) echo test/vectors/blind_rsa.txt ;;
    i18n_po_fuzz) echo text/en.po ;;
    json_fuzz) echo data/api/openapi.json ;;
    opinion_votes_fuzz) find test/opinion -name '*.csv' -size -64k | sort | head -3 ;;
  esac
}

begin_corpus() {  # begin_corpus NAME: its folder, with the seeds in it.
  local folder=var/corpus/$1 seed
  mkdir -p "$folder"
  for seed in $(seeds_of "$1"); do cp -n "$seed" "$folder/seed-$(basename "$seed")"; done
  echo "$folder"
}

run_one() {  # run_one NAME: its output goes to var/corpus/NAME.log. Its exit status.
  local corpus
  corpus=$(begin_corpus "$1")
  "build/fuzz/$1" "$corpus" -max_total_time="$seconds" -print_final_stats=1 \
    -artifact_prefix="var/corpus/$1." >"var/corpus/$1.log" 2>&1
}

row() { printf '%-34s %-8s %12s %9s  %s\n' "$@"; }
stat_of() { awk -v key="stat::$2:" '$1 == key { value = $2 } END { print value == "" ? "-" : value }' "var/corpus/$1.log"; }
crash_of() { sed -n 's/.*Test unit written to //p' "var/corpus/$1.log" | tail -1; }

if [ "$wanted" = all ]; then
  names=$(find src -name '*_fuzz.cpp' -exec basename {} .cpp ';' | sort)
else
  names=$wanted
fi
rows=() failed=""
for name in $names; do
  if [ ! -x "build/fuzz/$name" ]; then echo "there is no build/fuzz/$name" >&2; exit 2; fi
  echo "$name …" >&2
  if run_one "$name"; then
    rows+=("$(row "$name" fine "$(stat_of "$name" number_of_executed_units)" \
      "$(find "var/corpus/$name" -type f | wc -l)" "")")
  else
    failed=$name
    rows+=("$(row "$name" CRASHED "$(stat_of "$name" number_of_executed_units)" \
      "$(find "var/corpus/$name" -type f | wc -l)" "$(crash_of "$name")")")
    break
  fi
done
row fuzzer result runs inputs "input that crashes it"
printf '%s\n' "${rows[@]}"
[ -z "$failed" ] && exit 0
tail -n 30 "var/corpus/$failed.log" >&2
exit 1
