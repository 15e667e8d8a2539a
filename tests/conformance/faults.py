#!/usr/bin/env python3
"""What becomes of files when things go wrong: programs killed, disks full, folders closed, two builds at once.

    python3 tests/conformance/faults.py [--program target/release/booklet] [--moments 300] [--seed N]

Whatever happens, every file that was there is whole: as it was or new, and all files of a booklet are of one
version; the exit code says what happened, in words that a person understands; and nothing is left behind, at the
latest after the next build. What a program cannot help is counted and said: SIGKILL between two renames leaves
whole files of two versions.

What this machine cannot do (mount a small disk, become another user) is skipped, loudly.
"""

import argparse
import contextlib
import os
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SIGNALS = [signal.SIGKILL, signal.SIGINT, signal.SIGKILL, signal.SIGTERM, signal.SIGKILL, signal.SIGHUP]
NAMES = ("faulty.epub", "faulty.pdf", "faulty-print.pdf")
PATIENCE = 120
NOBODY = 65534


class Faults:
    def __init__(self, program, work, moments, seed):
        self.work = work
        self.moments = moments
        self.dice = random.Random(seed)
        # Where another user can run it.
        self.program = work / "booklet"
        shutil.copy(program, self.program)
        for folder in (work, work.parent):
            os.chmod(folder, 0o755)
        self.folder = work / "book"
        self.dist = self.folder / "dist"
        self.sets = []
        self.took = PATIENCE
        for version in (0, 1):
            self.write(version)
            begun = time.monotonic()
            done = self.run("build", self.folder)
            self.took = min(self.took, time.monotonic() - begun)
            if done.returncode:
                raise SystemExit(f"it does not build at all: {done.stderr}")
            self.sets.append(self.files())
            shutil.copytree(self.folder, work / f"version{version}", ignore=shutil.ignore_patterns("dist"))

    def write(self, version):
        """The booklet in one of its two versions."""
        self.folder.mkdir(exist_ok=True)
        (self.folder / "manifest.toml").write_text(
            'title = "Faulty"\nlanguage = "en"\nchapters = ["one.md", "part/two.md"]\n')
        (self.folder / "part").mkdir(exist_ok=True)
        words = ("What was here before. ", "What is here now, and longer than that. ")[version]
        for name in ("one.md", "part/two.md"):
            (self.folder / name).write_text("# A chapter\n\n" + (words * 30 + "\n\n") * 60)

    def command(self, *args):
        return [str(self.program), *map(str, args)]

    def run(self, *args, **more):
        return subprocess.run(self.command(*args), capture_output=True, text=True, timeout=PATIENCE, **more)

    def files(self, folder=None):
        """The booklet's files in a folder by name; None for one that is not there."""
        folder = folder or self.dist
        return {n: (folder / n).read_bytes() if (folder / n).is_file() else None for n in NAMES}

    def version(self, folder=None):
        """Which version lies in a folder; a word for what should not be."""
        found = self.files(folder)
        for version, files in enumerate(self.sets):
            if found == files:
                return version
        whole = all(any(found[name] == files[name] for files in self.sets) for name in NAMES)
        return "of two versions" if whole else "not whole"

    def left(self, *folders):
        return [p.name for folder in folders if folder.is_dir() for p in folder.iterdir() if p.name.startswith(".booklet-")]

    def begin(self, version):
        """The version in `dist`, and the other one in the sources."""
        shutil.rmtree(self.dist, ignore_errors=True)
        self.dist.mkdir()
        for name, data in self.sets[version].items():
            (self.dist / name).write_bytes(data)
        self.write(1 - version)

    # Killed at any moment

    def killed(self, count):
        mixed = 0
        for index in range(count):
            sign, old = SIGNALS[index % len(SIGNALS)], index % 2
            self.begin(old)
            process = subprocess.Popen(self.command("build", self.folder), stdout=subprocess.DEVNULL,
                                       stderr=subprocess.PIPE, text=True)
            time.sleep(self.dice.uniform(0, self.took * 1.1))
            process.send_signal(sign)
            said = process.communicate(timeout=PATIENCE)[1]
            code, now, left = process.returncode, self.version(), self.left(self.dist)
            problem = words_in(said)
            if sign == signal.SIGKILL and now == "of two versions":
                mixed += 1
            elif now not in (0, 1):
                problem = f"the files are {now}"
            elif code == 0 and now == old:
                problem = "it says that it is done and nothing is new"
            elif code not in (0, -sign, 130):
                problem = f"exit {code}"
            elif code == 130 and "interrupted" not in said:
                problem = f"it says {said!r}"
            if sign != signal.SIGKILL and left and code != -sign:
                problem = f"it left {left}"
            if left:
                done = self.run("build", self.folder)
                if done.returncode or self.version() != 1 - old or self.left(self.dist):
                    problem = f"the next build: exit {done.returncode}, {self.version()}, {self.left(self.dist)}"
            yield f"build, {sign.name}, moment {index}", problem
        if mixed:
            print(f"         {mixed} of {count} builds were killed between two renames: whole files of two versions")

    def unpacked(self, count):
        self.begin(0)
        file = self.work / "faulty.pdf"
        file.write_bytes(self.sets[0]["faulty.pdf"])
        begun = time.monotonic()
        self.run("unpack", file, self.work / "whole")
        took = time.monotonic() - begun
        want = tree(self.work / "whole")
        place = self.work / "unpack"
        for index in range(count):
            sign, there = SIGNALS[index % len(SIGNALS)], index // len(SIGNALS) % 2
            shutil.rmtree(place, ignore_errors=True)
            target = place / "new"
            (target if there else place).mkdir(parents=True)
            process = subprocess.Popen(self.command("unpack", file, target), stdout=subprocess.DEVNULL,
                                       stderr=subprocess.PIPE, text=True)
            time.sleep(self.dice.uniform(0, took * 1.1))
            process.send_signal(sign)
            said = process.communicate(timeout=PATIENCE)[1]
            code, left = process.returncode, self.left(place, target)
            problem = words_in(said)
            if target.is_dir() and any(target.iterdir()) and not left and tree(target) != want:
                problem = f"half of it is there: {sorted(tree(target))}"
            elif not there and target.is_dir() and tree(target) != want:
                problem = "the folder is there, and not whole"
            elif code not in (0, -sign, 130):
                problem = f"exit {code}: {said}"
            elif code == 0 and tree(target) != want:
                problem = "it says that it is done"
            if sign != signal.SIGKILL and left and code != -sign:
                problem = f"it left {left}"
            if left and not target.joinpath("manifest.toml").exists():
                done = self.run("unpack", file, target)
                if done.returncode or tree(target) != want or self.left(place, target):
                    problem = f"the next time: exit {done.returncode}, {done.stderr}, {self.left(place, target)}"
            yield f"unpack, {sign.name}, moment {index}", problem

    def watched(self, count):
        for index in range(count):
            sign, old = SIGNALS[index % len(SIGNALS)], index % 2
            self.begin(old)
            self.write(old)
            process = subprocess.Popen(self.command("watch", self.folder), stdout=subprocess.DEVNULL,
                                       stderr=subprocess.PIPE, text=True)
            heard = ""
            for line in process.stderr:
                heard += line
                if "waiting for changes" in line:
                    break
            self.write(1 - old)
            time.sleep(self.dice.uniform(0, self.took * 1.1))
            process.send_signal(sign)
            heard += process.communicate(timeout=PATIENCE)[1]
            code, now, left = process.returncode, self.version(), self.left(self.dist)
            problem = words_in(heard)
            if now not in (0, 1) and not (sign == signal.SIGKILL and now == "of two versions"):
                problem = f"the files are {now}"
            elif code not in (0, -sign):
                problem = f"exit {code}"
            elif sign != signal.SIGKILL and (left or code != 0):
                problem = f"exit {code}, it left {left}"
            if left:
                self.run("build", self.folder)
                if self.left(self.dist):
                    problem = "the next build leaves what was left"
            yield f"watch, {sign.name}, moment {index}", problem

    # Nowhere to write

    def full(self):
        """A disk that is full; none, if this machine mounts nothing for us."""
        disk = self.work / "disk"
        disk.mkdir(exist_ok=True)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=640k", "tmpfs", disk], capture_output=True).returncode:
            return None
        return self.on_full(disk)

    def on_full(self, disk):
        with contextlib.ExitStack() as stack:
            stack.callback(subprocess.run, ["umount", disk], capture_output=True)
            self.write(0)
            done = self.run("build", self.folder, "-o", disk / "dist")
            yield "a disk that has room", done.stderr if done.returncode else None
            fill(disk, leave=0)
            self.write(1)
            for room in (0, 1, 20):
                fill(disk, leave=room << 10)
                done = self.run("build", self.folder, "-o", disk / "dist")
                yield f"{room} KiB of room", self.refused(done, "the disk is full", disk / "dist", 0)
            fill(disk, leave=0)
            done = self.run("new", disk / "mine")
            yield "new", self.refused(done, "the disk is full") or (str(tree(disk / "mine")) if (disk / "mine").exists() else None)
            done = self.run("unpack", disk / "dist/faulty.pdf", disk / "out")
            yield "unpack", self.refused(done, "the disk is full") or ("a folder is left" if (disk / "out").exists() else None)
            yield "nothing is left", str(self.left(disk)) if self.left(disk) else None

    def limited(self):
        """Files that may not be larger than a few bytes: every write fails at another place."""
        for limit in (0, 1000, 10_000):
            self.begin(0)
            done = self.run("build", self.folder, preexec_fn=lambda: small_files(limit))
            yield f"files of {limit} bytes", self.refused(done, "larger than files may be", self.dist, 0)
            done = self.run("new", self.work / "never", preexec_fn=lambda: small_files(min(limit, 1000)))
            there = (self.work / "never").exists()
            yield f"new, files of {limit} bytes", self.refused(done, "larger than files may be") or ("it is there" if there else None)

    def closed(self):
        """A folder in which nothing may be written."""
        self.begin(0)
        for path in (self.folder, *self.folder.rglob("*")):
            os.chmod(path, 0o755 if path.is_dir() else 0o644)
        other = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.getuid() == 0 else {}
        if not other:
            os.chmod(self.dist, 0o555)
        done = self.run("build", self.folder, **other)
        yield "a folder of somebody else", self.refused(done, "you may not do that", self.dist, 0)
        done = self.run("new", self.dist / "mine", **other)
        yield "new in it", self.refused(done, "you may not do that")
        os.chmod(self.dist, 0o755)

    def mounted(self):
        """A disk on which nothing can be written; none, if this machine mounts nothing for us."""
        self.begin(0)
        if subprocess.run(["mount", "--bind", self.dist, self.dist], capture_output=True).returncode:
            return None
        return self.on_mounted()

    def on_mounted(self):
        try:
            subprocess.run(["mount", "-o", "remount,bind,ro", self.dist], check=True, capture_output=True)
            done = self.run("build", self.folder)
            yield "a disk to read only", self.refused(done, "nothing can be written", self.dist, 0)
        finally:
            subprocess.run(["umount", self.dist], capture_output=True)

    def stuck(self):
        """One file that cannot be replaced, as on Windows when a program shows it."""
        self.begin(0)
        locked = self.dist / NAMES[-1]
        if subprocess.run(["chattr", "+i", locked], capture_output=True).returncode:
            return None
        return self.on_stuck(locked)

    def on_stuck(self, locked):
        try:
            done = self.run("build", self.folder)
            yield "a file that cannot be replaced", self.refused(done, locked.name, self.dist, 0)
        finally:
            subprocess.run(["chattr", "-i", locked], capture_output=True)
        done = self.run("build", self.folder)
        yield "it can again", done.stderr if done.returncode or self.version() != 1 else None

    def refused(self, done, words, folder=None, version=None):
        """What is wrong with how it refused."""
        problem = words_in(done.stderr)
        if done.returncode != 2:
            problem = f"exit {done.returncode}: {done.stderr}"
        elif words not in done.stderr:
            problem = f"it says {done.stderr!r}"
        elif done.stdout:
            problem = f"it names {done.stdout!r}"
        elif folder and self.version(folder) != version:
            problem = f"the files are {self.version(folder)}"
        elif folder and self.left(folder):
            problem = f"it left {self.left(folder)}"
        return problem

    # Side by side, and with little

    def together(self, count):
        out = self.work / "together"
        for index in range(count):
            runs = [subprocess.Popen(self.command("build", self.work / f"version{v}", "-o", out, "-q"), text=True,
                                     stdout=subprocess.PIPE, stderr=subprocess.PIPE) for v in (0, 1)]
            said = [r.communicate(timeout=PATIENCE)[1] for r in runs]
            problem = None
            if any(r.returncode for r in runs):
                problem = f"exit {[r.returncode for r in runs]}: {said}"
            elif self.version(out) not in (0, 1):
                problem = f"the files are {self.version(out)}"
            elif len(list(out.iterdir())) != len(NAMES):
                problem = f"there are {sorted(p.name for p in out.iterdir())}"
            yield f"two builds at once, {index}", problem

    def frugal(self):
        many = self.work / "many"
        many.mkdir()
        (many / "manifest.toml").write_text(
            'title = "Many"\nlanguage = "en"\nchapters = ["a.md"]\n[design]\npage = { width = "70mm", height = "99mm" }\n')
        (many / "a.md").write_text("".join(f"# Chapter {i}\n\nText.\n\n" for i in range(400)))
        few = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
        done = self.run("build", many, "--only", "pages", "-q", preexec_fn=few)
        pages = len(list((many / "dist").glob("*.png"))) if not done.returncode else 0
        yield "64 open files", None if pages > 100 else f"{pages} pages, exit {done.returncode}: {done.stderr}"
        for mib in (24, 48, 96, 192, 384, 768):
            self.begin(0)
            limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (mib << 20, mib << 20))
            try:
                done = self.run("build", self.folder, preexec_fn=limit)
            except OSError:
                # So little that it cannot even begin.
                continue
            problem = words_in(done.stderr)
            want = 1 if done.returncode == 0 else 0
            if self.version() != want:
                problem = f"exit {done.returncode}, the files are {self.version()}"
            elif done.returncode not in (0, 1, 2, -signal.SIGABRT, -signal.SIGSEGV, 127):
                problem = f"exit {done.returncode}: {done.stderr}"
            elif self.left(self.dist):
                self.run("build", self.folder)
                problem = "what it left stays" if self.left(self.dist) else problem
            yield f"{mib} MiB of memory", problem

    def all(self):
        """Every part: its name, its cases, and why it was skipped if there are none."""
        third = max(self.moments // 3, len(SIGNALS))
        yield "kill", self.killed(self.moments - 2 * third if self.moments > 2 * third else third), None
        yield "kill", self.unpacked(third), None
        yield "kill", self.watched(third), None
        cannot = "this machine does not let it be tried"
        yield "full", self.full(), f"a full disk: {cannot} (mount a tmpfs)"
        yield "full", self.limited(), None
        yield "closed", self.closed(), None
        yield "closed", self.mounted(), f"a disk to read only: {cannot} (bind mounts)"
        yield "stuck", self.stuck(), f"a file that cannot be replaced: {cannot} (chattr +i)"
        yield "twice", self.together(max(self.moments // 10, 3)), None
        yield "frugal", self.frugal(), None


def small_files(limit):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def words_in(said):
    """What no person should have to read."""
    return next((f"it says {said!r}" for word in ("os error", ".booklet-", "panicked") if word in said), None)


def tree(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def fill(disk, leave):
    """Takes all room on a disk but so many bytes."""
    ballast = disk / "ballast"
    ballast.unlink(missing_ok=True)
    with open(ballast, "wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))
    if leave:
        os.truncate(ballast, max(ballast.stat().st_size - leave // 4096 * 4096, 0))


def check(program, work, moments, seed, tally):
    """Runs every part, and counts it."""
    work.mkdir(parents=True, exist_ok=True)
    for name, cases, why in Faults(program, work, moments, seed).all():
        if cases is None:
            # Not even CI may mount everywhere.
            print(f"{name:<8} SKIPPED: {why}", flush=True)
        else:
            tally.check(name, cases)


def main():
    # Counts and prints as the other checks do.
    from run import Tally
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--program", default=ROOT / "target/release/booklet", type=pathlib.Path)
    ask.add_argument("--moments", default=300, type=int, help="how often a program is killed")
    ask.add_argument("--seed", default=None, type=int, help="the same moments again, as far as a machine can")
    args = ask.parse_args()
    seed = args.seed if args.seed is not None else random.randrange(1 << 32)
    print(f"seed {seed}")
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="faults-") as temp:
        check(args.program.resolve(), pathlib.Path(temp) / "work", args.moments, seed, tally)
    print(f"faults: {tally.total - tally.failed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
