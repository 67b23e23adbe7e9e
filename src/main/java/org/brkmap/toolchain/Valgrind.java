package org.brkmap.toolchain;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs programs under valgrind's memcheck, within limits of time, output and memory, and without children: fork(2) fails. The program is not traced by us meanwhile.
 * What comes of it is valgrind's word, from user space.
 */
public final class Valgrind {
    static final String PROGRAM = "valgrind";

    private static final String PURPOSE = "to find lost and misused memory";
    private static final Duration WALL_LIMIT = Duration.ofSeconds(30);
    private static final int OUTPUT_LIMIT = 8 << 20;
    private static final long XML_LIMIT = 16 << 20;
    private static final int WORDS = 2000;

    /** A line of the trace of requests: the function, and what it was given. */
    private static final Pattern CALL = Pattern.compile(
            "--\\d+-- (?:malloc|calloc|realloc|memalign|_Zn[wa]\\w+)\\((?:(\\d{1,9}),|.*[, ])?(\\d{1,18})\\) =.*");

    private static final Pattern TRACE = Pattern.compile("(?m)^--\\d+-- \\w+\\(.*\\R?");

    private Valgrind() {}

    /** Whether valgrind is on the PATH. */
    public static boolean isInstalled() {
        return Tool.exists(PROGRAM);
    }

    /** A new folder, in target where there is one: what a JVM that is killed leaves behind goes with it. */
    static Path folder(String purpose) throws IOException {
        Optional<ProjectFiles> project = ProjectFiles.find();
        if (project.isPresent() && Files.isWritable(project.get().target())) {
            return Files.createTempDirectory(project.get().target(), purpose + "-");
        }
        return Files.createTempDirectory("brkmap-" + purpose + "-");
    }

    /**
     * Runs a program to its end, and tells its errors with the origins of values, and every block that it did not free.
     *
     * @param directory where it runs
     * @param program its path, then its arguments
     * @throws MissingToolException if valgrind is not installed
     * @throws IOException if valgrind cannot run here, with its words; or if it or the program was stopped at a limit
     */
    public static ValgrindReport memcheck(Path directory, List<String> program)
            throws IOException, InterruptedException {
        Path folder = folder("memcheck");
        try {
            Path file = folder.resolve("memcheck.xml");
            List<String> options = List.of(
                    "--tool=memcheck",
                    "--leak-check=full",
                    "--show-leak-kinds=all",
                    "--track-origins=yes",
                    "--trace-malloc=yes",
                    "--vgdb=no",
                    "--xml=yes",
                    "--xml-file=" + escaped(file));
            ToolResult result = tool(directory, options, program).run();
            if (result.timedOut() || result.truncated()) {
                throw new IOException(program.get(0) + " was stopped under valgrind: it "
                        + (result.timedOut()
                                ? "ran for more than " + WALL_LIMIT.toSeconds() + " seconds"
                                : "printed more than " + OUTPUT_LIMIT + " bytes"));
            }
            if (!Files.exists(file)) {
                throw new IOException("valgrind does not run here: " + ending(result));
            }
            try (InputStream input = new Bounded(Files.newInputStream(file))) {
                ValgrindXml xml = ValgrindXml.read(input);
                return new ValgrindReport(
                        xml.findings(),
                        xml.signal(),
                        xml.finished(),
                        result.exit(),
                        requests(result.stderr()),
                        ending(result));
            }
        } finally {
            delete(folder);
        }
    }

    /** A run under valgrind, with nothing taken from the user's own settings. */
    static Tool tool(Path directory, List<String> options, List<String> program)
            throws IOException, InterruptedException {
        if (!isInstalled()) {
            throw new MissingToolException(PROGRAM, PURPOSE);
        }
        // Nobody traces the program, so nobody could end a family that grows faster than it dies.
        List<String> command =
                new ArrayList<>(List.of(NativeParts.ready().alone().toString()));
        command.addAll(List.of(PROGRAM, "--command-line-only=yes", "--trace-children=no", "-q"));
        command.addAll(options);
        command.addAll(program);
        return Tool.of(command).in(directory).wallLimit(WALL_LIMIT).outputLimit(OUTPUT_LIMIT);
    }

    /** A name of a file as valgrind's options take it: % begins what it fills in. */
    static String escaped(Path file) {
        return file.toString().replace("%", "%%");
    }

    private static List<Long> requests(String trace) {
        List<Long> sizes = new ArrayList<>();
        trace.lines().map(CALL::matcher).filter(Matcher::matches).forEach(call -> {
            String count = call.group(1);
            sizes.add(Long.parseLong(call.group(2)) * (count == null ? 1 : Long.parseLong(count)));
        });
        return sizes;
    }

    private static String ending(ToolResult result) {
        String words = (result.stdout() + TRACE.matcher(result.stderr()).replaceAll("")).strip();
        return words.substring(Math.max(0, words.length() - WORDS));
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    /** Ends after so many bytes. */
    private static final class Bounded extends FilterInputStream {
        private long left = XML_LIMIT;

        Bounded(InputStream input) {
            super(input);
        }

        @Override
        public int read() throws IOException {
            return left-- > 0 ? super.read() : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = left <= 0 ? -1 : super.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }
    }
}
