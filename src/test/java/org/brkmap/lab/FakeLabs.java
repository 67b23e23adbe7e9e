package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Small labs that the extension's tests run in an engine of their own; a run of all tests passes them by. */
final class FakeLabs {
    /** Configuration parameter that holds the directory of their C sources. */
    static final String SOURCES = "fake.sources";

    private FakeLabs() {}

    /** Runs a fake lab only where it was asked for. */
    static final class OnlyWhenAsked implements ExecutionCondition {
        private static String sources = "";

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            sources = context.getConfigurationParameter(SOURCES).orElse("");
            return sources.isEmpty()
                    ? ConditionEvaluationResult.disabled("a fake lab")
                    : ConditionEvaluationResult.enabled("asked for");
        }
    }

    private static Recipe program(String file) {
        return Recipe.of(file, OnlyWhenAsked.sources + "/" + file);
    }

    @ExtendWith(OnlyWhenAsked.class)
    @Lab("fake")
    @Order(2)
    @DisplayName("Every way to end")
    static class EveryEnding {
        @Test
        @Order(1)
        @DisplayName("One and one are two")
        void passes(Bench bench) {
            bench.fact("sum", 2);
            bench.found("%d, by counting", 2);
        }

        @Test
        @Order(2)
        @DisplayName("One and one are three")
        void fails(Bench bench) {
            bench.next("count again");
            assertThat(1 + 1).as("the sum").isEqualTo(3);
        }

        @Test
        @Order(3)
        @DisplayName("Another machine")
        void cannotBeChecked() {
            Assumptions.assumeTrue(false, "this is not that machine");
        }

        @Test
        @Order(4)
        @DisplayName("Later")
        @Disabled("open labs/fake/later.c")
        void notStarted() {}

        @Test
        @Order(5)
        @DisplayName("A broken check")
        void breaks() {
            throw new IllegalStateException("no such thing");
        }
    }

    @ExtendWith(OnlyWhenAsked.class)
    @Lab("fake")
    @DisplayName("Nothing to check")
    static class NothingToCheck {
        @Test
        @DisplayName("Another machine")
        void cannotBeChecked(Bench bench) {
            bench.needs(false, "this is not that machine");
        }
    }

    @ExtendWith(OnlyWhenAsked.class)
    @Lab("fake")
    @Order(1)
    @DisplayName("Programs")
    static class Programs {
        @Test
        @Order(1)
        @DisplayName("The broken program")
        void needsTheBrokenOne(Bench bench) {
            bench.build(program("broken.c"));
        }

        @Test
        @Order(2)
        @DisplayName("The broken program, once more")
        void needsTheBrokenOneToo(Bench bench) {
            bench.build(program("broken.c").define("SIZE", 1));
        }

        @Test
        @Order(3)
        @DisplayName("The sound program")
        void needsTheSoundOne(Bench bench) {
            bench.found("%s", bench.build(program("sound.c")).executable().getFileName());
        }
    }
}
