package org.brkmap.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsGcc
class MakeTest {
    @TempDir
    Path directory;

    @Test
    void makesATargetWithItsVariables() throws Exception {
        makefile("hello:\n\t@echo $(WORD) >said; cat said\n");

        assertThat(Make.find().run(directory, List.of("hello", "WORD=good day")))
                .isEqualTo("good day\n");
        assertThat(directory.resolve("said")).hasContent("good day");
    }

    @Test
    void tellsTheCompilersErrorsBehindAFailure() throws Exception {
        Files.writeString(directory.resolve("bad.c"), "int main(void) { return missing; }\n");
        makefile("bad: bad.c\n\tgcc -o bad bad.c\n");

        BuildException failure =
                catchThrowableOfType(BuildException.class, () -> Make.find().run(directory, List.of("bad")));

        assertThat(failure)
                .hasMessageContainingAll("make bad failed in " + directory, "bad.c:1:25: error: 'missing' undeclared");
        assertThat(failure.words()).contains("gcc -o bad bad.c");
    }

    @Test
    void tellsThatThereIsNoMakefile() {
        assertThatThrownBy(() -> Make.find().run(directory, List.of()))
                .isInstanceOf(BuildException.class)
                .hasMessageContainingAll("make failed in " + directory, "no makefile found");
    }

    @Test
    void saysHowToInstallMakeWhenItIsMissing() {
        assertThatThrownBy(() -> Make.find(directory.toString()))
                .isInstanceOf(MissingToolException.class)
                .hasMessageContainingAll("make is not on the PATH", "apt install make", "apk add make");
    }

    private void makefile(String text) throws Exception {
        Files.writeString(directory.resolve("Makefile"), text);
    }
}
