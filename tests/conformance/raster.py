"""Compares the pictures that `booklet` draws of pages and of sides of sheets with the PDFs as poppler
renders them.

A pixel counts as different if its gray lies further than TAU outside what the other picture shows in the
three by three pixels around it, looked at both ways: so an edge may be smoothed otherwise, or lie up to a
pixel further, as renderers round the places of letters, but nothing may be there that the other lacks.

A line thinner than a pixel is drawn by poppler as wide as a pixel, in its full strength, and by booklet in the
gray of what it covers: in booklets with small drawings (`SMALL_DRAWINGS`) such a line has to be there in both, and
may be stronger in one.

Photographs in printer's dots have four dots a pixel each way: poppler takes some of them, booklet the average
of all. Sides with such are averaged over some cells of the screen before they are held against each other.
"""

import re
import struct
import subprocess
import zlib

RESOLUTION = 150
TAU = 40
# Of all pixels so many at most may be different, in thousandths, and grays be apart by so much on average.
MOST_DIFFERENT = 1.6
MOST_APART = 6.5
# Print runs of `constructs.py` whose photographs are made of dots, and the pixels of a square of several cells.
IN_DOTS = ("-print-copy", "-print-dots")
CELLS = 8
# Booklets that show drawings so small that their lines are thinner than a pixel.
SMALL_DRAWINGS = ("manual", "manual-print")
# Pixels of one gray in a row that are a line, if there is paper on both sides of it.
LINE = 24
PAPER = 250


def png(path):
    """The rows of a picture, as gray."""
    data = path.read_bytes()
    at, packed = 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, _, bits, colour = struct.unpack(">IIBB", body[:10])
            assert bits == 8 and colour in (0, 2), f"{path}: {bits} bits of kind {colour}"
        elif kind == b"IDAT":
            packed += body
        at += 12 + length
    samples = 3 if colour == 2 else 1
    flat, size = zlib.decompress(packed), width * samples + 1
    rows, above = [], bytes(size - 1)
    for start in range(0, len(flat), size):
        row = unfiltered(flat[start], flat[start + 1 : start + size], above, samples, path)
        above = row
        if samples == 3:
            rows.append(bytes((30 * r + 59 * g + 11 * b + 50) // 100
                              for r, g, b in zip(above[::3], above[1::3], above[2::3])))
        else:
            rows.append(above)
    return rows


def unfiltered(kind, row, above, samples, path):
    """A row as it was before it was filtered (PNG, third edition, 9.2)."""
    assert kind <= 4, f"{path}: filter {kind}"
    if kind == 0:
        return row
    if kind == 2:
        return bytes((sample + up) & 255 for sample, up in zip(row, above))
    out = bytearray(len(row))
    for channel in range(samples):
        left = corner = 0
        for at in range(channel, len(row), samples):
            up = above[at]
            if kind == 1:
                guess = left
            elif kind == 3:
                guess = (left + up) // 2
            else:
                apart = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
                guess = (left, up, corner)[apart.index(min(apart))]
            left = out[at] = (row[at] + guess) & 255
            corner = up
    return bytes(out)


def pgm(data):
    """Every picture in what pdftoppm writes, as rows of gray."""
    at = 0
    while at < len(data):
        head = re.compile(rb"P5\s+(\d+)\s+(\d+)\s+255\s").match(data, at)
        width, height = int(head[1]), int(head[2])
        yield [data[head.end() + y * width : head.end() + (y + 1) * width] for y in range(height)]
        at = head.end() + width * height


def averaged(rows):
    """Squares of so many pixels as one pixel."""
    width, out = len(rows[0]) // CELLS * CELLS, []
    for y in range(0, len(rows) - CELLS + 1, CELLS):
        sums = [sum(column) for column in zip(*(row[:width] for row in rows[y : y + CELLS]))]
        out.append(bytes(sum(sums[x : x + CELLS]) // (CELLS * CELLS) for x in range(0, width, CELLS)))
    return out


def thin(rows):
    """The pixels of level lines that are gray: pairs of x and y."""
    found = set()
    for y in range(2, len(rows) - 2):
        for run in re.finditer(rb"([^\xff])\1{%d,}" % (LINE - 1), rows[y], re.S):
            if TAU < run[1][0]:
                found.update((x, y) for x in range(*run.span()) if min(rows[y - 2][x], rows[y + 2][x]) >= PAPER)
    return found


def thin_lines(rows):
    """The pixels of level and of upright lines that are gray."""
    upright = thin([bytes(column) for column in zip(*rows)])
    return thin(rows) | {(x, y) for y, x in upright}


def outside(a, b, ours, theirs, lines):
    """How many of the pixels of `ours` lie outside what is around them in `theirs`."""
    count = 0
    for y in range(a):
        mine, same = ours[y], theirs[y]
        if mine[:b] == same[:b]:
            continue
        around = theirs[max(y - 1, 0) : y + 2]
        for x in range(b):
            value = mine[x]
            if abs(value - same[x]) > TAU:
                near = [c for row in around for c in row[max(x - 1, 0) : x + 2]]
                there = max(value, min(near)) < 255 - TAU and any(
                    (i, j) in lines for j in (y - 1, y, y + 1) for i in (x - 1, x, x + 1))
                count += not there and not min(near) - TAU <= value <= max(near) + TAU
    return count


def compare(ours, theirs, small=False):
    """The share of different pixels, in thousandths, and how far grays are apart on average."""
    height, width = min(len(ours), len(theirs)), min(len(ours[0]), len(theirs[0]))
    # Sizes are rounded otherwise; a pixel on either side is no difference.
    if abs(len(ours) - len(theirs)) > 1 or abs(len(ours[0]) - len(theirs[0])) > 1:
        return 1000.0, 255.0
    lines = thin_lines(ours) if small else ()
    different = max(outside(height, width, ours, theirs, lines), outside(height, width, theirs, ours, lines))
    apart = sum(abs(a - b) for mine, other in zip(ours, theirs) if mine != other for a, b in zip(mine, other))
    return different * 1000 / (height * width), apart / (height * width)


def cases(program, manifests, out, work):
    """Each booklet (its manifest, or its folder): its pages, then its sides. `out` holds the PDFs."""
    worst = [0.0, 0.0]
    for manifest in manifests:
        name = manifest.name if manifest.is_dir() else manifest.parent.name
        folder = work / f"raster-{name}"
        done = subprocess.run([program, "build", manifest, "-o", folder, "--only", "pages", "--only", "sheets"],
                              capture_output=True, text=True)
        if done.returncode:
            yield name, done.stderr.strip()[-300:]
            continue
        stems = {}
        for line in done.stdout.splitlines():
            stem = re.sub(r"-\d+\.png$", "", line.rsplit("/", 1)[-1])
            stems.setdefault(stem, []).append(folder / line.rsplit("/", 1)[-1])
        for stem, drawn in stems.items():
            told = ("pdftoppm", "-r", str(RESOLUTION), "-gray", out / f"{stem}.pdf")
            rendered = list(pgm(subprocess.run([str(t) for t in told], capture_output=True).stdout))
            problem = None if len(rendered) == len(drawn) else f"{len(drawn)} pictures, {len(rendered)} pages"
            for index, (path, theirs) in enumerate(zip(drawn, rendered), 1):
                pictures = png(path), theirs
                if stem.endswith(IN_DOTS):
                    pictures = map(averaged, pictures)
                share, apart = compare(*pictures, small=stem in SMALL_DRAWINGS)
                worst = [max(worst[0], share), max(worst[1], apart)]
                if share > MOST_DIFFERENT or apart > MOST_APART:
                    problem = problem or f"page {index}: {share:.2f} ‰ of pixels differ, by {apart:.1f} on average"
            yield f"{stem}: {len(drawn)} pictures", problem
    print(f"raster   at most {worst[0]:.2f} ‰ of a picture's pixels differ, grays by {worst[1]:.2f} on average")
