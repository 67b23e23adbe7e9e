package org.brkmap.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Backing;
import org.brkmap.model.Mapping;
import org.brkmap.model.Permissions;
import org.brkmap.procfs.ProcException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapsParserTest {
    private static final String TEXT =
            "55e0c0a00000-55e0c0a21000 r-xp 00002000 fe:0a 260131                     /usr/bin/cat\n";

    @Test
    void a_row_becomes_a_mapping_field_by_field() throws IOException {
        assertThat(parse(TEXT))
                .containsExactly(Mapping.of(
                        new AddressRange(0x55e0c0a00000L, 0x55e0c0a21000L),
                        new Permissions(true, false, true, false),
                        new Backing(0xfe, 0x0a, 260131, 0x2000, "/usr/bin/cat")));
    }

    @Test
    void a_row_without_a_name_is_anonymous() throws IOException {
        assertThat(parse("7f0000000000-7f0000001000 rw-p 00000000 00:00 0 \n"))
                .singleElement()
                .extracting(Mapping::backing)
                .isSameAs(Backing.ANONYMOUS);
    }

    @Test
    void addresses_above_two_to_the_63_are_kept() throws IOException {
        assertThat(parse("ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]\n"))
                .containsExactly(Mapping.of(
                        new AddressRange(0xffffffffff600000L, 0xffffffffff601000L),
                        new Permissions(false, false, true, false),
                        new Backing(0, 0, 0, 0, "[vsyscall]")));
    }

    @Test
    void the_largest_numbers_the_kernel_can_print_are_kept() throws IOException {
        Backing backing = parse("10000-20000 rwxs fffffffffffff000 fff:fffff 18446744073709551615 /x\n")
                .get(0)
                .backing();
        assertThat(backing).isEqualTo(new Backing(0xfff, 0xfffff, -1L, 0xfffffffffffff000L, "/x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tmp/two words",
                "/tmp/tab\there",
                "/tmp/trailing  ",
                " leading blank",
                "  two of them",
                "/tmp/[heap]\\012<img src=x onerror=alert(1)>",
                "[heap]",
                "/memfd:x (deleted)",
                "/tmp/ä€😀"
            })
    void a_name_is_kept_verbatim(String name) throws IOException {
        String row = TEXT.replace("/usr/bin/cat", name);
        assertThat(parse(row).get(0).backing().name()).isEqualTo(name);
    }

    @Test
    void a_name_on_a_long_row_begins_two_blanks_after_the_inode() throws IOException {
        String fields = "ffffffffff600000-ffffffffff601000 r--p fffffffffffff000 fff:fffff 18446744073709551615";
        assertThat(fields).hasSizeGreaterThan(72);
        assertThat(parse(fields + "   x\n").get(0).backing().name()).isEqualTo(" x");
    }

    @Test
    void a_name_that_repeats_is_one_string() throws IOException {
        List<Mapping> mappings = parse(TEXT + TEXT.replace("55e0c0a00000-55e0c0a21000", "55e0c0a21000-55e0c0a22000"));
        assertThat(mappings.get(1).backing().name())
                .isSameAs(mappings.get(0).backing().name());
    }

    @Test
    void a_row_longer_than_the_buffer_and_rows_across_its_end_are_whole() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 500; i++) {
            text.append(String.format("%x000-%x000 rw-p 00000000 00:00 0 %n", i, i + 1));
        }
        String name = "/" + "\\012".repeat(4000);
        text.append(TEXT.replace("/usr/bin/cat", name));
        List<Mapping> mappings = MapsParser.parse(new Dripping(text.toString()), "test");
        assertThat(mappings).hasSize(501);
        for (int i = 1; i <= 500; i++) {
            assertThat(mappings.get(i - 1).range()).isEqualTo(AddressRange.ofLength(i * 4096L, 4096));
        }
        assertThat(mappings.get(500).backing().name()).isEqualTo(name);
    }

    @Test
    void nothing_is_an_empty_listing() throws IOException {
        assertThat(parse("")).isEmpty();
    }

    @Test
    void a_listing_cut_anywhere_within_a_row_is_refused() {
        for (int length = 1; length < TEXT.length(); length++) {
            String cut = TEXT.substring(0, length);
            assertThatThrownBy(() -> parse(cut))
                    .as(cut)
                    .isInstanceOfSatisfying(
                            ProcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MALFORMED));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "...",
                "1000 rw-p 00000000 00:00 0 ",
                "1000-1000 rw-p 00000000 00:00 0 ",
                "2000-1000 rw-p 00000000 00:00 0 ",
                "1000-2000",
                "1000-2000 rw-z 00000000 00:00 0 ",
                "1000-2000 rwxp0 00000000 00:00 0 ",
                "1000-2000 rw-p 00000000 00-00 0 ",
                "1000-2000 rw-p 00000000 00:00 x",
                "1000-2000 rw-p 00000000 00:00 0x",
                "1000-2000 rw-p 00000000 00:00 18446744073709551616",
                "1000-2000 rw-p 00000000 100000000:00 0 ",
                "10000000000000000-20000000000000000 rw-p 00000000 00:00 0 ",
                "A000-B000 rw-p 00000000 00:00 0 "
            })
    void a_malformed_row_is_named(String row) {
        assertThatThrownBy(() -> parse("100-200 rw-p 00000000 00:00 0 \n" + row + "\n"))
                .isInstanceOfSatisfying(
                        ProcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MALFORMED))
                .hasMessageContaining("row 2 of test")
                .hasMessageContaining("\"" + row + "\"");
    }

    @Test
    void a_message_shows_no_control_characters() {
        assertThatThrownBy(() -> parse("1000-2000 \u001b[31mred\n"))
                .hasMessageContaining("\\x1b[31mred")
                .hasMessageNotContaining("\u001b");
    }

    @Test
    void a_row_without_end_is_refused() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'a';
            }
        };
        assertThatThrownBy(() -> MapsParser.parse(endless, "test")).hasMessageContaining("a row of less than");
    }

    @Test
    void rows_that_overlap_tell_of_a_process_that_moved() {
        assertThatThrownBy(() -> parse("1000-3000 rw-p 00000000 00:00 0 \n2000-4000 rw-p 00000000 00:00 0 \n"))
                .isInstanceOfSatisfying(
                        ProcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.RACED))
                .hasMessageContaining("2000-4000");
    }

    private static List<Mapping> parse(String text) throws IOException {
        return MapsParser.parse(new ByteArrayInputStream(text.getBytes(UTF_8)), "test");
    }

    /** Gives a few bytes at a time, as a file of /proc may. */
    private static final class Dripping extends ByteArrayInputStream {
        Dripping(String text) {
            super(text.getBytes(UTF_8));
        }

        @Override
        public synchronized int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(length, 7));
        }
    }
}
