package org.brkmap.grade;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brkmap.grade.Gradebook.Entry;
import org.brkmap.grade.Gradebook.Row;
import org.brkmap.grade.Gradebook.Worth;
import org.jspecify.annotations.Nullable;

/**
 * What came out otherwise in a second gradebook: whose points, whose checks, and why. Immutable.
 *
 * @param changes in the order of the new gradebook, then those who are only in the old one
 * @param same how many students' labs are as they were
 */
public record GradeDiff(List<Change> changes, int same) {

    /**
     * A student's lab that is not as it was.
     *
     * @param before null if the old gradebook has it not
     * @param after null if the new one has it not
     * @param why what else is different: the submission, the checks, how it was graded, rules, flags
     * @param checks that came out otherwise, or count otherwise
     * @param flaky whether one submission, checked alike, has different verdicts: in repeated runs, or in the two
     */
    public record Change(
            String student,
            String lab,
            @Nullable Entry before,
            @Nullable Entry after,
            List<String> why,
            List<CheckChange> checks,
            boolean flaky) {
        public Change {
            why = List.copyOf(why);
            checks = List.copyOf(checks);
        }

        /** Whether the points are others, or of others. */
        public boolean isOfPoints() {
            return before == null
                    || after == null
                    || before.earned().compareTo(after.earned()) != 0
                    || before.max().compareTo(after.max()) != 0;
        }
    }

    /**
     * A check that is not as it was.
     *
     * @param before null if there was none of this id
     * @param after null if there is none any more
     */
    public record CheckChange(
            String id, @Nullable Worth before, @Nullable Worth after) {}

    public GradeDiff {
        changes = List.copyOf(changes);
    }

    /** Compares two gradebooks, each by its own roster and rules. */
    public static GradeDiff between(Gradebook old, Gradebook fresh) {
        Map<List<String>, Entry> before = entries(old);
        Map<List<String>, Entry> after = entries(fresh);
        Set<List<String>> keys = new LinkedHashSet<>(after.keySet());
        keys.addAll(before.keySet());
        List<Change> changes = new ArrayList<>();
        int same = 0;
        for (List<String> key : keys) {
            Change change = change(key, before.get(key), after.get(key));
            if (change.isOfPoints()
                    || !change.why().isEmpty()
                    || !change.checks().isEmpty()
                    || change.flaky()) {
                changes.add(change);
            } else {
                same++;
            }
        }
        return new GradeDiff(changes, same);
    }

    private static Map<List<String>, Entry> entries(Gradebook book) {
        Map<List<String>, Entry> entries = new LinkedHashMap<>();
        for (Row row : book.rows()) {
            row.entries()
                    .forEach((lab, entry) -> entries.put(List.of(row.student().id(), lab), entry));
        }
        return entries;
    }

    private static Change change(List<String> key, @Nullable Entry before, @Nullable Entry after) {
        List<String> why = new ArrayList<>();
        boolean flaky = false;
        if (before == null) {
            why.add("only in the new gradebook");
        } else if (after == null) {
            why.add("only in the old gradebook");
        } else {
            why.addAll(reasons(before, after));
            flaky = isUnsteady(before.result(), after.result());
            if (flaky) {
                why.add("flaky: the same submission, checks and brkmap, and another verdict");
            }
        }
        boolean repeatsDiffer = isFlaky(before) || isFlaky(after);
        return new Change(
                key.get(0),
                key.get(1),
                before,
                after,
                why,
                checks(checksOf(before), checksOf(after)),
                flaky || repeatsDiffer);
    }

    private static boolean isFlaky(@Nullable Entry entry) {
        Result result = entry == null ? null : entry.result();
        Repeats repeats = result == null ? null : result.repeats();
        return repeats != null && !repeats.flakes().isEmpty();
    }

    /** Whether nothing but chance can have made the difference. */
    private static boolean isUnsteady(@Nullable Result before, @Nullable Result after) {
        return before != null
                && after != null
                && before.grading().isRerun()
                && after.grading().isRerun()
                && before.submission().sha256().equals(after.submission().sha256())
                && before.labVersion().equals(after.labVersion())
                && before.harness().equals(after.harness())
                && !Repeats.sameVerdict(before, after);
    }

    private static List<String> reasons(Entry before, Entry after) {
        List<String> why = new ArrayList<>();
        Result old = before.result();
        Result fresh = after.result();
        if (old == null && fresh != null) {
            why.add("handed in meanwhile: " + fresh.submission().file());
        } else if (old != null && fresh == null) {
            why.add("its submission is gone: " + old.submission().file());
        } else if (old != null && fresh != null) {
            if (!old.submission().sha256().equals(fresh.submission().sha256())) {
                String file = fresh.submission().file();
                why.add(
                        old.submission().file().equals(file)
                                ? "the submission was changed: " + file
                                : "another submission counts: "
                                        + old.submission().file() + " -> " + file);
            }
            moved(why, "version of the checks", old.labVersion(), fresh.labVersion());
            moved(why, "brkmap", old.harness(), fresh.harness());
            moved(why, "graded", old.grading().title(), fresh.grading().title());
        }
        moved(why, "kept for lateness, in percent", plain(before.kept()), plain(after.kept()));
        flags(why, "+ ", after.flags(), before.flags());
        flags(why, "- ", before.flags(), after.flags());
        return why;
    }

    private static void moved(List<String> why, String what, String before, String after) {
        if (!before.equals(after)) {
            why.add(what + ": " + before + " -> " + after);
        }
    }

    private static void flags(List<String> why, String sign, List<Flag> flags, List<Flag> others) {
        flags.stream()
                .filter(flag -> !others.contains(flag))
                .forEach(flag -> why.add(sign + flag.kind().title() + ": " + flag.reason()));
    }

    private static List<Worth> checksOf(@Nullable Entry entry) {
        return entry == null ? List.of() : entry.checks();
    }

    private static List<CheckChange> checks(List<Worth> before, List<Worth> after) {
        Map<String, Worth> old = new LinkedHashMap<>();
        before.forEach(worth -> old.put(worth.check().id(), worth));
        Map<String, Worth> fresh = new LinkedHashMap<>();
        after.forEach(worth -> fresh.put(worth.check().id(), worth));
        Set<String> ids = new LinkedHashSet<>(fresh.keySet());
        ids.addAll(old.keySet());
        return ids.stream()
                .filter(id -> !isSame(old.get(id), fresh.get(id)))
                .map(id -> new CheckChange(id, old.get(id), fresh.get(id)))
                .toList();
    }

    /** What was seen may differ from run to run in addresses; a verdict is status and points. */
    private static boolean isSame(@Nullable Worth before, @Nullable Worth after) {
        return before != null
                && after != null
                && before.check().status() == after.check().status()
                && before.earned().compareTo(after.earned()) == 0
                && before.max().compareTo(after.max()) == 0;
    }

    private static String plain(BigDecimal number) {
        return Gradebook.tidy(number).toPlainString();
    }
}
