package org.brkmap.grade;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.jspecify.annotations.Nullable;

/** Where ASLR put the parts of a report's runs. */
public final class Bases {
    /** Where Linux on x86-64 puts things when randomisation is off: the same for everybody. */
    private static final long FIXED_PROGRAM = 0x5555_5555_4000L;

    private static final long FIXED_STACK_END = 0x7fff_ffff_f000L;
    /** Programs without PIE lie below, where their link says. */
    private static final long PIE_ABOVE = 1L << 40;

    private Bases() {}

    /** The bases of the runs that were randomised. */
    public static List<AddressBases> of(LabDocument report) {
        List<AddressBases> bases = new ArrayList<>();
        for (RunDocument run : report.runs()) {
            Integer aslr = run.observation().host().aslr();
            Snapshot shown = fullest(run);
            if (aslr == null || aslr == 0 || shown == null) {
                continue;
            }
            Long program = null;
            Long libc = null;
            Long stack = null;
            for (Mapping mapping : shown.mappings()) {
                if (program == null && mapping.role().isProgram()) {
                    program = mapping.range().start();
                }
                if (libc == null && isLibc(mapping.backing().name())) {
                    libc = mapping.range().start();
                }
                if (mapping.role() == Role.STACK) {
                    stack = mapping.range().end();
                }
            }
            boolean isFixed =
                    (program != null && program == FIXED_PROGRAM) || (stack != null && stack == FIXED_STACK_END);
            if (!isFixed) {
                bases.add(new AddressBases(
                        run.name(), program != null && program < PIE_ABOVE ? null : program, libc, stack));
            }
        }
        return bases;
    }

    /** The first snapshot that has a C library, or else the last one. */
    private static @Nullable Snapshot fullest(RunDocument run) {
        Snapshot last = null;
        for (Snapshot snapshot : run.observation().snapshots()) {
            last = snapshot;
            if (snapshot.mappings().stream()
                    .anyMatch(mapping -> isLibc(mapping.backing().name()))) {
                return snapshot;
            }
        }
        return last;
    }

    private static boolean isLibc(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        return file.length() < name.length()
                && (file.startsWith("libc.so") || file.startsWith("libc-") || file.startsWith("ld-musl-"));
    }
}
