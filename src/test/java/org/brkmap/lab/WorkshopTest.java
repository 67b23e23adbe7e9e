package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

@NeedsGcc
class WorkshopTest {
    private static final Path ROOT = ProjectFiles.find().orElseThrow().root();
    private static final Recipe HELLO =
            Recipe.of("three", "sample-c/threshold/threshold.c").arguments(3);
    private static final Recipe CRASH = Recipe.of("crash", "sample-c/misbehave/crash.c");

    private final Workshop workshop = new Workshop(ROOT, "fake");

    @Test
    void aRecipeIsObservedOnce() {
        Analysis first = workshop.observe(HELLO);
        assertThat(workshop.observe(HELLO)).isSameAs(first);
        assertThat(workshop.observe(HELLO.arguments("exhausted"))).isNotSameAs(first);
    }

    @Test
    void aRunThatIsNotKeptIsNotInTheReport() {
        workshop.observe(HELLO.notKept());
        assertThat(workshop.runs()).isEmpty();
        workshop.observe(HELLO);
        assertThat(workshop.runs()).extracting(RunDocument::name).isEqualTo(List.of("three"));
    }

    @Test
    void aCrashFailsTheFirstCheckThatMeetsItAndIsKeptForTheReport() {
        CheckFailure failure = catchThrowableOfType(CheckFailure.class, () -> workshop.observe(CRASH.notKept()));
        assertThat(failure.getMessage())
                .startsWith("crash.c should end by itself\n  expected: exit status 0\n  actual:   ended by SIGSEGV")
                .contains("last checkpoint: ");
        assertThat(workshop.runs()).hasSize(1);
        assertThatThrownBy(() -> workshop.observe(CRASH.notKept()))
                .isInstanceOf(TestAbortedException.class)
                .hasMessage("crash.c did not end well: ended by SIGSEGV");
    }

    @Test
    void aProgramThatHangsIsWaitedForOnce() {
        Recipe waiting = Recipe.of("waiting", "sample-c/misbehave/wait_forever.c");
        CheckFailure failure = catchThrowableOfType(CheckFailure.class, () -> workshop.observe(waiting));
        assertThat(failure.getMessage())
                .startsWith("wait_forever.c should end by itself\n  expected: exit status 0\n"
                        + "  actual:   ended by the harness: ");
        assertThatThrownBy(() -> workshop.observe(waiting.arguments("other")))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageStartingWith("wait_forever.c did not end well: ended by the harness: ");
    }

    @Test
    void aSourceThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> workshop.build(Recipe.of("none", "labs/fake/none.c")))
                .isInstanceOf(CheckFailure.class)
                .hasMessageContaining("none.c: there is no such file");
    }

    @Test
    void aRunMayEndAsItLikesWhereTheRecipeSaysSo() {
        Analysis run = workshop.observe(CRASH.withAnyEnding());
        assertThat(run.observation().ending().signal()).isEqualTo("SIGSEGV");
        assertThat(workshop.observe(CRASH.withAnyEnding())).isSameAs(run);
    }

    @Test
    void flagsReachTheLinker() {
        Analysis run = workshop.observe(HELLO.flags("-static"));
        assertThat(run.observation().snapshots())
                .allSatisfy(snapshot -> assertThat(snapshot.mappings())
                        .noneMatch(mapping -> mapping.role().isLibrary()));
    }

    @Test
    void flagsThatTheCompilerRefusesAreNoObstacleToOthers() {
        Recipe refused = HELLO.flags("-no-such-flag");
        assertThatThrownBy(() -> workshop.observe(refused)).isInstanceOf(CheckFailure.class);
        assertThatThrownBy(() -> workshop.observe(refused.named("again"))).isInstanceOf(TestAbortedException.class);
        assertThat(workshop.observe(HELLO).observation().ending().isSuccess()).isTrue();
    }

    @Test
    void withoutRandomisationTwoRunsHaveTheSameAddresses() {
        Recipe still = HELLO.withoutRandomisation().withoutProbe();
        assertThat(ranges(workshop.observe(still.named("again")))).isEqualTo(ranges(workshop.observe(still)));
        assertThat(ranges(workshop.observe(HELLO.withoutProbe()))).isNotEqualTo(ranges(workshop.observe(still)));
    }

    @Test
    void anInstalledProgramNeedsNoSource() {
        Recipe shell = Recipe.installed("shell", "sh").arguments("-c", "exit 0");
        assertThat(workshop.observe(shell).observation().ending().isSuccess()).isTrue();
        assertThat(workshop.observe(shell).observation().program().sources()).isEmpty();
    }

    @Test
    void anInstalledProgramThatIsNotThereIsNoObstacleToOthers() {
        assertThatThrownBy(() -> workshop.observe(Recipe.installed("none", "no-such-program")))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("no-such-program");
        assertThat(workshop.observe(HELLO).observation().ending().isSuccess()).isTrue();
    }

    private static List<AddressRange> ranges(Analysis run) {
        return run.observation().snapshots().get(0).mappings().stream()
                .map(Mapping::range)
                .toList();
    }
}
