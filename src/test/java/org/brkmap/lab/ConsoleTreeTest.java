package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.brkmap.evidence.CheckStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsoleTreeTest {
    private static CheckOutcome outcome(
            String group, String title, CheckStatus status, @Nullable String finding, String... failure) {
        List<String> runs = status == CheckStatus.FAILED ? List.of("ten blocks") : List.of();
        return new CheckOutcome(
                group,
                1,
                1,
                "id",
                title,
                status,
                finding,
                List.of(failure),
                null,
                null,
                null,
                runs,
                null,
                null,
                0,
                0,
                false,
                true,
                null);
    }

    private static ConsoleTree.Frame frame(String title, double seconds) {
        return new ConsoleTree.Frame(
                "lab2", title, List.of(), List.of(), seconds, ConsoleTree.Detail.ALL, new SourceLines(Path.of("")));
    }

    @Test
    void aTreeHasAGroupItsChecksAndTheirFindings() {
        List<String> lines = ConsoleTree.render(
                frame("Lab 2: brk or mmap", 1.25),
                List.of(
                        outcome("Small blocks", "Ten of 32 KiB", CheckStatus.PASSED, "3 moves of the break"),
                        outcome(
                                "Small blocks",
                                "Ten of 64 KiB",
                                CheckStatus.FAILED,
                                null,
                                "there should be heap",
                                "  expected: heap"),
                        outcome("Large blocks", "One of 256 KiB", CheckStatus.NOT_CHECKED, "x.c does not compile")),
                new Terminal(true, false));
        assertThat(lines)
                .containsExactly(
                        "",
                        "Lab 2: brk or mmap",
                        "",
                        "Small blocks",
                        "  ✔ Ten of 32 KiB",
                        "      3 moves of the break",
                        "  ✘ Ten of 64 KiB",
                        "      there should be heap",
                        "        expected: heap",
                        "      run:  ten blocks",
                        "",
                        "Large blocks",
                        "  – One of 256 KiB",
                        "      not checked: x.c does not compile",
                        "",
                        "3 checks: 1 passed, 1 failed, 1 not checked (1.3 s)");
    }

    @Test
    void aTreeWithoutUnicodeIsAscii() {
        assertThat(ConsoleTree.render(
                        frame("Lab", 0),
                        List.of(outcome("G", "T – U", CheckStatus.PASSED, "µ")),
                        new Terminal(false, false)))
                .allMatch(line -> line.chars().allMatch(c -> c < 128));
    }
}
