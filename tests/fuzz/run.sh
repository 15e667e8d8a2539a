#!/usr/bin/env bash
# Looks for inputs that break booklet, as long as it is told.
#
#     tests/fuzz/run.sh [SECONDS] [TARGET…]        60 seconds a target and all targets, if nothing is said
#
# The targets are the functions of `targets/`; `cargo test` runs the committed corpus through them. Here libFuzzer
# changes inputs and keeps those that reach new code (https://llvm.org/docs/LibFuzzer.html). Debug assertions
# and overflow checks are on. An input that takes more than ten seconds or two gigabytes is a find as well.
#
# Needs a C++ compiler and cargo-fuzz, which it installs if it is not there; the stable toolchain will do
# (`RUSTC_BOOTSTRAP`). What is learned stays in `target/fuzz/corpus`, and the next run goes on from there.
# Finds lie in `target/fuzz/finds/TARGET`. To see one again: `target/fuzz/build/…/release/TARGET FILE`; the
# end of this script has the whole of it.
#
#     JOBS=2            so many targets at a time
#     MINIMISE=1        instead of fuzzing: the least files that reach all that is known, in target/fuzz/least
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds=60
if [[ "${1:-}" =~ ^[0-9]+$ ]]; then
    seconds=$1
    shift
fi
targets=("$@")
if [ "${#targets[@]}" -eq 0 ]; then
    mapfile -t targets < <(basename -s .rs -a tests/fuzz/bin/*.rs)
fi

if ! cargo fuzz --version >/dev/null 2>&1; then
    echo 'cargo-fuzz is not there: installing it' >&2
    cargo install --locked cargo-fuzz
fi
place=target/fuzz
mkdir -p "$place"/{corpus,finds,logs,least}
# The very versions that booklet is built with.
cp Cargo.lock tests/fuzz/Cargo.lock
for target in "${targets[@]}"; do
    RUSTC_BOOTSTRAP=1 cargo fuzz build -s none --fuzz-dir tests/fuzz --target-dir "$place/build" "$target"
done
programs=$place/build/$(rustc -vV | sed -n 's/^host: //p')/release

# One thread a target, and its folders where they go with it.
export RAYON_NUM_THREADS=1
TMPDIR=$(mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT

dictionary() {
    case $1 in
    booklet) echo tests/fuzz/dictionaries/manifest.dict ;;
    attributes) echo tests/fuzz/dictionaries/markdown.dict ;;
    *) echo "tests/fuzz/dictionaries/$1.dict" ;;
    esac
}

fuzz() {
    local target=$1 longest=4096
    case $target in face | unpack | verify) longest=20000 ;; esac
    local words=()
    if [ -e "$(dictionary "$target")" ]; then words=("-dict=$(dictionary "$target")"); fi
    mkdir -p "$place/corpus/$target" "$place/finds/$target"
    # A find ends libFuzzer: it goes on with what is left of the time.
    local end=$((SECONDS + seconds)) log=$place/logs/$target.log
    : >"$log"
    while [ $((end - SECONDS)) -gt 0 ]; do
        if "$programs/$target" "$place/corpus/$target" "tests/fuzz/corpus/$target" "${words[@]}" \
            -max_total_time=$((end - SECONDS)) -max_len=$longest -timeout=10 -rss_limit_mb=2048 \
            -artifact_prefix="$place/finds/$target/" -print_final_stats=1 -verbosity=1 >>"$log" 2>&1; then
            break
        fi
    done
}

# One line a target: what was run, what was reached, what is kept, what broke.
tell() {
    local target=$1 log=$place/logs/$1.log
    local executions reached edges features
    executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | awk '{ n += $1 } END { print n + 0 }')
    reached=$(grep -o 'cov: [0-9]* ft: [0-9]*' "$log" | tail -1)
    edges=$(cut -d' ' -f2 <<<"$reached")
    features=$(cut -d' ' -f4 <<<"$reached")
    printf '%-11s %9s executions %7s edges %7s features %6s inputs kept %4s finds\n' "$target" "$executions" \
        "${edges:-0}" "${features:-0}" "$(find "$place/corpus/$target" -type f | wc -l)" \
        "$(find "$place/finds/$target" -type f | wc -l)"
}

if [ -n "${MINIMISE:-}" ]; then
    for target in "${targets[@]}"; do
        rm -rf "${place:?}/least/$target"
        mkdir -p "$place/least/$target"
        "$programs/$target" -merge=1 -timeout=10 -rss_limit_mb=2048 -artifact_prefix="$place/finds/$target/" \
            "$place/least/$target" "tests/fuzz/corpus/$target" "$place/corpus/$target" >"$place/logs/$target.least.log" 2>&1
        echo "$target: $(find "$place/least/$target" -type f | wc -l) inputs reach all that is known"
    done
    exit
fi

running=0
for target in "${targets[@]}"; do
    fuzz "$target" &
    running=$((running + 1))
    if [ "$running" -ge "${JOBS:-1}" ]; then
        wait -n
        running=$((running - 1))
    fi
done
wait

finds=()
for target in "${targets[@]}"; do
    tell "$target"
    for find in "$place/finds/$target"/*; do
        [ -e "$find" ] || continue
        finds+=("$programs/$target $find")
    done
done
if [ "${#finds[@]}" -gt 0 ]; then
    printf 'To see a find again:\n'
    printf '    %s\n' "${finds[@]}"
    exit 1
fi
