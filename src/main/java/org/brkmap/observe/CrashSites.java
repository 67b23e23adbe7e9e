package org.brkmap.observe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.brkmap.libc.RemoteMemory;
import org.brkmap.model.Backing;
import org.brkmap.model.Mapping;
import org.brkmap.procfs.ProcFs;
import org.jspecify.annotations.Nullable;

/**
 * Finds the place in the program behind a fatal signal, for a library that aborts says little to a student.
 *
 * <p>It is the instruction itself, if that is the program's. Else the probe may know which call the thread was in: free of a
 * bad pointer, abort, a failed assertion. Else it is a guess: the first word up the stack that is an address of the program's
 * code right after a call. Mostly that is the innermost frame of the program; it may be a leftover of an earlier call, in a
 * place that a library's frame has not written yet.
 */
final class CrashSites {
    private static final int WORD = 8;
    private static final int CHUNK = 4096;
    private static final int MOST_STACK = 64 * CHUNK;
    private static final int LONGEST_CALL = 7;

    private final RemoteMemory memory;
    private final int tid;
    private final List<Mapping> code;

    private CrashSites(RemoteMemory memory, int tid, List<Mapping> code) {
        this.memory = memory;
        this.tid = tid;
        this.code = code;
    }

    /** An address within the instruction: of a call, its last byte. Where nothing better is known, the signal's own place. */
    static long find(ProcFs proc, RemoteMemory memory, @Nullable ProbeMemory probe, Task task) {
        CrashSites sites = new CrashSites(memory, task.tid, codeOf(proc, task.tid));
        if (sites.isCode(task.faultInstruction)) {
            return task.faultInstruction;
        }
        long called = probe == null ? 0 : probe.siteOf(task.tid);
        long found = sites.isCode(called) ? called : sites.onStack(task.faultStack);
        return found == 0 ? task.faultInstruction : found - 1;
    }

    private static List<Mapping> codeOf(ProcFs proc, int tid) {
        try {
            Long entry = proc.layout(tid).entry();
            List<Mapping> mappings = proc.maps(tid);
            Backing program = mappings.stream()
                    .filter(mapping -> entry != null && mapping.range().contains(entry))
                    .findFirst()
                    .map(Mapping::backing)
                    .orElse(null);
            return mappings.stream()
                    .filter(mapping -> program != null
                            && mapping.permissions().execute()
                            && mapping.backing().sameFile(program))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private boolean isCode(long address) {
        return code.stream().anyMatch(mapping -> mapping.range().contains(address));
    }

    private long onStack(long stackPointer) {
        long end = stackPointer + MOST_STACK;
        for (long at = stackPointer & -WORD; Long.compareUnsigned(at, end) < 0; at += CHUNK) {
            ByteBuffer words = memory.read(tid, at, CHUNK);
            long[] copied = new long[words.limit() / WORD];
            words.asLongBuffer().get(copied);
            for (long word : copied) {
                if (isCode(word) && followsCall(word)) {
                    return word;
                }
            }
            if (copied.length < CHUNK / WORD) {
                return 0;
            }
        }
        return 0;
    }

    private boolean followsCall(long address) {
        ByteBuffer before = memory.read(tid, address - LONGEST_CALL, LONGEST_CALL);
        if (before.limit() < LONGEST_CALL) {
            return false;
        }
        if (Architecture.NATIVE == Architecture.AARCH64) {
            int instruction = before.getInt(LONGEST_CALL - 4);
            boolean direct = (instruction & 0xfc000000) == 0x94000000; // BL
            return direct || (instruction & 0xfffffc1f) == 0xd63f0000; // BLR
        }
        return (before.get(LONGEST_CALL - 5) & 0xff) == 0xe8
                || callsThrough(before, 2)
                || callsThrough(before, 3)
                || callsThrough(before, 6)
                || callsThrough(before, 7);
    }

    /** Opcode FF with 2 in the middle of the byte behind it: a call through a register or through memory. */
    private static boolean callsThrough(ByteBuffer before, int length) {
        int at = LONGEST_CALL - length;
        return (before.get(at) & 0xff) == 0xff && (before.get(at + 1) >> 3 & 7) == 2;
    }
}
