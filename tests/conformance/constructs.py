"""Booklets that use every construct, for the checkers: each exercises others.

    write(FOLDER) makes a folder a booklet and returns the manifests.
"""

import base64
import pathlib
import struct
import zlib


def png(width, height, colour, alpha=False):
    """A PNG with a gradient."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b""
    for y in range(height):
        rows += b"\0"
        for x in range(width):
            rows += bytes((c * (x + y) // (width + height)) for c in colour) + (bytes([255 * x // width]) if alpha else b"")
    header = struct.pack(">IIBBBBB", width, height, 8, 6 if alpha else 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def tiff(width, height):
    """A gray TIFF without compression."""
    pixels = bytes((x * 255 // width + y) % 256 for y in range(height) for x in range(width))
    tags = [(256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8),
            (277, 3, 1), (278, 4, height), (279, 4, len(pixels))]
    directory = struct.pack("<H", len(tags))
    for tag, kind, value in tags:
        directory += struct.pack("<HHI", tag, kind, 1) + (struct.pack("<HH", value, 0) if kind == 3 else struct.pack("<I", value))
    return b"II*\0" + struct.pack("<I", 8 + len(pixels)) + pixels + directory + b"\0\0\0\0"


# A red square of eight pixels a side in each of the formats that are hard to write by hand.
JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxO"
    "UlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09P"
    "T09PT09PT0//wAARCAAIAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAb/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QA"
    "FQEBAQAAAAAAAAAAAAAAAAAABQf/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCfADKS/9k=")
WEBP = base64.b64decode(
    "UklGRjwAAABXRUJQVlA4IDAAAADQAQCdASoIAAgAAgA0JaACdLoB+AADsAD+8MQL/yC5YXXI1/8gP+QH/ID/+PIAAAA=")
GIF = base64.b64decode("R0lGODlhCAAIAPAAAP8AAAAAACH5BAAAAAAALAAAAAAIAAgAAAIHhI+py+1dAAA7")

NOTES = """# Notes *of all kinds*[^heading]

A plain note[^plain], one that is called again[^plain], and again[^plain]. One of many blocks[^blocks], one in *stress
with a mark[^stress]*, one in a [link[^link]](https://example.org/), two at once[^one][^two].

> A quotation with a note[^quote].
>
> — Someone[^attribution]

- in a list[^item]
  - and deeper[^deeper]

1. numbered[^numbered]

Term[^term]
: meaning[^meaning]

| head[^head] | other |
|---|---|
| cell[^cell] | 2 |

A verse with a note,[^verse]\\
and its second line.

## A heading with a note[^section] {#section}

![A square](square.png "A caption with a note is plain")

The end.[^nested]

[^heading]: In the chapter's heading.
[^plain]: Plain, with *stress*, **strength**, `code < here`, and a link to [the section](#section).
[^blocks]: The first paragraph.

    A second one, with a list:

    - one
    - two
        1. inside

    > A quotation in a note.
    >
    > — Its source

    ```
    code in a note
    ```

    | a | b |
    |---|---|
    | 1 | 2 |

    ![A square in a note](square.png)

    Term
    : Meaning

[^stress]: In stress.
[^link]: In a link.
[^one]: The first of two.
[^two]: The second of two.
[^quote]: In a quotation.
[^attribution]: In an attribution.
[^item]: In an item.
[^deeper]: Deeper.
[^numbered]: In a numbered item.
[^term]: In a term.
[^meaning]: In a meaning.
[^head]: In the head of a table.
[^cell]: In a cell.
[^verse]: In a verse.
[^section]: In a heading.
[^nested]: A note with a note of its own[^inner].
[^inner]: The inner one, which ends in code:

    ```
    last
    ```
"""

MORE_NOTES = """# A second chapter

Notes go on here[^again], or begin anew.

[^again]: The text of another chapter's note.
"""

TABLES = """# Tables

| Left | Centre | Right | |
|:-----|:------:|------:|-|
| a | b | 1 | x |
| a longer cell with *emphasis*, **strong** words and `code` | c | 22.50 | |
| [a link](https://example.org/) | H~2~O | x^2^ | ~~gone~~ |

| 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 |
|---|---|---|---|---|---|---|---|---|
| Donaudampfschifffahrt | revolutionary | anarchism | internationalism | solidarity | expropriation | federation | municipality | technology |
| a | b | c | d | e | f | g | h | i |

| | |
|-|-|
| without | a head |

- in a list

  | a | b |
  |---|---|
  | 1 | 2 |

> | in | a quotation |
> |---|---|
> | 1 | 2 |
"""

VERSE = """# Verse, quotations, epigraphs

> Speak little, do much.
>
> — Someone {.epigraph}

By a hand unknown {.byline}

Roses are red,\\
violets are black,\\
this line of verse is so long that it must be turned over on every screen that is not very wide, and on paper too,\\
we want it all back.

> A quotation that is long enough to be set over more than one line, so that one can see its margins.
>
> > A quotation in it.
> >
> > — Its author
>
> - a list in it
>
> (A source in parentheses)

***

After a break: “double ‘single “double again” single’ double”, it's, rock 'n' roll, the '90s -- and --- so on...

## Two lines\\
of a heading

Last words.
"""

LISTS = """# Lists

- one
- two
  - nested
    - deeper

      with a second paragraph

  - nested again
- three

  loose now

4. four
5. five
   1. one
   2. two

1000. a thousand

Term
: What it means.
: What else it means.

Two
terms
: One meaning with paragraphs.

    The second.

    - and a list

- > a quotation
- ```
  code
  ```
- ## a heading in a list
-
- ![A square](square.png)
"""

CODE = """# Code

```rust
fn main() {
\tprintln!("a < b && c > d; this line is so long that it cannot stand on one line of a small screen {}", 1);
}
```

    indented <b>code</b> & "quotes" -- untouched...

``` weird/info "string" <x>
no language at all

    spaces    kept
```

In a line: `a  b`, `` `ticks` ``, `<script>alert(1)</script>`, <kbd>Ctrl</kbd>+<kbd>C</kbd>, `ligatures fi ffl ->`.

```
```
"""

HEADINGS = """# First {#first}

###### Six at once

## Two {#two .special}

#### Four after two

### Three, with `code`, *stress*, H~2~O and [a link](#first)

# Another first

##

## Two

## Two

Links: [first](#first), [two](#two), [the other file](second.md), [its heading](second.md#there), <https://example.org/?a=b&c=d>,
<mailto:us@example.org>, [spaces](https://example.org/a%20b?q=ä).
"""

FIGURES = """# Drawings and plates

Words before the first picture, which the plates below let go on.

![A badge](badge.svg "Everything that a drawing may hold"){credit="Drawn by nobody"}

![One](p.png "First") ![Two](badge.svg "Second"){credit="By hand"}
![Three](high.png "Third")

![A plate](high.png "As large as the text"){.plate credit="Photo: someone"}

More words, so that the page is not empty.

![To the edges](p.png "Over the edges"){.plate .bleed credit="Photo: someone else"}

And a ![badge](badge.svg) in a line.

![Narrow](p.jpg "A third"){width=33%}
"""

BADGE = """<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="80mm" height="60mm" viewBox="0 0 800 600">
<title>Left out</title>
<style>.red{fill:#c0201a;stroke:black;stroke-width:12} .dash{fill:none;stroke:#114;stroke-width:8;stroke-dasharray:30 18}</style>
<defs><linearGradient id="g" x2="1" y2="1"><stop offset="0" stop-color="#f6c"/><stop offset=".4" stop-color="#fff"/>
<stop offset=".4" stop-color="#cfc"/><stop offset="1" stop-color="#06c"/></linearGradient>
<radialGradient id="r" fx=".3"><stop offset=".1" stop-color="white"/><stop offset=".9" stop-color="#222"/></radialGradient>
<clipPath id="c"><circle cx="600" cy="420" r="130"/></clipPath>
<marker id="m" orient="auto" markerWidth="4" markerHeight="4" refX="2" refY="2"><path d="M0 0L4 2L0 4z"/></marker>
<g id="star"><path d="M0-60L17-20 60-20 26 8 38 50 0 25-38 50-26 8-60-20-17-20Z"/></g></defs>
<rect width="800" height="600" fill="url(#g)"/><circle class="red" cx="200" cy="200" r="120"/>
<ellipse cx="200" cy="430" rx="140" ry="90" fill="url(#r)" stroke="url(#g)" stroke-width="20"/>
<path class="dash" d="M350 100C450 0 550 200 760 90" marker-end="url(#m)"/>
<g clip-path="url(#c)"><rect x="470" y="290" width="260" height="260" fill="#fc0"/>
<use xlink:href="#star" transform="translate(560 400) rotate(17) scale(2)"/></g>
<g opacity=".5"><rect x="380" y="180" width="120" height="120" fill="green"/>
<g clip-path="url(#c)" opacity=".7"><rect x="440" y="240" width="120" height="120" fill="blue"/><use xlink:href="#star" x="500" y="300"/></g></g>
<path fill-rule="evenodd" fill="#fff" fill-opacity=".7" stroke="#000" stroke-opacity=".5" stroke-width="10" d="M600 150h120v120h-120zM630 180h60v60h-60z"/>
<g transform="scale(3 1)"><circle cx="240" cy="330" r="20" fill="none" stroke="#800" stroke-width="6"/></g>
</svg>
"""

ODD = """# Odd & <ends>

A line<br>broken, <sup>up</sup>, <sub>down</sub>, <small>small</small>, <u>under</u>, <!-- a comment --> &amp; &copy; &#x41;
&nbsp;&lt;tag&gt;. A soft\u00adhyphen, a zero\u200bwidth space, a\u00a0fixed one, \u2066isolated\u2069 text. Emoji 🏴, combining e\u0301,
ﬁ, „quotes“, ‚more‘. ~~struck~~, x^2^, H~2~O.

<div>

Unknown blocks are left out.

</div>

[The CNT]{.smallcaps} and [mot juste]{lang=fr}, [כתב]{lang=he}.

![-](square.png)

A ![star](square.png) in a line.

\\*not stress\\*, 1\\. not a list
"""


def repeated(words, count):
    return " ".join([words] * count)


# What the bar code and the QR code of every booklet called `cover-…` say.
ISBN = "978-0-306-40615-7"
LINK = "https://example.org/pamphlets/bread-and-roses?as=epub"


def covers(one, picture):
    """Every design of covers, in none, one and two inks, with codes on the back."""
    trade = f'isbn = "{ISBN}"\nlink = "{LINK}"\n'
    cases = {
        "plain": ('price = "free"\n', '"A5"', ""),
        "classic": ('colours = ["scarlet"]\nprice = "3 €"\n', '"A6"', 'binding = "saddle"\n'),
        "poster": ('colours = ["scarlet", "yellow"]\nseparate = true\n', '"A5"', 'binding = "perfect"\ncolour = true\n'),
        "grid": ('colours = ["#3d5588", "fluorescent-pink"]\n', '"A4"', 'binding = "single"\ncolour = true\n'),
        "pattern": ('colours = ["green"]\nback = "back.md"\n', '{ width = "74mm", height = "105mm" }', 'sheet = "A5"\n'),
        "photograph": ('front = "front.png"\ncolours = ["teal"]\nfocus = { x = "20%", y = "80%" }\nback = "front.png"\n',
                       '"A5"', "colour = true\n"),
    }
    made = {}
    for design, (more, page, paper) in cases.items():
        manifest = (f'{one}authors = ["Emma Goldman", "Alexander Berkman"]\nsubtitle = "A conversation"\n'
                    f'publisher = "The Seed"\nseries = {{ name = "Pamphlets", number = 7 }}\n'
                    f'[cover]\ndesign = "{design}"\n{more}{trade}[design]\npage = {page}\n[print]\n{paper}')
        files = {"a.md": "# Bread\n\nWe want bread, and we want roses too: for all, and now.\n", "back.md": "A few words.\n"}
        if design == "photograph":
            files["front.png"] = picture
        made[f"cover-{design}"] = (manifest, "en", "Bread, and what is to be shared", files)
    return made


def booklets():
    """Name → (manifest without title and language, language, title, files)."""
    square = {"square.png": png(40, 30, (200, 80, 40))}
    notes = {"a.md": NOTES, "b.md": MORE_NOTES, **square}
    two = 'chapters = ["a.md", "b.md"]\n'
    one = 'chapters = ["a.md"]\n'
    arabic = ("# الحرية\n\nالحرية هي حق الإنسان في أن يفعل ما يريد[^1]. " + repeated("كلمات أخرى عن الثورة والتضامن.", 12) +
              "\n\n- أول\n- ثان\n\n> اقتباس قصير.\n>\n> — كاتب\n\n[English words]{lang=en} ثم أرقام 123.\n\n[^1]: حاشية.\n")
    hebrew = ("# חירות\n\nהחירות היא זכות[^1]. " + repeated("מילים נוספות על מהפכה וסולידריות.", 12) +
              "\n\n1. אחד\n2. שניים\n\n| ראש | שני |\n|---|---|\n| א | ב |\n\n[^1]: הערה.\n")
    japanese = ("# 自由\n\n自由とは何か[^1]。" + "革命と連帯についての言葉。" * 12 + "\n\n- 一\n- 二\n\n> 引用。\n\n[^1]: 注。\n")
    chinese = "# 自由\n\n自由是什么？" + "关于革命与团结的话。" * 12 + "\n\n**重点**和*强调*。\n"
    french = ("# L'autonomie : « quoi » ?\n\nIl dit : \"C'est l'heure ! Qu'est-ce que c'est ? Oui ; non.\" À 20 % près, 1 000 €.\n\n"
              "## Où ?\n\n« Déjà « vu » ! » œuvre, aujourd'hui--là... n° 3, M. Dupont[^a].\n\n[^a]: « Note » !\n")
    german = ("# Was heißt \"Freiheit\"?\n\nEr sagte: \"Das ist 'gut', oder?\" Straße, Größe, z. B. 5 %. "
              "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft[^a].\n\n[^a]: \"Anmerkung\".\n")
    pictures = {
        "a.md": "# Pictures\n\n" + "\n\n".join(
            f"![A {kind} picture](p.{kind} \"Caption of a {kind}\")" for kind in ("png", "jpg", "webp", "gif", "tif")) +
            "\n\n![Seen through](glass.png)\n\nIn a line ![dot](p.png) of text, and [![linked](p.png)](https://example.org/).\n\n"
            "![-](p.gif)\n\n![Very wide](wide.png)\n\n![Very high](high.png \"High\")\n",
        "p.png": png(300, 200, (30, 90, 200)), "p.jpg": JPEG, "p.webp": WEBP, "p.gif": GIF, "p.tif": tiff(64, 48),
        "glass.png": png(60, 60, (0, 120, 0), alpha=True), "wide.png": png(2600, 20, (90, 90, 90)),
        "high.png": png(60, 900, (160, 30, 90)), "cover.png": png(320, 512, (200, 40, 40)), "back.jpg": JPEG,
    }
    everything = """subtitle = "With every key"
short-title = "All keys"
authors = ["Louise Michel", { name = "Peter Kropotkin", file-as = "Kropotkin, Peter", role = "author of introduction" }]
contributors = [{ name = "T. R.", role = "translator" }, { name = "N. N.", role = "illustrator" }]
publisher = "A press & friends"
date = 2022-11-01
rights = "No copyright: copy, share, <reprint>."
description = "What it is about, \\"quoted\\" & more."
subjects = ["strikes", { name = "Anarchism", scheme = "Thema", code = "JPFB" }, { name = "POLITICAL SCIENCE / Political Ideologies / Anarchism", scheme = "BISAC", code = "POL042010" }]
source = "https://example.org/a?b=c&d=e"
identifier = "urn:isbn:9780306406157"
series = { name = "Pamphlets", number = 3 }
slug = "manifest"
chapters = [{ file = "a.md", title = "Given *title*", short-title = "Given", numbered = true }, { file = "b.md", numbered = true }, "c.md"]
[cover]
front = "cover.png"
text = true
back = "back.md"
[design]
page = { width = "120mm", height = "190mm" }
size = "10pt"
leading = "14pt"
margins = { inner = "15mm", outer = "20mm", top = "15mm", bottom = "25mm" }
chapter-start = "recto"
notes = "end"
contents = true
title-page = true
running-heads = true
justify = false
hyphenate = false
indent = "space"
drop-caps = 3
figures = "old-style"
headings = "small-caps"
ornament = "❦"
[epub]
embed-fonts = true
page-list = true
certified-by = "A library"
"""
    return {
        "notes-foot": (two, "en", "Notes gathered", notes),
        "notes-chapter-end": (two + '[design]\nnotes = "chapter-end"\n', "en", "Notes after chapters", notes),
        "notes-end": (two + '[design]\nnotes = "end"\nnote-numbers = "chapter"\ncontents = false\n', "en", "Notes at the end", notes),
        "notes-symbols": (two + '[design]\nnote-marks = "symbols"\n', "fr", "Notes par symboles", notes),
        "tables": (one, "en", "Tables", {"a.md": TABLES}),
        "verse": (one + '[design]\ndrop-caps = true\n', "en", "Verse and quotations", {"a.md": VERSE}),
        "lists": (one, "en", "Lists", {"a.md": LISTS, **square}),
        "code": (one, "en", "Code", {"a.md": CODE}),
        "headings": ('chapters = ["a.md", "second.md", "none.md"]\n', "en", "Headings",
                     {"a.md": HEADINGS, "second.md": "# Second\n\n## There {#there}\n\nBack to [two](a.md#two).\n", "none.md": "No heading at all.\n"}),
        "odd": (one, "en", "Odds & <ends> \\\"quoted\\\"", {"a.md": ODD, **square}),
        "arabic": (one, "ar", "الحرية", {"a.md": arabic}),
        "hebrew": (one + "[epub]\nembed-fonts = false\n", "he", "חירות", {"a.md": hebrew}),
        "japanese": (one, "ja", "自由", {"a.md": japanese}),
        "chinese": (one, "zh-Hans", "自由", {"a.md": chinese}),
        "french": (one, "fr", "L'autonomie : quoi ?", {"a.md": french}),
        "german": (one, "de", "Was ist \\\"Freiheit\\\"?", {"a.md": german}),
        "pictures": (one + '[cover]\nfront = "cover.png"\nback = "back.jpg"\n', "en", "Pictures", pictures),
        "manifest": (everything, "en", "All keys of \\\"the\\\" manifest",
                     {"a.md": NOTES, "b.md": MORE_NOTES, "c.md": VERSE, "back.md": "Said on the back.\n\n*In two paragraphs.*\n",
                      "cover.png": pictures["cover.png"], **square}),
        "drawings": (one + '[cover]\nfront = "badge.svg"\n[[print]]\nname = "home"\n[[print]]\nname = "copy"\npicture = "photocopy"\n'
                     '[[print]]\nname = "dots"\npicture = "dither"\ncontrast = "30%"\n[[print]]\nname = "colour"\ncolour = true\n',
                     "en", "Drawings and plates", {"a.md": FIGURES, "badge.svg": BADGE, "p.png": pictures["p.png"], "p.jpg": JPEG, "high.png": pictures["high.png"]}),
        "large-type": ('design = "large-print"\n' + one, "en", "Large type", {"a.md": VERSE + TABLES[8:]}),
        **covers(one, pictures["cover.png"]),
        "bare": (one + '[design]\ntitle-page = false\ncontents = false\n[epub]\npage-list = false\nembed-fonts = false\n', "en",
                 "Bare", {"a.md": "One line.\n"}),
    }


def write(folder):
    """Makes a folder a booklet; returns them."""
    made = []
    for name, (manifest, language, title, files) in booklets().items():
        place = pathlib.Path(folder, name)
        place.mkdir(parents=True)
        head = f'title = "{title}"\nlanguage = "{language}"\n' + ("" if "slug" in manifest else f'slug = "{name}"\n')
        (place / "manifest.toml").write_text(head + manifest, encoding="utf-8")
        for file, content in files.items():
            if isinstance(content, str):
                (place / file).write_text(content, encoding="utf-8")
            else:
                (place / file).write_bytes(content)
        made.append(place)
    return made
