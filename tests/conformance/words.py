"""What a sample booklet has to say, and whether an EPUB or a PDF says it.

A word is a run of letters and digits. `Source` holds the words of a seed text (`tests/seeds`), with the
numbers of the note marks at their places, and the words of its notes. Nothing here uses the program: the
EPUB is read with the standard library's XML parser, the PDF's text comes from pdftotext or mutool.
"""

import posixpath
import re
import unicodedata
import xml.etree.ElementTree as ET
import zipfile

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
# In the interview's seed the mark of a note is a digit after the word, and its text stands at the foot
# of the page: from a line that begins with the number to the next page, whose first line begins with
# one space.
MARKS = {"policy1,": "policy", "2022)2.": "2022", "Mirasol3,": "Mirasol", "pass4 ": "pass"}


def words(text):
    """The words of a text, composed letters, with soft hyphens gone."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    return re.findall(r"[^\W_]+", text)


class Source:
    """A seed: `text` and `notes` are lists of words; `marks` maps an index in `text` to the number of
    the mark that follows that word."""

    def __init__(self, seed):
        raw = seed.read_text(encoding="utf-8")
        text, notes, number, in_note = [], [], 0, False
        marked = "policy1," in raw
        for line in raw.splitlines():
            in_note = in_note and not line.startswith(" ")
            if marked and number < 4 and re.match(rf"{number + 1} \S", line):
                number, in_note = number + 1, True
                line = line[2:]
            (notes if in_note else text).append(line)
        body = "\n".join(text)
        self.marks = {}
        if marked:
            for number, (mark, word) in enumerate(MARKS.items(), 1):
                assert body.count(mark) == 1, mark
                head, tail = body.split(mark)
                body = head + word + " " + tail
                self.marks[len(words(head + word)) - 1] = str(number)
        self.text = words(body)
        self.notes = words("\n".join(notes))


def first_difference(got, want):
    for i in range(max(len(got), len(want))):
        if got[i : i + 1] != want[i : i + 1]:
            return f"at word {i}: “{' '.join(got[max(0, i - 5):i + 6])}”, not “{' '.join(want[max(0, i - 5):i + 6])}”"
    return None


# ---------------------------------------------------------------------------------------------- EPUB


def _gather(element, out, skip):
    if skip(element):
        out.append(" ")
    else:
        block = element.tag.removeprefix(XHTML) not in {"a", "em", "strong", "i", "b", "span", "sup", "sub", "small"}
        out.append(" " if block else "")
        out.append(element.text or "")
        for child in element:
            _gather(child, out, skip)
        out.append(" " if block else "")
    out.append(element.tail or "")


def of_epub(path):
    """Words of the text and of the notes: the spine's documents in order. A document whose body is cover,
    title page, imprint, contents or back cover is no part of the text; what stands in an element of type
    footnote is a note."""
    text, notes = [], []
    with zipfile.ZipFile(path) as book:
        container = ET.fromstring(book.read("META-INF/container.xml"))
        opf = container.find(".//{*}rootfile").get("full-path")
        package = ET.fromstring(book.read(opf))
        items = {item.get("id"): item for item in package.iterfind(".//{*}manifest/{*}item")}
        for ref in package.iterfind(".//{*}spine/{*}itemref"):
            item = items[ref.get("idref")]
            if "nav" in (item.get("properties") or "").split():
                continue
            name = posixpath.join(posixpath.dirname(opf), item.get("href"))
            body = ET.fromstring(book.read(name)).find(f"{XHTML}body")
            types = " ".join(e.get(EPUB_TYPE, "") for e in [body, *body.iterfind("*")]).split()
            if set(types) & {"cover", "titlepage", "imprint", "copyright-page", "toc", "backcover", "colophon"}:
                continue
            if re.search(r"cover|title|imprint|back", posixpath.basename(name)) and "chapter" not in types:
                continue
            is_note = lambda e: "footnote" in e.get(EPUB_TYPE, "").split() or "endnote" in e.get(EPUB_TYPE, "").split()
            is_mark = lambda e: "noteref" in e.get(EPUB_TYPE, "").split() or e.get("role") == "doc-backlink"
            if "footnotes" in types or "endnotes" in types or "notes" in posixpath.basename(name):
                for note in filter(is_note, body.iter()):
                    out = []
                    _gather(note, out, is_mark)
                    notes += words("".join(out))
            else:
                out = []
                _gather(body, out, is_mark)
                text += words("".join(out))
    return text, notes


def check_epub(path, source):
    text, notes = of_epub(path)
    return first_difference(text, source.text) or first_difference(notes, source.notes)


# ----------------------------------------------------------------------------------------------- PDF


class _Stream:
    """A place in a list of words, part of a word included: a line may end within one."""

    def __init__(self, all_words, marks):
        self.words, self.marks, self.at, self.rest = all_words, marks, 0, ""

    def take(self, line, ends_broken):
        """Moves over a line if the line says just what comes next; whether it did. A line may end within
        a word only if it ends in a hyphen, or the word is a piece of a broken web address."""
        at, rest = self.at, self.rest
        for i, got in enumerate(line):
            want = rest or (self.words[at] if at < len(self.words) else None)
            last = i == len(line) - 1
            mark = self.marks.get(at, "")
            if want is None:
                return False
            if got == want or (mark and got == want + mark):
                at, rest = at + 1, ""
            elif not rest and at and got == self.marks.get(at - 1) and line[i - 1 : i] != [got]:
                continue
            elif last and ends_broken and want.startswith(got):
                rest = want[len(got):]
            else:
                return False
        self.at, self.rest = at, rest
        return True

    def done(self):
        return self.at == len(self.words) and not self.rest


def check_pdf(pages, source, whole=False):
    """Whether the pages from some page on say the source's words. A contents page says the first words too,
    so every page is tried as the first. `whole`: no word may be broken by a line's end, not even at a
    hyphen; for tools that know `ActualText`."""
    found = None
    for first in range(min(len(pages), 12)):
        problem = _follow(pages[first:], source, whole)
        if not problem:
            return None
        found = found or problem
    return found


def _follow(pages, source, whole):
    """Whether the pages (each a text, lines as printed) say the source's words in order, and its notes'
    words in order. Front matter, running heads, folios and the back cover stand between; each line is
    either the next of the text, or the next of the notes, or a line that occurs nowhere in the flow."""
    text, notes = _Stream(source.text, source.marks), _Stream(source.notes, {})
    started, stray = False, []
    for number, page in enumerate(pages, 1):
        for raw in page.splitlines():
            line = words(raw)
            if not line:
                continue
            broken = not whole and raw.rstrip().endswith(("-", "\u00ad", "\u2010")) or not whole and ("/" in raw or "http" in raw)
            if text.take(line, broken):
                started = True
                continue
            # A note begins with its number.
            if notes.take(line, broken) or (line[0] in source.marks.values() and notes.take(line[1:], broken)):
                continue
            if started and not text.done():
                stray.append((number, raw.strip()))
    if not text.done():
        near = " ".join(source.text[max(0, text.at - 5) : text.at + 8])
        return f"the text stops before “{near}” (lines that fit nowhere: {stray[-3:]})"
    if not notes.done():
        return f"the notes stop before “{' '.join(source.notes[notes.at : notes.at + 8])}”"
    # What is left over while the text runs can only be running heads and folios: short, on every page.
    long = [(number, line) for number, line in stray if len(words(line)) > 12]
    return f"lines that are no part of the text: {long}" if long else None


# ---------------------------------------------------------------------------------------------- tags


def of_tags(tree):
    """Words of the text, of the notes, and of both as they come, in the order of the structure tree, as
    `pdfinfo -struct-text` prints it: an element a line, further in what it holds, the text in quotation
    marks. Marks of notes, in the text and before the notes, and bullets and numbers of items are left out."""
    text, notes, both = [], [], []
    # The elements that are open, with their depths.
    open_elements = []
    for line in tree.splitlines():
        depth, line = len(line) - len(line.lstrip(" ")), line.strip()
        while open_elements and open_elements[-1][0] >= depth:
            open_elements.pop()
        tags = [tag for _, tag in open_elements]
        piece = ""
        if line.startswith('"'):
            piece = line[1:-1]
            of_mark = "Reference" in tags and "TOCI" not in tags or tags[-2:] == ["Lbl", "Link"]
            if of_mark or tags[-2:] == ["LI", "Lbl"] and re.fullmatch(r"\d+\.|[•–] ?", piece):
                piece = " "
            elif "Code" in tags:
                piece += "\n"
        elif re.match(r"[A-Z]", line):
            tag = line.split()[0]
            if tag == "Object":
                continue
            open_elements.append((depth, tag))
            tags.append(tag)
            if not line.endswith("(inline)") or tag == "Note":
                piece = "\n"
        (notes if "Note" in tags else text).append(piece)
        both.append(piece)
    return tuple(words("".join(out)) for out in (text, notes, both))


def check_tags(tree, text, notes):
    """Whether the tree says these words, all of them in order and nothing between; words around the text
    (cover, imprint, contents) may stand before and after. Notes are compared apart, unless none are given:
    then they stand in the text."""
    of_text, of_notes, both = of_tags(tree)
    said = of_text if notes else both
    starts = [i for i in range(len(said) - len(text) + 1) if said[i : i + 8] == text[:8]]
    problems = [first_difference(said[i : i + len(text)], text) for i in starts]
    if None not in problems:
        return problems[-1] if problems else "the text is not there"
    return first_difference(of_notes, notes) if notes else None
