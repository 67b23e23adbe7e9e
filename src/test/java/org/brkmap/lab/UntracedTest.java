package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.brkmap.analyse.Analysis;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program does while it is traced and what it does on its own are compared, and only a cheat tells them apart. */
@NeedsGcc
@Timeout(240)
class UntracedTest {
    private static final Path ROOT = ProjectFiles.find().orElseThrow().root();

    private final Workshop workshop = new Workshop(ROOT, "lab8");

    private static Recipe detecting(String how) {
        return Recipe.of("detects", "src/test/c/detects.c")
                .flags("-I" + ROOT.resolve("sample-c/common"))
                .arguments(how);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tracer", "probe", "rows", "traceme"})
    void aProgramThatNoticesTheObserverBehavesDifferently(String how) {
        Recipe recipe = detecting(how);
        Analysis traced = workshop.observe(recipe);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> workshop.compareUntraced(recipe, traced, () -> {}))
                    .isInstanceOf(CheckFailure.class)
                    .hasMessageStartingWith("detects.c behaves differently when it is not traced\n  at \"after\": ")
                    .hasMessageContaining("KiB under the tracer");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "src/test/c/detects.c, nothing",
        "sample-c/threshold/threshold.c, 3",
        "sample-c/fork_copy/fork_copy.c, 64",
        "sample-c/arenas/arenas.c, 4",
        "sample-c/thread_stacks/thread_stacks.c, 4",
        "sample-c/sysv/sysv.c, 64"
    })
    void anHonestOneDoesNot(String source, String argument) {
        Recipe recipe = Recipe.of("honest", source)
                .flags("-I" + ROOT.resolve("sample-c/common"), "-pthread")
                .arguments(argument)
                .withAnyEnding();

        assertThat(workshop.compareUntraced(recipe, workshop.observe(recipe), () -> {}))
                .isEqualTo("alike");
    }

    @Test
    void filesArePreparedBeforeEachRunAndAnAnswerIsKept() {
        AtomicInteger prepared = new AtomicInteger();
        Recipe recipe = detecting("nothing");
        Analysis traced = workshop.observe(recipe);

        for (int i = 0; i < 2; i++) {
            assertThat(workshop.compareUntraced(recipe, traced, prepared::incrementAndGet))
                    .isEqualTo("alike");
        }
        assertThat(prepared).hasValue(1);
    }

    @Test
    void onlyWhatStudentsWriteIsTheirs() {
        assertThat(workshop.isStudents(Recipe.of("theirs", "labs/lab8/raise.c")))
                .isTrue();
        assertThat(workshop.isStudents(
                        Recipe.of("ours, with theirs", "sample-c/touch/touch.c").with("labs/lab8/raise.c")))
                .isTrue();
        assertThat(workshop.isStudents(Recipe.of("ours", "sample-c/touch/touch.c")))
                .isFalse();
        assertThat(workshop.isStudents(Recipe.installed("the machine's", "sh"))).isFalse();
    }
}
