package org.brkmap.hard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.brkmap.libc.Processes;
import org.brkmap.libc.Signal;
import org.brkmap.procfs.ProcFs;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.Tool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ends JVMs that run labs, by SIGKILL and at moments drawn by chance, and looks whether anything is left: a process, a System V
 * segment, a file outside of target. {@code -Dkills=200 -Dkills.seed=1} say how often, and from which seed.
 */
@NeedsGcc
@Tag("long")
class KilledLabsTest {
    private static final int KILLS = Integer.getInteger("kills", 16);
    private static final long SEED = Long.getLong("kills.seed", 1);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    /** Outlives the JVM in its IPC namespace, and then tells of segments there. */
    private static final String SCRIPT =
            "\"$@\" > /dev/null 2>&1 & echo $!; wait $!; read -r line; cat /proc/sysvipc/shm; echo end";

    @TempDir
    Path scratch;

    @Test
    void nothingIsLeftOfALabThatIsKilled() throws Exception {
        assumeTrue(Tool.of(apart("true")).run().succeeded(), "no IPC namespace is to be had");
        Checkout checkout = Checkout.copy(scratch, "killed");
        solve(checkout.project());
        Path temporary = Files.createDirectories(scratch.resolve("tmp"));
        List<String> labs = labs(checkout.project());
        Map<String, Long> lengths = new LinkedHashMap<>();
        for (String lab : labs) {
            // The first run builds what the second finds.
            checkout.run(lab, List.of("env", "TMPDIR=" + temporary), options(temporary));
            long start = System.nanoTime();
            checkout.run(lab, List.of("env", "TMPDIR=" + temporary), options(temporary));
            lengths.put(lab, System.nanoTime() - start);
        }
        Set<String> files = filesOutsideTarget();
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < KILLS; i++) {
            String lab = labs.get(i % labs.size());
            long after = random.nextLong(lengths.get(lab));
            String when = String.format("kill %d of seed %d: %s after %d ms", i, SEED, lab, after / 1_000_000);
            kill(checkout, lab, after, temporary, when);
            assertThat(filesOutsideTarget())
                    .as("files outside of target, %s", when)
                    .isEqualTo(files);
        }
    }

    private static List<String> apart(String... command) {
        List<String> all = new ArrayList<>(List.of("unshare", "-Uri"));
        all.addAll(List.of(command));
        return all;
    }

    private static String[] options(Path temporary) {
        return new String[] {"-Djava.io.tmpdir=" + temporary, "-XX:-UsePerfData"};
    }

    private static List<String> labs(Path project) throws IOException {
        try (Stream<Path> folders = Files.list(project.resolve("labs"))) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.matches("lab\\d"))
                    .sorted()
                    .toList();
        }
    }

    /** Programs that are solved do most. */
    private static void solve(Path project) throws IOException {
        Path solutions = Path.of("src/test/resources/solutions").toAbsolutePath();
        try (Stream<Path> files = Files.walk(solutions)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = project.resolve("labs")
                        .resolve(solutions.relativize(file).toString());
                if (!to.endsWith("answers.properties")) {
                    Files.write(to, Files.readAllBytes(file));
                }
            }
        }
    }

    private void kill(Checkout checkout, String lab, long after, Path temporary, String when) throws Exception {
        List<String> prefix = new ArrayList<>(apart("sh", "-c", SCRIPT, "sh", "env", "TMPDIR=" + temporary));
        Process holder = checkout.start(lab, prefix, options(temporary));
        try (BufferedReader said = holder.inputReader(StandardCharsets.UTF_8);
                OutputStream orders = holder.getOutputStream()) {
            int jvm = Integer.parseInt(said.readLine().strip());
            LockSupport.parkNanos(after);
            // It may have come to its end, and its number be another's.
            if (processes(holder.pid()).stream().anyMatch(process -> process.startsWith(jvm + " "))) {
                Processes.kill(jvm, Signal.SIGKILL);
            }
            Set<String> left = processes(holder.pid());
            long deadline = System.nanoTime() + PATIENCE;
            while (!left.isEmpty() && System.nanoTime() < deadline) {
                LockSupport.parkNanos(5_000_000);
                left = processes(holder.pid());
            }
            assertThat(left).as("processes that are left, %s", when).isEmpty();
            orders.write('\n');
            orders.flush();
            List<String> segments = new ArrayList<>();
            for (String line = said.readLine(); line != null && !line.equals("end"); line = said.readLine()) {
                segments.add(line);
            }
            assertThat(segments)
                    .as("System V segments that are left, beneath a heading, %s", when)
                    .hasSize(1);
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }

    /** What runs from the checkout or in it, or was started by what did; the holder is none of it. */
    private Set<String> processes(long holder) throws IOException {
        ProcFs proc = ProcFs.live();
        Set<String> found = new TreeSet<>();
        for (int pid : proc.processes()) {
            try {
                boolean ours = proc.exe(pid).startsWith(scratch.toString())
                        || proc.commandLine(pid).stream().anyMatch(word -> word.contains(scratch.toString()))
                        || Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd"))
                                .startsWith(scratch);
                if (ours && pid != holder && !proc.stat(pid).isEnding()) {
                    found.add(pid + " " + proc.stat(pid).state() + " " + proc.commandLine(pid));
                }
            } catch (IOException e) {
                // It has ended, or is another user's.
                continue;
            }
        }
        return found;
    }

    /** All files of the checkout but in target, and of the folder for temporary ones. */
    private Set<String> filesOutsideTarget() throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(scratch)) {
            files.map(file -> scratch.relativize(file).toString())
                    .filter(file -> !file.startsWith("killed/target") && !file.startsWith("output"))
                    .forEach(found::add);
        }
        return found;
    }
}
