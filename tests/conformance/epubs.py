"""Checks of EPUBs: epubcheck, Ace, and a reading system in a browser.

epubcheck runs in one Java machine for all files: starting one for each would take longer than checking.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import zipfile

HERE = pathlib.Path(__file__).resolve().parent

# Told of every embedded font, which is no fault.
HARMLESS = {"CSS-028"}


def check(epubs, jar, work):
    """What epubcheck says, notes on usage included: nothing, save that fonts are embedded."""
    import jpype
    if not jpype.isJVMStarted():
        jpype.startJVM("-Xss4m", "-Djava.awt.headless=true", classpath=[str(jar)], convertStrings=False)
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")
    report = work / "epubcheck.json"
    for epub in epubs:
        report.unlink(missing_ok=True)
        checker().run([str(epub), "--usage", "--json", str(report), "-q"])
        if not report.exists():
            yield epub.name, "epubcheck gave no report"
            continue
        messages = json.loads(report.read_text(encoding="utf-8"))["messages"]
        said = [f"{m['severity']} {m['ID']} {m['message']} {place(m)}" for m in messages if m["ID"] not in HARMLESS]
        yield epub.name, "; ".join(said[:5]) or None


def place(message):
    return "".join(f"({p['path']}:{p['line']})" for p in message["locations"][:1])


def ace(epubs, modules, work):
    """Ace by DAISY: no violation of what it can tell of accessibility."""
    environment = dict(os.environ, PUPPETEER_EXECUTABLE_PATH=browser(), ACE_TIMEOUT_INITIAL="60000")
    program = pathlib.Path(modules, "@daisy/ace-cli/bin/ace.js")

    def one(epub):
        out = work / "ace" / epub.stem
        done = subprocess.run(["node", program, "--force", "--silent", "--outdir", out, epub], env=environment,
                              capture_output=True, text=True, errors="replace", timeout=300)
        report = out / "report.json"
        if not report.exists():
            return epub.name, f"Ace gave no report: {(done.stderr or done.stdout).strip()[-300:]}"
        told = json.loads(report.read_text(encoding="utf-8"))
        found = [a["earl:test"]["dct:title"] for of in told["assertions"] for a in of["assertions"]]
        return epub.name, "; ".join(sorted(set(found))) or None

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        yield from pool.map(one, epubs)


def reader(epubs, modules, shots):
    """foliate-js: every section renders in every look, every note mark opens its note."""
    def one(epub):
        with zipfile.ZipFile(epub) as book:
            pages = [book.read(name) for name in book.namelist() if name.endswith(".xhtml")]
        marks = sum(len(re.findall(rb'epub:type="noteref"', page)) for page in pages)
        # The reading system's own scripts, at times, reach for a page that is not there yet. What is a
        # fault of the book, which has no scripts, is there the next time, too.
        for _ in range(3):
            done = subprocess.run(["node", HERE / "reader.mjs", epub, modules, shots], capture_output=True,
                                  text=True, errors="replace", timeout=600)
            try:
                found = json.loads(done.stdout.strip().splitlines()[-1])
            except (IndexError, json.JSONDecodeError):
                return epub.name, f"the reading system failed: {done.stderr.strip()[-300:]}"
            if not found["problems"] or not all(p.startswith("script: ") for p in found["problems"]):
                break
        problem = None
        if found["problems"]:
            problem = "; ".join(found["problems"][:5])
        elif found["notes"] != marks:
            problem = f"{found['notes']} notes opened, the text has {marks} marks"
        return f"{epub.name} ({found['sections']} sections, {found['notes']} notes)", problem

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        yield from pool.map(one, epubs)


def browser():
    given = os.environ.get("CHROMIUM")
    places = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
    return given or next((p for p in places if os.path.exists(p)), "chromium")
