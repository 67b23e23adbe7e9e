#!/bin/sh
# cli-samples: runs every command that docs/CLI.md shows, and puts what it says now in the place of what it said.
# In a block that begins with ```console a row that begins with "$ " is a command, and what follows is its output.
# Progress in the labs is put aside meanwhile. From the top of a checkout: make cli-samples
set -eu

make -s samples
./brkmap --version >/dev/null
page=docs/CLI.md
new=$(mktemp)
kept=$(mktemp -d)
[ ! -d .brkmap ] || mv .brkmap "$kept/"
trap 'rm -rf "$new" .brkmap; [ ! -d "$kept/.brkmap" ] || mv "$kept/.brkmap" .; rmdir "$kept"' EXIT
export LC_ALL=C.UTF-8

awk '
    /^```/ { shown = ($0 == "```console"); print; next }
    shown && /^\$ / {
        print
        fflush()
        command = substr($0, 3)
        while ((("{ " command "; } 2>&1 </dev/null") | getline line) > 0) {
            sub(/\r$/, "", line) # CSV ends its rows with both
            print line
        }
        close("{ " command "; } 2>&1 </dev/null")
        next
    }
    !shown { print }
' "$page" >"$new"
cat "$new" >"$page"
