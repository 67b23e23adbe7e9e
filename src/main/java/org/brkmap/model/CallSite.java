package org.brkmap.model;

import org.jspecify.annotations.Nullable;

/**
 * A place in a program's code. Immutable.
 *
 * @param address the virtual address at run time: of a call, its return address
 * @param module path of the ELF file it lies in, or null if not known
 * @param offset byte offset in that file, or null
 * @param function name of the function, or null if the file has no symbol for it
 * @param file source file as the debug information names it, or null without debug information
 * @param line line number from 1, or null
 */
public record CallSite(
        long address,
        @Nullable String module,
        @Nullable Long offset,
        @Nullable String function,
        @Nullable String file,
        @Nullable Integer line) {

    /** A place of which only the address is known so far. */
    public static CallSite at(long address) {
        return new CallSite(address, null, null, null, null, null);
    }

    /** {@code alloc_size.c:31}, or the function, or the bare address: the best name there is. */
    public String describe() {
        if (file != null && line != null) {
            return file.substring(file.lastIndexOf('/') + 1) + ":" + line;
        }
        return function != null ? function + "()" : AddressRange.hex(address);
    }
}
