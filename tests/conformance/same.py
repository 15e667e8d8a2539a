#!/usr/bin/env python3
"""Whether two builds of the program make the same files: what a change that moves code about has to keep.

    python3 tests/conformance/same.py OLD NEW [--modules NODE_MODULES] [--keep FOLDER]

OLD and NEW are programs, as `target/release/booklet`; OLD may be a folder that `--keep` has left of an earlier run,
where what the old program made is in `old`. Each builds all that booklet makes (EPUB, Kobo's EPUB,
reading and print PDFs, pictures of pages and sheets) of the booklets of `booklets/`, of the booklets of every
construct (`constructs.py`), of a book in every binding, and of the examples of CommonMark (from `commonmark-spec` in
NODE_MODULES, if it is given) and of pulldown-cmark, alone and together, without pictures of them; and reads every wrong booklet of
`tests/invalid`. Compared are the bytes of every file, and every word that was said. The exit code is 1 if
anything differs, and 2 if a program did not make what it should.
"""

import argparse
import hashlib
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import constructs
import spec

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILES = ("epub", "kepub", "reading", "print")
PICTURES = ("picture", "cover", "pages", "sheets")
BINDINGS = ("saddle", "sections", "perfect", "cut-stack", "mini", "folded", "leaflet", "copies", "cards", "single")


def bindings(work):
    """A text of eight pages or less in every binding that the program of either side knows."""
    made = []
    for binding in BINDINGS:
        for language, words in (("en", "A word, and another; “so it is”."), ("ar", "كلمة ثم كلمة أخرى، وهكذا.")):
            place = work / f"{binding}-{language}"
            place.mkdir(parents=True)
            text = "\n\n".join(f"## {n}\n\n{words * 12}[^a{n}]\n\n[^a{n}]: {words}" for n in range(4))
            (place / "text.md").write_text(text + "\n", encoding="utf-8")
            (place / "manifest.toml").write_text(
                f'title = "{binding}"\nslug = "{binding}-{language}"\nlanguage = "{language}"\nauthors = ["A"]\n'
                f'chapters = ["text.md"]\n\n[print]\nbinding = "{binding}"\n', encoding="utf-8")
            made.append(place)
    return made


def build(program, booklets, out, work, products):
    """Builds; gives what was said, without the names of folders."""
    wanted = [word for product in products for word in ("--only", product)]
    done = subprocess.run([program, "build", *booklets, "-o", out, "--copies", "50", *wanted], capture_output=True, text=True)
    said = done.stdout + done.stderr
    # How long it took is no property of the program.
    said = re.sub(r"\d+([.,]\d+)? ?m?s\b", "T", said.replace(str(out), "OUT").replace(str(work), "WORK"))
    return f"exit {done.returncode}\n{said}"


def sums(folder):
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=pathlib.Path)
    parser.add_argument("new", type=pathlib.Path)
    parser.add_argument("--modules", type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        examples = (spec.commonmark(args.modules) if args.modules else []) + spec.pulldown(ROOT)
        sets = {
            "booklets": sorted(path.parent for path in ROOT.glob("booklets/*/manifest.toml")),
            "constructs": constructs.write(work / "constructs"),
            "bindings": bindings(work / "bindings"),
            "examples": spec.write(work / "examples", examples),
            "together": [spec.write_all(work / "together", [e for e in examples if not spec.undefined(e[1])])],
        }
        invalid = sorted(path for path in (ROOT / "tests/invalid").iterdir() if path.is_dir())
        sets |= {f"invalid {path.name}": [path] for path in invalid}
        differ = files = 0
        for name, booklets in sets.items():
            seen = []
            products = FILES if name in ("examples", "together") else FILES + PICTURES
            for side, program in (("old", args.old.resolve()), ("new", args.new.resolve())):
                if program.is_dir():
                    seen.append(sums(program / side / name.replace(" ", "-")))
                    continue
                out = work / "out" / side / name.replace(" ", "-")
                said = build(program, booklets, out, work, products)
                out.mkdir(parents=True, exist_ok=True)
                (out / "said.txt").write_text(said, encoding="utf-8")
                seen.append(sums(out))
            old, new = seen
            files += len(old)
            if name == "booklets" and len(old) < 10:
                print(f"the old program made {len(old) - 1} files of the booklets: that is too few")
                return 2
            for path in sorted(old.keys() | new.keys()):
                if old.get(path) != new.get(path):
                    differ += 1
                    what = "differs" if path in old and path in new else "is made by one alone"
                    print(f"{name}: {path} {what}", flush=True)
        print(f"{files} files compared, {differ} differ")
        if args.keep:
            shutil.copytree(work / "out", args.keep, dirs_exist_ok=True)
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
