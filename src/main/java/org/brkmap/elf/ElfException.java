package org.brkmap.elf;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is no ELF file, or a damaged one. The message names the file and what is wrong with it. */
public final class ElfException extends IOException {
    private static final long serialVersionUID = 1L;

    ElfException(Path file, String problem) {
        super("cannot read " + file + " as ELF: " + problem);
    }

    ElfException(Path file, IOException cause) {
        super("cannot read " + file + " as ELF: " + cause, cause);
    }
}
