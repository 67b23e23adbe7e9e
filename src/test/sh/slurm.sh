#!/usr/bin/env bash
# Grades a small class as a Slurm job array on this machine, as root: starts munged, slurmctld and slurmd on the loopback, runs
# the parts, cancels them in the middle, runs them again, and compares the results with those of a single run, byte for byte.
# The daemons are ended by their numbers. Needs slurmctld, slurmd and munge of Debian's packages.
#
#   slurm.sh [SUBMISSIONS ROSTER LAB [PARTS]]     (without: lab 2's solution, and its cheats)
#
# SINGLE names a finished single run to compare with; without, one is made. OPTIONS are further options of grade rerun.
set -euo pipefail
[ $# -eq 0 ] || [ $# -ge 3 ] || { sed -n '2,8p' "$0"; exit 2; }
[ "$(id -u)" = 0 ] || { echo "slurm.sh: slurmd is started as root; left out"; exit 0; }
for tool in munged slurmctld slurmd sbatch; do
    PATH=$PATH:/usr/sbin command -v $tool >/dev/null || { echo "slurm.sh: $tool is not installed; left out"; exit 0; }
done
export PATH=$PATH:/usr/sbin
dir=$(mktemp -d /tmp/brkmap-slurm-XXXXXX)
lab=${3:-lab2}
parts=${4:-8}
if [ $# -gt 0 ]; then
    submissions=$(realpath "$1")
    roster=$(realpath "$2")
fi
single=${SINGLE:+$(realpath "$SINGLE")}
cd "$(dirname "$0")/../../.."
export BRKMAP=${BRKMAP:-$PWD/brkmap}
if [ $# -eq 0 ]; then
    submissions=$dir/class
    roster=$dir/roster.csv
    echo id >"$roster"
    for work in src/test/resources/solutions/lab2 src/test/resources/cheats/lab2/*; do
        student=$(basename "$work")
        echo "$student" >>"$roster"
        mkdir -p "$submissions/$student"
        cp "$work"/*.c "$submissions/$student/"
    done
fi
daemons=()

clean() {
    local pid
    for pid in "${daemons[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${daemons[@]}"; do wait "$pid" 2>/dev/null || true; done
    rm -rf "$dir"
}
trap clean EXIT

await() { # what, then a command that succeeds once it is there
    local what=$1 until=$((SECONDS + 120))
    shift
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $until ] || { echo "slurm.sh: no $what within two minutes"; tail -5 "$dir"/*.log; exit 1; }
        sleep 0.2
    done
}

if [ -z "$single" ]; then
    echo "== one run"
    single=$dir/single
    # shellcheck disable=SC2086 # OPTIONS are words
    "$BRKMAP" grade rerun "$submissions" --roster "$roster" --lab "$lab" --out "$single" ${OPTIONS:-}
fi

echo "== munge and slurm, on 127.0.0.1"
mkdir -p "$dir/state" "$dir/spool"
chmod 755 "$dir"
dd if=/dev/urandom of="$dir/munge.key" bs=1024 count=1 status=none
chmod 400 "$dir/munge.key"
munged --foreground --force --key-file="$dir/munge.key" --socket="$dir/munge.socket" --pid-file="$dir/munge.pid" \
    --log-file="$dir/munge.log" --seed-file="$dir/munge.seed" 2>"$dir/munged.log" &
daemons+=($!)
await munge munge --socket="$dir/munge.socket" --no-input
sed -e "s#@DIR@#$dir#g" -e "s#@HOST@#$(hostname -s)#g" -e "s#@USER@#root#g" -e "s#@CPUS@#$(nproc)#g" \
    -e "s#@CTLPORT@#$((20000 + $$ % 10000))#" -e "s#@DPORT@#$((30001 + $$ % 10000))#" \
    src/deploy/slurm/slurm.conf.in >"$dir/slurm.conf"
export SLURM_CONF=$dir/slurm.conf
slurmctld -D -c >"$dir/ctl.log" 2>&1 &
daemons+=($!)
await slurmctld scontrol ping
slurmd -D -N "$(hostname -s)" >"$dir/d.log" 2>&1 &
daemons+=($!)
await "node that is idle" sh -c 'sinfo -h -o %T | grep -qx idle'

submit() {
    sbatch --parsable --array="1-$parts" --output="$dir/part-%a.log" \
        --export="ALL,SUBMISSIONS=$submissions,ROSTER=$roster,OUT=$dir/array,OPTIONS=--lab $lab ${OPTIONS:-}" \
        src/deploy/slurm/grade.sbatch
}
results() { find "$dir/array/results" -name '*.json' 2>/dev/null | wc -l; }
is_over() { [ -z "$(squeue -h -j "$1")" ] || [ -z "$(squeue -h -j "$1" -t PD,R,CG)" ]; }

echo "== $parts parts, cancelled after the first result"
job=$(submit)
await "first result" sh -c "ls $dir/array/results/*.json"
scancel "$job"
until is_over "$job"; do sleep 0.2; done
echo "$(results) results were kept"

echo "== resumed"
job=$(submit)
until is_over "$job"; do sleep 1; done
grep -h "(kept)" "$dir"/part-*.log | wc -l | sed 's/$/ were not made again/'

echo "== the same as the single run?"
"$BRKMAP" grade merge "$dir/array" >/dev/null
# Pages that runs made hold their addresses, and times are of this run alone.
diff -r -x reports -x times -x slowest.html "$single" "$dir/array"
echo "byte for byte: $(results) results, gradebook and feedback"
