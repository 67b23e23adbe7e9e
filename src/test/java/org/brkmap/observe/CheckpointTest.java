package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.Permissions;
import org.brkmap.model.Snapshot;
import org.brkmap.model.UserCall;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NeedsGcc
@Timeout(240)
class CheckpointTest {
    @RepeatedTest(100)
    void stopsOnceAtEveryPromptAndNamesItWhole() throws Exception {
        Observation seen = Observed.observe(Observed.launch(Prompts.allocSize()).withoutPages());

        assertThat(seen.ending().isSuccess()).as(Observed.describe(seen)).isTrue();
        List<String> labels = new ArrayList<>(List.of("exec"));
        labels.addAll(Prompts.inOrder());
        labels.add("exit");
        assertThat(seen.snapshots()).extracting(Snapshot::label).containsExactlyElementsOf(labels);
        assertThat(Observed.snapshots(seen, CheckpointKind.INPUT)).hasSize(12);
        assertThat(seen.snapshots()).extracting(Snapshot::eventsBefore).isSorted();
        assertThat(seen.snapshots()).extracting(Snapshot::id).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void namesTheMallocBehindEveryMappingAndTheBreak() throws Exception {
        int size = 256 * 1024;
        Observation seen = Observed.observe(Observed.launch(
                Observed.build(Observed.sampleRequest("alloc_size/alloc_size.c").define("SIZE", size))));

        List<Snapshot> prompts = Observed.snapshots(seen, CheckpointKind.INPUT);
        List<MemoryEvent> allocating = Observed.between(seen, prompts.get(0), prompts.get(10));
        assertThat(allocating).hasSize(10).allSatisfy(event -> {
            assertThat(event.call()).isEqualTo("mmap");
            assertIsCall(prompts.get(0), event.cause(), "malloc", size, null);
        });
        // The first prompt's own malloc is the output buffer of printf, in the program by way of the C library.
        assertThat(seen.events().subList(0, (int) prompts.get(0).eventsBefore()))
                .filteredOn(event -> event.cause() != null && event.call().equals("brk"))
                .isNotEmpty()
                .allSatisfy(event -> assertIsCall(prompts.get(0), event.cause(), "malloc", null, null));

        List<MemoryEvent> freeing = Observed.between(seen, prompts.get(10), prompts.get(11));
        assertThat(freeing).singleElement().satisfies(event -> {
            assertThat(event.call()).isEqualTo("munmap");
            UserCall cause = event.cause();
            assertIsCall(prompts.get(0), cause, "free", null, lastBlock(seen));
        });
    }

    private static long lastBlock(Observation seen) {
        return seen.allocations().stream()
                .filter(call -> call.call().operation().equals("malloc"))
                .reduce((first, second) -> second)
                .orElseThrow()
                .result();
    }

    private static void assertIsCall(Snapshot snapshot, UserCall cause, String operation, Integer size, Long pointer) {
        assertThat(cause).isNotNull();
        assertThat(cause.operation()).isEqualTo(operation);
        if (size != null) {
            assertThat(cause.size()).isEqualTo(size.longValue());
        }
        if (pointer != null) {
            assertThat(cause.pointer()).isEqualTo(pointer);
        }
        assertThat(cause.site()).isNotNull();
        assertThat(isProgramText(snapshot, cause.site().address())).isTrue();
    }

    private static boolean isProgramText(Snapshot snapshot, long address) {
        String program = snapshot.layout().executable();
        return snapshot.mappingAt(address)
                .filter(mapping -> mapping.backing().name().equals(program))
                .map(mapping -> mapping.permissions().equals(Permissions.parse("r-xp")))
                .orElse(false);
    }

    @Test
    void marksBearTheirLabelWhateverIsInIt() throws Exception {
        Observation seen = Observed.observe(Observed.launch("mark"));

        assertThat(seen.ending().code()).as(Observed.describe(seen)).isZero();
        assertThat(Observed.labels(seen, CheckpointKind.MARKER))
                .containsExactly(
                        "plain", "two\nlines <b>&amp;", "x".repeat(256), "checkpoint", "\ufffd\ufffd", "in a thread");
        assertThat(Observed.marked(seen, "in a thread").threads()).hasSize(2);
    }
}
