package org.brkmap.grade;

import org.jspecify.annotations.Nullable;

/**
 * Where ASLR put the parts of one run of the report that was handed in. Immutable.
 *
 * @param run what the report calls the run
 * @param program where the program's first mapping begins; null if it is not known or not randomised
 * @param libc where the C library begins; likewise
 * @param stack where the stack ends; likewise
 */
public record AddressBases(
        String run,
        @Nullable Long program,
        @Nullable Long libc,
        @Nullable Long stack) {}
