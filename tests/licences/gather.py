#!/usr/bin/env python3
"""Gathers the notices of everything that is compiled into the program: `src/cli/licences/notices.txt`.

Comes in: `Cargo.lock`, what cargo says is compiled in on each platform that programs are made for, and the licence
files of those crates, as cargo keeps them. Goes out: the notices, which `booklet licences` prints, and
`tests/licences/left-out.txt`, the crates of `Cargo.lock` of which nothing is in any program (macros, tests, other
platforms). Where a crate may be had under one of several licences, MIT is taken if it is among them. `cargo test`
holds both lists to `Cargo.lock`; run this after every change of it. With `--check` nothing is written, and the exit
code says whether the files are as they would be. Needs a Python, cargo, and the crates fetched: `cargo fetch`.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOTICES = ROOT / "src/cli/licences/notices.txt"
LEFT_OUT = ROOT / "tests/licences/left-out.txt"

# As in `.github/workflows/release.yml`, and those that people build themselves on.
PLATFORMS = [
    "x86_64-unknown-linux-gnu",
    "x86_64-unknown-linux-musl",
    "aarch64-unknown-linux-gnu",
    "x86_64-pc-windows-gnu",
    "x86_64-pc-windows-msvc",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
]

# The first of these that a crate offers is taken.
PREFERRED = ["MIT", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Zlib", "Unicode-3.0", "CC0-1.0", "Apache-2.0", "MPL-2.0"]

# Where the text of a licence is, if a crate has several; else it is in the one that it has.
NAMED = {"MIT": r"mit", "Apache-2.0": r"apache", "Zlib": r"zlib", "Unicode-3.0": r"unicode", "BSD-3-Clause": r"whatwg"}

# Crates that come without a text: it lies in another crate of the same project.
BORROWED = {"alloc-stdlib": "alloc-no-stdlib"}

MIT = """\
MIT License

Copyright (c) {}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""

# What is in a program and is no crate of `Cargo.lock`.
BESIDE = [
    ("the standard library of Rust", "MIT", "The Rust Project Contributors"),
    ("musl, in programs for Linux that need no C library of the system", "MIT", "2005-2020 Rich Felker, et al."),
]

# MPL-2.0, 3.2: who has the program is told where its source is.
WHERE = "The source of {0} {1}, unchanged: https://crates.io/crates/{0}/{1}"


def cargo(*arguments):
    done = subprocess.run(["cargo", *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout


def compiled_in():
    """Names and versions of all crates of which there is something in a program."""
    found = set()
    for platform in PLATFORMS:
        tree = cargo(
            "tree", "--locked", "--edges", "normal,no-proc-macro", "--target", platform,
            "--prefix", "none", "--no-dedupe", "--format", "{p}",
        )
        for line in tree.splitlines():
            name, version = line.split()[:2]
            found.add((name, version.removeprefix("v")))
    return {crate for crate in found if crate[0] != "booklet"}


def locked():
    text = (ROOT / "Cargo.lock").read_text("utf-8")
    pairs = re.findall(r'\[\[package\]\]\nname = "(.+)"\nversion = "(.+)"', text)
    return {pair for pair in pairs if pair[0] != "booklet"}


def taken(expression):
    """The licences that are taken of those offered: one for each part of an AND."""
    licences = []
    for part in expression.replace("/", " OR ").split(" AND "):
        offered = [one.strip() for one in part.strip("() ").split(" OR ")]
        licences.append(next(one for one in PREFERRED if one in offered))
    return licences


def files(folder, pattern):
    return [p for p in sorted(folder.iterdir()) if p.is_file() and re.match(pattern, p.name, re.IGNORECASE)]


def text_of(path):
    lines = [line.rstrip().replace("\t", "    ").replace("\f", "") for line in path.read_text("utf-8").splitlines()]
    return "\n".join(lines).strip("\n") + "\n"


def texts(package, folders):
    """Licence and text, for each licence that is taken of a crate; then what else it wants to be passed on."""
    folder = folders[package["name"]]
    for licence in taken(package["license"]):
        having = folders[BORROWED.get(package["name"], package["name"])]
        known = files(having, r"(licen[sc]e|copying)")
        named = [path for path in known if licence in NAMED and re.search(NAMED[licence], path.name, re.IGNORECASE)]
        plain = [path for path in known if re.fullmatch(r"(licen[sc]e|copying)(\.\w+)?", path.name, re.IGNORECASE)]
        if named or plain or len(known) == 1:
            yield licence, text_of((named or plain or known)[0])
        elif licence == "MIT":
            holders = ", ".join(re.sub(r" *<.*?>", "", author) for author in package["authors"])
            yield licence, MIT.format(holders)
        else:
            sys.exit(f"{package['name']} has no text of {licence}: say in {__file__} where it is")
    for path in files(folder, r"(notice|copyright)"):
        yield "a notice", text_of(path)


def gathered():
    packages = json.loads(cargo("metadata", "--locked", "--format-version", "1"))["packages"]
    inside, all_of_them = compiled_in(), locked()
    packages = [p for p in packages if (p["name"], p["version"]) in inside]
    if len(packages) != len(inside):
        sys.exit("cargo does not know all of the crates: run `cargo fetch`")
    packages.sort(key=lambda p: (p["name"], p["version"]))
    groups = {}
    for what, licence, holder in BESIDE:
        groups.setdefault((licence, MIT.format(holder)), []).append(what)
    folders = {p["name"]: Path(p["manifest_path"]).parent for p in packages}
    for package in packages:
        own = folders | {package["name"]: Path(package["manifest_path"]).parent}
        for licence, text in texts(package, own):
            if licence == "MPL-2.0":
                text = WHERE.format(package["name"], package["version"]) + "\n\n" + text
            groups.setdefault((licence, text), []).append(f"{package['name']} {package['version']}")
    out = ["Crates, and the licence under which each is taken:\n\n"]
    for package in packages:
        out.append(f"  {package['name']} {package['version']}: {' and '.join(taken(package['license']))}\n")
    order = lambda group: (PREFERRED.index(group[0][0]) if group[0][0] in PREFERRED else len(PREFERRED), group[1])
    for (licence, text), crates in sorted(groups.items(), key=order):
        title = "\n  ".join([f"{licence}, for:", *crates])
        out.append(f"\n{'-' * 100}\n{title}\n\n{text}")
    left_out = "".join(f"{name} {version}\n" for name, version in sorted(all_of_them - inside))
    return "".join(out), left_out


def main():
    notices, left_out = gathered()
    if sys.argv[1:] == ["--check"]:
        for path, text in [(NOTICES, notices), (LEFT_OUT, left_out)]:
            if not path.is_file() or path.read_text("utf-8") != text:
                sys.exit(f"{path.relative_to(ROOT)} is not what {Path(__file__).relative_to(ROOT)} makes: run it")
        return
    NOTICES.write_text(notices, "utf-8")
    LEFT_OUT.write_text(left_out, "utf-8")
    print(f"{NOTICES.relative_to(ROOT)}: {len(notices.encode()) >> 10} KiB")


main()
