package org.brkmap.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.brkmap.evidence.ExampleRuns;
import org.brkmap.evidence.RunDocument;
import org.junit.jupiter.api.Test;

class TextReportTest {

    @Test
    void a_run_is_its_finding_its_memory_and_its_changes_with_their_lines() {
        assertThat(TextReport.render(RunDocument.of(ExampleRuns.heapGrows()), 200, false))
                .isEqualTo("""
                        alloc_size: Ten malloc(32 KiB) moved the program break once; no mapping was added.
                        Address space +200 KiB, resident +40 KiB, private dirty +40 KiB. From #0 “Press key to allocate ...” → #1 “Press key to close ...”.
                        ▲ heap grew +200 KiB at heap+0x21000: malloc(32 KiB) → brk in allocate(), alloc_size.c:9 (#0→#1)
                                                           before      after  in memory
                          total                          2.17 MiB   2.37 MiB   1.04 MiB  ▓▓▓▓▓░░░░░
                          kernel pages ×2                  24 KiB     24 KiB      8 KiB  ▓▓▓▓░░░░░░
                          ≈ 240 KiB not used
                          stack                           132 KiB    132 KiB     12 KiB  ▓░░░░░░░░░
                          ≈ 773.4 GiB not used
                          libc.so.6 ×6                   1.87 MiB   1.87 MiB    988 KiB  ▓▓▓▓▓▓░░░░
                          ≈ 41.47 TiB not used
                        ▲ heap                            132 KiB    332 KiB     44 KiB  ▓▓░░░░░░░░
                          ≈ 1022.1 MiB not used
                          program ×5                       20 KiB     20 KiB     20 KiB  ▓▓▓▓▓▓▓▓▓▓
                        """);
    }

    @Test
    void a_lab_begins_with_its_checks() {
        assertThat(TextReport.render(ExampleRuns.lab(), 200, false)).startsWith("""
                        lab2: 1 of 4 checks passed; 1 failed, 1 skipped, 1 not checked.
                          ✓ Small blocks move the program break
                          ✗ Each large block is one mmap
                              expected: 4 calls of mmap
                              seen: 3 calls of mmap
                              try next: Count the steps.
                          ○ (skipped) Every block is freed
                              try next: Open labs/lab2/alloc_size.c.
                          ? (not checked) The flip under another libc
                              seen: no other C library is installed here
                        """);
    }

    @Test
    void lines_fit_the_width() {
        assertThat(TextReport.render(ExampleRuns.lab(), 60, false).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
    }

    @Test
    void a_narrow_terminal_gets_the_whole_map_too() {
        String text = TextReport.render(RunDocument.of(ExampleRuns.heapGrows()), 40, false);
        assertThat(text)
                .containsPattern("(?m)^ +before +after in RAM$")
                .containsPattern("(?m)^  kernel pages ×2 +24K +24K +8K$")
                .containsPattern("(?m)^▲ heap +132K +332K +44K$");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(40));
    }

    @Test
    void without_colour_there_is_no_escape_even_from_the_program() {
        String text = TextReport.render(RunDocument.of(ExampleRuns.hostile("\u001b[31mred\u0007\u202e")), 80, false);
        assertThat(text).doesNotContain("\u001b", "\u0007", "\u202e").contains("⟨ESC⟩[31mred");
    }

    @Test
    void with_colour_only_our_own_escapes_are_there() {
        String text = TextReport.render(RunDocument.of(ExampleRuns.hostile("\u001b[31mred")), 80, true);
        assertThat(text).contains("\u001b[1m").doesNotContain("\u001b[31m");
    }
}
