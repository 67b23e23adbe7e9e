package org.brkmap.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.brkmap.analyse.Analyser;
import org.brkmap.evidence.RunDocument;
import org.brkmap.observe.Launch;
import org.brkmap.observe.Observer;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.CCompiler;
import org.brkmap.toolchain.NeedsGcc;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the first sentence of a report says of real programs: who did what, and no more than that. */
@NeedsGcc
class HeadlineTest {
    @TempDir
    Path folder;

    private String headline(String main) throws Exception {
        Path source = Files.writeString(folder.resolve("told.c"), """
                #include <stdlib.h>
                #include <sys/mman.h>
                #include <sys/wait.h>
                #include <unistd.h>
                static void wait_for_a_key(void)
                {
                    char letter;
                    if (read(0, &letter, 1) < 0)
                        exit(1);
                }
                int main(void)
                {
                    wait_for_a_key();
                    %s
                    wait_for_a_key();
                    return 0;
                }
                """.formatted(main));
        CCompiler compiler = CCompiler.find();
        var program = compiler.build(BuildRequest.of(source, folder.resolve("build")));
        var analysis =
                Analyser.analyse(Observer.observe(Launch.of(program.executable().toString())
                        .builtFrom(program.sources(), program.flags(), program.compiler())));
        return Jsoup.parse(HtmlReport.render(RunDocument.of("told", analysis)))
                .expectFirst("h1")
                .text();
    }

    @Test
    void a_call_that_did_nothing_is_not_named_beside_one_that_did() throws Exception {
        assertThat(headline("char *p = malloc(500000); free(malloc(20)); p[0] = 1;"))
                .startsWith("One malloc(500000) moved the program break once and called mmap once; ");
    }

    @Test
    void of_calls_of_many_sizes_only_the_functions_that_did_something_are_named() throws Exception {
        assertThat(headline("for (int i = 1; i < 9; i++) { char *p = malloc(i * 100000); free(malloc(i)); p[0] = 1; }"))
                .startsWith("16 malloc moved the program break once and called mmap ")
                .doesNotContain("free");
    }

    @Test
    void what_malloc_did_not_do_is_told_of_the_program() throws Exception {
        assertThat(headline("if (malloc(100) == NULL) return 1; if (fork() == 0) _exit(0); wait(NULL);"))
                .matches("One malloc\\(100\\) moved the program break once; the program started one process;"
                        + " one mapping of \\S+ \\S+ was added\\.");
    }

    @Test
    void without_a_call_of_an_allocator_it_is_the_program_that_did_it() throws Exception {
        assertThat(
                        headline(
                                "if (mmap(NULL, 1 << 20, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0) == MAP_FAILED) return 1;"))
                .isEqualTo("The program called mmap once; one mapping of 1 MiB was added.");
    }

    @Test
    void memory_that_joins_a_neighbour_is_told() throws Exception {
        assertThat(headline("char *p = malloc(500000); char *q = malloc(500000); p[0] = q[0] = 1;"))
                .startsWith("Two malloc(500000) moved the program break once and called mmap twice; ")
                .containsPattern(
                        "(two mappings of .* in all were|one mapping of .* was) added, one grew by |three mappings of ");
    }
}
