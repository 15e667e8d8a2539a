#!/usr/bin/env python3
"""Counts what ten times the text costs, for every construct that a manifest or a chapter can hold many of.

    python3 tests/conformance/growth.py [--program target/release/booklet] [--all] [--only NAME]... [--jobs N] [--list]

Instructions are counted by `valgrind --tool=callgrind`, not seconds: the machine may be busy. Each construct is
built with a number of its kind and with ten times that; what an empty booklet costs is taken off both, or, of one
that is refused, what an empty one costs that is refused. What then grows more than `MOST` times grows faster than the text, and fails. Prints one line a construct. Without `--all`
those of `USUAL`, one of each kind that once grew too fast or has a loop of its own: three minutes on two cores.

Then the memory that the heaviest of them take: see `WEIGHTS`.
"""

import argparse
import concurrent.futures
import itertools
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# Ten times the text may cost this much: n·log n and the memory's own ways are within it, n to the power of 1.2 is not.
MOST = 15.0

# Constructs that once took twice as much memory and more, with the most MiB that so many of them may take in one
# thread: a fifth above what they took when this was written (chapters: 150, before 349; notes: 201, before 561).
WEIGHTS = [("chapters", 10_000, 180), ("notes", 20_000, 240)]
# A small process of its own: what a child is said to have used includes what its parent held when it was begun.
WEIGH = "import resource, subprocess, sys; code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL); " \
    "print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"

MANIFEST = 'title = "{title}"\nlanguage = "{language}"\n{more}chapters = [{chapters}]\n{tables}'


class Text:
    """A booklet: its chapters, and what its manifest says beside them."""

    def __init__(self, *chapters, more="", tables="", title="A booklet", language="en", files=None):
        self.chapters, self.more, self.tables = chapters, more, tables
        self.title, self.language, self.files = title, language, files or {}

    def write(self, folder):
        folder.mkdir(parents=True)
        names = [f"c{number}.md" for number in range(len(self.chapters))]
        for name, text in zip(names, self.chapters):
            (folder / name).write_text(text, encoding="utf-8")
        for name, content in self.files.items():
            (folder / name).write_bytes(content)
        quoted = ", ".join(f'"{name}"' for name in names)
        manifest = MANIFEST.format(title=self.title, language=self.language, more=self.more, chapters=quoted,
                                   tables=self.tables)
        (folder / "manifest.toml").write_text(manifest, encoding="utf-8")
        return folder / "manifest.toml"


def paragraph(piece, before="", after="", **more):
    """A paragraph of many of the same."""
    return lambda n: Text("# One\n\n" + before + piece * n + after + "\n", **more)


def counted(line, before="", between="\n", **more):
    """Many of a kind, each with a number of its own in the place of `{}`."""
    return lambda n: Text("# One\n\n" + before + between.join(line.replace("{}", str(i)) for i in range(n)) + "\n", **more)


def people(key):
    return lambda n: Text("# One\n\nText.\n", more=f"{key} = [" + ", ".join(
        f'"Ada {chr(65 + i % 26)}. Bee{i}"' if key != "contributors" else
        f'{{ name = "Ada Bee{i}", role = "translator" }}' for i in range(n)) + "]\n")


def notes(n):
    marks = "".join(f"A sentence with a note.[^{i}] " + ("\n\n" if i % 8 == 7 else "") for i in range(n))
    return Text("# One\n\n" + marks + "\n\n" + "".join(f"[^{i}]: The note {i}.\n\n" for i in range(n)))


def links(n):
    heads = "".join(f"## Heading {i}\n\nText.\n\n" for i in range(n))
    return Text("# One\n\n" + heads + "".join(f"[a link](#heading-{i}) and\n" for i in range(n)))


def broken_links(n):
    heads = "".join(f"## Heading {i}\n\nText.\n\n" for i in range(n))
    return Text("# One\n\n" + heads + "".join(f"[a link](#hading-{i}x) and\n" for i in range(n)))


def chapters(n):
    return Text(*(f"# Chapter {i}\n\nSome words of a chapter.\n" for i in range(n)))


def chapters_of_links(n):
    return Text(*(f"# Chapter {i}\n\nSee [the next](c{(i + 1) % n}.md) and [here](#chapter-{i // 2}).[^1]\n\n[^1]: A note.\n"
                  for i in range(n)))


def table_rows(n):
    return Text("# One\n\n| a | b |\n|---|---|\n" + "".join(f"| cell {i} | words |\n" for i in range(n)))


def table_columns(n):
    return Text("# One\n\n" + "| a " * n + "|\n" + "|---" * n + "|\n" + "| b " * n + "|\n")


def undefined(n):
    return Text("# One\n\n" + " ".join(f"word[^u{i}]" for i in range(n)) + "\n")


def titled(key, piece):
    return lambda n: Text("# One\n\nText.\n", **({"title": piece * n} if key == "title" else
                                                   {"more": f'{key} = "{piece * n}"\n'}))


PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
                      "dccc59e70000000049454e44ae426082")

# A name, how many at first, and the booklet of so many.
CONSTRUCTS = [
    ("words", 2000, paragraph("word ")),
    ("paragraphs", 300, paragraph("Some words in a paragraph of its own.\n\n")),
    ("long-word", 1000, paragraph("word")),
    ("capitals", 1000, paragraph("WORD ")),
    ("hyphens", 1000, paragraph("a-")),
    ("dashes", 1000, paragraph("word — ")),
    ("soft-hyphens", 1000, paragraph("wo\u00adrd\u00ad")),
    ("zero-width-spaces", 1000, paragraph("a\u200b")),
    ("joiners", 1000, paragraph("a\u200d")),
    ("no-break-spaces", 1000, paragraph("a\u00a0")),
    ("tabs", 2000, paragraph("a\t")),
    ("combining-marks", 1000, paragraph("\u0301", before="a")),
    ("combining-marks-mixed", 500, paragraph("\u0301\u0323", before="a")),
    ("emoji", 500, paragraph("👩\u200d👩\u200d👧 ")),
    ("regional-indicators", 500, paragraph("🇫")),
    ("ideographs", 2000, paragraph("自由平等")),
    ("arabic", 500, paragraph("سلام ", language="ar")),
    ("hebrew-in-latin", 500, paragraph("one שלום ")),
    ("scripts-by-turns", 500, paragraph("aяαא")),
    ("isolates", 500, paragraph("\u2067a\u2069")),
    ("isolates-nested", 500, paragraph("\u2067", after="a")),
    ("embeddings", 500, paragraph("\u202ba\u202c")),
    ("brackets", 1000, paragraph("(")),
    ("brackets-hebrew", 500, paragraph("(א", language="he")),
    ("quotation-marks", 1000, paragraph('"')),
    ("quotation-marks-unpaired", 500, paragraph('say "word ')),
    ("apostrophes", 5000, paragraph("' ")),
    ("guillemets", 500, paragraph("« mot » ", language="fr")),
    ("set-marks", 500, paragraph("“word ")),
    ("stars", 1000, paragraph("*")),
    ("stars-open", 1000, paragraph("*a ")),
    ("stars-close", 1000, paragraph("a* ")),
    ("stars-mixed", 1000, paragraph("*a **b ")),
    ("emphasis", 2000, paragraph("*a* ")),
    ("emphasis-nested", 300, lambda n: Text("# One\n\n" + "*a " * n + "b* " * n + "\n")),
    ("underscores", 1000, paragraph("_a ")),
    ("tildes", 1000, paragraph("~a ")),
    ("carets", 1000, paragraph("^a ")),
    ("backticks", 1000, paragraph("`a ")),
    # Each fence of another length: a text of so many characters holds the root of as many.
    ("backticks-growing", 50000, lambda n: Text("# One\n\n" + "".join(
        "`" * i + " " for i in range(1, int((2 * n) ** .5) + 1)) + "\n")),
    ("code-spans", 2000, paragraph("`a` ")),
    ("brackets-open", 1000, paragraph("[")),
    ("brackets-close", 10000, paragraph("]")),
    ("brackets-pairs", 1000, paragraph("[]")),
    ("link-starts", 1000, paragraph("[a](")),
    ("link-starts-angle", 500, paragraph("[a](<b")),
    ("images-open", 500, paragraph("![")),
    ("images-of-nothing", 3, paragraph("![[]()" * 400 + "\n\n")),
    ("links-of-nothing", 2000, paragraph("[a]() ")),
    ("links", 200, links),
    ("links-broken", 200, broken_links),
    ("links-outside", 500, counted("[a](https://example.org/{}) ")),
    ("addresses-bare", 500, counted("https://example.org/{} ")),
    ("address-long", 200, paragraph("path/", before="https://example.org/")),
    ("references", 600, lambda n: Text("# One\n\n" + " ".join(f"[a][r{i}]" for i in range(n)) + "\n\n" + "".join(
        f"[r{i}]: https://example.org/{i}\n" for i in range(n)))),
    ("references-unused", 5000, counted("[r{}]: https://example.org/{}")),
    ("angles", 1000, paragraph("<a ")),
    ("html-tags", 2000, paragraph("<b>a</b> ")),
    ("html-open", 1000, paragraph("<b>a ")),
    ("html-close", 2000, paragraph("a</b> ")),
    ("html-unknown", 2000, paragraph("<blink>a</blink> ")),
    ("html-comments", 500, paragraph("<!-- a --> b ")),
    ("html-comments-open", 500, paragraph("<!-- a ")),
    ("html-instructions", 500, paragraph("a <? ")),
    ("html-declarations", 500, paragraph("a <!A ")),
    ("html-cdata", 500, paragraph("a <![CDATA[ ")),
    ("entities", 1000, paragraph("&amp;")),
    ("ampersands", 1000, paragraph("&")),
    ("escapes", 1000, paragraph("\\*")),
    ("attributes", 300, counted("Words{.small #a{}} and")),
    ("attributes-unknown", 300, counted("Words{.none{}} and")),
    ("attributes-open", 1000, paragraph("a{")),
    ("braces", 1000, paragraph("{}")),
    ("languages", 200, paragraph("[mot]{lang=fr} word ")),
    ("line-breaks", 500, paragraph("a line  \n")),
    ("verse", 500, paragraph("a line\\\n")),
    ("soft-lines", 1000, paragraph("a line\n")),
    ("headings", 200, counted("## Heading {}", between="\n\n")),
    ("headings-alike", 200, paragraph("## The same\n\n")),
    ("heading-long", 500, lambda n: Text("# " + "word " * n + "\n\n" + "Text. " * n + "\n")),
    ("heading-anchors", 200, counted("## H {#same}", between="\n\n")),
    ("rules", 300, paragraph("---\n\n")),
    ("quotes", 300, paragraph("> words\n\n")),
    ("quote-long", 500, paragraph("> words\n")),
    ("list", 500, paragraph("- item\n")),
    ("list-loose", 300, paragraph("- item\n\n")),
    ("list-numbered", 500, paragraph("1. item\n")),
    ("lists-nested", 8, lambda n: Text("# One\n\n" + "".join("  " * i + "- item\n" for i in range(n)))),
    ("definitions", 300, paragraph("term\n: its meaning\n\n")),
    ("definition-long", 300, paragraph(": its meaning\n", before="term\n")),
    ("code-block", 500, paragraph("a line of code\n", before="```\n", after="```")),
    ("code-line", 2000, paragraph("code ", before="```\n", after="\n```")),
    ("table-rows", 200, table_rows),
    ("table-columns", 20, table_columns),
    ("table-short-rows", 5000, lambda n: Text("# One\n\n" + "| a " * 20 + "|\n" + "|---" * 20 + "|\n" + "|\n" * n)),
    ("pipes", 5000, paragraph("| ")),
    ("notes", 200, notes),
    ("notes-one-line", 2000, lambda n: Text("# One\n\n" + "".join(f"a[^{i}] " for i in range(n)) + "\n\n" + "".join(
        f"[^{i}]: The note.\n\n" for i in range(n)))),
    ("notes-called-again", 500, lambda n: Text("# One\n\n" + "a[^1] " * n + "\n\n[^1]: The note.\n")),
    ("notes-undefined", 500, undefined),
    ("notes-unused", 300, counted("[^{}]: Nobody calls.", between="\n\n")),
    ("notes-twice", 300, lambda n: Text("# One\n\nText.[^a]\n\n" + "[^a]: The note.\n\n" * n)),
    ("notes-at-end", 200, lambda n: Text(notes(n).chapters[0], tables='[design]\nnotes = "end"\n')),
    ("notes-nested", 30, lambda n: Text("# One\n\nText.[^0]\n\n" + "".join(
        f"[^{i}]: A note.[^{i + 1}]\n\n" for i in range(n)) + f"[^{n}]: Last.\n")),
    ("note-long", 300, lambda n: Text("# One\n\nText.[^1]\n\n[^1]: " + "Words of a note.\n" * n)),
    ("pictures-of-one-file", 200, lambda n: Text("# One\n\n" + "![A dot](p.png)\n\n" * n, files={"p.png": PIXEL})),
    ("pictures-missing", 200, counted("![A dot](p{}.png)", between="\n\n")),
    ("chapters", 40, chapters),
    ("chapters-with-links", 40, chapters_of_links),
    ("chapters-run-on", 40, lambda n: Text(*chapters(n).chapters, tables='[design]\nchapter-start = "run-on"\n')),
    ("authors", 100, people("authors")),
    ("contributors", 100, people("contributors")),
    ("subjects", 100, lambda n: Text("# One\n\nText.\n", more="subjects = [" + ", ".join(
        f'"subject {i}"' for i in range(n)) + "]\n")),
    ("title", 20, titled("title", "word ")),
    ("title-ideographs", 60, titled("title", "自")),
    ("subtitle", 20, titled("subtitle", "word ")),
    ("publisher", 20, titled("publisher", "word ")),
    ("rights", 100, titled("rights", "word ")),
    ("description", 200, titled("description", "word ")),
    ("exceptions", 100, lambda n: Text("# One\n\n" + "anarchism " * n + "\n", tables="[design.typography]\nhyphenation = [" + ", ".join(
        f'"an-arch-{"".join(chr(97 + int(d)) for d in str(i))}"' for i in range(n)) + "]\n")),
    ("prints", 4, lambda n: Text("# One\n\nText.\n", tables="".join(
        f'[[print]]\nname = "p{i}"\n' for i in range(n)))),
    ("keys-unknown", 200, lambda n: Text("# One\n\nText.\n", more="".join(f"key{i} = 1\n" for i in range(n)))),
]


# Numbers begin where the cost of one more is what it will stay: the first hundred lines of a paragraph cost less each,
# since there are few ways to have come to them.
#
# Not among them: `notes-one-line`, which takes minutes here (a test of page breaks has it), and `title-ideographs`,
# whose search costs the square of a title that has at most 1,000 characters: ×275 from 60 to 600, in a quarter of a
# second. The target for it is `MOST`, as for all others.
USUAL = """words paragraphs tabs combining-marks ideographs scripts-by-turns isolates brackets-hebrew quotation-marks
    quotation-marks-unpaired stars-mixed backticks images-of-nothing links links-broken references html-open attributes
    languages soft-lines headings heading-long quotes list definitions code-line table-rows notes
    notes-undefined notes-twice notes-at-end chapters chapters-with-links chapters-run-on authors contributors
    keys-unknown""".split()


def build(program, manifest, out, counter):
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file=/dev/null"] if counter else []
    command += [str(program), "build", str(manifest), "-o", str(out), "-j", "1", "-q"]
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=300)
    spent = time.monotonic() - start
    if done.returncode not in (0, 1):
        return None, done.stderr[-400:]
    if not counter:
        return (spent, done.returncode), None
    found = re.search(r"Collected : (\d+)", done.stderr)
    return ((int(found[1]), done.returncode), None) if found else (None, done.stderr[-400:])


def measure(program, name, count, make, work, counter):
    """What so many cost, and ten times as many."""
    costs = []
    for number in (count, count * 10):
        place = work / f"{name}-{number}"
        cost, problem = build(program, make(number).write(place), place / "out", counter)
        if problem:
            return None, problem
        costs.append(cost)
    return costs, None


def weights(program, show):
    """Yields (construct, problem or None)."""
    made = {name: make for name, _, make in CONSTRUCTS}
    for name, count, most in WEIGHTS:
        with tempfile.TemporaryDirectory() as folder:
            work = pathlib.Path(folder)
            command = [program, "build", made[name](count).write(work / "in"), "-o", work / "out", "-j", "1", "-q"]
            weighed = subprocess.run([sys.executable, "-c", WEIGH, *map(str, command)], capture_output=True, text=True)
            code, memory = map(int, weighed.stdout.split()) if weighed.returncode == 0 else (2, 0)
            show(f"{name:<24} {count:>6}  {memory} MiB, of {most}")
            problem = None if code == 0 else weighed.stderr[-400:]
            if memory > most:
                problem = f"{count} take {memory} MiB, not {most}"
            yield name, problem


def cases(program, only=USUAL, jobs=2, counter=True, show=None):
    """Yields (construct, problem or None)."""
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        empty = {}
        for number, text in enumerate(["# One\n\nText.\n", "# One\n\nText[^1].\n"]):
            cost, problem = build(program, Text(text).write(work / f"empty-{number}"), work / "out", counter)
            if problem or cost[1] != number:
                yield "an empty booklet", problem or "it was refused, or not"
                return
            empty[number] = cost[0]
        wanted = [entry for entry in CONSTRUCTS if entry[0] in only]
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            entries = [(entry, pool.submit(measure, program, *entry, work, counter)) for entry in wanted]
            for (name, count, _), waiting in entries:
                costs, problem = waiting.result()
                if not problem:
                    # What is less than a twentieth of the whole is lost in the noise of tables that grow.
                    (small, large) = (cost - empty[code] for cost, code in costs)
                    factor = large / max(small, empty[0] / 20)
                    if show:
                        show(f"{name:<24} {count:>6} → {count * 10:>6}  {small:>14} {large:>14}  × {factor:.1f}")
                    if factor > MOST:
                        problem = f"{count * 10} cost {factor:.1f} times what {count} cost"
                yield name, problem


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "target" / "release" / "booklet")
    parser.add_argument("--all", action="store_true", help="measure every construct")
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list", action="store_true", help="name the constructs and end")
    given = parser.parse_args()
    if given.list:
        print("\n".join(name for name, _, _ in CONSTRUCTS))
        return 0

    def show(line):
        print(line, flush=True)

    failed = 0
    measured = [] if given.only else weights(given.program, show)
    if shutil.which("valgrind"):
        only = given.only or ([name for name, _, _ in CONSTRUCTS] if given.all else USUAL)
        measured = itertools.chain(measured, cases(given.program, only, given.jobs, show=show))
    else:
        print("SKIPPED: valgrind is not here, so nothing is said of growth", flush=True)
        failed = os.environ.get("CI") == "true"
    for name, problem in measured:
        if problem:
            failed += 1
            print(f"{name}: {problem}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
