package org.brkmap.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.bench.CopyStrategy.Family;
import org.brkmap.toolchain.BuildException;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.Tool;

/** The ways to copy that this machine has, and why it lacks the others. */
final class CopyStrategies {
    private static final int[] BUFFERS_KIB = {4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096};

    private final Programs programs;
    private final List<CopyStrategy> found = new ArrayList<>();
    private final Map<String, String> missing = new LinkedHashMap<>();

    private CopyStrategies(Programs programs) {
        this.programs = programs;
    }

    /** Builds the programs. */
    static CopyStrategies find(Programs programs) throws IOException, InterruptedException {
        CopyStrategies strategies = new CopyStrategies(programs);
        strategies.inC();
        strategies.inJava();
        strategies.commands();
        return strategies;
    }

    List<CopyStrategy> found() {
        return found;
    }

    /** Ids of what this machine lacks, each with the reason and the cure. */
    Map<String, String> missing() {
        return missing;
    }

    /** The program that tells and empties the page cache. */
    Path cacheTool() throws IOException, InterruptedException {
        return build("copy_cache");
    }

    private void inC() throws IOException, InterruptedException {
        Path buffer = build("copy_buffer");
        for (int kib : BUFFERS_KIB) {
            String size = kib < 1024 ? kib + " KiB" : kib / 1024 + " MiB";
            String id = "buffer-" + (kib < 1024 ? kib + "k" : kib / 1024 + "m");
            String title = "read/write, " + size + (id.equals(CopyStrategy.TEXTBOOK) ? " (textbook)" : "");
            add(id, title, Family.BUFFER, ProgramCopy.program(buffer, String.valueOf(kib * 1024L)));
        }
        Path mapped = build("copy_mapped");
        add(CopyStrategy.TEXTBOOK_MAPPED, "mmap both, memcpy (textbook)", Family.MAPPED, ProgramCopy.program(mapped));
        for (String how : List.of("populate", "sequential", "willneed", "huge", "windowed")) {
            add("mapped-" + how, "mmap both, " + how, Family.MAPPED, ProgramCopy.program(mapped, how));
        }
        add("mapped-write", "mmap source, write", Family.MAPPED, ProgramCopy.program(build("copy_mapped_write")));
        add("copy-file-range", "copy_file_range", Family.KERNEL, ProgramCopy.program(build("copy_range")));
        add("sendfile", "sendfile", Family.KERNEL, ProgramCopy.program(build("copy_sendfile")));
        add("splice", "splice, 1 MiB pipe", Family.KERNEL, ProgramCopy.program(build("copy_splice")));
        add("threads", "two threads, 1 MiB", Family.PARALLEL, ProgramCopy.program(build("copy_threads", "-pthread")));
        add("direct", "O_DIRECT, 1 MiB", Family.DIRECT, ProgramCopy.program(build("copy_direct")));
        add(CopyStrategy.LIMIT, "memcpy, no file", Family.LIMIT, ProgramCopy.program(build("copy_memory")));
        try {
            add(
                    "io-uring",
                    "io_uring, 8 × 256 KiB",
                    Family.PARALLEL,
                    ProgramCopy.program(build("copy_uring", "-luring")));
        } catch (BuildException e) {
            missing.put("io-uring", uringReason(String.valueOf(e.getMessage())));
        }
    }

    private void inJava() {
        found.add(new CopyStrategy("java-files", "Java Files.copy", Family.JAVA, false, JavaCopy::files));
        add("java-transfer", "Java transferTo", Family.JAVA, JavaCopy::transfer);
        add("java-mapped", "Java mapped buffers", Family.JAVA, JavaCopy::mapped);
        add("java-direct", "Java direct buffer, 1 MiB", Family.JAVA, JavaCopy::direct);
    }

    private void commands() throws IOException, InterruptedException {
        Path runner = build("copy_command");
        if (Tool.exists("cp")) {
            CopyStrategy.Method method = ProgramCopy.command(runner, "cp", "{source}", "{destination}");
            found.add(new CopyStrategy("cp", "cp", Family.COMMAND, false, method));
        } else {
            missing.put("cp", "cp is not installed");
        }
        if (Tool.exists("dd")) {
            CopyStrategy.Method method = ProgramCopy.command(
                    runner, "dd", "if={source}", "of={destination}", "bs=64K", "conv=notrunc", "status=none");
            add("dd", "dd bs=64K", Family.COMMAND, method);
        } else {
            missing.put("dd", "dd is not installed");
        }
    }

    private void add(String id, String title, Family family, CopyStrategy.Method method) {
        found.add(new CopyStrategy(id, title, family, true, method));
    }

    private static String uringReason(String message) {
        return message.contains("liburing") || message.contains("luring")
                ? "liburing is not installed: apt install liburing-dev, dnf install liburing-devel"
                : "it does not build: " + message.lines().findFirst().orElse("");
    }

    private Path build(String name, String... flags) throws IOException, InterruptedException {
        Path source = programs.project().sampleC().resolve("copy").resolve(name + ".c");
        BuildRequest request = BuildRequest.of(
                        source, programs.project().target().resolve("bench"))
                .flag("-O2");
        for (String flag : flags) {
            request = request.library(flag);
        }
        return programs.build(request).executable();
    }
}
