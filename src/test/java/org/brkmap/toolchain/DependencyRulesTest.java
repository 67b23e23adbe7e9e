package org.brkmap.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DependencyRulesTest {
    @Test
    void readsContinuedLinesAndSeveralRules() {
        assertThat(DependencyRules.files("a.o: a.c \\\n  ../x.h common/y.h\nb.o: b.c common/y.h\n"))
                .containsExactly(Path.of("a.c"), Path.of("../x.h"), Path.of("common/y.h"), Path.of("b.c"));
    }

    @Test
    void undoesTheEscapesOfMake() {
        assertThat(DependencyRules.files("a.o: my\\ lab/a.c c\\#.h $$HOME.h\n"))
                .containsExactly(Path.of("my lab/a.c"), Path.of("c#.h"), Path.of("$HOME.h"));
    }

    @Test
    void findsNothingWhereNothingIsSaid() {
        assertThat(DependencyRules.files("")).isEmpty();
        assertThat(DependencyRules.files("a.o:\n")).isEmpty();
    }
}
