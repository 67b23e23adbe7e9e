package org.brkmap.procfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.brkmap.procfs.ProcException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The auxiliary vector of a process (getauxval(3)): what the kernel told it when it started. Null where there is no such entry.
 * Immutable.
 *
 * @param wordSize 8 for a 64-bit program, 4 for a 32-bit one
 * @param programHeaders AT_PHDR: address of its ELF program headers
 * @param programHeaderSize AT_PHENT: bytes of one of them
 * @param programHeaderCount AT_PHNUM
 * @param pageSize AT_PAGESZ, in bytes
 * @param loaderBase AT_BASE: where the dynamic loader was mapped; 0 for a static program
 * @param entry AT_ENTRY: address of its first instruction
 * @param clockTicks AT_CLKTCK: ticks a second in the times of stat
 * @param secure AT_SECURE: not 0 for a program with borrowed rights
 * @param random AT_RANDOM: address of 16 random bytes
 * @param executableName AT_EXECFN: address of the path given to execve
 * @param vdso AT_SYSINFO_EHDR: address of the vdso
 */
public record Auxv(
        int wordSize,
        @Nullable Long programHeaders,
        @Nullable Long programHeaderSize,
        @Nullable Long programHeaderCount,
        @Nullable Long pageSize,
        @Nullable Long loaderBase,
        @Nullable Long entry,
        @Nullable Long clockTicks,
        @Nullable Long secure,
        @Nullable Long random,
        @Nullable Long executableName,
        @Nullable Long vdso) {

    /** No key of the kernel's is larger; a 32-bit vector read as a 64-bit one has larger ones. */
    private static final long LARGEST_KEY = 0xffff;

    /**
     * Reads a vector of either word size.
     *
     * @param order the byte order of the machine that wrote it
     */
    static Auxv parse(byte[] bytes, ByteOrder order, String source) throws ProcException {
        for (int wordSize = 8; wordSize >= 4; wordSize -= 4) {
            Map<Long, Long> entries = entries(ByteBuffer.wrap(bytes).order(order), wordSize);
            if (entries != null) {
                return of(wordSize, entries);
            }
        }
        throw new ProcException(
                Kind.MALFORMED,
                source + " is cut or malformed: expected pairs of words up to AT_NULL in its " + bytes.length
                        + " bytes. If the kernel itself wrote this, report it with `uname -r`.");
    }

    private static @Nullable Map<Long, Long> entries(ByteBuffer words, int wordSize) {
        Map<Long, Long> entries = new HashMap<>();
        while (words.remaining() >= 2 * wordSize) {
            long key = word(words, wordSize);
            long value = word(words, wordSize);
            if (key == 0) {
                return entries;
            }
            if (Long.compareUnsigned(key, LARGEST_KEY) > 0) {
                return null;
            }
            entries.put(key, value);
        }
        return null;
    }

    private static long word(ByteBuffer words, int wordSize) {
        return wordSize == 8 ? words.getLong() : Integer.toUnsignedLong(words.getInt());
    }

    private static Auxv of(int wordSize, Map<Long, Long> entries) {
        return new Auxv(
                wordSize,
                entries.get(3L),
                entries.get(4L),
                entries.get(5L),
                entries.get(6L),
                entries.get(7L),
                entries.get(9L),
                entries.get(17L),
                entries.get(23L),
                entries.get(25L),
                entries.get(31L),
                entries.get(33L));
    }
}
