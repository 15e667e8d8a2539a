#!/usr/bin/env bash
# Breaks the program on purpose, in one small place at a time, and sees whether a test notices: `<` becomes `<=`, an
# arm of a `match` goes, a function gives nothing (https://mutants.rs). What no test notices is held by none.
#
#     tests/mutants/run.sh ROOM [SHARE] [SECONDS]
#
#     ROOM       impose, epub, pdf, orthography, manifest, or files below `src` as a pattern: 'src/guide/**'
#     SHARE      which part of all mutants: 3/20 is every twentieth, from the fourth on; 0/20 if nothing is said.
#                The same share is always the same mutants
#     SECONDS    how long at most, an hour if nothing is said: what was not reached by then is not counted
#
# Works on a copy, which stays compiled in `target/mutants`. A mutant takes 15 to 45 seconds, most of them for the
# compiler. Needs cargo-mutants, which it installs if it is not there. What the tests let through stands in
# `target/mutants/ROOM-SHARE/mutants.out/missed.txt`; logs of each lie beside it. Ends with 1 if there is any.
set -euo pipefail
cd "$(dirname "$0")/../.."

[ $# -ge 1 ] || { sed -n '5,10s/^# \{0,1\}//p' "$0" >&2 && exit 2; }
room=$1 share=${2:-0/20} seconds=${3:-3600}
# The tests nearest to a room run before all others, so that most mutants are caught within seconds.
case $room in
impose) files='src/impose/**' nearest='whole:: sheets::' ;;
epub) files='src/epub/**' nearest='whole:: epub::' ;;
pdf) files='src/pdf/**' nearest='whole:: pdf::' ;;
orthography) files='src/document/orthography{.rs,/**}' nearest='whole:: text::' ;;
manifest) files='src/manifest/**' nearest='manifest:: input:: sheets::tables' ;;
*) files=$room nearest='text:: typeset::' ;;
esac

if ! command -v cargo-mutants >/dev/null; then
    echo 'cargo-mutants is not there: installing it' >&2
    cargo install --locked cargo-mutants
fi
place=target/mutants/$(tr -c 'a-z0-9\n' - <<<"$room-$share")
mkdir -p "$place"
REAL_CARGO=$(command -v cargo)
export REAL_CARGO NEAREST=$nearest CARGO=$PWD/tests/mutants/nearest.sh CARGO_TARGET_DIR=$PWD/target/mutants/build
# Not as `cargo mutants`: cargo would put itself in the place of `CARGO`.
timeout --signal=INT "$seconds" cargo-mutants mutants --file "$files" --shard "$share" --sharding round-robin \
    --timeout 120 --build-timeout 600 --colors never --output "$place" || true

count() { if [ -e "$place/mutants.out/$1.txt" ]; then wc -l <"$place/mutants.out/$1.txt"; else echo 0; fi; }
caught=$(($(count caught) + $(count timeout))) missed=$(count missed)
[ $((caught + missed)) -gt 0 ] || { echo "$room $share: nothing was tried; see $place/mutants.out/log" >&2 && exit 1; }
printf '%s %s: %d of %d caught (%d ran out of time), %d do not compile\n' "$room" "$share" "$caught" \
    $((caught + missed)) "$(count timeout)" "$(count unviable)"
cat "$place/mutants.out/missed.txt"
[ "$missed" -eq 0 ]
