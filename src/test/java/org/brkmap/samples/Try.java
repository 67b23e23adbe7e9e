package org.brkmap.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.brkmap.analyse.Analysis;
import org.brkmap.check.TraceAssert;
import org.brkmap.model.Ending;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;

/**
 * What the header of a C program says to try, and what will be seen; sample-c/README.md has the form.
 *
 * @param arguments of the program
 * @param flags of the compiler, after "with"; a name that ends in .c is another source beside the first
 * @param predictions the lines after "->"
 */
record Try(List<String> arguments, List<String> flags, List<String> predictions) {
    private static final Pattern LINE = Pattern.compile("   Try: (\\S+)(.*)");
    private static final Pattern PREDICTION = Pattern.compile("        -> (.*)");
    private static final Pattern RANGE = Pattern.compile("from (.+) to (.+): (.*)");
    private static final Pattern CHANGE = Pattern.compile("(.+) (same|\\+|-|[+-]\\d+[KM])");
    private static final String IF_ZEROS_ARE_SHARED = " if zeros are shared";
    private static final Pattern CALLS = Pattern.compile("([a-z_0-9]+) (\\d+)(?:-(\\d+))?");
    private static final Pattern ENDS = Pattern.compile("ends (\\d+|SIG[A-Z]+|by the harness)");

    /** Pages that come and go with what is not the point: a stack's next page, a library's variable. */
    private static final long NOISE = 64 * 1024;

    /** Those of a source, in order. */
    static List<Try> in(String source, String name) {
        List<Try> found = new ArrayList<>();
        for (String line : source.substring(0, source.indexOf("*/")).split("\n")) {
            String text = line.stripTrailing();
            Matcher first = LINE.matcher(text);
            Matcher prediction = PREDICTION.matcher(text);
            if (first.matches()) {
                assertThat(first.group(1)).as("the program in: " + text.strip()).isEqualTo(name);
                String[] parts = first.group(2).split(" with ", 2);
                found.add(new Try(words(parts[0]), parts.length > 1 ? words(parts[1]) : List.of(), new ArrayList<>()));
            } else if (prediction.matches()) {
                assertThat(found).as("a Try line before: " + text.strip()).isNotEmpty();
                found.get(found.size() - 1).predictions().add(prediction.group(1));
            }
        }
        return found;
    }

    boolean endsByItself() {
        return predictions.stream().noneMatch(line -> line.contains("ends by the harness"));
    }

    void holdsFor(Analysis run) {
        assertThat(predictions).as("what is predicted").isNotEmpty();
        for (String prediction : predictions) {
            Matcher range = RANGE.matcher(prediction);
            boolean whole = !range.matches();
            Snapshot from = whole ? ofFirstProcess(run).get(0) : at(run, range.group(1));
            Snapshot to = whole ? last(run) : at(run, range.group(2));
            for (String fact : (whole ? prediction : range.group(3)).split(", ")) {
                holds(fact, run, from, to, whole);
            }
        }
    }

    private static void holds(String told, Analysis run, Snapshot from, Snapshot to, boolean whole) {
        String fact = told.replace(IF_ZEROS_ARE_SHARED, "");
        if (!fact.equals(told) && Boolean.FALSE.equals(run.observation().host().zeroPage())) {
            assertThat(fact).as("what reading may leave as it is").isEqualTo("memory same");
            changes("memory +, for this kernel has no page of zeros to share", "memory", "+", from, to);
            return;
        }
        Matcher ends = ENDS.matcher(fact);
        Matcher calls = CALLS.matcher(fact);
        Matcher change = CHANGE.matcher(fact);
        if (ends.matches()) {
            Ending ending = run.observation().ending();
            String seen = ending.endedBy() != null
                    ? "by the harness"
                    : String.valueOf(ending.code() != null ? ending.code() : ending.signal());
            assertThat(seen).as(fact + ", and: " + ending.describe()).isEqualTo(ends.group(1));
        } else if (fact.startsWith("has ") || fact.startsWith("no ")) {
            assertThat(bytes(to, fact.substring(fact.indexOf(' ') + 1)) > 0)
                    .as(fact)
                    .isEqualTo(fact.startsWith("has "));
        } else if (calls.matches()) {
            TraceAssert all = whole
                    ? assertThat(run).as(fact).trace()
                    : assertThat(run).as(fact).traceBetween(from.label(), to.label());
            String call = calls.group(1);
            TraceAssert these = (call.equals("brk") ? all.movesOfTheBreak() : all.calls(call)).byTheProgram();
            String most = calls.group(3) == null ? calls.group(2) : calls.group(3);
            these.hasAtLeast(Long.parseLong(calls.group(2))).hasFewerThan(Long.parseLong(most) + 1);
        } else if (change.matches()) {
            changes(fact, change.group(1), change.group(2), from, to);
        } else {
            throw new AssertionError("\"" + fact + "\" is no fact that a Try line can state; see sample-c/README.md");
        }
    }

    private static void changes(String fact, String what, String how, Snapshot from, Snapshot to) {
        boolean memory = what.equals("memory");
        long change = memory ? memory(to) - memory(from) : bytes(to, what) - bytes(from, what);
        long noise = memory ? NOISE : 0;
        if (how.equals("same")) {
            assertThat(Math.abs(change)).as(fact).isLessThanOrEqualTo(noise);
        } else if (how.length() == 1) {
            assertThat(how.equals("+") ? change : -change).as(fact).isGreaterThan(noise);
        } else {
            long size = Long.parseLong(how.substring(1, how.length() - 1)) << (how.endsWith("K") ? 10 : 20);
            assertThat(change)
                    .as(fact)
                    .isBetween(
                            (how.startsWith("+") ? size : -size) - noise, (how.startsWith("+") ? size : -size) + noise);
        }
    }

    /** Bytes of pages that are in memory and belong to this process's data, not to a file. */
    private static long memory(Snapshot at) {
        return Optional.ofNullable(at.totals().anonymous()).orElseThrow();
    }

    private static long bytes(Snapshot at, String title) {
        Role role = Arrays.stream(Role.values())
                .filter(each -> each.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new AssertionError("\"" + title + "\" is no role; they are: "
                        + Stream.of(Role.values()).map(Role::title).toList()));
        return at.mappings().stream()
                .filter(mapping -> mapping.role() == role)
                .mapToLong(Mapping::size)
                .sum();
    }

    private static List<Snapshot> ofFirstProcess(Analysis run) {
        List<Snapshot> all = run.observation().snapshots();
        return all.stream().filter(each -> each.pid() == all.get(0).pid()).toList();
    }

    private static Snapshot last(Analysis run) {
        List<Snapshot> all = ofFirstProcess(run);
        return all.get(all.size() - 1);
    }

    private static Snapshot at(Analysis run, String label) {
        return ofFirstProcess(run).stream()
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError(String.format(
                        Locale.ROOT,
                        "no checkpoint \"%s\"; there are %s",
                        label,
                        ofFirstProcess(run).stream().map(Snapshot::label).toList())));
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }
}
