#!/usr/bin/env bash
# Runs labs again and again, untouched and solved, in settings that must not matter, while other programs take the processors
# from them; prints a table, and fails if a verdict is ever another one.
#
#   src/test/sh/soak.sh RUNS LAB...      RUNS runs of each lab and state, shared out among the settings
#
# "not checked" for want of something that a setting takes away (no ASLR, for instance) is not another verdict.
set -euo pipefail
cd "$(dirname "$0")/../../.."

runs=${1:-50}
shift || true
labs=("$@")
if [ ${#labs[@]} = 0 ]; then
    labs=(labs/lab[0-9]*/)
    labs=("${labs[@]#labs/}")
    labs=("${labs[@]%/}")
fi

work=$(mktemp -d)
burners=()
finish() {
    local pid
    for pid in "${burners[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

# Takes a processor for a random while, leaves it for another, and so on.
burn() {
    while :; do
        timeout "0.$((RANDOM % 9 + 1))" sh -c 'while :; do :; done' || true
        sleep "0.$((RANDOM % 9 + 1))"
    done
}

plain() { env LC_ALL=C.UTF-8 "$@"; }
ascii() { env LC_ALL=C "$@"; }
turkish() { env LC_ALL=C.UTF-8 JAVA_TOOL_OPTIONS="-Duser.language=tr -Duser.country=TR" "$@"; }
terminal() { env TERM=xterm LC_ALL=C.UTF-8 script -qec "$(printf '%q ' "$@")" /dev/null </dev/null | tr -d '\r'; }
no_aslr() { setarch -R "$@"; }
unlimited() { (ulimit -s unlimited 2>/dev/null || true; "$@"); }
settings=(plain ascii turkish terminal no_aslr unlimited)

./brkmap lab list >/dev/null
for _ in $(seq "$(nproc)"); do
    burn 2>/dev/null &
    burners+=("$!")
done

each=$(((runs + ${#settings[@]} - 1) / ${#settings[@]}))
for lab in "${labs[@]}"; do
    for setting in "${settings[@]}"; do
        echo "soak: $lab, $setting: $each runs as it is given out, and $each solved" >&2
        # What does not look like a verdict is a complaint, and is shown.
        "$setting" ./brkmap lab verify --times "$each" "$lab" 2>"$work/err" >"$work/out" || {
            cat "$work/err" "$work/out" >&2
            echo "soak: $lab could not be run in the setting $setting" >&2
            exit 1
        }
        awk -F '\t' -v setting="$setting" -v OFS='\t' 'NF == 6 { print setting, $0 }' "$work/out" >>"$work/verdicts"
    done
done

# setting lab state run check status points
awk -F '\t' '
    {
        run = $2 FS $3 FS $1
        if (!(run in seen)) { seen[run] = 1; order[++n] = run }
        if ($4 > runs[run]) runs[run] = $4
        points[run, $4] += $7
        check = $2 FS $3 FS $5
        if ($6 == "not checked") { unchecked[run]++; next }
        verdict = $6 " with " $7
        if (!(check in first)) first[check] = verdict
        if (first[check] != verdict) {
            others[run]++
            wrong[++w] = sprintf("%s %s, %s: %s in run %d of %s, and %s before", $2, $3, $5, verdict, $4, $1, first[check])
        }
        if ($6 == "failed") {
            failed[run]++
            if (first[check] == verdict) wrong[++w] = sprintf("%s %s, %s: failed in run %d of %s", $2, $3, $5, $4, $1)
        }
    }
    END {
        printf "%-6s %-9s %-10s %5s  %-9s %7s %7s %12s\n", "lab", "state", "setting", "runs", "points", "failed", "other", "not checked"
        for (i = 1; i <= n; i++) {
            run = order[i]
            split(run, part, FS)
            least = most = points[run, 1]
            for (r = 1; r <= runs[run]; r++) {
                if (points[run, r] < least) least = points[run, r]
                if (points[run, r] > most) most = points[run, r]
            }
            printf "%-6s %-9s %-10s %5d  %-9s %7d %7d %12d\n", part[1], part[2], part[3], runs[run],
                least == most ? least : least " to " most, failed[run], others[run], unchecked[run]
        }
        for (i = 1; i <= w; i++) print wrong[i]
        print n == 0 ? "nothing was run" : w == 0 ? "the same verdicts in every run" : w " verdicts were other ones"
        exit n == 0 || w > 0
    }' "$work/verdicts"
