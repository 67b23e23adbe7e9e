package lab6;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.ShownAfter;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.model.Usage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab6")
@Order(5)
@DisplayName("fork: one address, two memories")
class ForkTest {
    private static final int PAGES = 64;
    private static final int WRITES = 16;

    @Test
    @Order(1)
    @DisplayName("The same address holds two values")
    @Exercise(id = "isolation", kind = ExerciseKind.OBSERVE, points = 2)
    void theSameAddressHoldsTwoValues(Bench bench) {
        Watched watched = Watched.of(bench, Forks.copying(PAGES, 1, WRITES, 0, 0));
        Analysis run = watched.run();
        long address = Processes.pointedAt(run, 1);
        assertThat(watched.letter("after fork", Processes.child(run), address))
                .as("what stands there in the child, after the fork")
                .isEqualTo(watched.letter("after fork", Processes.parent(run), address));
        char child = watched.letter("child wrote", Processes.child(run), address);
        char parent = watched.letter("child wrote", Processes.parent(run), address);
        assertThat(child)
                .as("what stands there in the child when it has written")
                .isNotEqualTo(parent);
        bench.found("'%c' in the child, '%c' in the parent, at 0x%x", child, parent, address);
    }

    @Test
    @Order(2)
    @DisplayName("After fork every page is shared; a write makes that one page one's own, in both")
    @ShownAfter({"copies", "even"})
    void aWriteCopiesOnePage(Bench bench) {
        Watched watched = Watched.of(bench, Forks.copying(PAGES, 1, WRITES, 8, 20));
        Analysis run = watched.run();
        long address = Processes.pointedAt(run, 1);
        BitSet written = new BitSet();
        for (int pid : new int[] {Processes.parent(run), Processes.child(run)}) {
            assertThat(watched.own("after fork", pid, address, PAGES))
                    .as("pages of one's own after fork")
                    .isEqualTo(new BitSet());
            written.clear();
            written.set(0, WRITES);
            assertThat(watched.own("child wrote", pid, address, PAGES))
                    .as("pages of one's own when the child has written to %d", WRITES)
                    .isEqualTo(written);
            written.set(8, 28);
            assertThat(watched.own(Forks.DONE, pid, address, PAGES))
                    .as("pages of one's own when the parent has written, too")
                    .isEqualTo(written);
        }
        bench.found(
                "of %d pages none was one's own after fork, %d when the child had written, %d when the parent had, too",
                PAGES, WRITES, written.cardinality());
    }

    @Test
    @Order(3)
    @DisplayName("Shared_Dirty becomes Private_Dirty, and the shares add up to what is there")
    @ShownAfter("pss")
    void theSharesAddUp(Bench bench) {
        Analysis run = bench.observe(Forks.copying(PAGES, 1, WRITES, 0, 0));
        long address = Processes.pointedAt(run, 1);
        long page = Processes.page(run);
        Mapping before = Processes.row(Processes.at(run, "before fork", Processes.parent(run)), address);
        assertThat(Processes.usage(before).privateDirty())
                .as("Private_Dirty before fork")
                .isEqualTo(PAGES * page);
        long shares = 0;
        for (int pid : new int[] {Processes.parent(run), Processes.child(run)}) {
            Usage forked = Processes.usage(Processes.row(Processes.at(run, "after fork", pid), address));
            assertThat(forked.sharedDirty()).as("Shared_Dirty after fork").isEqualTo(PAGES * page);
            assertThat(forked.pss()).as("Pss after fork").isEqualTo(PAGES * page / 2);
            Usage wrote = Processes.usage(Processes.row(Processes.at(run, "child wrote", pid), address));
            assertThat(wrote.privateDirty())
                    .as("Private_Dirty when the child has written")
                    .isEqualTo(WRITES * page);
            assertThat(wrote.sharedDirty()).as("Shared_Dirty then").isEqualTo((PAGES - WRITES) * page);
            assertThat(wrote.rss()).as("Rss, which counts shared pages in each").isEqualTo(PAGES * page);
            shares += Processes.pss(Processes.row(Processes.at(run, "child wrote", pid), address));
        }
        assertThat(shares).as("the sum of both Pss").isEqualTo((PAGES + WRITES) * page);
        bench.found(
                "Rss %d KiB in each, Pss together %d KiB: %d pages, of which %d are there twice",
                PAGES * page / Processes.KIB, shares / Processes.KIB, PAGES, WRITES);
    }

    @Test
    @Order(4)
    @DisplayName("Text is shared: what is there once counts once")
    @Exercise(id = "text-shared", kind = ExerciseKind.OBSERVE, points = 2)
    void textIsShared(Bench bench) {
        Analysis run = bench.observe(Forks.copying(PAGES, 1, WRITES, 0, 0));
        for (int pid : new int[] {Processes.parent(run), Processes.child(run)}) {
            Snapshot snapshot = Processes.at(run, Forks.DONE, pid);
            Mapping text = snapshot.mappings().stream()
                    .filter(row -> row.role() == Role.PROGRAM_TEXT)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the process has no text"));
            assertThat(Processes.usage(text).rss())
                    .as("bytes of the program's text in memory")
                    .isPositive();
            assertThat(Processes.pss(text))
                    .as("the share of it that falls to this process")
                    .isLessThan(Processes.usage(text).rss());
            assertThat(Processes.anonymous(text))
                    .as("bytes of it that are the process's own")
                    .isZero();
            bench.found(
                    "of %d bytes of text in memory, %d fall to each of the two",
                    Processes.usage(text).rss(), Processes.pss(text));
        }
    }
}
