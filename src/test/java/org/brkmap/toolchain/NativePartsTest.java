package org.brkmap.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsGcc
class NativePartsTest {
    private static final Map<String, String> STAND_INS = Map.of(
            "confine.c", "#include \"probe_layout.h\"\nint main(void) { return ANSWER; }\n",
            "alone.c", "int main(void) { return 41; }\n",
            "launch.c", "#include \"probe_layout.h\"\nint main(void) { return ANSWER; }\n",
            "probe.c", "#include \"probe_layout.h\"\nint probed(void) { return ANSWER; }\n",
            "probe_end.ld", "SECTIONS { .end (NOLOAD) : { . = ALIGN(8); } } INSERT AFTER .bss;\n",
            "record.c", "#include \"probe_layout.h\"\nint recorded(void) { return ANSWER; }\n",
            "probe_layout.h", "#define ANSWER 42\n");

    @TempDir
    Path directory;

    @Test
    void compilesALauncherThatRunsAndALibraryThatLoads() throws Exception {
        NativeParts parts = make(STAND_INS);

        assertThat(Tool.run(List.of(parts.launcher().toString())).exit()).isEqualTo(42);
        assertThat(Tool.run(List.of(parts.alone().toString())).exit()).isEqualTo(41);
        ToolResult preloaded =
                Tool.of("true").with("LD_PRELOAD", parts.probe().toString()).run();
        assertThat(preloaded).isEqualTo(new ToolResult(0, "", "", false, false));
    }

    @Test
    void compilesOnceForTheSameFilesAndAgainForOthers() throws Exception {
        NativeParts first = make(STAND_INS);
        assertThat(make(STAND_INS)).isEqualTo(first);

        Map<String, String> edited = new TreeMap<>(STAND_INS);
        edited.put("probe_layout.h", "#define ANSWER 43\n");
        assertThat(Tool.run(List.of(make(edited).launcher().toString())).exit()).isEqualTo(43);
        assertThat(Tool.run(List.of(first.launcher().toString())).exit()).isEqualTo(42);
    }

    @Test
    void severalMayAskAtOnceAndGetTheSame() throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        try {
            Callable<NativeParts> task = () -> make(STAND_INS);
            var made = threads.invokeAll(List.of(task, task, task, task));

            assertThat(made).extracting(future -> future.get()).containsOnly(make(STAND_INS));
            try (var left = Files.list(directory)) {
                assertThat(left).containsExactly(made.get(0).get().launcher().getParent());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void tellsTheCompilersWordsWhenItRefuses() {
        Map<String, String> broken = new TreeMap<>(STAND_INS);
        broken.put("probe.c", "int probed(void)\n{\n    int unused;\n    return 0;\n}\n");

        assertThatThrownBy(() -> make(broken))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("cannot build brkmap's probe.c\nprobe.c:3:9: error: unused variable");
    }

    @Test
    void tellsWhereItCannotWrite() throws Exception {
        directory = Files.writeString(directory.resolve("occupied"), "a file");

        assertThatThrownBy(() -> make(STAND_INS)).hasMessageContainingAll("occupied", "XDG_CACHE_HOME");
    }

    @Test
    void keepsThemInTheCheckoutOrElseInTheUsersCache() {
        var checkout = Optional.of(new ProjectFiles(Path.of("/src/brkmap")));
        Path home = Path.of(System.getProperty("user.home"));

        assertThat(NativeParts.directory(checkout, Map.of())).isEqualTo(Path.of("/src/brkmap/target/native"));
        assertThat(NativeParts.directory(Optional.empty(), Map.of("XDG_CACHE_HOME", "/fast")))
                .isEqualTo(Path.of("/fast/brkmap/native"));
        assertThat(NativeParts.directory(Optional.empty(), Map.of("XDG_CACHE_HOME", "relative")))
                .as("a relative one is to be ignored")
                .isEqualTo(home.resolve(".cache/brkmap/native"));
    }

    @Test
    void knowsEveryFileOfTheNativeSources() throws Exception {
        try (var sources = Files.list(ProjectFiles.find().orElseThrow().root().resolve("src/main/c"))) {
            assertThat(sources.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(NativeParts.RESOURCES);
        }
    }

    @Test
    void compilesTheRealPartsOnce() throws Exception {
        NativeParts parts = NativeParts.ready();

        assertThat(parts.launcher()).isExecutable();
        assertThat(parts.compiler()).isEqualTo(CCompiler.find().version());
        assertThat(parts.probe().getParent()).isEqualTo(parts.launcher().getParent());
        assertThat(Tool.run(List.of("nm", "-D", "--defined-only", parts.probe().toString()))
                        .stdout())
                .contains(" T malloc\n", " T free\n");
        assertThat(Tool.run(List.of(
                                "nm", "-D", "--defined-only", parts.recorder().toString()))
                        .stdout())
                .contains(" T brkmap_record\n");
        assertThat(NativeParts.ready()).isSameAs(parts);
    }

    private NativeParts make(Map<String, String> files) throws Exception {
        Map<String, byte[]> bytes = new TreeMap<>();
        files.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return NativeParts.make(bytes, directory, CCompiler.find());
    }
}
