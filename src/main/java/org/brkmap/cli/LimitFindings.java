package org.brkmap.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.toolchain.Tool;

/** The limits that a program started here begins with (getrlimit(2)), and the kernel's choice about huge pages. */
final class LimitFindings {
    private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    private static final Pattern CHOSEN = Pattern.compile("\\[(\\w+)]");

    /** In the order of the rows that {@link #ULIMITS} prints. */
    private static final String ULIMITS = "ulimit -s; ulimit -d; ulimit -v; ulimit -Hn";

    private static final long LEAST_STACK_KIB = 1024;
    /** Labs map hundreds of MiB, and touch little of it. */
    private static final long LEAST_MEMORY_KIB = 1 << 20;

    private static final long LEAST_FILES = 256;

    private LimitFindings() {}

    static void hugePages(List<Finding> findings) {
        String name = "huge pages";
        String line;
        try {
            line = Files.readString(HUGE_PAGES).strip();
        } catch (IOException e) {
            findings.add(Finding.ok(name, "no transparent ones in this kernel: memory comes page by page"));
            return;
        }
        Matcher matcher = CHOSEN.matcher(line);
        String chosen = matcher.find() ? matcher.group(1) : "n/a";
        String detail = "transparent_hugepage is " + line;
        findings.add(
                chosen.equals("always")
                        ? Finding.limited(
                                name,
                                detail,
                                "large blocks come into memory 2 MiB at a touch: residency differs from the handouts",
                                "echo madvise >" + HUGE_PAGES + ", as root")
                        : Finding.ok(name, detail));
    }

    static void add(List<Finding> findings) throws InterruptedException {
        List<String> values;
        try {
            values = Tool.run(List.of("sh", "-c", ULIMITS)).stdout().lines().toList();
        } catch (IOException e) {
            values = List.of();
        }
        if (values.size() < 4) {
            findings.add(
                    Finding.limited("limits", "n/a: sh does not tell them", "whether any is too low", "ulimit -a"));
            return;
        }
        stack(findings, values.get(0));
        memory(findings, "RLIMIT_DATA", values.get(1), "ulimit -d unlimited");
        memory(findings, "RLIMIT_AS", values.get(2), "ulimit -v unlimited");
        files(findings, values.get(3));
    }

    private static void stack(List<Finding> findings, String value) {
        String name = "RLIMIT_STACK";
        String detail = "stack " + kib(value);
        if (value.equals("unlimited")) {
            findings.add(Finding.limited(
                    name,
                    detail,
                    "the kernel lays out mappings from below: pictures differ from the handouts",
                    "ulimit -s 8192"));
        } else {
            findings.add(
                    isBelow(value, LEAST_STACK_KIB)
                            ? Finding.limited(
                                    name, detail, "programs that recurse end early", "ulimit -s 8192, in a new shell")
                            : Finding.ok(name, detail));
        }
    }

    private static void memory(List<Finding> findings, String name, String value, String remedy) {
        String detail = (name.equals("RLIMIT_DATA") ? "private memory " : "address space ") + kib(value);
        findings.add(
                isBelow(value, LEAST_MEMORY_KIB)
                        ? Finding.limited(
                                name,
                                detail,
                                "programs that map more get ENOMEM where the handouts show memory",
                                remedy + ", in a new shell")
                        : Finding.ok(name, detail));
    }

    private static void files(List<Finding> findings, String value) {
        String detail = "open files " + value;
        findings.add(
                isBelow(value, LEAST_FILES)
                        ? Finding.limited(
                                "RLIMIT_NOFILE",
                                detail,
                                "programs with many processes and threads cannot be followed",
                                "ulimit -n 1024, in a new shell")
                        : Finding.ok("RLIMIT_NOFILE", detail));
    }

    private static boolean isBelow(String value, long least) {
        return value.matches("\\d{1,18}") && Long.parseLong(value) < least;
    }

    private static String kib(String value) {
        return value.equals("unlimited") ? value : value + " KiB";
    }
}
