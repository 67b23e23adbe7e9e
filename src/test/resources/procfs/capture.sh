#!/bin/sh
# Captures one stopped process as a fixture: ./capture.sh FOLDER COMMAND...   (writes FOLDER/PID/* and FOLDER/README.md)
set -eu
folder=$1
shift
"$@" >/dev/null &
pid=$!
trap 'kill -9 $pid 2>/dev/null' EXIT
sleep 2
kill -STOP $pid
until grep -q '^State:.T' /proc/$pid/status; do :; done
mkdir -p "$folder/$pid/task/$pid"
for file in maps smaps smaps_rollup stat status io syscall; do
  cat /proc/$pid/$file >"$folder/$pid/$file"
done
for file in comm syscall wchan; do
  cat /proc/$pid/task/$pid/$file >"$folder/$pid/task/$pid/$file"
done
od -An -v -tx1 /proc/$pid/auxv >"$folder/$pid/auxv.hex"
libc=$(ldd --version 2>&1 | head -n 1)
cat >"$folder/README.md" <<TXT
Process $pid, captured by ../capture.sh while it was stopped; nothing was edited afterwards.

- command: \`$*\`
- kernel: $(uname -srm)
- libc: $libc
- page size: $(getconf PAGESIZE)
- as user $(id -u)
TXT
