package lab6;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Recipe;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab6")
@Order(7)
@DisplayName("Faults, and how to have pages before")
class PrefetchTest {
    @Test
    @Order(1)
    @DisplayName("A page that the cache lacks is a major fault, one that it has a minor one, or none")
    void aColdFileFaultsMajorly(Bench bench) {
        Path file = Fetched.file(bench);
        Fetched fetched = new Fetched(file);
        Analysis run = bench.observe(prefetch(file, "touch"), fetched);
        bench.needs(
                !fetched.isCached("mapped", bench), "the file cannot be thrown out of the page cache here (tmpfs?)");
        assertThat(rss(run, "touched", file))
                .as("bytes of the mapping in memory when it was touched")
                .isEqualTo(Fetched.LENGTH);
        long cold = fetched.majorFaults("mapped", "touched", bench);
        assertThat(cold).as("major faults while a cold file is touched").isPositive();
        bench.fact("major faults, cold", cold);
        bench.found(
                "%d major faults and %d minor ones for %d pages: one fault brings its neighbours along",
                cold, fetched.minorFaults("mapped", "touched", bench), Fetched.LENGTH / Processes.page(run));
    }

    @Test
    @Order(2)
    @DisplayName("WILLNEED fills the cache, POPULATE_READ the address space, and a touch then faults no more")
    void adviceBringsPages(Bench bench) {
        Path file = Fetched.file(bench);
        Fetched fetched = new Fetched(file);
        Analysis run = bench.observe(prefetch(file, "ask"), fetched);
        bench.needs(
                !fetched.isCached("mapped", bench), "the file cannot be thrown out of the page cache here (tmpfs?)");
        assertThat(fetched.isCached("asked", bench))
                .as("the page cache has all of it, after WILLNEED")
                .isTrue();
        assertThat(rss(run, "asked", file))
                .as("bytes of the mapping in memory then")
                .isZero();
        bench.needs(
                run.observation().snapshots().stream()
                        .anyMatch(snapshot -> snapshot.label().equals("populated")),
                "this kernel has no MADV_POPULATE_READ");
        assertThat(rss(run, "populated", file))
                .as("bytes of it in memory, after POPULATE_READ")
                .isEqualTo(Fetched.LENGTH);
        assertThat(fetched.majorFaults("asked", "touched", bench))
                .as("major faults after WILLNEED")
                .isZero();
        bench.found("in memory: 0 KiB mapped, 0 KiB asked for, %d KiB populated", Fetched.LENGTH / Processes.KIB);
    }

    private static long rss(Analysis run, String label, Path file) {
        Snapshot snapshot = Processes.at(run, label, Processes.parent(run));
        return Processes.usage(Fetched.row(snapshot, file)).rss();
    }

    private static Recipe prefetch(Path file, String how) {
        return Recipe.of("prefetch: a cold file, " + how, "sample-c/prefetch/prefetch.c")
                .arguments(file, how);
    }
}
