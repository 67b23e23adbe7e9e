package org.brkmap.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.CCompiler;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the copies answer where the machine refuses something, or a file changes under them. */
@NeedsGcc
class CopyRefusalsTest {
    private static final int LENGTH = 3 * 4096;

    @TempDir
    Path folder;

    @Test
    void counters_that_the_kernel_refuses_are_not_available_and_the_copy_is_measured_all_the_same() throws Exception {
        Path source = Files.write(folder.resolve("source"), new byte[LENGTH]);
        CopyMeasure measure = CopyMeasure.parse(ProgramCopy.run(List.of(
                helper("deny-ptrace").toString(),
                "perf",
                copyProgram("copy_buffer").toString(),
                source.toString(),
                folder.resolve("copy").toString())));
        assertThat(measure.counts())
                .containsKeys("instructions", "cycles", "tlb_misses")
                .doesNotContainKeys("user_instructions")
                .extractingByKeys("instructions", "cycles", "tlb_misses")
                .containsOnlyNulls();
        assertThat(measure.counts().get("minor_faults")).isPositive();
        assertThat(measure.millis()).isPositive();
    }

    @Test
    void a_kernel_that_refuses_io_uring_is_named_in_the_reason() throws Exception {
        Path uring;
        try {
            uring = copyProgram("copy_uring", "-luring");
        } catch (IOException e) {
            Assumptions.abort("liburing is not installed");
            return;
        }
        Path source = Files.write(folder.resolve("source"), new byte[LENGTH]);
        assertThatIOException()
                .isThrownBy(() -> ProgramCopy.run(List.of(
                        helper("deny-ptrace").toString(),
                        "uring",
                        uring.toString(),
                        source.toString(),
                        folder.resolve("copy").toString())))
                .withMessageContaining("io_uring_queue_init")
                .withMessageContaining("ENOSYS");
    }

    /** The compiler is gcc itself; it finds a header before liburing's that includes what is not there. */
    @Test
    void without_liburing_the_way_is_missing_with_what_to_install_and_the_others_are_there() throws Exception {
        Path include = Files.createDirectory(folder.resolve("include"));
        Files.writeString(include.resolve("liburing.h"), "#include <liburing/not-installed.h>\n");
        Path gcc = Files.writeString(folder.resolve("gcc"), "#!/bin/sh\nexec gcc -I" + include + " \"$@\"\n");
        assertThat(gcc.toFile().setExecutable(true)).isTrue();
        Programs real = Programs.find();
        CopyStrategies strategies = CopyStrategies.find(new Programs(real.project(), CCompiler.find(gcc.toString())));
        assertThat(strategies.missing())
                .containsOnlyKeys("io-uring")
                .extractingByKey("io-uring")
                .asString()
                .contains("apt install liburing-dev");
        assertThat(strategies.found())
                .extracting(CopyStrategy::id)
                .contains("threads")
                .doesNotContain("io-uring");
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy_mapped", "copy_mapped_write"})
    void a_file_that_shrinks_while_mapped_is_a_result_and_not_a_crash(String name) throws Exception {
        Path source = Files.write(folder.resolve("source"), new byte[LENGTH]);
        Path program = copyProgram(name);
        assertThatIOException()
                .isThrownBy(() -> ProgramCopy.run(List.of(
                        "env",
                        "LD_PRELOAD=" + shared("shrink_mapped"),
                        "SHRINK=" + source,
                        program.toString(),
                        source.toString(),
                        folder.resolve("copy").toString())))
                .withMessageContaining(name.equals("copy_mapped") ? "SIGBUS" : "EFAULT");
    }

    @Test
    void a_file_that_shrinks_under_a_mapping_of_java_is_an_error_too() throws Exception {
        Path source = Files.write(folder.resolve("source"), new byte[LENGTH]);
        Path copy = Files.write(folder.resolve("copy"), new byte[LENGTH]);
        try (FileChannel from = FileChannel.open(source, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileChannel to = FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            assertThatIOException()
                    .isThrownBy(() -> JavaCopy.guarded(source, () -> {
                        MappedByteBuffer origin = from.map(MapMode.READ_ONLY, 0, LENGTH);
                        MappedByteBuffer target = to.map(MapMode.READ_WRITE, 0, LENGTH);
                        from.truncate(0);
                        target.put(origin);
                        ThreadUse.now();
                        return new CopyMeasure(Map.of(), Map.of());
                    }))
                    .withMessageContaining("became shorter");
        }
    }

    @Test
    void a_page_cache_that_nothing_empties_is_said_with_what_was_tried() throws Exception {
        Path memory = Path.of("/dev/shm");
        Assumptions.assumeTrue(
                Files.isWritable(memory) && Files.getFileStore(memory).type().equals("tmpfs"),
                "needs a file system in memory, whose pages have nowhere else to go");
        Path parent = Files.createTempDirectory(memory, "brkmap-test");
        try {
            assertThat(evicted(parent, false, folder.resolve("never-asked")))
                    .contains("3 pages", "DONTNEED", "--drop-caches");
            assertThat(evicted(parent, true, folder.resolve("missing"))).contains("cannot be emptied here", "missing");
            assertThat(evicted(parent, true, folder)).contains("cannot be emptied here");
            assertThat(evicted(parent, true, Files.createFile(folder.resolve("taken"))))
                    .contains("and drop_caches");
            assertThat(folder.resolve("taken")).hasContent("1");
            assertThat(folder.resolve("missing")).doesNotExist();
        } finally {
            Files.delete(parent);
        }
    }

    private static String evicted(Path parent, boolean dropAll, Path dropCaches) throws Exception {
        Path tool = CopyStrategies.find(Programs.find()).cacheTool();
        try (CopyScratch scratch = CopyScratch.in(parent, LENGTH, tool, dropCaches, 1)) {
            scratch.fill(LENGTH);
            return scratch.evictSource(dropAll).orElse("cold");
        }
    }

    private static Path copyProgram(String name, String... libraries) throws Exception {
        Programs programs = Programs.find();
        BuildRequest request = BuildRequest.of(
                programs.project().sampleC().resolve("copy").resolve(name + ".c"),
                programs.project().target().resolve("bench"));
        for (String library : libraries) {
            request = request.library(library);
        }
        return programs.build(request).executable();
    }

    private static Path helper(String name) throws Exception {
        return build(name);
    }

    private static Path shared(String name) throws Exception {
        return build(name, "-shared", "-fPIC");
    }

    private static Path build(String name, String... flags) throws Exception {
        ProjectFiles project = ProjectFiles.find().orElseThrow();
        BuildRequest request = BuildRequest.of(
                        project.root().resolve("src/test/c").resolve(name + ".c"),
                        project.target().resolve("test-c"))
                .include(project.sampleC().resolve("common"));
        for (String flag : flags) {
            request = request.flag(flag);
        }
        return CCompiler.find().build(request.library("-ldl")).executable();
    }
}
