package org.brkmap.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Saves in a watched lab; about 10 s. Run alone by {@code mvn test -Dtest=WatchCostTest -Dtests.groups=slow -Dtests.excluded=}. */
@NeedsGcc
@Tag("slow")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchCostTest {
    @Test
    void aProgramAndAnAnswerAreSavedAndJudged() throws Exception {
        Programs programs = Programs.find();
        List<Figure> figures = new WatchCost(2, programs).measure(round -> {});
        assertThat(figures).hasSize(2).allSatisfy(figure -> {
            assertThat(figure.estimate().count()).isEqualTo(2);
            assertThat(figure.target()).isEqualTo(1);
        });
        Path copy = programs.project().target().resolve("bench/watch");
        assertThat(copy).doesNotExist();
    }
}
