package org.brkmap.libc;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How file names and arguments are bytes: the JVM's choice by the locale, so that both sides mean the same file. */
final class NativeNames {
    static final Charset CHARSET = charset();

    private NativeNames() {}

    private static Charset charset() {
        String name = System.getProperty("sun.jnu.encoding");
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    }
}
