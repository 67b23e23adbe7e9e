package org.brkmap.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.libc.SystemFacts;
import org.brkmap.model.Mapping;
import org.brkmap.model.Observation;
import org.brkmap.observe.Launch;
import org.brkmap.observe.Observer;
import org.brkmap.procfs.FrameNumbers;
import org.brkmap.procfs.KernelFeatures;
import org.brkmap.procfs.ProcException;
import org.brkmap.procfs.ProcFs;
import org.brkmap.procfs.ZeroPage;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;

/** Tries out what brkmap can use on this machine: by doing it, for what a version promises a sandbox may refuse. */
final class Examination {
    private static final String CONTAINER = "in a container: --cap-add=SYS_PTRACE, or a newer seccomp profile";

    private static final int FEW = 20;
    private static final int MOST_TRIES = 50;

    private final List<Finding> findings = new ArrayList<>();

    private Examination() {}

    static List<Finding> run() throws InterruptedException {
        Examination examination = new Examination();
        examination.tools();
        examination.observing();
        examination.pages();
        examination.kernel();
        examination.settings();
        examination.helpers();
        return examination.findings;
    }

    private void tools() throws InterruptedException {
        tool("gcc", true, "no C program can be built, and nothing can be observed", Remedy.GCC);
        tool("make", false, "the samples cannot be built by hand", Remedy.of("make"));
        tool(
                "mvn",
                false,
                "mvn test -Plab2; ./brkmap lab run lab2 does the same once brkmap is built",
                Remedy.of("maven"));
        tool("addr2line", false, "causes have no source line", Remedy.of("binutils"));
        tool("readelf", false, "ELF files are not explained", Remedy.of("binutils"));
    }

    private void helpers() throws InterruptedException {
        tool("valgrind", false, "labs cannot compare with its leak report", Remedy.of("valgrind"));
        tool("gdb", false, "exercises with a debugger cannot be done", Remedy.of("gdb"));
        tool("strace", false, "make bench has nothing to compare with", Remedy.of("strace"));
        tool("perf", false, "no counters beside the timings", Remedy.PERF);
        tool("clang", false, "samples are not built by a second compiler", Remedy.of("clang"));
    }

    private void tool(String name, boolean needed, String loss, String remedy) throws InterruptedException {
        if (!Tool.exists(name)) {
            findings.add(Finding.missing(name, needed, "not on the PATH", loss, remedy));
            return;
        }
        try {
            ToolResult result = Tool.run(List.of(name, "--version"));
            String version = result.stdout()
                    .lines()
                    .findFirst()
                    .orElse("")
                    .replaceAll("\u001b\\[[0-9;]*m", "")
                    .strip();
            findings.add(
                    result.succeeded() && !version.isEmpty()
                            ? Finding.ok(name, version)
                            : Finding.limited(name, "is there, but --version fails", loss, remedy));
        } catch (IOException e) {
            findings.add(Finding.limited(name, "cannot be started: " + e.getMessage(), loss, remedy));
        }
    }

    /** The best probe is the thing itself: one program, observed whole. */
    private void observing() throws InterruptedException {
        Observation seen;
        try {
            seen = Observer.observe(Launch.of("ls", "/"));
        } catch (IOException e) {
            findings.add(Finding.missing(
                    "observing", true, String.valueOf(e.getMessage()), "no program can be observed", CONTAINER));
            return;
        }
        boolean traced = !seen.events().isEmpty();
        findings.add(
                traced
                        ? Finding.ok(
                                "ptrace", "saw " + seen.events().size() + " memory calls of ls, by a seccomp filter")
                        : Finding.missing(
                                "ptrace",
                                true,
                                "refused; programs are watched through /proc instead ("
                                        + String.join(", ", seen.host().capabilities()) + ")",
                                "changes have no cause, and the labs cannot judge them",
                                CONTAINER));
        boolean probed = seen.events().stream().anyMatch(event -> event.cause() != null);
        findings.add(
                probed
                        ? Finding.ok("malloc probe", "names the call behind a system call")
                        : Finding.limited(
                                "malloc probe",
                                "saw nothing",
                                "causes name the system call alone",
                                "see ptrace above"));
    }

    /** Tried on ourselves: a program that is only watched may have ended before it was read. */
    private void pages() {
        List<Mapping> told = ourPages();
        boolean usage = told.stream().anyMatch(row -> row.usage() != null);
        boolean pages = told.stream().anyMatch(row -> row.pages() != null);
        findings.add(
                usage
                        ? Finding.ok("smaps", "tells how much is in memory")
                        : Finding.missing(
                                "smaps",
                                true,
                                "not readable",
                                "nothing is known of what is resident",
                                "CONFIG_PROC_PAGE_MONITOR"));
        findings.add(
                pages
                        ? Finding.ok("pagemap", "tells the state of each page")
                        : Finding.limited(
                                "pagemap", "not readable", "page states are n/a", "CONFIG_PROC_PAGE_MONITOR"));
    }

    /** Again and again, for what is read moves; empty if it may not be read. */
    private static List<Mapping> ourPages() {
        int self = (int) ProcessHandle.current().pid();
        ProcFs proc = ProcFs.live();
        List<Mapping> told = List.of();
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            try {
                List<Mapping> mappings = proc.smaps(self);
                told = mappings.subList(0, Math.min(mappings.size(), FEW));
                return proc.pages(self, told, SystemFacts.pageSize());
            } catch (ProcException e) {
                if (e.kind() != ProcException.Kind.RACED) {
                    return told;
                }
            } catch (IOException e) {
                return told;
            }
        }
        return told;
    }

    private void kernel() {
        boolean frames;
        try {
            frames = FrameNumbers.areShown();
        } catch (IOException e) {
            frames = false;
        }
        findings.add(
                frames
                        ? Finding.ok("frame numbers", "pagemap shows them")
                        : Finding.limited(
                                "frame numbers",
                                "hidden by the kernel",
                                "two mappings of one page are not told from equal copies",
                                "run as root (CAP_SYS_ADMIN)"));
        KernelFeatures features = KernelFeatures.ofThisKernel();
        feature("PROCMAP_QUERY", features.mappingQuery(), "one mapping is found by reading all: slower", "Linux 6.11");
        feature(
                "PAGEMAP_SCAN",
                features.pageScan(),
                "page states are read one by one; zero pages may be n/a",
                "Linux 6.7");
        Boolean zeros = ZeroPage.isShared();
        if (zeros != null) {
            findings.add(
                    zeros
                            ? Finding.ok("page of zeros", "shared: reading fresh memory brings no page")
                            : Finding.limited(
                                    "page of zeros",
                                    "not shared: each page that is read is one of its own",
                                    "what is only read counts as resident, unlike on most machines; labs know",
                                    "another machine: this one's kernel, or what it runs on, decides"));
        }
    }

    private void feature(String name, boolean answers, String loss, String since) {
        findings.add(
                answers
                        ? Finding.ok(name, "answers")
                        : Finding.limited(
                                name, "this kernel, or a sandbox, does not answer", loss, since + " or newer"));
    }

    private void settings() throws InterruptedException {
        yama();
        namespaces();
        String aslr = setting("kernel/randomize_va_space");
        findings.add(
                aslr.equals("2")
                        ? Finding.ok("ASLR", "randomize_va_space is 2: everything is random")
                        : Finding.limited(
                                "ASLR",
                                "randomize_va_space is " + aslr,
                                "addresses do not move from run to run, or not all",
                                "sysctl kernel.randomize_va_space=2"));
        LimitFindings.hugePages(findings);
        LimitFindings.add(findings);
    }

    private void yama() {
        String level = setting("kernel/yama/ptrace_scope");
        findings.add(
                switch (level) {
                    case "n/a" -> Finding.ok("Yama", "not in this kernel: one's own processes may be traced");
                    case "0" -> Finding.ok("Yama", "ptrace_scope is 0: one's own processes may be traced");
                    case "1" ->
                        Finding.limited(
                                "Yama",
                                "ptrace_scope is 1: only one's own children may be traced",
                                "observe --attach, dump and snapshot of programs that brkmap did not start",
                                "run as root, or sysctl kernel.yama.ptrace_scope=0");
                    default ->
                        Finding.limited(
                                "Yama",
                                "ptrace_scope is " + level,
                                "tracing without CAP_SYS_PTRACE",
                                "run as root, or sysctl kernel.yama.ptrace_scope=1 (3 needs a reboot)");
                });
    }

    private void namespaces() throws InterruptedException {
        boolean made;
        try {
            made = Tool.run(List.of("unshare", "--user", "true")).succeeded();
        } catch (IOException e) {
            made = false;
        }
        findings.add(
                made
                        ? Finding.ok("namespaces", "a user namespace can be made")
                        : Finding.limited(
                                "namespaces",
                                "unshare --user fails",
                                "submissions are graded in a weaker sandbox, by Landlock, if at all; labs are not concerned",
                                "sysctl user.max_user_namespaces=10000, or another seccomp profile"));
    }

    private static String setting(String path) {
        try {
            return ProcFs.live().setting(path);
        } catch (IOException e) {
            return "n/a";
        }
    }
}
