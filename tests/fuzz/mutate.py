#!/usr/bin/env python3
"""Feeds `booklet` broken booklets for a while.

    python3 tests/fuzz/mutate.py [--program target/release/booklet] [--seconds 30] [--first 1] [--keep FOLDER]

Each case takes a sample booklet or a text full of Markdown, damages its manifest and chapters (bytes
turned, pieces dropped, doubled, swapped, deeply nested or taken from a list of nasty ones) and builds it.
Every third case damages a finished PDF or EPUB, from outside or within what is packed in it, sums put right
again, and has it unpacked and verified. The program may refuse it, and must say why; it may not panic, hang,
leave anything behind, write outside the folder, or exit with anything but 0, 1 or 2.
Case N is the same on every machine: `--first N --seconds 1` runs it again. A failing case is kept.
"""

import argparse
import hashlib
import io
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LONGEST = 10.0

NASTY = [
    "", "\0", "\ufeff", "\u202e", "\u00ad", "\u200d", "e\u0301" * 200, "\U0001f469\u200d\U0001f52c", "العربية", "漢字",
    "\n\n", "\r", "\t", "    ", "\\", "[^1]", "[^1]: x\n", "[^a]: [^a]\n", "[^", "](", "![](x.png)", "![a](../../x)",
    "```\n", "~~~", "| a | b |\n|---|---|\n| c |\n", "<b>", "<!--", "-->", "<sup>", "</sup>", "&amp;", "&#0;", "{#x}",
    "{.y #x}", "{lang=fr}", " {.epigraph}", "{.byline}\n", "[x]{.smallcaps}", "]{lang=de}", "[" * 500, "{lang=",
    "***", "---\n", "===\n", "> ", "- ", "1. ", "99999999999. ", "#", "####### ", ": x\n", "\"", "'", "«", "»",
    "http://" + "a" * 3000, "x" * 5000, "a-" * 2000, "\"" * 999, "'" * 999, "^x^", "~x~", "~~x~~", "`", "$", "https://",
]
NUMBERS = ["0pt", "-1pt", "1e99pt", "0.0001pt", "99999mm", "NaNpt", "10", "pt", "", "1in", "72cm"]
KINDS = """# One {#one .c}

Text *stress **strong*** `code` ~~gone~~ x^2^ H~2~O [link](#one) <https://a.org/b-c_d?e=f> word[^n] end[^m].\\
A line.

> Quoted "once 'twice' more" text.
>
> (From a book)

- a
  - b

    c
1. one
2. two

| a | b |
|:--|--:|
| c[^n] | *d* |

Term
: Meaning[^m].

```rust
let x = 1;
```

Words of [un « mot »]{lang=fr} and [small *capitals*]{.smallcaps lang=tr}.

> Motto.
>
> -- Who {.epigraph}

By me {.byline}

***

## Two[^n]

[^n]: A note.

    - with a list[^m]

[^m]: Another.
"""


def bases():
    for folder in sorted((ROOT / "booklets").iterdir()):
        # What is damaged is text: booklets with pictures would lack them, damaged or not.
        if (folder / "manifest.toml").exists() and not (folder / "pictures").exists():
            yield {f.name: f.read_text(encoding="utf-8") for f in sorted(folder.iterdir()) if f.suffix in (".toml", ".md")}
    yield {"manifest.toml": 'title = "Kinds"\nlanguage = "de"\nchapters = ["a.md"]\n\n[design]\nsize = "10pt"\ndrop-caps = 2\nheadings = "small-caps"\nnote-marks = "symbols"\nhyphenation = { de = ["Ver-ein"] }\n',
           "a.md": KINDS}


def damage(text, dice, is_manifest):
    kind = dice.randrange(10)
    at, to = sorted(dice.randrange(len(text) + 1) for _ in range(2))
    to = min(to, at + 400)
    if kind == 0:
        return text[:at] + text[to:]
    if kind == 1:
        return text[:at] + text[at:to] * dice.randrange(2, 30) + text[to:]
    if kind == 2:
        return text[:at] + dice.choice(NASTY) + text[at:]
    if kind == 3:
        return text[:at] + dice.choice(NASTY) * dice.choice([2, 50, 2000]) + text[at:]
    if kind == 4:
        lines = text.split("\n")
        dice.shuffle(lines)
        return "\n".join(lines)
    if kind == 5 and is_manifest:
        lines = text.split("\n")
        i = dice.randrange(len(lines))
        key = lines[i].split("=")[0].strip() or "page"
        lines[i] = f"{key} = " + dice.choice([f'"{dice.choice(NUMBERS)}"', "true", "[]", "{}", "-1", "1.5", '""', "2024-02-30"])
        return "\n".join(lines)
    if kind == 6:
        return text[:at] + dice.choice(["> ", "- ", "*", "[", "(", "**", "_", "~~", "^"]) * dice.choice([10, 5000]) + text[at:]
    if kind == 7:
        return text[:at]
    if kind == 8:
        return text[:at] + "".join(chr(dice.randrange(1, 0xD7FF)) for _ in range(dice.randrange(1, 200))) + text[at:]
    return text[:at] + dice.choice(NASTY) + text[to:]


def case(number, folder, samples):
    dice = random.Random(number)
    files = dict(dice.choice(samples))
    for _ in range(dice.choice([1, 1, 2, 4, 8])):
        name = dice.choice(sorted(files))
        files[name] = damage(files[name], dice, name.endswith(".toml"))
    for name, text in files.items():
        data = text.encode("utf-8", "replace")
        if dice.randrange(25) == 0 and data:
            data = bytearray(data)
            data[dice.randrange(len(data))] = dice.randrange(256)
        (folder / name).write_bytes(data)


def finished(program):
    """An EPUB and a reading PDF, to be damaged."""
    with tempfile.TemporaryDirectory() as temp:
        home = ROOT / "booklets/reseau-anarchiste-internationaliste"
        subprocess.run([program, "build", home, "-o", temp, "-q"], check=True, capture_output=True)
        found = sorted(pathlib.Path(temp).iterdir())
        return {f.suffix: f.read_bytes() for f in found if not f.name.endswith("-print.pdf")}


def damage_bytes(data, dice):
    data = bytearray(data)
    for _ in range(dice.choice([1, 1, 2, 5, 30])):
        at, to = sorted(dice.randrange(len(data) + 1) for _ in range(2))
        to = min(to, at + 400)
        kind = dice.randrange(6)
        if kind == 0 and at < len(data):
            data[at] = dice.randrange(256)
        elif kind == 1 and at < len(data):
            data[at] ^= 1 << dice.randrange(8)
        elif kind == 2:
            data[at:to] = data[at:to] * dice.randrange(0, 4)
        elif kind == 3:
            data[at:at] = dice.choice([b"<<", b"[", b"(", b">>", b"/", b"0 0 R ", b"1 0 R ", b"../", b"\0", b"9" * 30, b"PK\3\4"]) * dice.choice([1, 3, 20000])
        elif kind == 4 and dice.randrange(4) == 0:
            del data[at:]
        else:
            numbers = list(re.finditer(rb"\d+", bytes(data[at:to])))
            if numbers:
                one = dice.choice(numbers)
                data[at + one.start():at + one.end()] = dice.choice([b"0", b"1", b"2", b"65535", b"4294967295", b"99999999999999999999"])
        if not data:
            break
    return bytes(data)


def damage_pdf(data, dice):
    """Damages what is packed in a stream, keeps its length, and puts the sum of the whole right again."""
    data = bytearray(data)
    streams = list(re.finditer(rb"/Length (\d+)[^\n]*>>\nstream\n", data))
    for one in dice.sample(streams, min(len(streams), dice.randrange(1, 4))):
        start, length = one.end(), int(one[1])
        try:
            plain = zlib.decompress(bytes(data[start:start + length]))
        except zlib.error:
            continue
        packed = zlib.compress(damage_bytes(plain, dice) if plain else b"", 9)
        if len(packed) <= length:
            data[start:start + length] = packed + bytes(length - len(packed))
    cross = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    sums = hashlib.sha1(data[:cross]).hexdigest()[:32].upper().encode()
    tail = re.sub(rb"/ID\[<\w{32}><\w{32}>\]", b"/ID[<" + sums + b"><" + sums + b">]", bytes(data[cross:]))
    return bytes(data[:cross]) + tail


def damage_epub(data, dice):
    """Damages the sources or their names within an EPUB that is otherwise whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(out, "w") as new:
        for name in book.namelist():
            held = book.read(name)
            if name.endswith("sources.zip"):
                if dice.randrange(2):
                    held = damage_bytes(held, dice)
                else:
                    inner = io.BytesIO()
                    with zipfile.ZipFile(io.BytesIO(held)) as one, zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as other:
                        for path in one.namelist():
                            text = one.read(path)
                            path = dice.choice([path, path, dice.choice(["../", "/", "C:", "a/../../", "con/", ".", "\u202e", "A" * 300]) + path])
                            other.writestr(path, damage_bytes(text, dice) if text and dice.randrange(3) == 0 else text)
                    held = inner.getvalue()
            new.writestr(name, held)
    return out.getvalue()


def file_case(number, folder, whole):
    """A damaged file, unpacked and verified: the first problem, and the exit codes."""
    dice = random.Random(number)
    ending = dice.choice(sorted(whole))
    data = whole[ending]
    within = damage_pdf if ending == ".pdf" else damage_epub
    data = within(data, dice) if dice.randrange(2) else damage_bytes(data, dice)
    file, out = folder / ("given" + ending), folder / "deep" / "out"
    file.write_bytes(data)
    yield [PROGRAM, "unpack", file, out], out
    beside = {p.name for p in folder.iterdir()} | {p.name for p in (folder / "deep").glob("*")}
    if beside - {file.name, "deep", "out"}:
        yield f"it left {sorted(beside)} behind", None
    yield [PROGRAM, "verify", file, ROOT / "booklets/reseau-anarchiste-internationaliste"], None


def run(command, out, codes):
    """Runs the program; what is wrong with how it ended."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return f"not done after {LONGEST:.0f} s"
    codes[done.returncode] = codes.get(done.returncode, 0) + 1
    if done.returncode not in (0, 1, 2) or b"panicked" in done.stderr:
        return f"exit {done.returncode}: {done.stderr[-400:].decode(errors='replace')}"
    if done.returncode and not (done.stderr + done.stdout).strip():
        return f"exit {done.returncode} without a word"
    if done.returncode and out and any(out.glob("*")):
        return "it failed and left files behind"
    return None


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--program", default=ROOT / "target/release/booklet", type=pathlib.Path)
    ask.add_argument("--seconds", type=float, default=30)
    ask.add_argument("--first", type=int, default=1)
    ask.add_argument("--keep", type=pathlib.Path, default=ROOT / "target/fuzz")
    args = ask.parse_args()
    global PROGRAM
    PROGRAM, samples = args.program.resolve(), list(bases())
    whole = finished(PROGRAM)
    end, number, failed, codes = time.monotonic() + args.seconds, args.first, 0, {}
    while True:
        with tempfile.TemporaryDirectory() as temp:
            folder = pathlib.Path(temp)
            if number % 3 == 0:
                steps = file_case(number, folder, whole)
            else:
                case(number, folder, samples)
                steps = [([PROGRAM, "build", folder, "-o", folder / "out"], folder / "out")]
            start, problem = time.monotonic(), None
            for command, out in steps:
                problem = command if isinstance(command, str) else run(command, out, codes)
                if problem:
                    break
            if problem:
                failed += 1
                kept = args.keep / str(number)
                shutil.rmtree(kept, ignore_errors=True)
                shutil.copytree(folder, kept)
                print(f"case {number} ({time.monotonic() - start:.1f} s, kept in {kept}): {problem}", flush=True)
        number += 1
        if time.monotonic() > end or failed >= 10:
            break
    print(f"fuzz     {number - args.first - failed} passed, {failed} failed (exits {dict(sorted(codes.items()))})")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
