package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is seen of a program equals what strace sees of it, call by call and in order, process by process.
 *
 * <p>Both run under one shell's redirections, so that the program has a file for its output and nothing to read, whichever
 * tracer it has; with the same environment, and without randomisation, so that addresses can be compared as they are. Only the
 * numbers of descriptors are left out: strace's target inherits none of the harness's, but may get others.
 */
@NeedsGcc
@Timeout(240)
class StraceTest {
    private static final List<String> CALLS = List.of(
            "brk",
            "mmap",
            "munmap",
            "mremap",
            "mprotect",
            "madvise",
            "mlock",
            "mlock2",
            "munlock",
            "mlockall",
            "munlockall",
            "shmat",
            "shmdt");

    private static final Pattern LINE = Pattern.compile("(\\d+) +(\\w+)\\((.*)\\) += (-?\\w+).*");
    private static final int DESCRIPTOR = 4;

    @TempDir
    Path directory;

    @Test
    void listsADirectory() throws Exception {
        compare("ls", "ls -l /usr/bin");
    }

    @Test
    void interpretsPython() throws Exception {
        // With many small objects its calls differ from run to run, under strace as under us.
        String script = "b = bytearray(10 ** 7); b.extend(b); del b; print(1)";
        compare("python3", "PYTHONHASHSEED=0 " + Programs.python() + " -s -S -c '" + script + "'");
    }

    @Test
    void interpretsPerl() throws Exception {
        compare("perl", "perl -e '$x = \"y\" x 3000000; @a = (1 .. 100000); print length $x'");
    }

    @Test
    void compressesAFile() throws Exception {
        Files.write(directory.resolve("zeros"), new byte[1 << 20]);
        compare("gzip", "gzip -c " + directory.resolve("zeros"));
    }

    @Test
    void startsOtherPrograms() throws Exception {
        compare("git", "git --version");
        compare("sh", "ls / | cat; (cat /proc/version)");
    }

    @Test
    void runsAwk() throws Exception {
        compare("awk", "awk 'BEGIN { for (i = 0; i < 50000; i++) a[i] = i \"x\"; print length(a) }'");
    }

    private void compare(String program, String script) throws Exception {
        Programs.need(program);
        Programs.need("strace");
        Programs.need("setarch");
        List<String> shell = List.of("/bin/sh", "-c", script + " > " + directory.resolve("out") + " < /dev/null");
        List<List<String>> theirs = strace(shell);
        List<List<String>> ours = observe(shell);

        assertThat(theirs).as("strace saw something").isNotEmpty().allMatch(calls -> !calls.isEmpty());
        assertThat(ours).as("processes, the two of a pipe in any order").containsExactlyInAnyOrderElementsOf(theirs);
    }

    private static List<List<String>> observe(List<String> command) throws Exception {
        Observation seen = Observer.observe(Launch.of(command)
                .withoutProbe()
                .withoutPages()
                .withoutRandomisation()
                .withLimits(Observed.patient()));
        assertThat(seen.ending().isSuccess()).as(Observed.describe(seen)).isTrue();
        Map<Integer, List<String>> processes = new LinkedHashMap<>();
        for (MemoryEvent event : seen.events()) {
            if (CALLS.contains(event.call())) {
                List<Long> arguments = new ArrayList<>(event.args());
                String result = event.succeeded() ? Long.toHexString(event.result()) : "failed";
                processes
                        .computeIfAbsent(event.pid(), unused -> new ArrayList<>())
                        .add(line(event.call(), arguments, result));
            }
        }
        return List.copyOf(processes.values());
    }

    private List<List<String>> strace(List<String> command) throws Exception {
        Path log = directory.resolve("strace");
        List<String> tool = new ArrayList<>(List.of("env", "-i"));
        tool.addAll(environment());
        tool.addAll(List.of("setarch", "-R", "strace", "-f", "-X", "raw", "-e", "raw=all", "-o", log.toString()));
        tool.addAll(List.of("-e", "trace=" + String.join(",", CALLS), "-e", "signal=none"));
        tool.addAll(command);
        ToolResult result = Tool.of(tool).run();
        assumeThat(result.succeeded())
                .as("strace works here: " + result.stderr())
                .isTrue();

        Map<String, List<String>> processes = new LinkedHashMap<>();
        Map<String, String> unfinished = new LinkedHashMap<>();
        for (String raw : Files.readAllLines(log)) {
            String text = raw;
            String pid = text.split(" ", 2)[0];
            if (text.endsWith(" <unfinished ...>")) {
                unfinished.put(pid, text.replace(" <unfinished ...>", ""));
                continue;
            }
            if (text.contains("<... ")) {
                text = unfinished.remove(pid) + text.substring(text.indexOf("resumed>") + "resumed>".length());
            }
            Matcher matcher = LINE.matcher(text);
            if (matcher.matches()) {
                List<Long> arguments = new ArrayList<>();
                for (String argument : matcher.group(3).split(", ")) {
                    arguments.add(Long.parseUnsignedLong(argument.replaceFirst("^0x", ""), 16));
                }
                String answer = matcher.group(4);
                processes
                        .computeIfAbsent(pid, unused -> new ArrayList<>())
                        .add(line(
                                matcher.group(2),
                                arguments,
                                answer.startsWith("-") ? "failed" : answer.replaceFirst("^0x", "")));
            } else {
                assertThat(text).as("a line of strace that is no call").contains("+++");
            }
        }
        return List.copyOf(processes.values());
    }

    /** As many arguments as strace shows of the call; without the descriptor of a mapping. */
    private static String line(String call, List<Long> arguments, String result) {
        int count = switch (call) {
            case "brk", "munlockall", "mlockall", "shmdt" -> 1;
            case "munmap", "mlock", "munlock" -> 2;
            case "mprotect", "madvise", "mlock2", "shmat" -> 3;
            case "mremap" -> 4;
            default -> 6;
        };
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < Math.min(count, arguments.size()); i++) {
            shown.add(call.equals("mmap") && i == DESCRIPTOR ? "fd" : Long.toHexString(arguments.get(i)));
        }
        return shown.stream().collect(Collectors.joining(", ", call + "(", ") = " + result));
    }

    /** What the harness gives its targets. */
    private static List<String> environment() {
        return List.of(
                "HOME=" + System.getenv().getOrDefault("HOME", "/"),
                "LANG=C.UTF-8",
                "PATH=" + System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"),
                "TERM=dumb");
    }
}
