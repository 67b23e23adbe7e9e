#!/bin/sh
# doctors: what ./brkmap doctor says on four kinds of machine, as docs/TROUBLESHOOTING.md shows it.
# As root, from the top of a built checkout: make doctors
set -u

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
gcc -I sample-c/common -o "$copy/deny-ptrace" src/test/c/deny-ptrace.c || exit 1

# Another user cannot read our home: what brkmap runs from is copied where all can.
mkdir "$copy/brkmap" "$copy/jars" "$copy/home"
cp -r brkmap pom.xml src "$copy/brkmap/"
mkdir "$copy/brkmap/target"
cp -r target/classes "$copy/brkmap/target/"
tr ':' '\n' <target/brkmap.classpath | xargs -I{} cp {} "$copy/jars/"
find "$copy/jars" -name '*.jar' | paste -sd: - | tr -d '\n' >"$copy/brkmap/target/brkmap.classpath"
touch "$copy/brkmap/target/brkmap.classpath"
chown -R 65534 "$copy/brkmap" "$copy/home"
chmod -R a+rX "$copy"

say() {
    printf '\n== %s\n\n' "$1"
    shift
    "$@" 2>&1
    echo "exit status $?"
}

say 'Here, as root' ./brkmap doctor
say 'As an unprivileged user' setpriv --reuid 65534 --regid 65534 --clear-groups \
    env HOME="$copy/home" "$copy/brkmap/brkmap" doctor
say 'Without user namespaces' unshare --user --map-root-user \
    sh -c 'echo 0 >/proc/sys/user/max_user_namespaces && exec ./brkmap doctor'
say 'Under a filter that refuses ptrace' "$copy/deny-ptrace" ptrace,readv ./brkmap doctor
