package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.Test;

/** What the benchmark of brkmap itself prints, of a measurement as small as there may be. */
@NeedsGcc
class BenchSelfCommandTest {
    private final Shell shell = new Shell();

    @Test
    void programsGetTheNumbersTheIntervalsAndTheMachine() {
        assertThat(shell.run(
                        "bench",
                        "self",
                        "--rounds",
                        3,
                        "--pairs",
                        100,
                        "--mappings",
                        1000,
                        "--lab-rounds",
                        0,
                        "--json"))
                .as(shell.err())
                .isZero();
        assertThat(shell.err()).as("progress").contains("run: round 3 of 3", "maps: round 3 of 3");
        JsonObject document = JsonParser.parseString(shell.out()).getAsJsonObject();
        assertThat(document.get("schema").getAsString()).isEqualTo("brkmap/bench/1");
        assertThat(document.getAsJsonArray("machine")).isNotEmpty();
        List<String> measured = new ArrayList<>();
        List<String> targets = new ArrayList<>();
        for (JsonElement item : document.getAsJsonArray("figures")) {
            JsonObject figure = item.getAsJsonObject();
            assertThat(figure.keySet())
                    .containsExactlyInAnyOrder("what", "unit", "median", "low", "high", "rounds", "target");
            String what = figure.get("what").getAsString();
            if (figure.get("median").isJsonNull()) {
                assertThat(figure.get("low").isJsonNull()
                                && figure.get("high").isJsonNull()
                                && figure.get("rounds").isJsonNull())
                        .as("all of " + what + " unknown")
                        .isTrue();
            } else {
                double median = figure.get("median").getAsDouble();
                assertThat(median)
                        .as(what)
                        .isBetween(
                                figure.get("low").getAsDouble(),
                                figure.get("high").getAsDouble());
                assertThat(figure.get("rounds").getAsInt()).as(what).isEqualTo(3);
                measured.add(what);
            }
            if (!figure.get("target").isJsonNull()) {
                assertThat(figure.get("target").getAsDouble()).as(what).isPositive();
                targets.add(what);
            }
        }
        assertThat(measured).anyMatch(what -> what.startsWith("alloc_size"));
        assertThat(measured).anyMatch(what -> what.endsWith("mappings into records"));
        assertThat(targets).isNotEmpty();
    }
}
