"""The examples of other people's specifications of Markdown, each as a chapter.

CommonMark's own come from the npm package `commonmark-spec`; those of footnotes and tables from the tests
that pulldown-cmark's package carries. Both are read where the package managers put them; nothing of them
is kept here.
"""

import os
import pathlib
import re
import tomllib

# The suites of pulldown-cmark that are about what booklet understands beyond CommonMark.
SUITES = ("footnotes", "table", "gfm_table", "gfm_strikethrough", "definition_lists", "super_sub")


def commonmark(modules):
    """(name, Markdown) of every example of the specification."""
    text = pathlib.Path(modules, "commonmark-spec/spec.txt").read_text(encoding="utf-8")
    fence = "`" * 32
    found = re.findall(rf"^{fence} example\n(.*?)^\.\n.*?^{fence}$", text, re.S | re.M)
    return [(f"commonmark-{n:03}", plain(markdown.replace("→", "\t"))) for n, markdown in enumerate(found, 1)]


def pulldown(root):
    """(name, Markdown) of the tests of pulldown-cmark, from the sources that cargo has unpacked."""
    lock = tomllib.loads(pathlib.Path(root, "Cargo.lock").read_text(encoding="utf-8"))
    version = next(p["version"] for p in lock["package"] if p["name"] == "pulldown-cmark")
    home = pathlib.Path(os.environ.get("CARGO_HOME") or pathlib.Path.home() / ".cargo")
    folder = next(home.glob(f"registry/src/*/pulldown-cmark-{version}/tests/suite"))
    found = []
    for suite in SUITES:
        path = folder / f"{suite}.rs"
        if not path.exists():
            continue
        texts = re.findall(r'let original = r##"(.*?)"##;', path.read_text(encoding="utf-8"), re.S)
        found += [(f"{suite.replace('_', '-')}-{n:03}", plain(text)) for n, text in enumerate(texts, 1)]
    return found


def plain(markdown):
    """An example as a booklet can have it: every picture is a file that is there.

    The examples show pictures at addresses such as `/url`, and booklet fetches nothing: each becomes
    `picture.png`. A text without a word is given one, since a chapter must hold something.
    """
    return markdown
