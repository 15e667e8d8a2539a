"""Pictures that were made to do harm, and what they cost the program: each is shown by a booklet of one
line, which the program must refuse, or print, within a second and 256 MiB."""

import json
import pathlib
import struct
import subprocess
import sys
import zlib

# A small process of its own: what a child is said to have used includes what its parent held when it
# was begun, and this one holds the pictures.
MEASURE = """
import json, resource, subprocess, sys, time
start = time.monotonic()
done = subprocess.run([sys.argv[1], "build", "-q", sys.argv[2]], stdout=subprocess.DEVNULL)
took = time.monotonic() - start
print(json.dumps([done.returncode, took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024]))
"""
SECONDS = 1.0
MEBIBYTES = 256


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, depth, kind, data, more=b""):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + more + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def zeros(width, height, bits):
    """Black rows, packed."""
    packer, row, out = zlib.compressobj(9), b"\0" * (1 + width * bits // 8), b""
    for _ in range(height):
        out += packer.compress(row)
    return out + packer.flush()


def tiff(width, height, offsets, strips, counts, following=0):
    entries = [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
               (273, 4, strips, offsets), (277, 3, 1, 1), (278, 4, 1, 1), (279, 4, strips, counts)]
    table = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *e) for e in entries)
    return (b"II*\0\x08\0\0\0" + table + struct.pack("<I", following)).ljust(200, b"\0")


def jpeg(width, height):
    """A header that promises much, and nothing after it."""
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00"
    return b"\xff\xd8" + frame + b"\xff\xda\x00\x0c\x03\x01\x00\x02\x00\x03\x00\x00\x3f\x00" + b"\0" * 100 + b"\xff\xd9"


def files():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
    rung = '<g id="a{}">' + '<use xlink:href="#a{}"/>' * 10 + "</g>"
    ladder = '<g id="a0"><rect/></g>' + "".join(rung.format(i, *[i - 1] * 10) for i in range(1, 12))
    laughs = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    marker = '<marker id="m"><path d="M0 0' + "h1" * 10_000 + '"/></marker>'
    strips = 10**6
    drawings = {
        "script": "<script>alert(1)</script>",
        "handler": '<rect onload="alert(1)"/>',
        "file": '<use xlink:href="file:///etc/passwd#a"/>',
        "groups": "<g>" * 10**6 + "</g>" * 10**6,
        "unclosed": "<g>" * 10**6,
        "elements": "<g/>" * 10**6,
        "ladder": ladder + '<use xlink:href="#a11"/>',
        "circle": '<g id="a"><use xlink:href="#a"/></g>',
        "segments": '<path d="M0 0' + "h1" * 10**7 + '"/>',
        "fewer-segments": '<path d="M0 0' + "h1" * (7 * 10**6) + '"/>',
        "markers": marker + '<path marker-mid="url(#m)" d="M0 0' + "h1" * 10_000 + '"/>',
        "declarations": '<g style="' + "fill:red;" * 500_000 + '"/>',
        "attributes": "<g " + " ".join(f'a{i}="1"' for i in range(10**5)) + "/>",
        "dashes": '<path stroke="red" stroke-dasharray="0.00001" d="M0 0H90000"/>',
        "arc": '<path d="M0 0a3 4 30 1 0 6 2e36"/>',
        "round": '<rect width="1e38" height="1e38" rx="4e37" ry="1"/>',
        "circle-of-all": '<circle r="1e38"/>',
        "styled": '<rect style="width:1e38px;height:1e38px;rx:4e37px" width="3" height="3"/>',
        "sheet": "<style>ellipse{rx:1e38px;ry:1e38px;r:1e38px}</style><ellipse rx='3' ry='3'/>",
        "shapes": '<path stroke="#123" stroke-width="3" fill="none" d="M0 0c1 2 3 4 5 6"/>' * 60_000,
    }
    made = {f"{name}.svg": (svg + body + "</svg>").encode() for name, body in drawings.items()}
    made["entity.svg"] = f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>{svg}<desc>&a;</desc></svg>'.encode()
    made["laughs.svg"] = f"<!DOCTYPE svg [{laughs}]>{svg}<desc>&a11;</desc></svg>".encode()
    made |= {
        "bomb.png": png(7000, 7000, 8, 6, zeros(7000, 7000, 32)),
        "deep-bomb.png": png(7000, 7000, 16, 6, zeros(7000, 7000, 64)),
        "huge.png": png(60_000, 60_000, 8, 6, b""),
        "lie.png": png(7000, 7000, 8, 2, zlib.compress(b"\0" * 1000)),
        "profile-bomb.png": png(1, 1, 8, 0, zlib.compress(b"\0\0"),
                                chunk(b"iCCP", b"x\0\0" + zlib.compress(b"\0" * 300_000_000, 9))),
        "lie.jpg": jpeg(6000, 6000),
        "huge.jpg": jpeg(65_500, 65_500),
        "strips.tif": tiff(1, strips, 200, strips, 200 + 4 * strips)
        + struct.pack("<I", 8) * strips + struct.pack("<I", 1) * strips,
        "loop.tif": tiff(2, 2, 150, 1, 1, 8),
        "lie.tif": tiff(7000, 7000, 150, 7000, 150),
        "wide.gif": b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0, 0, 0) + b";",
        "lie.gif": b"GIF89a" + struct.pack("<HHBBB", 7000, 7000, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
        + b"\x2c" + struct.pack("<HHHHB", 0, 0, 7000, 7000, 0) + b"\x02\x02\x44\x01\0;",
        "lie.webp": b"RIFF" + struct.pack("<I", 30) + b"WEBPVP8X" + struct.pack("<I", 10) + b"\x02\0\0\0"
        + (16_383).to_bytes(3, "little") * 2,
    }
    return made


def check(program, work):
    """One case a picture: what it was, and what is wrong with what the program did."""
    for name, content in files().items():
        place = pathlib.Path(work, "hostile", name)
        place.mkdir(parents=True)
        (place / name).write_bytes(content)
        (place / "t.md").write_text(f"![a]({name})\n", encoding="utf-8")
        (place / "manifest.toml").write_text('title = "T"\nlanguage = "en"\nchapters = ["t.md"]\n', encoding="utf-8")
        measured = subprocess.run([sys.executable, "-c", MEASURE, program, place], capture_output=True, check=True)
        code, took, memory = json.loads(measured.stdout)
        words = measured.stderr.decode("utf-8", "replace")
        problem = None
        if code not in (0, 1):
            problem = f"exit {code}: {words[-300:]}"
        elif code == 1 and "error[B0" not in words:
            problem = f"it says nothing of the picture: {words[-300:]}"
        elif took > SECONDS or memory > MEBIBYTES:
            problem = f"{took:.2f} s and {memory:.0f} MiB"
        yield name, problem
