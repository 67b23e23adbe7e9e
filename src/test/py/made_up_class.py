#!/usr/bin/env python3
"""Makes a class of 60 out of lab 2's solution, its known cheats and the attacks on the sandbox, and looks whether a
gradebook gives each of them what is due.

    made_up_class.py make ROOT FOLDER [REPORT.html]   submissions, roster.csv, submitted.csv and expected.csv
    made_up_class.py check FOLDER GRADED              compares GRADED/gradebook.csv with expected.csv

Copied and edited reports are made of REPORT, which brkmap wrote; without it those students hand in nothing.
What is expected of a student: the least and the most points of 105 (five are a hidden check's), and flags that must be there.
"""
import base64
import csv
import gzip
import hashlib
import json
import pathlib
import re
import shutil
import sys
import zipfile

EDITED = ["grow.c", "leak.c", "mallopt.c", "trim.c"]
OBSERVED, QUIZ, GROW, MALLOPT, LEAK, HIDDEN = 10, 5, 6, 8, 12, 5
ALL = OBSERVED + GROW + MALLOPT + LEAK + HIDDEN


class Class:
    def __init__(self, root, folder):
        self.root = root
        self.folder = folder
        self.submissions = folder / "submissions"
        self.expected = []
        self.students = []
        self.late = []

    def student(self, least, most, flags=(), listed=True):
        name = "s%02d" % (len(self.expected) + 1)
        if listed:
            self.students.append(name)
        self.expected.append([name, least, most, "|".join(flags)])
        return name

    def files(self, name, files, zipped=False):
        """A comment keeps two who did the same apart."""
        texts = {file: text + "\n/* %s */\n" % name if file.endswith(".c") else text for file, text in files.items()}
        self.submissions.mkdir(parents=True, exist_ok=True)
        if zipped:
            with zipfile.ZipFile(self.submissions / (name + "_lab2.zip"), "w") as archive:
                for file, text in texts.items():
                    archive.writestr("labs/lab2/" + file, text)
            return
        home = self.submissions / name
        home.mkdir()
        for file, text in texts.items():
            (home / file).write_text(text)

    def read(self, folder, names=None):
        where = self.root / folder
        return {name: (where / name).read_text() for name in names or EDITED if (where / name).exists()}


def honest(of):
    solution = of.read("src/test/resources/solutions/lab2")
    for i in range(16):
        quiz = QUIZ if i % 2 else 0
        late = i in (3, 9)
        points = (ALL + quiz) * 0.9 if late else ALL + quiz
        name = of.student(points, points, ["late"] if late else [])
        if late:
            of.late.append(name)
        of.files(name, dict(solution, **({"answers.properties": "pinned = b\n"} if quiz else {})), zipped=i % 4 == 0)
    starter = of.read("labs/lab2/starter")
    for i in range(8):
        name = of.student(OBSERVED + GROW, OBSERVED + GROW)
        of.files(name, dict(starter, **{"grow.c": solution["grow.c"]}), zipped=i % 2 == 0)
    for _ in range(4):
        name = of.student(OBSERVED + LEAK + HIDDEN, OBSERVED + LEAK + HIDDEN)
        of.files(name, {"leak.c": solution["leak.c"]})


def wrong(of):
    worth = {"grow": GROW, "mallopt": MALLOPT, "leak": LEAK + HIDDEN, "trim": 0}
    for cheat in sorted((of.root / "src/test/resources/cheats/lab2").iterdir()):
        fakes = (cheat / "fakes.txt").read_text().split()
        most = ALL - sum(worth.get(fake, 0) for fake in fakes)
        crashes = cheat.name == "crash"
        of.files(of.student(OBSERVED, most, ["crashed"] if crashes else []), of.read(cheat.relative_to(of.root)))


def broken(of):
    nothing = OBSERVED
    for text in ["int main(void) { int *volatile p = 0; return *p; }", "#include <stdlib.h>\nint main(void) { abort(); }"]:
        of.files(of.student(nothing, nothing, ["crashed"]), {"grow.c": text})
    for text in ["int main(void) { for (;;) { } }", "#include <signal.h>\nint main(void) { signal(SIGTERM, SIG_IGN); for (;;) { } }"]:
        of.files(of.student(nothing, nothing, ["ended by a limit"]), {"grow.c": text})
    builds = of.root / "src/test/resources/sandbox/build"
    of.files(of.student(nothing, nothing, ["does not build"]), {"grow.c": "int main(void) { return nothing; }"})
    of.files(of.student(nothing, nothing, ["does not build"]), {"grow.c": (builds / "host_file_included.c").read_text()})
    of.files(of.student(nothing, nothing, []), {"grow.c": (builds / "giant_array.c").read_text()})
    of.files(of.student(nothing, nothing, ["tried what is denied"]), {"grow.c": (of.root / "src/test/resources/sandbox/run/traceme.c").read_text()})
    for attack in ["write_files", "read_files", "network", "kill_others", "daemon", "not_dumpable"]:
        text = (of.root / "src/test/resources/sandbox/run" / (attack + ".c")).read_text()
        of.files(of.student(nothing, nothing), {"grow.c": text})
    name = of.student(OBSERVED + GROW, OBSERVED + GROW, ["tried what is denied"])
    with zipfile.ZipFile(of.submissions / (name + ".zip"), "w") as archive:
        archive.writestr("../escaped.c", "int escaped;")
        archive.writestr("Makefile", "all:\n\ttouch /tmp/made\n")
        archive.writestr("grow.c", of.read("src/test/resources/solutions/lab2")["grow.c"] + "/* climbs */\n")
    (of.submissions / of.student(0, 0, ["could not be graded"])).mkdir()


def copied(of, report):
    solution = of.read("src/test/resources/solutions/lab2")
    for name in [of.student(ALL, ALL, ["same file as another"]) for _ in range(2)]:
        home = of.submissions / name
        home.mkdir()
        for file, text in solution.items():
            (home / file).write_text(text)
    page = report.read_text() if report else ""
    for i in range(2):
        name = of.student(ALL, ALL, ["same addresses as another"])
        if page:
            (of.submissions / (name + "-lab2.html")).write_text(page + "<!-- %d -->\n" % i)
    name = of.student(ALL, ALL, ["differs from the report"])
    if page:
        (of.submissions / (name + "-lab2.html")).write_text(edited(page))
    name = of.student(0, 0, ["damaged"])
    if page:
        (of.submissions / (name + "-lab2.html")).write_text(re.sub(r'(data-sha256=")[0-9a-f]{8}', r"\g<1>00000000", page))


def edited(page):
    """All points claimed, other addresses, and the hash of that: it tells damage, not forgery."""
    tag = re.search(r'<script [^>]*id="evidence"[^>]*>', page)
    end = page.index("</script>", tag.end())
    text = ""
    folded = gzip.decompress(base64.b64decode(page[tag.end():end])).decode()
    for number, line in enumerate(folded.split("\n")):
        if number % 2:
            start, length = map(int, line.split(","))
            text += text[start:start + length]
        else:
            text += line
    evidence = json.loads(text)
    for check in evidence["checks"]:
        check["earned"] = check["points"]
    evidence["score"]["earned"] = evidence["score"]["max"]
    text = json.dumps(evidence, separators=(",", ":"))
    head = re.sub(r'data-sha256="[0-9a-f]+"', 'data-sha256="%s"' % hashlib.sha256(text.encode()).hexdigest(), tag.group())
    packed = base64.b64encode(gzip.compress(text.encode())).decode()
    return page[:tag.start()] + head + packed + page[end:]


def make(root, folder, report):
    of = Class(root, folder)
    if of.submissions.exists():
        shutil.rmtree(of.submissions)
    of.submissions.mkdir(parents=True)
    honest(of)
    wrong(of)
    broken(of)
    copied(of, report)
    of.files(of.student(OBSERVED, OBSERVED, ["not on the roster"], listed=False), of.read("labs/lab2/starter"))
    for _ in range(len(of.expected), 60):
        of.student(0, 0, ["nothing handed in"])
    with open(folder / "roster.csv", "w") as out:
        out.write("id,name\n" + "".join("%s,Student %s\n" % (name, name[1:]) for name in of.students))
    with open(folder / "submitted.csv", "w") as out:
        out.write("id,submitted\n")
        for name in of.students:
            out.write("%s,2026-11-2%dT12:00:00+01:00\n" % (name, 2 if name in of.late else 1))
    with open(folder / "expected.csv", "w", newline="") as out:
        csv.writer(out).writerows([["id", "least", "most", "flags"]] + of.expected)
    print("%d in the class, %d submissions" % (len(of.expected), len(list(of.submissions.iterdir()))))


def check(folder, graded):
    with open(graded / "gradebook.csv", newline="") as file:
        book = {row["id"]: row for row in csv.DictReader(file)}
    wrongs = []
    with open(folder / "expected.csv", newline="") as file:
        for due in csv.DictReader(file):
            row = book.get(due["id"]) or next((row for id, row in book.items() if id.startswith(due["id"])), None)
            if row is None:
                wrongs.append(due["id"] + " is not in the gradebook")
                continue
            points = float(row["points"])
            if not float(due["least"]) - 0.01 <= points <= float(due["most"]) + 0.01:
                wrongs.append("%s has %s points, and %s to %s are due (%s)" % (due["id"], points, due["least"], due["most"], row["flags"][:300]))
            for flag in filter(None, due["flags"].split("|")):
                if flag + ": " not in row["flags"]:
                    wrongs.append("%s is not flagged \"%s\", but: %s" % (due["id"], flag, row["flags"][:300]))
    print("\n".join(wrongs) or "each of %d got what is due" % len(book))
    return 1 if wrongs else 0


if __name__ == "__main__":
    words = [pathlib.Path(word) for word in sys.argv[2:]]
    if sys.argv[1:2] == ["make"] and len(words) in (2, 3):
        make(words[0], words[1], words[2] if len(words) == 3 else None)
    elif sys.argv[1:2] == ["check"] and len(words) == 2:
        sys.exit(check(*words))
    else:
        sys.exit(__doc__)
