package org.brkmap.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brkmap.bench.CopyCell.Cache;
import org.junit.jupiter.api.Test;

class CopyInShortTest {
    private static final CopyCell WARM = CopySamples.CELL;
    private static final CopyCell COLD = new CopyCell(WARM.bytes(), Cache.COLD, WARM.destination(), WARM.synced());
    private static final double[] NOISE = {1, 1.01, 0.99, 1.02, 0.98, 1, 1.01, 0.99, 1.02, 0.98};

    @Test
    void theFastestIsNamedWithThoseThatAreNotShownToBeSlower() {
        Map<String, double[]> ways = ways(10, 20, 5);
        ways.put("alike", new double[] {5, 5.2, 4.9, 5.3, 4.8, 5.1, 5, 5.1, 5.2, 4.9});
        List<List<String>> rows = CopyInShort.rows(CopySamples.results(Map.of(WARM, ways), ways.keySet()));
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0)).hasSameSizeAs(CopyInShort.HEAD);
        assertThat(rows.get(0).get(0)).isEqualTo("warm source, new destination, not synced");
        assertThat(rows.get(0).get(1)).startsWith("buffer-256k");
        assertThat(rows.get(0).get(3)).isEqualTo("alike <b>");
        assertThat(rows.get(0).get(4)).startsWith("2.00×");
        assertThat(rows.get(0).get(5)).isEqualTo("mmap is slower");
        assertThat(rows.get(0).get(6)).startsWith("4.00×");
    }

    @Test
    void thePairIsToldInTheTextbooksCircumstancesFirstAndThenWithoutItsDiskAndItsBuffer() {
        Map<CopyCell, Map<String, double[]>> cells = new LinkedHashMap<>();
        cells.put(WARM, ways(10, 20, 5));
        cells.put(COLD, ways(40, 44, 35));
        List<String> sentences =
                CopyInShort.sentences(CopySamples.results(cells, ways(1, 1, 1).keySet()));
        assertThat(sentences).hasSize(3);
        assertThat(sentences.get(0))
                .containsSubsequence("1.10×", "from a cold disk into a new file", "2.00×", "from a warm cache into");
        assertThat(sentences.get(1)).contains("99 %");
        assertThat(sentences.get(2)).contains("buffer-256k", "4.00×");
    }

    @Test
    void withoutThePairNothingIsSaid() {
        assertThat(CopyInShort.sentences(CopySamples.results(Map.of(WARM, Map.of()), Set.of())))
                .isEmpty();
        assertThat(CopyInShort.rows(CopySamples.results(Map.of()))).isEmpty();
    }

    private static Map<String, double[]> ways(double textbook, double mapped, double larger) {
        Map<String, double[]> ways = new LinkedHashMap<>();
        ways.put(CopyStrategy.TEXTBOOK, times(textbook));
        ways.put(CopyStrategy.TEXTBOOK_MAPPED, times(mapped));
        ways.put("buffer-256k", times(larger));
        return ways;
    }

    private static double[] times(double millis) {
        return Arrays.stream(NOISE).map(value -> millis * value).toArray();
    }
}
