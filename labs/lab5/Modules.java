package lab5;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;

/** modules.c with the macro of delta.h: what the macro found, against what each piece loses by its requests. */
final class Modules {
    private static final List<String> ALL = List.of("tidy", "hasty", "large", "forgetful", "sloppy");

    /** Up to here a block is small; see modules.c. */
    private static final long SMALL = 1000;

    /** malloc's own part of a block, and what it rounds up. */
    private static final long EXTRA = 32;

    private final Variables watched;
    private final Analysis plain;

    private Modules(Variables watched, Analysis plain) {
        this.watched = watched;
        this.plain = plain;
    }

    static Modules of(Bench bench) {
        long count = 4 * bench.draw("count").between(10, 40);
        long size = bench.draw("size").between(60, 200);
        Recipe recipe =
                Recipe.of("modules, with your macro", "labs/lab5/modules.c").arguments(count, size);
        Analysis plain = bench.observe(
                recipe.named("modules, without it").define("PLAIN", 1).notKept());
        bench.needsGlibc(plain);
        // The probe takes memory of its own when it first unwinds.
        return new Modules(Variables.of(bench, recipe.withoutProbe()), plain);
    }

    /** What the macro has found of a piece. */
    long heap(String module) {
        return watched.word("done", module, 0);
    }

    long mapped(String module) {
        return watched.word("done", module, Long.BYTES);
    }

    /** What the macro tells wrongly of these pieces, the first of it. */
    Optional<AssertionError> mistold(String... modules) {
        try {
            List.of(modules).forEach(this::isTold);
            return Optional.empty();
        } catch (AssertionError e) {
            return Optional.of(e);
        }
    }

    /** The macro tells what this piece loses, at least its bytes, and hardly more. */
    private void isTold(String module) {
        List<Long> lost = lost(module);
        List<Long> small = lost.stream().filter(size -> size <= SMALL).toList();
        List<Long> large = lost.stream().filter(size -> size > SMALL).toList();
        long page = plain.observation().host().pageSize();
        assertThat(heap(module))
                .as("%s.heap; %d blocks are lost there, of %d bytes in all", module, small.size(), sum(small))
                .isBetween(sum(small), sum(small) + EXTRA * small.size());
        assertThat(mapped(module))
                .as("%s.mapped; %d blocks are lost there, of %d bytes in all", module, large.size(), sum(large))
                .isBetween(sum(large), sum(large) + 2 * page * large.size());
    }

    /** The sizes of the blocks that a piece takes and does not give back. */
    private List<Long> lost(String module) {
        int number = ALL.indexOf(module);
        Set<Long> before = new HashSet<>(
                Ledger.inUse(plain, number == 0 ? "start" : ALL.get(number - 1)).keySet());
        Map<Long, Long> after = Ledger.inUse(plain, module);
        return after.entrySet().stream()
                .filter(block -> !before.contains(block.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static long sum(List<Long> sizes) {
        return sizes.stream().mapToLong(Long::longValue).sum();
    }
}
