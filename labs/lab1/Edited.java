package lab1;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.brkmap.analyse.Analysis;
import org.brkmap.elf.ElfException;
import org.brkmap.elf.ElfFile;
import org.brkmap.elf.Section;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;

/** What a student's program showed the observer by point.h. */
final class Edited {
    /** POINT_ADVICE in point.h. */
    private static final long POINT = 0x6c0000;

    private static final int MOST = 100;

    private Edited() {}

    /** The addresses that the program pointed at, by number; of several for one number the last. */
    static Map<Long, Long> pointedAt(Analysis run) {
        return run.observation().events().stream()
                .filter(event -> event.call().equals("madvise") && event.arg(1) == 0)
                .filter(event -> event.arg(2) > POINT && event.arg(2) < POINT + MOST)
                .collect(Collectors.toMap(
                        event -> event.arg(2) - POINT, event -> event.arg(0), (earlier, later) -> later));
    }

    /** The name of the section of the program that the address lies in; empty if it is in none. */
    static String section(Analysis run, long address) {
        Snapshot map = last(run);
        try {
            ElfFile file = ElfFile.read(Path.of(String.valueOf(Maps.layout(map).executable())));
            List<Mapping> rows = Maps.rows(map, Role::isProgram);
            Mapping lowest = rows.get(0);
            OptionalLong bias = file.loadBias(
                    lowest.range().start(),
                    lowest.backing().offset(),
                    run.observation().host().pageSize());
            return bias.isEmpty()
                    ? ""
                    : file.sections().stream()
                            .filter(section -> holds(section, address - bias.getAsLong()))
                            .map(Section::name)
                            .findFirst()
                            .orElse("");
        } catch (ElfException e) {
            throw new AssertionError("the program that was built cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whether malloc, or one of its kin, gave the program a block that holds the address. */
    static boolean isInABlock(Analysis run, long address) {
        return run.observation().allocations().stream()
                .filter(call -> call.result() != 0 && call.call().size() != null)
                .anyMatch(call -> Long.compareUnsigned(
                                address - call.result(), call.call().size())
                        < 0);
    }

    /** The last snapshot of the run. */
    static Snapshot last(Analysis run) {
        List<Snapshot> snapshots = run.observation().snapshots();
        return snapshots.get(snapshots.size() - 1);
    }

    private static boolean holds(Section section, long address) {
        return section.address() != 0 && Long.compareUnsigned(address - section.address(), section.size()) < 0;
    }
}
