#!/bin/sh
# A class graded in PARTS by GNU parallel; the same command again goes on where it was ended.
#
#   SUBMISSIONS=submissions ROSTER=roster.csv OUT=graded PARTS=8 src/deploy/parallel/grade.sh [OPTION of grade rerun]...
set -eu
mkdir -p "$OUT"
exec parallel --will-cite --joblog "$OUT/parts.log" --resume-failed --halt never -j "${JOBS:-2}" \
    "${BRKMAP:-./brkmap}" grade rerun "$SUBMISSIONS" --roster "$ROSTER" --out "$OUT" --resume \
    --shard "{}/$PARTS" --jobs 1 "$@" ::: $(seq "$PARTS")
