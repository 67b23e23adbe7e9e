package org.brkmap.model;

import org.jspecify.annotations.Nullable;

/**
 * Where the kernel put a process's parts: fields of {@code mm_struct} as {@code /proc/PID/stat} shows them
 * (proc_pid_stat(5)) and entries of the auxiliary vector (getauxval(3)). Addresses; null where the kernel does not say.
 * Immutable.
 *
 * @param executable the path behind {@code /proc/PID/exe}, or null where it cannot be read
 * @param startBrk where the heap begins, the lowest the program break can be
 * @param programHeaders AT_PHDR: the program's ELF program headers in memory
 * @param entry AT_ENTRY: the program's first instruction
 * @param loaderBase AT_BASE: where the dynamic loader was mapped; 0 for a static program
 * @param vdso AT_SYSINFO_EHDR: the ELF header of the vdso
 */
public record ProcessLayout(
        @Nullable String executable,
        @Nullable Long startCode,
        @Nullable Long endCode,
        @Nullable Long startData,
        @Nullable Long endData,
        @Nullable Long startBrk,
        @Nullable Long startStack,
        @Nullable Long argStart,
        @Nullable Long argEnd,
        @Nullable Long envStart,
        @Nullable Long envEnd,
        @Nullable Long programHeaders,
        @Nullable Long entry,
        @Nullable Long loaderBase,
        @Nullable Long vdso) {

    /** The same without the path of the executable. */
    public ProcessLayout withoutExecutable() {
        return new ProcessLayout(
                null,
                startCode,
                endCode,
                startData,
                endData,
                startBrk,
                startStack,
                argStart,
                argEnd,
                envStart,
                envEnd,
                programHeaders,
                entry,
                loaderBase,
                vdso);
    }
}
