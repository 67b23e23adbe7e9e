package org.brkmap.procfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.brkmap.model.Mapping;
import org.brkmap.model.Usage;
import org.brkmap.procfs.ProcException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmapsParserTest {
    private static final String HEADER = "1000-3000 rw-p 00000000 00:00 0 \n";

    @Test
    void an_entry_of_an_old_kernel_leaves_the_rest_unknown() throws IOException {
        assertThat(usage("Size: 8 kB\nRss: 4 kB\nPss: 4 kB\n"))
                .isEqualTo(new Usage(4096, 4096L, null, null, null, null, null, null, null, null, null, null));
    }

    @Test
    void fields_that_are_not_known_are_passed_over() throws IOException {
        assertThat(usage("Rss:  8 kB\nPss_Dirty: 1 kB\nQuantumPages: seven\nTHPeligible: 0\nVmFlags: rd wr mr mw \n"))
                .isEqualTo(new Usage(8192, null, null, null, null, null, null, null, null, null, null, null));
    }

    @Test
    void every_field_lands_in_its_place() throws IOException {
        assertThat(usage("Rss: 1 kB\nPss: 2 kB\nShared_Clean: 3 kB\nShared_Dirty: 4 kB\nPrivate_Clean: 5 kB\n"
                        + "Private_Dirty: 6 kB\nReferenced: 7 kB\nAnonymous: 8 kB\nLazyFree: 9 kB\nAnonHugePages: 10 kB\n"
                        + "Swap: 11 kB\nSwapPss: 99 kB\nLocked: 12 kB\n"))
                .isEqualTo(new Usage(
                        1024, 2048L, 3072L, 4096L, 5120L, 6144L, 7168L, 8192L, 9216L, 10240L, 11264L, 12288L));
    }

    @Test
    void what_one_entry_lacks_is_not_taken_from_the_entry_before() throws IOException {
        List<Mapping> mappings =
                parse(HEADER + "Rss: 4 kB\nSwap: 4 kB\n" + "3000-4000 rw-p 00000000 00:00 0 \n" + "Rss: 0 kB\n");
        assertThat(mappings.get(0).usage().swap()).isEqualTo(4096);
        assertThat(mappings.get(1).usage().swap()).isNull();
    }

    /** The kernel's own columns are read in another way than what somebody has edited; both must say the same. */
    @Test
    void columns_do_not_change_what_is_read() throws IOException {
        String text = Fixtures.text("regions/23489/smaps");
        assertThat(parse(text.replaceAll("(?m)^([A-Z]\\w+:) ", "$1"))).isEqualTo(parse(text));
        assertThat(parse(text.replaceAll("(?m)^(Shared_Clean|Swap|Size):", "$1: ")))
                .isEqualTo(parse(text));
    }

    @Test
    void fields_may_change_their_order_and_their_width_from_entry_to_entry() throws IOException {
        String text = HEADER + column("Rss:", 1) + column("Pss:", 2) + column("Unknown:", 3) + column("Swap:", 4)
                + "3000-5000 rw-p 00000000 00:00 0 \n" + column("Pss:", 99_999_999) + column("Unknown:", 5)
                + "Swap:           123456789 kB\n" + column("Rss:", 7)
                + "5000-7000 rw-p 00000000 00:00 0 \n" + column("Rss:", 8) + "VmFlags: rd wr \n" + column("Swap:", 9);
        assertThat(parse(text))
                .extracting(mapping -> mapping.usage().rss() / 1024)
                .containsExactly(1L, 7L, 8L);
        assertThat(parse(text))
                .extracting(mapping -> mapping.usage().pss())
                .containsExactly(2048L, 99_999_999L * 1024, null);
        assertThat(parse(text))
                .extracting(mapping -> mapping.usage().swap())
                .containsExactly(4096L, 123_456_789L * 1024, 9216L);
    }

    /** Eighteen bytes and ten: where one row would have its unit, the second of the two has its own. */
    @Test
    void two_short_rows_are_not_one_long_row() throws IOException {
        String two = "Rss: 8 kB\nPss:         1 kB\n";
        assertThat(two).hasSize(28);
        for (String text : List.of(two, two + two)) {
            assertThat(usage(text).rss()).isEqualTo(8192);
            assertThat(usage(text).pss()).isEqualTo(1024);
        }
    }

    /** More than fits into the reader's buffer, so that rows of every kind are met at its end. */
    @Test
    void a_row_may_lie_across_the_end_of_what_was_read() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 2000; i++) {
            text.append(Integer.toHexString(i * 4096)).append('-').append(Integer.toHexString((i + 1) * 4096));
            text.append(" rw-p 00000000 00:00 0 \n").append(column("Size:", 4)).append(column("Rss:", i));
            text.append("VmFlags: rd\n").append(column("Locked:", 2 * i));
        }
        List<Mapping> mappings = parse(text.toString());
        assertThat(mappings).hasSize(2000);
        for (int i = 1; i <= 2000; i++) {
            assertThat(mappings.get(i - 1).usage().rss()).isEqualTo(i * 1024L);
            assertThat(mappings.get(i - 1).usage().locked()).isEqualTo(2 * i * 1024L);
        }
    }

    private static String column(String name, int kilobytes) {
        return String.format(Locale.ROOT, "%-16s%8d kB\n", name, kilobytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Rss: 4 kB\n",
                HEADER,
                HEADER + "Pss: 4 kB\n",
                HEADER + "Rss: 4\n",
                HEADER + "Rss: 4 MB\n",
                HEADER + "Rss: four kB\n",
                HEADER + "Rss:                4 4 kB\n",
                HEADER + "Rss:                  4x kB\n",
                HEADER + "Rss:                     kB\n",
                HEADER + "Rss: 4 kB",
                HEADER + "Size: 4 kB\nRss: 4 kB\n",
                HEADER + "Rss: 4 kB\n2000-"
            })
    void a_cut_or_altered_listing_is_refused(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOfSatisfying(
                        ProcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MALFORMED));
    }

    @Test
    void a_rollup_has_one_entry() throws IOException {
        String text = "1000-ffff0000 ---p 00000000 00:00 0                    [rollup]\nRss: 12 kB\n";
        assertThat(SmapsParser.parseRollup(Fixtures.stream(text), "test").rss()).isEqualTo(12 * 1024);
        assertThatThrownBy(() -> SmapsParser.parseRollup(Fixtures.stream(""), "test"))
                .hasMessageContaining("one entry, not 0");
    }

    private static Usage usage(String fields) throws IOException {
        return parse(HEADER + fields).get(0).usage();
    }

    private static List<Mapping> parse(String text) throws IOException {
        return SmapsParser.parse(Fixtures.stream(text), "test");
    }
}
