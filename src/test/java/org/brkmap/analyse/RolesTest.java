package org.brkmap.analyse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.junit.jupiter.api.Test;

class RolesTest {
    private static final Elf PROGRAM = new Elf(
            0x1000,
            List.of(
                    new Elf.Load(0, 0x800, 0, 0x800, false, false),
                    new Elf.Load(0x1000, 0x800, 0x1000, 0x800, false, true),
                    new Elf.Load(0x2000, 0x800, 0x2000, 0x800, false, false),
                    new Elf.Load(0x3e00, 0x3200, 0x2e00, 0x400, true, false)),
            0x3e00,
            0x4000);

    private static final String[] LOADED = {
        "500000-501000 r--p 00000000 fe:00 7 /prog",
        "501000-502000 r-xp 00001000 fe:00 7 /prog",
        "502000-503000 r--p 00002000 fe:00 7 /prog",
        "503000-504000 r--p 00002000 fe:00 7 /prog",
        "504000-505000 rw-p 00003000 fe:00 7 /prog"
    };

    private static List<Role> roles(RunBuilder run, Elf.Source elves) {
        Analysis analysis = Analyser.analyse(run.build(), elves, sites -> Map.of());
        return analysis.observation().snapshots().get(0).mappings().stream()
                .map(Mapping::role)
                .toList();
    }

    private static List<Role> roles(RunBuilder run) {
        return roles(run, path -> path.equals("/prog") ? Optional.of(PROGRAM) : Optional.empty());
    }

    private static RunBuilder program(Long startBrk) {
        return new RunBuilder().layout(RunBuilder.layout(0x501000L, startBrk, null, 0L, null));
    }

    private static String[] with(String... rows) {
        String[] all = java.util.Arrays.copyOf(LOADED, LOADED.length + rows.length);
        System.arraycopy(rows, 0, all, LOADED.length, rows.length);
        return all;
    }

    @Test
    void theRowsOfAProgramFollowItsHeadersEvenWhereAnOffsetRepeats() {
        assertThat(roles(program(0x507000L).exec(with("505000-507000 rw-p"))))
                .containsExactly(
                        Role.PROGRAM_HEADERS,
                        Role.PROGRAM_TEXT,
                        Role.PROGRAM_RODATA,
                        Role.PROGRAM_RELRO,
                        Role.PROGRAM_DATA,
                        Role.PROGRAM_BSS);
    }

    @Test
    void aProgramWhoseFileIsGoneIsToldByPermissions() {
        assertThat(roles(program(null).exec(LOADED), path -> Optional.empty()))
                .containsExactly(
                        Role.PROGRAM_HEADERS,
                        Role.PROGRAM_TEXT,
                        Role.PROGRAM_RODATA,
                        Role.PROGRAM_RODATA,
                        Role.PROGRAM_DATA);
    }

    @Test
    void theSameFileMappedElsewhereIsOnlyAFile() {
        assertThat(roles(program(null).exec(with("700000-702000 r--p 00000000 fe:00 7 /prog"))))
                .last()
                .isEqualTo(Role.FILE);
    }

    @Test
    void whereZerosAndHeapShareARowEachPartIsComparedForItself() {
        RunBuilder run = program(0x507000L)
                .exec(with("505000-507000 rw-p"))
                .call("brk", 0x517000, 0x517000)
                .then(with("505000-517000 rw-p 00000000 00:00 0 [heap]"));
        Analysis analysis = Analyser.analyse(run.build(), path -> Optional.of(PROGRAM), sites -> Map.of());
        assertThat(analysis.changes()).singleElement().satisfies(change -> {
            assertThat(change.role()).isEqualTo(Role.HEAP);
            assertThat(change.bytes()).isEqualTo(0x10000);
            assertThat(change.at()).isEqualTo("heap+0x0");
        });
        assertThat(analysis.observation().snapshots().get(1).mappings())
                .last()
                .extracting(Mapping::role)
                .isEqualTo(Role.HEAP);
    }

    @Test
    void aFileThatIsNamedLikeALabelIsAFile() {
        assertThat(roles(new RunBuilder()
                        .exec(
                                "600000-601000 rw-p 00000000 fe:00 9 /tmp/[heap]",
                                "610000-611000 rw-p 00000000 fe:00 9 /[stack]\\012<b>",
                                "620000-621000 r--p 00000000 fe:00 9 /x/libbrkmap-probe.so.txt")))
                .containsOnly(Role.FILE);
    }

    @Test
    void theKernelsLabelsCountOnlyWhole() {
        assertThat(roles(new RunBuilder()
                        .exec(
                                "600000-601000 rw-p 00000000 00:00 0 [heap]",
                                "601000-602000 ---p 00000000 00:00 0 [heap]",
                                "610000-611000 rw-p 00000000 00:00 0 [stack]",
                                "620000-621000 r--p 00000000 00:00 0 [vvar]",
                                "621000-622000 r--p 00000000 00:00 0 [vvar_vclock]",
                                "622000-623000 r-xp 00000000 00:00 0 [vdso]",
                                "630000-631000 rw-p 00000000 00:00 0 [anon:heap]",
                                "640000-641000 rw-p 00000000 00:00 0 [stackish]")))
                .containsExactly(
                        Role.HEAP, Role.HEAP, Role.STACK, Role.VVAR, Role.VVAR, Role.VDSO, Role.ANONYMOUS, Role.OTHER);
    }

    @Test
    void theProbeIsNeverCounted() {
        Analysis analysis = new RunBuilder()
                .exec()
                .callOnFile("mmap", "/memfd:brkmap-probe (deleted)", 0x600000, 0, 0x1000, 3, 1, 5, 0)
                .then("600000-601000 rw-s 00000000 00:01 5 /memfd:brkmap-probe (deleted)")
                .analyse();
        assertThat(analysis.changes()).isEmpty();
        assertThat(analysis.observation().snapshots().get(1).totals().virtual()).isZero();
    }
}
