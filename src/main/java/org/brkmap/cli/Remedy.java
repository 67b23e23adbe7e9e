package org.brkmap.cli;

/** How a program is installed, by the package managers of Debian, Fedora, Arch and Alpine. */
final class Remedy {
    static final String GCC = "apt install gcc libc6-dev; dnf install gcc; pacman -S gcc; apk add gcc musl-dev";
    static final String PERF = "apt install linux-perf; dnf install perf; pacman -S perf; apk add perf";

    private Remedy() {}

    /** For a package that has one name everywhere. */
    static String of(String name) {
        return "apt install " + name + "; dnf install " + name + "; pacman -S " + name + "; apk add " + name;
    }
}
