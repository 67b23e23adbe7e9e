package org.brkmap.rerun;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.LabDocument;
import org.brkmap.grade.Difference;

/** Compares a report that was handed in with what a re-run saw. */
final class Comparing {
    private static final int MOST = 100;

    private Comparing() {}

    static List<Difference> differences(LabDocument claimed, LabDocument found) {
        List<Difference> differences = new ArrayList<>();
        Map<String, CheckResult> claims = new TreeMap<>();
        claimed.checks().forEach(check -> claims.put(check.id(), check));
        for (CheckResult check : found.checks()) {
            CheckResult claim = claims.get(check.id());
            if (claim != null && (claim.earned() != check.earned() || claim.status() != check.status())) {
                differences.add(new Difference(check.id(), outcome(claim), outcome(check)));
            }
        }
        layouts(Layouts.of(claimed), Layouts.of(found), differences);
        return differences.subList(0, Math.min(MOST, differences.size()));
    }

    private static String outcome(CheckResult check) {
        return check.status().title() + ", " + check.earned() + " of " + check.points();
    }

    private static void layouts(Map<String, String> claimed, Map<String, String> found, List<Difference> differences) {
        claimed.forEach((at, layout) -> {
            String seen = found.get(at);
            if (seen != null && !seen.equals(layout)) {
                List<String> theirs = layout.lines().toList();
                List<String> ours = seen.lines().toList();
                differences.add(new Difference("layout of " + at, only(theirs, ours), only(ours, theirs)));
            }
        });
    }

    /** The first line that the other has not. */
    private static String only(List<String> lines, List<String> other) {
        return lines.stream()
                .filter(line -> !other.contains(line))
                .findFirst()
                .map(String::strip)
                .orElse("the same intervals in another order or number");
    }
}
