package org.brkmap.toolchain;

import java.io.IOException;
import java.util.Map;

/** A program that is not installed. The message says what it is needed for and how to install it. */
public final class MissingToolException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The package that holds a program: on Debian, Fedora, Arch and Alpine, in this order. */
    private record Packages(String apt, String dnf, String pacman, String apk) {}

    private static final Packages BINUTILS = new Packages("binutils", "binutils", "binutils", "binutils");

    private static final Map<String, Packages> PACKAGES = Map.ofEntries(
            Map.entry("gcc", new Packages("build-essential", "gcc", "base-devel", "build-base")),
            Map.entry("cc", new Packages("build-essential", "gcc", "base-devel", "build-base")),
            Map.entry("make", new Packages("make", "make", "make", "make")),
            Map.entry("addr2line", BINUTILS),
            Map.entry("nm", BINUTILS),
            Map.entry("readelf", BINUTILS),
            Map.entry("size", BINUTILS));

    private final String tool;

    MissingToolException(String tool, String purpose) {
        super(message(tool, purpose));
        this.tool = tool;
    }

    /** The program's name as it was looked for. */
    public String tool() {
        return tool;
    }

    private static String message(String tool, String purpose) {
        if (tool.indexOf('/') >= 0) {
            return tool + " is not an executable file; it is needed " + purpose + ". Check the path.";
        }
        Packages packages = PACKAGES.getOrDefault(tool, new Packages(tool, tool, tool, tool));
        return tool + " is not on the PATH; it is needed " + purpose + ". Install it with one of:\n"
                + "  apt install " + packages.apt + "      (Debian, Ubuntu)\n"
                + "  dnf install " + packages.dnf + "      (Fedora)\n"
                + "  pacman -S " + packages.pacman + "      (Arch)\n"
                + "  apk add " + packages.apk + "      (Alpine)";
    }
}
