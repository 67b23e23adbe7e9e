package org.brkmap.lab;

import java.util.List;
import java.util.function.Predicate;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.model.Usage;

/** How checks read numbers off an address space; what they assert is in {@link org.brkmap.check.MemoryAssertions}. */
public final class Space {
    private Space() {}

    /**
     * The first snapshot whose label begins so.
     *
     * @throws AssertionError if the program never stopped there
     */
    public static Snapshot at(Analysis run, String label) {
        return all(run, label).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("the program never stopped at \"" + label + "\""));
    }

    /** All snapshots whose label begins so, in order. */
    public static List<Snapshot> all(Analysis run, String label) {
        return run.observation().snapshots().stream()
                .filter(snapshot -> snapshot.label().startsWith(label))
                .toList();
    }

    /** The rows whose role is wanted, from low addresses to high. */
    public static List<Mapping> rows(Snapshot snapshot, Predicate<Role> wanted) {
        return snapshot.mappings().stream()
                .filter(row -> wanted.test(row.role()))
                .toList();
    }

    /** Bytes mapped by the rows of this role. */
    public static long bytes(Snapshot snapshot, Role role) {
        return bytes(snapshot, other -> other == role);
    }

    /** Bytes mapped by the rows whose role is wanted. */
    public static long bytes(Snapshot snapshot, Predicate<Role> wanted) {
        return rows(snapshot, wanted).stream().mapToLong(Mapping::size).sum();
    }

    /**
     * Bytes of memory that the process has written to and that belong to it alone, in the rows whose role is wanted.
     *
     * @throws AssertionError if smaps does not say
     */
    public static long anonymous(Snapshot snapshot, Predicate<Role> wanted) {
        long sum = 0;
        for (Mapping row : rows(snapshot, wanted)) {
            Usage usage = row.usage();
            Long anonymous = usage == null ? null : usage.anonymous();
            if (anonymous == null) {
                throw new AssertionError("smaps does not say how much of " + row.range() + " is the process's own");
            }
            sum += anonymous;
        }
        return sum;
    }
}
