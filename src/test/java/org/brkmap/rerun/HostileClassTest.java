package org.brkmap.rerun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.grade.Course;
import org.brkmap.grade.FlagKind;
import org.brkmap.grade.Gradebook;
import org.brkmap.grade.GradebookFiles;
import org.brkmap.grade.GradedCheck;
import org.brkmap.grade.Result;
import org.brkmap.grade.ResultFiles;
import org.brkmap.grade.Roster;
import org.brkmap.sandbox.Bounds;
import org.brkmap.sandbox.ControlGroup;
import org.brkmap.sandbox.Probing;
import org.brkmap.sandbox.Tier;
import org.brkmap.sandbox.User;
import org.brkmap.toolchain.ProjectFiles;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A class in which all but one hand in an attack as their program: each gets a result that names what was tried, and the one gets
 * what she deserves.
 */
@Tag("slow")
class HostileClassTest {
    private static final Path ROOT = ProjectFiles.find().orElseThrow().root();
    private static final Path ATTACKS = ROOT.resolve("src/test/resources/sandbox");
    private static final String HONEST = "honest";

    /** Ended for a call that only an attack makes. */
    private static final Set<String> DENIED = Set.of(
            "traceme", "move_heap", "namespaces", "clone_namespace", "io_uring", "bpf", "terminal_input", "listener");

    /** Ended by a limit, whichever it reaches first. */
    private static final Set<String> ENDLESS = Set.of("fork_bomb", "endless_output", "spin");

    private static final Set<String> UNNAMED_MEMORY = Set.of("memfd_hog", "segment_hog", "shared_hog");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Tier.class,
            names = {"A", "B"})
    void nobody_suffers_and_everybody_is_named(Tier tier) throws Exception {
        Probing.Outcome outcome =
                Objects.requireNonNull(Probing.tryAll(User.forSlot(0)).get(tier));
        assumeTrue(outcome.works(), "tier " + tier + " is not to be had here: " + outcome.why());
        Map<String, Path> attacks = attacks();
        hand_in(attacks);

        Map<String, Result> results = rerun(tier);

        assertThat(results.keySet()).containsAll(attacks.keySet()).contains(HONEST);
        Result honest = of(results, HONEST);
        assertThat(check(honest, "grow").status()).isEqualTo(CheckStatus.PASSED);
        assertThat(honest.flags()).isEmpty();
        attacks.forEach((name, file) -> {
            Result result = of(results, name);
            GradedCheck grow = check(result, "grow");
            assertThat(grow.status()).as(name).isNotEqualTo(CheckStatus.PASSED);
            assertThat(grow.earned()).as(name).isZero();
            assertThat(grow.actual()).as("what the gradebook says of " + name).isNotBlank();
            assertThat(statuses(result))
                    .as("what does not hang on the program of " + name)
                    .isEqualTo(statuses(honest));
        });
        Map<String, Set<FlagKind>> flags = new TreeMap<>();
        results.forEach((name, result) -> flags.put(
                name,
                Set.copyOf(result.flags().stream().map(flag -> flag.kind()).toList())));
        DENIED.forEach(name -> assertThat(flags.get(name)).as(name).contains(FlagKind.HOSTILE));
        ENDLESS.forEach(name -> assertThat(flags.get(name)).as(name).contains(FlagKind.TIMED_OUT));
        if (hasGroups()) {
            UNNAMED_MEMORY.forEach(name -> assertThat(flags.get(name)).as(name).contains(FlagKind.TIMED_OUT));
        }
        attacks.forEach((name, file) -> {
            if (file.startsWith(ATTACKS.resolve("build"))) {
                assertThat(flags.get(name)).as(name).containsAnyOf(FlagKind.DOES_NOT_BUILD, FlagKind.TIMED_OUT);
            }
        });
        assertThat(results.toString()).doesNotContain("root:x:0");
        nothingRunsInThePages();
        assertThat(gradebook()).contains(attacks.keySet());
    }

    /** By check, but for that of the program which was handed in. */
    private static Map<String, CheckStatus> statuses(Result result) {
        Map<String, CheckStatus> statuses = new TreeMap<>();
        result.checks().forEach(check -> statuses.put(check.id(), check.status()));
        statuses.remove("grow");
        return statuses;
    }

    private static boolean hasGroups() throws IOException {
        try (ControlGroup group = ControlGroup.make(900, User.forSlot(900), Bounds.DEFAULT)) {
            return !group.entries().isEmpty();
        } catch (IOException notHere) {
            return false;
        }
    }

    /** The names in a page of ours are text, whatever they look like. */
    private void nothingRunsInThePages() throws IOException {
        try (Stream<Path> pages = Files.walk(folder.resolve("out"))) {
            for (Path page :
                    pages.filter(file -> file.toString().endsWith(".html")).toList()) {
                var document = Jsoup.parse(Files.readString(page));
                assertThat(document.select("[onerror], img[src=x]"))
                        .as(page.toString())
                        .isEmpty();
                assertThat(document.select("script"))
                        .as(page.toString())
                        .noneMatch(script -> script.data().strip().equals("alert(1)"));
            }
        }
    }

    private String gradebook() throws IOException {
        Roster roster = Roster.read(folder.resolve("roster.csv"));
        Path out = folder.resolve("out");
        GradebookFiles files = GradebookFiles.in(out);
        Path page = files.write(Gradebook.fold(ResultFiles.in(out).readAll(), roster, Course.NONE));
        nothingRunsInThePages();
        return Files.readString(page);
    }

    private static Map<String, Path> attacks() throws IOException {
        Map<String, Path> attacks = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ATTACKS)) {
            files.filter(file -> file.toString().endsWith(".c"))
                    .forEach(file -> attacks.put(file.getFileName().toString().replace(".c", ""), file));
        }
        if (!hasGroups()) {
            // Nothing else holds them, and this machine is not ours to fill.
            attacks.keySet().removeAll(UNNAMED_MEMORY);
        }
        return attacks;
    }

    private void hand_in(Map<String, Path> attacks) throws IOException {
        Map<String, Path> all = new HashMap<>(attacks);
        all.put(HONEST, ROOT.resolve("src/test/resources/solutions/lab2/grow.c"));
        for (Map.Entry<String, Path> one : all.entrySet()) {
            Path theirs = Files.createDirectories(folder.resolve("in").resolve(one.getKey()));
            Files.copy(one.getValue(), theirs.resolve("grow.c"));
        }
        Files.writeString(folder.resolve("roster.csv"), "id\n" + String.join("\n", all.keySet()) + "\n");
    }

    private Map<String, Result> rerun(Tier tier) throws Exception {
        new Rerun(new RerunOptions(
                        ROOT,
                        folder.resolve("in"),
                        Roster.read(folder.resolve("roster.csv")),
                        Course.NONE,
                        folder,
                        folder.resolve("out"),
                        "lab2",
                        tier,
                        2,
                        0,
                        1,
                        Duration.ofMinutes(10)))
                .run((done, all, result, fresh) -> {});
        Map<String, Result> results = new TreeMap<>();
        for (Result result : ResultFiles.in(folder.resolve("out")).readAll()) {
            results.put(result.student(), result);
        }
        return results;
    }

    private static Result of(Map<String, Result> results, String student) {
        return Objects.requireNonNull(results.get(student), "a result of " + student);
    }

    private static GradedCheck check(Result result, String id) {
        return result.checks().stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(result.student() + " has no check " + id + ": " + result));
    }
}
