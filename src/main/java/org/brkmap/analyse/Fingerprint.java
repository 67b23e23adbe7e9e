package org.brkmap.analyse;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * What an address space looks like without its addresses: two runs of one program under ASLR have equal fingerprints at the
 * same checkpoint. One line an interval, from low to high: role, permissions, size in bytes, file and offset in it, and
 * {@code +} where it begins at the end of the one before and belongs to the same thing. The size of the stack is left out: the
 * kernel places the first frame at random inside a few pages. So are the kernel's own pages, the probe, and how far different
 * things lie apart, which ASLR and alignment decide. Immutable.
 */
public record Fingerprint(List<String> lines) {
    public Fingerprint {
        lines = List.copyOf(lines);
    }

    /** The fingerprint of a snapshot whose mappings have roles. */
    public static Fingerprint of(Snapshot snapshot) {
        List<String> lines = new ArrayList<>();
        Mapping below = null;
        for (Mapping interval : Intervals.join(snapshot.mappings())) {
            Role role = interval.role();
            boolean kernel = role == Role.VVAR || role == Role.VDSO;
            if (role.isCounted() && !kernel) {
                lines.add(line(below, interval));
            }
            below = interval;
        }
        return new Fingerprint(lines);
    }

    private static String line(@Nullable Mapping below, Mapping interval) {
        String name = interval.backing().name();
        boolean file = interval.backing().isFile();
        return (below != null && below.range().end() == interval.range().start() && isOneThing(below, interval)
                        ? "+ "
                        : "  ")
                + interval.role().title()
                + " "
                + interval.permissions()
                + (interval.role() == Role.STACK ? "" : " " + interval.size())
                + (file
                        ? " " + name.substring(name.lastIndexOf('/') + 1) + "@"
                                + interval.backing().offset()
                        : "");
    }

    private static boolean isOneThing(Mapping below, Mapping interval) {
        Role one = below.role();
        Role other = interval.role();
        boolean zerosOfLibrary =
                one.isLibrary() && other.isLibrary() && !interval.backing().isFile();
        boolean sameProgram = one.isProgram() && other.isProgram();
        boolean guarded = one == Role.STACK_GUARD && other == Role.THREAD_STACK;
        return one == other
                || zerosOfLibrary
                || sameProgram
                || guarded
                || below.backing().sameFile(interval.backing());
    }
}
