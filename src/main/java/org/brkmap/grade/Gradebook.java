package org.brkmap.grade;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the results of a class are worth by the rules of the course: a pure fold, so the same results, roster and rules give the same
 * gradebook, whoever made them in what order. Immutable.
 *
 * @param labs ids of the labs, in order
 * @param rows a row for each student of the roster, in its order, and then those who are on none
 */
public record Gradebook(Course course, List<String> labs, List<Row> rows) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int DIGITS = 2;

    /**
     * A student.
     *
     * @param listed whether the roster has them
     * @param entries by lab
     * @param total percent of all labs by their weights; null for who is not on the roster
     */
    public record Row(
            Student student,
            boolean listed,
            Map<String, Entry> entries,
            @Nullable BigDecimal total) {
        public Row {
            entries = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /**
     * A student's lab.
     *
     * @param result the one that counts; null if nothing was handed in
     * @param checks what each check is worth here
     * @param earned after weights of exercises, lateness and overrides
     * @param max what could be earned
     * @param kept percent of the points that are kept, for lateness
     * @param flags the result's, and those of the fold
     */
    public record Entry(
            @Nullable Result result,
            List<Worth> checks,
            BigDecimal earned,
            BigDecimal max,
            BigDecimal kept,
            List<Flag> flags) {
        public Entry {
            checks = List.copyOf(checks);
            flags = List.copyOf(flags);
        }
    }

    /** What one check is worth in this course. */
    public record Worth(GradedCheck check, BigDecimal earned, BigDecimal max) {}

    public Gradebook {
        labs = List.copyOf(labs);
        rows = List.copyOf(rows);
    }

    /** Folds results into a gradebook. */
    public static Gradebook fold(Collection<Result> results, Roster roster, Course course) {
        Map<String, Map<String, List<Result>>> byLab = new TreeMap<>();
        Map<String, Student> students = new LinkedHashMap<>();
        roster.students().forEach(student -> students.put(student.id(), student));
        course.labs().keySet().forEach(lab -> byLab.put(lab, new TreeMap<>()));
        List<Result> inOrder = results.stream()
                .sorted(Comparator.comparing(
                                (Result result) -> result.submission().file())
                        .thenComparing(Result::student)
                        .thenComparing(Result::grading)
                        .thenComparing(ResultJson::write))
                .toList();
        Map<String, Student> strangers = new TreeMap<>();
        String only = onlyLab(results, byLab.keySet());
        for (Result result : inOrder) {
            String lab = result.lab().equals(Result.NO_LAB) && only != null ? only : result.lab();
            byLab.computeIfAbsent(lab, id -> new TreeMap<>())
                    .computeIfAbsent(result.student(), id -> new ArrayList<>())
                    .add(result);
            if (!students.containsKey(result.student())) {
                strangers.put(result.student(), new Student(result.student(), "", Map.of()));
            }
        }
        Map<String, Map<String, Entry>> entries = new LinkedHashMap<>();
        byLab.forEach((lab, of) -> entries.put(lab, entries(lab, of, students, course)));
        List<Row> rows = new ArrayList<>();
        students.values().forEach(student -> rows.add(row(student, true, entries, course)));
        strangers.values().forEach(student -> rows.add(row(student, false, entries, course)));
        return new Gradebook(course, List.copyOf(byLab.keySet()), rows);
    }

    /** The lab that all readable submissions are of; null if there are several. */
    private static @Nullable String onlyLab(Collection<Result> results, Set<String> known) {
        Set<String> labs = new TreeSet<>(known);
        results.forEach(result -> labs.add(result.lab()));
        labs.remove(Result.NO_LAB);
        return labs.size() == 1 ? labs.iterator().next() : null;
    }

    private static Map<String, Entry> entries(
            String lab, Map<String, List<Result>> results, Map<String, Student> students, Course course) {
        LabRules rules = course.lab(lab);
        Map<String, Result> chosen = new LinkedHashMap<>();
        Map<String, List<Flag>> flags = new LinkedHashMap<>();
        results.forEach((student, handedIn) -> {
            Result counts = Choice.of(handedIn, course.attempts());
            chosen.put(student, counts);
            List<Flag> told = new ArrayList<>(counts.flags());
            Choice.others(handedIn, counts).forEach(told::add);
            flags.put(student, told);
        });
        Alike.among(chosen.values()).forEach((student, hints) -> {
            List<Flag> told = flags.get(student);
            if (told != null) {
                told.addAll(hints);
            }
        });
        List<GradedCheck> most = chosen.values().stream()
                .map(Result::checks)
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
        BigDecimal whole = scaled(sum(most, rules), rules);
        Map<String, Entry> entries = new TreeMap<>();
        chosen.forEach((student, result) -> entries.put(
                student, entry(student, result, flags.getOrDefault(student, List.of()), whole, course, rules)));
        for (String student : lab.equals(Result.NO_LAB) ? Set.<String>of() : students.keySet()) {
            if (!entries.containsKey(student)) {
                entries.put(student, missing(student, whole, rules));
            }
        }
        return entries;
    }

    private static Entry missing(String student, BigDecimal whole, LabRules rules) {
        List<Flag> flags = new ArrayList<>(List.of(Flag.of(FlagKind.MISSING, "no submission bears the name or id")));
        BigDecimal earned = overridden(student, BigDecimal.ZERO, rules, flags);
        return new Entry(null, List.of(), tidy(earned), tidy(whole), HUNDRED, flags);
    }

    private static Entry entry(
            String student, Result result, List<Flag> found, BigDecimal whole, Course course, LabRules rules) {
        List<Flag> flags = new ArrayList<>(found);
        String version = rules.version();
        if (version != null && !version.equals(result.labVersion())) {
            flags.add(Flag.of(
                    FlagKind.WRONG_VERSION,
                    "it was graded with version " + result.labVersion() + ", and course.properties names " + version));
        }
        List<Worth> checks = new ArrayList<>();
        BigDecimal raw = BigDecimal.ZERO;
        for (GradedCheck check : result.checks()) {
            Worth worth = worth(student, check, rules, flags);
            checks.add(worth);
            raw = raw.add(worth.earned());
        }
        BigDecimal most = sum(result.checks(), rules);
        BigDecimal max = result.checks().isEmpty() ? whole : scaled(most, rules);
        BigDecimal points =
                most.signum() == 0 ? BigDecimal.ZERO : raw.multiply(max).divide(most, 6, RoundingMode.HALF_UP);
        BigDecimal kept = Lateness.kept(student, result, course, rules, flags);
        points = points.multiply(kept).divide(HUNDRED, 6, RoundingMode.HALF_UP);
        points = overridden(student, points, rules, flags);
        return new Entry(result, checks, tidy(points), tidy(max), kept, flags);
    }

    private static BigDecimal overridden(String student, BigDecimal points, LabRules rules, List<Flag> flags) {
        LabRules.ByHand byHand = rules.overrides().get(student);
        if (byHand == null) {
            return points;
        }
        flags.add(Flag.of(
                FlagKind.OVERRIDDEN,
                "set to " + byHand.points().toPlainString() + " (it was "
                        + tidy(points).toPlainString() + "): " + byHand.reason()));
        return byHand.points();
    }

    private static Worth worth(String student, GradedCheck check, LabRules rules, List<Flag> flags) {
        BigDecimal max = max(check, rules);
        LabRules.ByHand byHand = rules.overrides().get(student + "/" + check.id());
        if (byHand != null) {
            flags.add(Flag.of(
                    FlagKind.OVERRIDDEN,
                    check.id() + " set to " + byHand.points().toPlainString() + " (it was " + check.earned() + "): "
                            + byHand.reason()));
            return new Worth(check, byHand.points(), max);
        }
        boolean counts = rules.partial() || check.earned() == check.points();
        BigDecimal earned = check.points() == 0 || !counts
                ? BigDecimal.ZERO
                : max.multiply(BigDecimal.valueOf(check.earned()))
                        .divide(BigDecimal.valueOf(check.points()), 6, RoundingMode.HALF_UP);
        return new Worth(check, tidy(earned), max);
    }

    private static BigDecimal max(GradedCheck check, LabRules rules) {
        BigDecimal given = rules.points().get(check.id());
        return given == null || check.points() == 0 ? BigDecimal.valueOf(check.points()) : given;
    }

    private static BigDecimal sum(List<GradedCheck> checks, LabRules rules) {
        return checks.stream().map(check -> max(check, rules)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal scaled(BigDecimal points, LabRules rules) {
        BigDecimal max = rules.max();
        return max == null ? points : max;
    }

    private static Row row(Student student, boolean listed, Map<String, Map<String, Entry>> entries, Course course) {
        Map<String, Entry> own = new LinkedHashMap<>();
        BigDecimal weights = BigDecimal.ZERO;
        BigDecimal total = BigDecimal.ZERO;
        for (Map.Entry<String, Map<String, Entry>> lab : entries.entrySet()) {
            Entry entry = lab.getValue().get(student.id());
            if (entry == null) {
                continue;
            }
            own.put(lab.getKey(), entry);
            if (entry.max().signum() > 0) {
                BigDecimal weight = course.lab(lab.getKey()).weight();
                weights = weights.add(weight);
                total = total.add(weight.multiply(entry.earned()).divide(entry.max(), 10, RoundingMode.HALF_UP));
            }
        }
        BigDecimal percent = listed && weights.signum() > 0
                ? tidy(total.multiply(HUNDRED).divide(weights, 6, RoundingMode.HALF_UP))
                : null;
        return new Row(student, listed, own, percent);
    }

    /** At most two digits after the point, and no zeros at the end. */
    static BigDecimal tidy(BigDecimal number) {
        BigDecimal rounded = number.setScale(DIGITS, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
