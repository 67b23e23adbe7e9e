package org.brkmap.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brkmap.bench.CopyCell.Cache;
import org.junit.jupiter.api.Test;

class CopyWhyTest {
    private static final CopyCell WARM = CopySamples.CELL;
    private static final CopyCell COLD = new CopyCell(WARM.bytes(), Cache.COLD, WARM.destination(), WARM.synced());
    private static final double[] NOISE = {1, 1.01, 0.99, 1.02, 0.98, 1, 1.01, 0.99, 1.02, 0.98};

    @Test
    void the_sign_that_turns_with_the_disk_is_told_with_what_the_disk_adds() {
        List<String> why = why(Map.of(WARM, pair(10, 8, 5), COLD, pair(40, 44, 35)));
        assertThat(why)
                .anyMatch(line -> line.startsWith("Warm source") && line.contains("mapping is faster"))
                .anyMatch(line -> line.startsWith("Cold source") && line.contains("mapping is slower at 1 MiB"))
                .anyMatch(line -> line.contains("adds 30.0 ms to the 10.0 ms of read and write")
                        && line.contains("and 36.0 ms to the 8.0 ms of mapping: 75 % and 82 %")
                        && line.endsWith(": the sign turns with the disk."));
    }

    @Test
    void what_the_disk_hides_is_no_difference_any_more_and_not_a_smaller_one() {
        Map<String, double[]> cold = new LinkedHashMap<>();
        cold.put(CopyStrategy.TEXTBOOK, new double[] {30, 50, 35, 45, 40, 30, 50, 35, 45, 40});
        cold.put(CopyStrategy.TEXTBOOK_MAPPED, new double[] {50, 30, 45, 35, 40, 50, 30, 45, 35, 40});
        assertThat(why(Map.of(WARM, pair(10, 8, 5), COLD, cold)))
                .anyMatch(line -> line.endsWith(": no difference is shown any more."));
    }

    @Test
    void the_sign_turns_with_the_buffer_where_a_larger_one_beats_the_mappings_and_the_small_one_does_not() {
        assertThat(why(Map.of(WARM, pair(10, 8, 5))))
                .anyMatch(line -> line.startsWith("The buffer") && line.endsWith(": the sign turns with the buffer."));
        assertThat(why(Map.of(WARM, pair(10, 12, 5))))
                .anyMatch(line -> line.startsWith("The buffer"))
                .noneMatch(line -> line.contains("the sign turns"));
        assertThat(why(Map.of(WARM, pair(10, 8, 10)))).noneMatch(line -> line.startsWith("The buffer"));
    }

    @Test
    void of_what_was_not_measured_nothing_is_said() {
        assertThat(why(Map.of(WARM, Map.of(CopyStrategy.TEXTBOOK, NOISE)))).isEmpty();
        assertThat(why(Map.of())).isEmpty();
    }

    private static Map<String, double[]> pair(double textbook, double mapped, double larger) {
        return Map.of(
                CopyStrategy.TEXTBOOK,
                times(textbook),
                CopyStrategy.TEXTBOOK_MAPPED,
                times(mapped),
                "buffer-256k",
                times(larger));
    }

    private static double[] times(double millis) {
        return Arrays.stream(NOISE).map(value -> millis * value).toArray();
    }

    private static List<String> why(Map<CopyCell, Map<String, double[]>> cells) {
        Map<CopyCell, Map<String, double[]>> inOrder = new LinkedHashMap<>();
        for (CopyCell cell : List.of(WARM, COLD)) {
            if (cells.containsKey(cell)) {
                inOrder.put(cell, cells.get(cell));
            }
        }
        return CopyWhy.of(CopySamples.results(
                inOrder, Set.of(CopyStrategy.TEXTBOOK, CopyStrategy.TEXTBOOK_MAPPED, "buffer-256k")));
    }
}
