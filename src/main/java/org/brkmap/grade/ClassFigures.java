package org.brkmap.grade;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.grade.Gradebook.Entry;
import org.brkmap.grade.Gradebook.Row;
import org.brkmap.grade.Gradebook.Worth;
import org.jspecify.annotations.Nullable;

/**
 * How a class did in one lab. Who is not on the roster is not counted. Immutable.
 *
 * @param tenths how many earned 0 to under 10 percent, and so on; the last one holds 100 too
 * @param checks figures of each check, in the lab's order
 */
record ClassFigures(int handedIn, int missing, List<Integer> tenths, List<CheckFigures> checks) {
    private static final int MOST_MISTAKES = 5;

    /**
     * How a class did in one check.
     *
     * @param answers wrong answers, the commonest first
     * @param findings what was seen in place of what should be, the commonest first
     * @param wrongShapes how memory went in programs that failed ({@link Shape}), the commonest first
     * @param rightShapes how it went in those that passed
     */
    record CheckFigures(
            GradedCheck check,
            int passed,
            int failed,
            int skipped,
            int notChecked,
            List<Mistake> answers,
            List<Mistake> findings,
            List<Mistake> wrongShapes,
            List<Mistake> rightShapes) {
        /** Of those who tried, percent who failed; null if nobody did. */
        @Nullable Integer failureRate() {
            int tried = passed + failed;
            return tried == 0 ? null : (int) Math.round(100.0 * failed / tried);
        }
    }

    /** What so many had in common. */
    record Mistake(String what, int students) {}

    static ClassFigures of(Gradebook book, String lab) {
        int handedIn = 0;
        int missing = 0;
        List<Integer> tenths = new ArrayList<>(java.util.Collections.nCopies(10, 0));
        Map<String, Counting> checks = new LinkedHashMap<>();
        for (Row row : book.rows()) {
            Entry entry = row.entries().get(lab);
            if (entry == null || !row.listed()) {
                continue;
            }
            if (entry.result() == null) {
                missing++;
                continue;
            }
            handedIn++;
            if (entry.max().signum() > 0) {
                int percent = entry.earned()
                        .multiply(java.math.BigDecimal.valueOf(100))
                        .divide(entry.max(), 0, java.math.RoundingMode.FLOOR)
                        .intValue();
                int tenth = Math.max(0, Math.min(9, percent / 10));
                tenths.set(tenth, tenths.get(tenth) + 1);
            }
            for (Worth worth : entry.checks()) {
                checks.computeIfAbsent(worth.check().id(), id -> new Counting(worth.check()))
                        .count(worth.check());
            }
        }
        return new ClassFigures(
                handedIn,
                missing,
                tenths,
                checks.values().stream().map(Counting::figures).toList());
    }

    private static final class Counting {
        private final GradedCheck first;
        private final Map<CheckStatus, Integer> statuses = new LinkedHashMap<>();
        private final Map<String, Integer> answers = new LinkedHashMap<>();
        private final Map<String, Integer> findings = new LinkedHashMap<>();
        private final Map<String, Integer> wrongShapes = new LinkedHashMap<>();
        private final Map<String, Integer> rightShapes = new LinkedHashMap<>();

        Counting(GradedCheck first) {
            this.first = first;
        }

        void count(GradedCheck check) {
            statuses.merge(check.status(), 1, Integer::sum);
            List<String> given = check.answers();
            // The last answer of a check that was passed is right; all before it were wrong.
            int wrong = check.status() == CheckStatus.PASSED ? given.size() - 1 : given.size();
            new java.util.LinkedHashSet<>(given.subList(0, Math.max(0, wrong)))
                    .forEach(answer -> answers.merge(answer, 1, Integer::sum));
            String shape = check.shape();
            if (shape != null && check.status() == CheckStatus.FAILED) {
                wrongShapes.merge(shape, 1, Integer::sum);
            } else if (shape != null && check.status() == CheckStatus.PASSED) {
                rightShapes.merge(shape, 1, Integer::sum);
            }
            String actual = check.actual();
            if (check.status() == CheckStatus.FAILED && actual != null) {
                findings.merge(general(check.expected(), actual), 1, Integer::sum);
            }
        }

        /** In one line; addresses differ from run to run, and say nothing of what went wrong. */
        private static String general(@Nullable String expected, String actual) {
            return expected == null ? general(actual) : general(expected) + " — but: " + general(actual);
        }

        private static String general(String text) {
            return text.strip().replaceAll("\\s*\\R\\s*", " · ").replaceAll("\\b(0x)?[0-9a-f]{8,16}\\b", "ADDRESS");
        }

        CheckFigures figures() {
            return new CheckFigures(
                    first,
                    statuses.getOrDefault(CheckStatus.PASSED, 0),
                    statuses.getOrDefault(CheckStatus.FAILED, 0),
                    statuses.getOrDefault(CheckStatus.SKIPPED, 0),
                    statuses.getOrDefault(CheckStatus.NOT_CHECKED, 0),
                    commonest(answers),
                    commonest(findings),
                    commonest(wrongShapes),
                    commonest(rightShapes));
        }

        private static List<Mistake> commonest(Map<String, Integer> counts) {
            List<Mistake> all = new ArrayList<>();
            counts.forEach((what, students) -> all.add(new Mistake(what, students)));
            all.sort(Comparator.comparingInt(Mistake::students).reversed().thenComparing(Mistake::what));
            return all.subList(0, Math.min(MOST_MISTAKES, all.size()));
        }
    }
}
