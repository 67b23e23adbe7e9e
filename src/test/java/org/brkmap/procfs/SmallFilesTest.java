package org.brkmap.procfs;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.brkmap.procfs.ProcException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallFilesTest {
    private static final String SLEEP = "sleep/" + Fixtures.SLEEP + "/";

    @Test
    void stat_gives_the_addresses_of_the_parts() throws IOException {
        ProcStat stat = Fixtures.sleep().stat(Fixtures.SLEEP);
        assertThat(stat)
                .isEqualTo(new ProcStat(
                        23464,
                        "sleep",
                        'T',
                        23463,
                        23455,
                        2600,
                        0,
                        4194304,
                        99,
                        0,
                        0,
                        0,
                        1,
                        183236,
                        2990080,
                        415,
                        93996141051904L,
                        93996141069833L,
                        140725944448400L,
                        93996141083920L,
                        93996141085184L,
                        93996851965952L,
                        140725944449720L,
                        140725944449740L,
                        140725944449740L,
                        140725944451049L));
        assertThat(stat.isStopped()).isTrue();
        assertThat(stat.isEnding()).isFalse();
    }

    @Test
    void all_threads_of_the_machine_are_counted_by_the_kernel(@TempDir Path root) throws IOException {
        int own = ProcFs.live().threads((int) ProcessHandle.current().pid()).size();
        assertThat(ProcFs.live().threadsOfAll()).isGreaterThanOrEqualTo(own);

        Files.writeString(root.resolve("loadavg"), "3.59 9.59 120.37 4/317 32293\n");
        assertThat(ProcFs.at(root).threadsOfAll()).isEqualTo(317);
        Files.writeString(root.resolve("loadavg"), "busy\n");
        assertThatThrownBy(() -> ProcFs.at(root).threadsOfAll()).hasMessageContaining("busy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "a) R 1 (b", ")", "", "two words", "line\nbreak) Z", "((("})
    void a_command_may_hold_anything(String command) throws IOException {
        ProcStat stat = ProcStat.parse(
                Fixtures.stream(Fixtures.text(SLEEP + "stat").replace("(sleep)", "(" + command + ")")), "test");
        assertThat(stat.command()).isEqualTo(command);
        assertThat(stat.state()).isEqualTo('T');
        assertThat(stat.parent()).isEqualTo(23463);
    }

    @Test
    void addresses_that_stat_withholds_are_unknown() throws IOException {
        String withheld = Fixtures.text(SLEEP + "stat")
                .replace(" 93996141051904 93996141069833 140725944448400 ", " 1 1 0 ")
                .replace("93996141083920 93996141085184 93996851965952 140725944449720", "0 0 0 0");
        ProcStat stat = ProcStat.parse(Fixtures.stream(withheld), "test");
        assertThat(Arrays.asList(
                        stat.startCode(),
                        stat.endCode(),
                        stat.startStack(),
                        stat.startData(),
                        stat.endData(),
                        stat.startBrk(),
                        stat.argStart()))
                .containsOnlyNulls();
        assertThat(stat.argEnd()).isEqualTo(140725944449740L);
    }

    @Test
    void a_cut_stat_is_refused() throws IOException {
        String whole = Fixtures.text(SLEEP + "stat");
        for (String cut : List.of("", "23464", "23464 (sleep", "23464 (sleep) T 1\n", whole.trim())) {
            assertThatThrownBy(() -> ProcStat.parse(Fixtures.stream(cut), "test"))
                    .as(cut)
                    .isInstanceOfSatisfying(
                            ProcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MALFORMED));
        }
    }

    @Test
    void status_gives_sizes_in_bytes() throws IOException {
        ProcStatus status = Fixtures.sleep().status(Fixtures.SLEEP);
        assertThat(status)
                .isEqualTo(new ProcStatus(
                        "sleep",
                        'T',
                        23464,
                        23464,
                        23463,
                        0,
                        List.of(23464),
                        0,
                        0,
                        2920 * 1024L,
                        2920 * 1024L,
                        1832 * 1024L,
                        1832 * 1024L,
                        108 * 1024L,
                        1724 * 1024L,
                        0L,
                        224 * 1024L,
                        132 * 1024L,
                        20 * 1024L,
                        1528 * 1024L,
                        48 * 1024L,
                        0L,
                        0L,
                        1,
                        0x1fffeffffffL,
                        0));
    }

    @Test
    void what_status_does_not_say_is_unknown() throws IOException {
        String text = "Name:\ta \\n\\\\ b: c\nState:\tZ (zombie)\nTgid:\t8\nPid:\t8\nPPid:\t1\nTracerPid:\t7\n"
                + "Uid:\t1000\t1001\t1002\t1003\nNSpid:\t8\t3\t1\nNovel:\tx 7 kB\nMore\t: 3\n";
        assertThat(ProcStatus.parse(Fixtures.stream(text), "test"))
                .isEqualTo(new ProcStatus(
                        "a \\n\\\\ b: c",
                        'Z',
                        8,
                        8,
                        1,
                        7,
                        List.of(8, 3, 1),
                        1000,
                        1001,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Name:\tx\n", "Name:\tx\nno colon\n", "Name:\tx\nPid:\t5"})
    void a_cut_status_is_refused(String text) {
        assertThatThrownBy(() -> ProcStatus.parse(Fixtures.stream(text), "test"))
                .isInstanceOfSatisfying(
                        ProcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MALFORMED));
    }

    @Test
    void a_64_bit_vector_is_read() throws IOException {
        assertThat(Auxv.parse(Fixtures.bytes(SLEEP + "auxv.hex"), LITTLE_ENDIAN, "test"))
                .isEqualTo(new Auxv(
                        8,
                        0x557d2e98e040L,
                        56L,
                        13L,
                        4096L,
                        0x7f7b062ae000L,
                        0x557d2e990600L,
                        100L,
                        0L,
                        0x7ffd4fedf849L,
                        0x7ffd4fedffe9L,
                        0x7f7b062ac000L));
    }

    @Test
    void a_32_bit_vector_is_read_in_either_byte_order() throws IOException {
        Auxv expected = new Auxv(4, 0x80001034L, null, null, 4096L, null, 0xf7fd0000L, null, null, null, null, null);
        String little = "03000000 34100080 06000000 00100000 09000000 0000fdf7 00000000 00000000";
        String big = "00000003 80001034 00000006 00001000 00000009 f7fd0000 00000000 00000000";
        assertThat(Auxv.parse(hex(little), LITTLE_ENDIAN, "test")).isEqualTo(expected);
        assertThat(Auxv.parse(hex(big), BIG_ENDIAN, "test")).isEqualTo(expected);
    }

    @Test
    void a_cut_vector_is_refused() throws IOException {
        byte[] whole = Fixtures.bytes(SLEEP + "auxv.hex");
        for (int length : new int[] {0, 8, 17, whole.length - 16}) {
            assertThatThrownBy(() -> Auxv.parse(Arrays.copyOf(whole, length), LITTLE_ENDIAN, "test"))
                    .isInstanceOfSatisfying(
                            ProcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MALFORMED));
        }
    }

    @Test
    void a_blocked_call_is_read_with_its_arguments() throws IOException {
        assertThat(Fixtures.sleep().syscall(Fixtures.SLEEP, Fixtures.SLEEP))
                .isEqualTo(new CurrentCall(
                        230L,
                        List.of(0L, 0L, 0x7ffd4fedf3a0L, 0x7ffd4fedf3e0L, 0L, 0L),
                        0x7ffd4fedf388L,
                        0x7f7b06187503L));
    }

    @Test
    void a_thread_that_runs_or_waits_outside_of_a_call_is_in_none() throws IOException {
        CurrentCall running = CurrentCall.parse(Fixtures.stream("running\n"), "test");
        assertThat(running).isEqualTo(new CurrentCall(null, List.of(), null, null));
        assertThat(running.isRunning()).isTrue();
        CurrentCall waiting = CurrentCall.parse(Fixtures.stream("-1 0x7ffd4fedf388 0xffffffffff600000\n"), "test");
        assertThat(waiting).isEqualTo(new CurrentCall(null, List.of(), 0x7ffd4fedf388L, 0xffffffffff600000L));
        assertThat(waiting.isRunning()).isFalse();
    }

    @Test
    void counts_and_names_are_read() throws IOException {
        assertThat(Fixtures.sleep().io(Fixtures.SLEEP)).isEqualTo(new IoCounts(6976, 0, 10, 0, 0, 0, 0));
        assertThat(Fixtures.sleep().threads(Fixtures.SLEEP)).containsExactly(Fixtures.SLEEP);
        assertThat(Fixtures.sleep().threadName(Fixtures.SLEEP, Fixtures.SLEEP)).isEqualTo("sleep");
        assertThat(Fixtures.sleep().wchan(Fixtures.SLEEP, Fixtures.SLEEP)).contains("do_signal_stop");
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
