package lab1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Backing;
import org.brkmap.model.Mapping;
import org.brkmap.model.ProcessLayout;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;

/** How the checks of this lab read an address space. */
final class Maps {
    private Maps() {}

    /** The first snapshot whose label begins so. */
    static Snapshot at(Analysis run, String label) {
        return run.observation().snapshots().stream()
                .filter(snapshot -> snapshot.label().startsWith(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the program never stopped at \"" + label + "\""));
    }

    static List<Mapping> rows(Snapshot snapshot, Predicate<Role> wanted) {
        return snapshot.mappings().stream()
                .filter(row -> wanted.test(row.role()))
                .toList();
    }

    static List<Mapping> rows(Snapshot snapshot, Role role) {
        return rows(snapshot, other -> other == role);
    }

    /** The first row of a role; without one the check fails. */
    static Mapping row(Snapshot snapshot, Role role) {
        return rows(snapshot, role).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + role.title() + " in this map"));
    }

    static long bytes(List<Mapping> rows) {
        return rows.stream().mapToLong(Mapping::size).sum();
    }

    /** Ranges with neighbours joined, in order of address. */
    static List<AddressRange> joined(List<AddressRange> ranges) {
        List<AddressRange> joined = new ArrayList<>();
        for (AddressRange range : ranges.stream().sorted().toList()) {
            int last = joined.size() - 1;
            if (last >= 0 && joined.get(last).end() == range.start()) {
                joined.set(last, new AddressRange(joined.get(last).start(), range.end()));
            } else if (!range.isEmpty()) {
                joined.add(range);
            }
        }
        return joined;
    }

    /** Where the kernel put the parts; without that the check fails. */
    static ProcessLayout layout(Snapshot snapshot) {
        return Objects.requireNonNull(snapshot.layout(), "the kernel does not say where it put the program's parts");
    }

    /** From the end of the program's highest row to the start of the heap. */
    static long gapBeforeHeap(Snapshot snapshot) {
        List<Mapping> program = rows(snapshot, Role::isProgram);
        long end = program.get(program.size() - 1).range().end();
        return row(snapshot, Role.HEAP).range().start() - end;
    }

    /** The range of so many bytes that the program opened by mprotect. */
    static AddressRange madeAccessible(Analysis run, long bytes) {
        long start = run.observation().events().stream()
                .filter(event -> event.call().equals("mprotect") && event.arg(1) == bytes)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the program did not make " + bytes + " bytes accessible"))
                .arg(0);
        return AddressRange.ofLength(start, bytes);
    }

    /** The map as the kernel prints it. */
    static String print(Snapshot snapshot) {
        StringBuilder text = new StringBuilder();
        snapshot.mappings().forEach(row -> text.append(print(row)).append('\n'));
        return text.toString();
    }

    private static String print(Mapping row) {
        Backing backing = row.backing();
        String fields = String.format(
                Locale.ROOT,
                "%08x-%08x %s %08x %02x:%02x %d ",
                row.range().start(),
                row.range().end(),
                row.permissions(),
                backing.offset(),
                backing.major(),
                backing.minor(),
                backing.inode());
        return backing.name().isEmpty() ? fields : String.format(Locale.ROOT, "%-73s%s", fields, backing.name());
    }
}
