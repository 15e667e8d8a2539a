#!/usr/bin/env bash
# The programs for other platforms, built and used: the one for Windows by mingw, under wine; the one for Linux that
# needs nothing of the system, in an empty root. What they make of the sample booklets has to be, byte for byte, what
# the program of this machine makes. Then what people do on Windows: a new booklet, its files taken out, checked;
# paths with spaces and letters of all kinds; text as Windows' editors save it; a PDF that is open in a reader.
#
# On Debian, as root, with Rust from rustup; installs what it needs; writes to `target` and a temporary folder.
#   --programs FOLDER   takes finished programs, those of a release for instance, instead of building: `booklet` for
#                       this machine, `booklet-bare` for bare Linux, `booklet.exe` for Windows
#   --suite             runs the project's own tests of the program under wine, too, which compiles them first
set -euo pipefail
exec </dev/null
programs='' suite=''
while [ $# -gt 0 ]; do
    case $1 in
        --programs) programs=$(realpath "$2") && shift ;;
        --suite) suite=yes ;;
        *) printf 'run.sh [--programs FOLDER] [--suite]\n' >&2 && exit 2 ;;
    esac
    shift
done
cd "$(dirname "$0")/../.."
here=$PWD
export CARGO_TERM_COLOR=never LC_ALL=C.UTF-8
work=$(mktemp -d)
export WINEPREFIX=$work/wine WINEDEBUG=-all
unset DISPLAY
trap 'wineserver -k 2>/dev/null || true; rm -rf "$work"' EXIT

failed=0
ok() { printf 'ok      %s\n' "$*"; }
no() {
    printf 'WRONG   %s\n' "$*"
    failed=$((failed + 1))
}
say() { printf '\n== %s (at %s s)\n' "$*" "$SECONDS"; }

say 'what is needed'
wanted=()
command -v x86_64-w64-mingw32-gcc >/dev/null || wanted+=(gcc-mingw-w64-x86-64)
command -v wine >/dev/null || wanted+=(wine wine64)
command -v script >/dev/null || wanted+=(bsdutils)
if [ "${#wanted[@]}" -gt 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q
    apt-get install -q -y --no-install-recommends "${wanted[@]}"
fi
x86_64-w64-mingw32-gcc --version | head -n 1
wine --version

say 'three programs'
if [ -z "$programs" ]; then
    rustup target add x86_64-pc-windows-gnu x86_64-unknown-linux-musl
    cargo build --release --locked
    cargo build --release --locked --target x86_64-unknown-linux-musl
    cargo build --release --locked --target x86_64-pc-windows-gnu
    programs=$work/programs
    mkdir "$programs"
    cp target/release/booklet target/x86_64-pc-windows-gnu/release/booklet.exe "$programs/"
    cp target/x86_64-unknown-linux-musl/release/booklet "$programs/booklet-bare"
fi
ls -l "$programs" | awk 'NR > 1 { printf "%s: %.1f MB\n", $NF, $5 / 1e6 }'
native=$programs/booklet
cp "$programs/booklet.exe" "$work/"
x86_64-w64-mingw32-gcc -O1 -Wall -Werror -shared -o "$work/bcryptprimitives.dll" tests/platforms/bcryptprimitives.c -ladvapi32
x86_64-w64-mingw32-gcc -O1 -Wall -Werror -o "$work/reader.exe" tests/platforms/reader.c
wineboot --init >/dev/null 2>&1
windows() { wine "$work/booklet.exe" "$@"; }

# same WHAT FOLDER FOLDER: the same files in both, byte for byte.
same() {
    local count
    count=$(find "$2" -type f | wc -l)
    if [ "$count" -gt 0 ] && diff -rq "$2" "$3"; then ok "$1: $count files, the same bytes"; else no "$1"; fi
}
# every FOLDER PROGRAM…: all that can be made of the samples.
every() {
    local to=$1
    shift
    local only
    for only in '' --only={kepub,picture,cover,pages,sheets}; do
        # The samples have warnings; they are of interest only if nothing is made.
        "$@" build booklets/*/ -q $only -o "$to" >/dev/null 2>"$work/said" || { cat "$work/said" && return 1; }
    done
}

say 'the samples, as this machine makes them'
every "$work/native" "$native"

say 'Linux, from nothing'
if ldd "$programs/booklet-bare" 2>&1 | grep -q 'statically linked\|not a dynamic executable'; then
    ok 'the program needs no library'
else
    no 'the program needs libraries'
fi
mkdir -p "$work/root/fonts"
cp "$programs/booklet-bare" "$work/root/booklet"
cp -r booklets covers "$work/root/"
find "$work/root/booklets" -name dist -prune -exec rm -r {} +
alone() { chroot "$work/root" /booklet "$@"; }
(cd "$work/root" && every /out alone) || no 'it does not build the samples'
same 'in an empty root' "$work/native" "$work/root/out"
if alone licences | cmp - <("$native" licences); then ok 'licences: the same'; else no 'licences'; fi

say 'Windows: the samples'
every "$work/windows" windows || no 'it does not build the samples'
same 'samples' "$work/native" "$work/windows"

say 'Windows: a booklet from new to verified'
mkdir "$work/desk"
cd "$work/desk"
there='Où est/Хлеб и розы'
mkdir -p 'Où est'
windows new "$there" --title 'Bread & “roses”' --language fr >/dev/null
windows build "$there" -q | tr -d '\r' >paths
"$native" build "$there" -q -o by-linux >/dev/null
same 'spaces and letters in a path' by-linux "$there/dist"
grep -q '\\dist\\bread-roses.epub$' paths && ok "paths are written as Windows does: $(head -n 1 paths)" || no "paths: $(cat paths)"
for file in bread-roses.pdf bread-roses.epub; do
    windows unpack "$there/dist/$file" "taken ${file##*.}" >/dev/null
    windows build "taken ${file##*.}" -q >/dev/null
    same "unpacked from $file and built again" by-linux "taken ${file##*.}/dist"
    if windows verify "$there/dist/$file" "$there" >said 2>&1 && grep -q exactly said; then
        ok "verify $file: $(tr -d '\r' <said)"
    else
        no "verify $file: $(cat said)"
    fi
done
absolute=$(winepath -w "$work/desk/$there")
windows build "$absolute" -q -o 'C:\made here' >/dev/null
same 'drive letters and backslashes on the command line' by-linux "$WINEPREFIX/drive_c/made here"

say 'Windows: text as its editors save it'
cp -r "$here/booklets/for-a-revolutionary-anarchism" saved
rm -rf saved/dist
mkdir covers fonts
cp "$here"/covers/*.png covers/
sed -i 's/$/\r/; 1s/^/\xef\xbb\xbf/' saved/*.md saved/*.toml
sed -i 's|\.\./\.\./covers|../covers|' saved/manifest.toml
cp -r saved plain
sed -i 's/\r$//; 1s/^\xef\xbb\xbf//' plain/*.md plain/*.toml
windows build saved -q >/dev/null
"$native" build plain -q >/dev/null
same 'line ends of Windows and byte-order marks' plain/dist saved/dist

say 'Windows: paths in manifests'
mkdir -p slashes/text
printf '# One\n\nText.\n' >slashes/text/one.md
for path in 'text\\one.md' 'C:/one.md' 'C:one.md' '//server/share/one.md' '\\\\?\\C:\\one.md' '../one.md' 'text/one.md:stream' 'NUL' 'text/con.md'; do
    printf 'title = "Slashes"\nlanguage = "en"\nchapters = ["%s"]\n' "$path" >slashes/manifest.toml
    code=0 other=0
    windows check slashes >said 2>&1 || code=$?
    "$native" check slashes >said-by-linux 2>&1 || other=$?
    found=$(grep -o '\[[A-Z][0-9]*\]' said | head -n 1 || true)
    found_by_linux=$(grep -o '\[[A-Z][0-9]*\]' said-by-linux | head -n 1 || true)
    if [ "$code$other" = 11 ] && [ "$found" = "$found_by_linux" ]; then
        ok "$path is refused, as on Linux: $found $(grep -m 1 . said | tr -d '\r')"
    else
        no "$path: $code $found under Windows, $other $found_by_linux on Linux: $(tr -d '\r' <said | head -n 3)"
    fi
done

say 'Windows: a PDF that is open elsewhere'
mkdir held
printf 'title = "Held"\nlanguage = "en"\nchapters = ["one.md"]\n' >held/manifest.toml
printf '# One\n\nText.\n' >held/one.md
windows build held -q >/dev/null
cp -r held/dist before
printf '# One\n\nOther text.\n' >held/one.md
for file in held.pdf held-print.pdf held.epub; do
    rm -f stop stop.ready
    wine "$work/reader.exe" "held\\dist\\$file" stop &
    reader=$!
    for _ in $(seq 100); do [ -e stop.ready ] || sleep 0.1; done
    code=0
    windows build held -q >said 2>&1 || code=$?
    touch stop
    wait "$reader" || no "the reader could not open $file"
    if [ "$code" = 2 ] && grep -q "$file" said && grep -qi close said; then
        ok "$file is open: exit 2, $(tr -d '\r' <said | tr '\n' ' ')"
    else
        no "$file is open: exit $code: $(tr -d '\r' <said)"
    fi
    same "$file is open: all files are the old ones, nothing is left over" before held/dist
done
windows build held -q >/dev/null
"$native" build held -q -o after >/dev/null
same 'closed again' after held/dist

say 'Windows: in a console'
# A console that wine draws on a terminal of Unix. It draws in its own words: a colour is some sequence for red.
printf 'title = 3\n' >held/manifest.toml
WINEDEBUG=-all script -qec "wine '$work/booklet.exe' check held" /dev/null >console 2>&1 || true
grep -q $'\x1b\[[0-9;]*\(31\|91\)' console && ok 'errors are red' || no 'errors are not red'
# As the desktop starts it: nothing of a shell in the environment.
(sleep 15; printf '\r') | timeout 60 script -qec "env -u TERM -u PROMPT wine '$work/booklet.exe'" /dev/null >console 2>&1 || true
grep -q 'Enter to close' console && ok 'double-clicked, it says what to do and waits for Enter' || no 'double-clicked'
timeout 60 script -qec "env PROMPT='\$P\$G' wine '$work/booklet.exe'" /dev/null </dev/null >console 2>&1 || true
grep -q 'Enter to close' console && no 'it waits at a prompt' || ok 'at a prompt it does not wait'

cd "$here"
if [ -n "$suite" ]; then
    say 'Windows: the suite'
    # Cargo puts the program beside what it runs; the shim has to be found there.
    mkdir -p target/x86_64-pc-windows-gnu/debug/deps
    cp "$work/bcryptprimitives.dll" target/x86_64-pc-windows-gnu/debug/
    cp "$work/bcryptprimitives.dll" target/x86_64-pc-windows-gnu/debug/deps/
    CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER=wine cargo test --locked --target x86_64-pc-windows-gnu --test suite -- \
        cli determinism agreement reprint verify || no 'the suite'
fi

say "$failed wrong"
[ "$failed" -eq 0 ]
