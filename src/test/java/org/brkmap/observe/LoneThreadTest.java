package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is noted on the short way is what is noted on the long one, to the byte: without randomisation both see the same run. */
@NeedsGcc
@Timeout(240)
class LoneThreadTest {
    /** More than the recorder has room for at once. */
    private static final String PAIRS = "20000";

    @ParameterizedTest
    @ValueSource(strings = {"printf", "realloc", "mmap", "sbrk", "shrink", "calloc", "errno"})
    void callsOfEachKind(String way) throws Exception {
        compare(Observed.launch("calls", way));
    }

    @Test
    void callsOfAnInterpreterThatLoadsLibraries() throws Exception {
        compare(Observed.launch(Path.of(Programs.python()), "-S", "-c", "import ctypes; b = bytearray(10 ** 7)")
                .withEnvironment("PYTHONHASHSEED", "0"));
    }

    @Test
    void moreCallsThanThereIsRoomFor() throws Exception {
        Observation seen = compare(Observed.launch(Observed.sample("churn/churn.c"), PAIRS));

        assertThat(seen.events()).filteredOn(event -> event.cause() != null).hasSizeGreaterThan(1024);
    }

    @Test
    void callsBetweenKeys() throws Exception {
        Observation seen = compare(Observed.launch(Observed.sample("alloc_size/alloc_size.c")));

        assertThat(seen.snapshots()).extracting(Snapshot::eventsBefore).isSorted();
    }

    @Test
    void callsOfOthersThanTheFirstProgram() throws Exception {
        compare(Observed.launch(Path.of("/bin/sh"), "-c", "exec /bin/ls /"));
    }

    @Test
    void callsOfAProgramWithoutTheProbe() throws Exception {
        compare(Observed.launch(Observed.sample("churn/churn.c"), "100").withoutProbe());
    }

    private static Observation compare(Launch launch) throws Exception {
        Launch fixed = launch.withoutRandomisation().withoutPages();
        Observation shortWay = Observed.observe(fixed);
        Observation longWay = Observer.observeUnrecorded(fixed);

        assertThat(shortWay.ending()).as(Observed.describe(shortWay)).isEqualTo(longWay.ending());
        assertThat(shortWay.events()).isNotEmpty();
        assertThat(plain(shortWay)).isEqualTo(plain(longWay));
        assertThat(shortWay.events()).extracting(MemoryEvent::seq).isSorted().doesNotHaveDuplicates();
        assertThat(shortWay.events()).extracting(MemoryEvent::nanos).isSorted();
        assertThat(shortWay.snapshots())
                .extracting(Snapshot::eventsBefore)
                .isEqualTo(
                        longWay.snapshots().stream().map(Snapshot::eventsBefore).toList());
        assertThat(calls(shortWay)).isEqualTo(calls(longWay));
        return shortWay;
    }

    /** The events without what differs from run to run: numbers of processes, and time. */
    private static List<String> plain(Observation seen) {
        return seen.events().stream()
                .map(event -> event.call() + event.args() + " = " + event.result() + " " + event.errno() + " at "
                        + event.instruction() + " " + event.file() + " " + event.extent() + " for " + event.cause())
                .toList();
    }

    private static List<String> calls(Observation seen) {
        return seen.allocations().stream()
                .map(call -> call.serial() + " " + call.call() + " = " + call.result() + " after " + call.afterEvent())
                .toList();
    }
}
