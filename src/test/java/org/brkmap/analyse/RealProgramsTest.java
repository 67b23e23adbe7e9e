package org.brkmap.analyse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.brkmap.model.CallSite;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Role;
import org.brkmap.observe.Launch;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsGcc
class RealProgramsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls -l /",
                "gzip --version",
                "git --version",
                "awk BEGIN{for(i=0;i<50000;i++)a[i]=i}",
                "perl -e $x='x'x3000000",
                "python3 -c x=[bytes(200000)for i in range(20)]",
                "sh -c ls | cat;(ls;ls)|wc"
            })
    void programsThatNobodyHereWroteAreExplainedToTheLastPage(String command) throws Exception {
        String[] words = command.split(" ", 3);
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, words[0]))),
                () -> words[0] + " is not installed");
        Analysis analysis =
                Analyser.analyse(RealRun.observe(Launch.of(List.of(words)).withoutPages()));

        assertThat(RealRun.faults(analysis)).isEmpty();
        assertThat(analysis.observation().events()).isNotEmpty();
    }

    @Test
    void threadsLibrariesAndMovesAreToldApart() throws Exception {
        Analysis analysis =
                Analyser.analyse(RealRun.observe(RealRun.launch(RealRun.fixture("movements.c", "-pthread"))));

        assertThat(RealRun.faults(analysis)).isEmpty();
        assertThat(kindsAt(analysis, "moved")).contains("MOVED ANONYMOUS realloc");
        assertThat(kindsAt(analysis, "thread"))
                .contains(
                        "ADDED THREAD_STACK pthread_create", "ADDED STACK_GUARD pthread_create", "ADDED ARENA malloc");
        assertThat(kindsAt(analysis, "joined"))
                .as("a stack is kept for the next thread, an arena as well")
                .noneMatch(kind -> kind.contains("THREAD_STACK") || kind.contains("STACK_GUARD"));
        assertThat(kindsAt(analysis, "opened")).contains("ADDED LIBRARY_TEXT dlopen");
        assertThat(kindsAt(analysis, "closed")).contains("REMOVED LIBRARY_TEXT dlclose");
        assertThat(kindsAt(analysis, "advised")).contains("RESIDENCY ANONYMOUS madvise");
        assertThat(kindsAt(analysis, "deep")).contains("GREW STACK KERNEL");
    }

    /** The changes up to the checkpoint of this label: kind, role, and the function behind the first event. */
    private static List<String> kindsAt(Analysis analysis, String label) {
        int to = analysis.observation().snapshots().stream()
                .filter(snapshot -> snapshot.label().equals(label))
                .findFirst()
                .orElseThrow()
                .id();
        return analysis.changes().stream()
                .filter(change -> change.to() == to)
                .filter(change -> change.kind() != ChangeKind.RESIDENCY || change.role() == Role.ANONYMOUS)
                .map(change -> change.kind() + " " + change.role() + " "
                        + change.causedBy().stream()
                                .map(seq -> analysis.observation().events().get(seq.intValue()))
                                .map(MemoryEvent::cause)
                                .filter(Objects::nonNull)
                                .findFirst()
                                .map(call -> {
                                    CallSite site = call.site();
                                    assertThat(site).isNotNull();
                                    assertThat(site.file()).endsWith("movements.c");
                                    return call.operation();
                                })
                                .orElse(change.cause().name()))
                .toList();
    }
}
