#!/usr/bin/env bash
# Makes the rooms of a new feature (docs/STYLE.md), each with the sentence it begins with.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
name=${1:?name of the feature, one small word}
[[ $name =~ ^[a-z]+$ ]] || { echo "a feature's name is one word of small letters" >&2; exit 2; }
folder=src/feature/$name
[ ! -e "$folder" ] || { echo "$folder is there already" >&2; exit 1; }
mkdir -p "$folder"

header() {  # header FILE WHAT INCLUDES…
  local file=$1 what=$2; shift 2
  { echo "// $what"; echo "#pragma once"; echo; for each in "$@"; do echo "#include \"$each\""; done
    [ $# -eq 0 ] || echo; echo "namespace ln::$name {}"; } >"$folder/$file"
}
source_of() { printf '#include "%s/%s"\n\nnamespace ln::%s {}\n' "feature/$name" "$2" "$name" >"$folder/$1"; }

header "$name.h" "$name: the types and rules that others may know. No database, no web, no clock." base/result.h
source_of "$name.cpp" "$name.h"
header "${name}_store.h" "Rows of $name and its tables. No rules." "feature/$name/$name.h" platform/db/db.h
source_of "${name}_store.cpp" "${name}_store.h"
header "${name}_actions.h" "What people can do: permission, rule, store, ledger, in one transaction." "feature/$name/$name.h" platform/db/db.h
source_of "${name}_actions.cpp" "${name}_actions.h"
header "${name}_pages.h" "Pages for people." platform/http/http.h
source_of "${name}_pages.cpp" "${name}_pages.h"
header "${name}_api.h" "The same actions for machines." platform/http/http.h
source_of "${name}_api.cpp" "${name}_api.h"
next=$(printf '%04d' $((10#$(ls schema | grep -oE '^[0-9]{4}' | sort -n | tail -1) + 1)))
echo "-- What $name keeps." >"schema/${next}_$name.sql"
cat >"$folder/${name}_test.cpp" <<TEXT
#include "feature/$name/$name.h"

#include <doctest/doctest.h>
TEXT
echo "made $folder and schema/${next}_$name.sql; give it routes in src/app and sentences in text/"
