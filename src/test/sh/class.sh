#!/usr/bin/env bash
# Grades a made-up class of 60 by the documented commands: twice on this machine, by GNU parallel, and as a Slurm job array that is
# cancelled in the middle. Looks whether each gets what is due, whether all gradebooks are the same bytes, and prints the table and
# the times. Slurm and parallel are left out where they are not installed, or, for slurmd, by another than root.
#
#   class.sh [FOLDER]     where it is all left (without: a temporary folder, removed at the end)
set -euo pipefail
cd "$(dirname "$0")/../../.."
export BRKMAP=${BRKMAP:-$PWD/brkmap}
if [ $# -gt 0 ]; then
    mkdir -p "$1"
    dir=$(realpath "$1")
else
    dir=$(mktemp -d /tmp/brkmap-class-XXXXXX)
    trap 'rm -rf "$dir"' EXIT
fi
chmod 755 "$dir"
made=src/test/py/made_up_class.py
course=src/test/resources/course/course.properties
export OPTIONS="--course $PWD/$course --submitted $dir/class/submitted.csv"

timed() { # what, then a command
    local what=$1 began=$SECONDS
    shift
    "$@"
    echo "== $what: $((SECONDS - began)) s"
}

rerun() { # output
    # shellcheck disable=SC2086 # OPTIONS are words
    "$BRKMAP" grade rerun "$dir/class/submissions" --roster "$dir/class/roster.csv" --lab lab2 --out "$1" $OPTIONS 2>&1 |
        tee "$1.log" | tail -n 3
}

same() { # output
    diff -r -x reports -x times -x slowest.html "$dir/once" "$1"
    echo "byte for byte the same: results, gradebook and feedback"
}

echo "== a report of the solution, for those who copy and edit"
mkdir -p "$dir/first/class/right" "$dir/class"
cp src/test/resources/solutions/lab2/*.c "$dir/first/class/right/"
printf 'id\nright\n' >"$dir/first/roster.csv"
rm -rf "$dir/first/graded"
"$BRKMAP" grade rerun "$dir/first/class" --roster "$dir/first/roster.csv" --lab lab2 --out "$dir/first/graded" 2>&1 | tail -n 1
python3 $made make . "$dir/class" "$dir"/first/graded/reports/*.html
rm -rf "$dir/once" "$dir/twice" "$dir/parallel"

timed "graded once" rerun "$dir/once"
python3 $made check "$dir/class" "$dir/once"
timed "graded again" rerun "$dir/twice"
same "$dir/twice"

if command -v parallel >/dev/null; then
    # shellcheck disable=SC2086 # OPTIONS are words
    timed "graded by GNU parallel in 8 parts" env SUBMISSIONS="$dir/class/submissions" ROSTER="$dir/class/roster.csv" \
        OUT="$dir/parallel" PARTS=8 JOBS="$(nproc)" src/deploy/parallel/grade.sh --lab lab2 $OPTIONS 2>&1 | tail -n 1
    "$BRKMAP" grade merge "$dir/parallel" >/dev/null
    rm -f "$dir/parallel/parts.log"
    same "$dir/parallel"
fi
SINGLE=$dir/once timed "graded by Slurm in 8 parts, cancelled and resumed" \
    src/test/sh/slurm.sh "$dir/class/submissions" "$dir/class/roster.csv" lab2 8

echo "== the gradebook"
cat "$dir/once/summary.md"
