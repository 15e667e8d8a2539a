"""The examples of other people's specifications of Markdown, each as a chapter.

CommonMark's own come from the npm package `commonmark-spec`; those of footnotes, tables and the like from the
tests that pulldown-cmark's package carries. Both are read where the package managers put them; nothing of
them is kept here.
"""

import os
import pathlib
import re
import tomllib

import constructs

# The suites of pulldown-cmark that are about what booklet understands beyond CommonMark.
SUITES = ("footnotes", "table", "gfm_table", "gfm_strikethrough", "definition_lists", "super_sub")

# Pictures that the examples show.
PICTURES = ("moon.jpg", "uri3", "train.jpg", "url", "url2", "image.png")


def commonmark(modules):
    """(name, Markdown) of every example of the specification."""
    text = pathlib.Path(modules, "commonmark-spec/spec.txt").read_text(encoding="utf-8")
    fence = "`" * 32
    found = re.findall(rf"^{fence} example\n(.*?)^\.\n.*?^{fence}$", text, re.S | re.M)
    return [(f"commonmark-{n:03}", shown(markdown.replace("→", "\t"))) for n, markdown in enumerate(found, 1)]


def pulldown(root):
    """(name, Markdown) of the tests of pulldown-cmark, from the sources that cargo has unpacked."""
    lock = tomllib.loads(pathlib.Path(root, "Cargo.lock").read_text(encoding="utf-8"))
    version = next(p["version"] for p in lock["package"] if p["name"] == "pulldown-cmark")
    home = pathlib.Path(os.environ.get("CARGO_HOME") or pathlib.Path.home() / ".cargo")
    folder = next(home.glob(f"registry/src/*/pulldown-cmark-{version}/tests/suite"))
    found = []
    for suite in SUITES:
        text = (folder / f"{suite}.rs").read_text(encoding="utf-8")
        texts = re.findall(r'let original = r##"(.*?)"##;', text, re.S)
        found += [(f"{suite.replace('_', '-')}-{n:03}", shown(text)) for n, text in enumerate(texts, 1)]
    return found


def shown(markdown):
    """An example whose pictures are files of the booklet: no other can be shown, since nothing is fetched.

    An address from the root of a site becomes one beside the text.
    """
    if "![" in markdown:
        markdown = markdown.replace("/path/to/", "").replace("/url", "url")
    return markdown


def undefined(markdown):
    """Whether an example calls a note that it does not define: booklet refuses that, and says where."""
    return re.search(r"\[\^[^\]]+\](?!:)", markdown) is not None


def write(folder, examples):
    """Makes a booklet of each example; returns them."""
    made = []
    for name, text in examples:
        place = pathlib.Path(folder, name)
        place.mkdir(parents=True)
        (place / "text.md").write_text(text, encoding="utf-8")
        manifest(place, name, ["text.md"])
        pictures(place, text)
        made.append(place)
    return made


def write_all(folder, examples):
    """Makes one booklet of all examples, each a chapter; returns it."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    for name, text in examples:
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
        pictures(folder, text)
    manifest(folder, "all-examples", [f"{name}.md" for name, _ in examples])
    return folder


def manifest(place, name, chapters):
    listed = ", ".join(f'"{chapter}"' for chapter in chapters)
    text = f'title = "{name}"\nslug = "{name}"\nlanguage = "en"\nchapters = [{listed}]\n'
    (place / "manifest.toml").write_text(text, encoding="utf-8")


def pictures(place, text):
    for picture in PICTURES:
        if "![" in text and not (place / picture).exists():
            (place / picture).write_bytes(constructs.png(6, 4, (200, 80, 40)))
