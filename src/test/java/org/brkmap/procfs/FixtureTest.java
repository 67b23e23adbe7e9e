package org.brkmap.procfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Backing;
import org.brkmap.model.Mapping;
import org.brkmap.model.Permissions;
import org.brkmap.model.Role;
import org.brkmap.model.Usage;
import org.brkmap.procfs.ProcException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixtureTest {
    private static final Permissions RW = Permissions.parse("rw-p");

    @Test
    void a_captured_listing_is_read_whole() throws IOException {
        List<Mapping> maps = Fixtures.sleep().maps(Fixtures.SLEEP);
        assertThat(maps).hasSize(37);
        assertThat(maps.get(1))
                .isEqualTo(Mapping.of(
                        new AddressRange(0x557d2e990000L, 0x557d2e995000L),
                        Permissions.parse("r-xp"),
                        new Backing(0xfe, 0, 260875, 0x2000, "/usr/bin/sleep")));
        assertThat(maps.get(5))
                .isEqualTo(Mapping.of(
                        new AddressRange(0x557d58f8b000L, 0x557d58fac000L), RW, new Backing(0, 0, 0, 0, "[heap]")));
        assertThat(maps.get(36).backing().name()).isEqualTo("[vsyscall]");
    }

    @Test
    void a_captured_smaps_gives_the_usage_in_bytes() throws IOException {
        List<Mapping> smaps = Fixtures.sleep().smaps(Fixtures.SLEEP);
        assertThat(smaps.get(5).usage())
                .isEqualTo(new Usage(16384, 16384L, 0L, 0L, 0L, 16384L, 16384L, 16384L, 0L, 0L, 0L, 0L));
        assertThat(smaps).allMatch(mapping -> mapping.role() == Role.UNKNOWN && mapping.pages() == null);
    }

    @Test
    void a_captured_rollup_is_the_sum_of_the_captured_mappings() throws IOException {
        Usage rollup = Fixtures.regions().smapsRollup(Fixtures.REGIONS);
        List<Mapping> smaps = Fixtures.regions().smaps(Fixtures.REGIONS);
        assertThat(smaps.stream().mapToLong(mapping -> mapping.usage().rss()).sum())
                .isEqualTo(rollup.rss());
        assertThat(smaps.stream()
                        .mapToLong(mapping -> mapping.usage().privateDirty())
                        .sum())
                .isEqualTo(rollup.privateDirty());
    }

    @Test
    void a_captured_Pss_is_rounded_down_once_a_row() throws IOException {
        List<Mapping> smaps = Fixtures.regions().smaps(Fixtures.REGIONS);
        long rollup = Fixtures.regions().smapsRollup(Fixtures.REGIONS).pss();
        assertThat(smaps.stream().mapToLong(mapping -> mapping.usage().pss()).sum())
                .isBetween(rollup - smaps.size() * 1024L, rollup);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "7f9db59e4000,/tmp/pf/grüße",
                "7f9db59e7000,/tmp/pf/back\\012slash",
                "7f9db59ea000,/tmp/pf/here (deleted)",
                "7f9db59ed000,/tmp/pf/gone (deleted)",
                "7f9db59f0000,/tmp/pf/[stack]",
                "7f9db59f3000,/tmp/pf/[heap]\\012<img src=x>",
                "7f9db59f6000,/tmp/pf/<img src=x onerror=alert(1)>&amp;\"'",
                "7f9db59f9000,/memfd:two words\\012<img src=x> (deleted)",
                "7f9db5a0f000,/dev/zero (deleted)",
                "7f9db602e000,/tmp/pf/ two  words\tand a tab "
            })
    void hostile_names_are_kept_as_the_kernel_printed_them(String start, String name) throws IOException {
        long address = Long.parseUnsignedLong(start, 16);
        assertThat(Fixtures.regions().maps(Fixtures.REGIONS))
                .filteredOn(mapping -> mapping.range().start() == address)
                .singleElement()
                .satisfies(mapping -> {
                    assertThat(mapping.backing().name()).isEqualTo(name);
                    assertThat(mapping.backing().isFile()).isTrue();
                });
    }

    @ParameterizedTest
    @CsvSource({"maps-arm32.txt,10", "maps-php-fpm-x86_64.txt,10"})
    void a_published_listing_that_was_cut_is_refused_where_it_was_cut(String name, int row) throws IOException {
        String text = Fixtures.text("published/" + name);
        assertThatThrownBy(() -> MapsParser.parse(Fixtures.stream(text), name))
                .isInstanceOfSatisfying(
                        ProcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MALFORMED))
                .hasMessageContaining("row " + row + " of " + name)
                .hasMessageContaining("\"...\"");
    }

    @Test
    void the_rows_of_a_32_bit_kernel_are_read() throws IOException {
        String text = Fixtures.text("published/maps-arm32.txt");
        List<Mapping> maps =
                MapsParser.parse(Fixtures.stream(text.replace("...\n", "")), "maps-arm32.txt without its gaps");
        assertThat(maps).hasSize(18);
        assertThat(maps.get(0).range()).isEqualTo(new AddressRange(0x8000, 0x590000));
        assertThat(maps.get(0).backing().name()).startsWith("/").endsWith("/xxx");
        assertThat(maps.get(14).backing()).isEqualTo(new Backing(0, 6, 5243, 0, "/dev/mem_cma"));
    }
}
