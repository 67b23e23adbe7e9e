package org.brkmap.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.FactsJson;
import org.brkmap.export.Export.Chosen;
import org.brkmap.grade.Gradebook.Worth;
import org.brkmap.grade.GradedCheck;
import org.jspecify.annotations.Nullable;

/**
 * results.json of a Gradescope autograder. The score at the top is the grade by the rules of the course, and goes before the sum of the
 * tests. A test that was not judged has no status, for there are but passed and failed. Texts are shown as they are, never as markup.
 */
final class Gradescope {
    private Gradescope() {}

    static Export of(Chosen chosen) throws ExportException {
        return EachStudent.of(chosen, ".json", grade -> grade.points() == null ? null : FactsJson.write(json(grade)));
    }

    private static Map<String, @Nullable Object> json(Grade grade) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("score", Grade.plain(grade.entry().earned()));
        out.put("output", String.join("\n", Feedback.lines(grade)));
        out.put("output_format", "text");
        out.put("test_output_format", "text");
        out.put("test_name_format", "text");
        out.put("visibility", "visible");
        out.put("stdout_visibility", "hidden");
        List<Map<String, @Nullable Object>> tests = new ArrayList<>();
        for (Worth worth : grade.entry().checks()) {
            tests.add(test(worth, tests.size() + 1));
        }
        out.put("tests", tests);
        return out;
    }

    private static Map<String, @Nullable Object> test(Worth worth, int number) {
        GradedCheck check = worth.check();
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("name", Tests.name(worth));
        out.put("number", Integer.toString(number));
        out.put("score", Grade.plain(worth.earned()));
        out.put("max_score", Grade.plain(worth.max()));
        if (check.status() == CheckStatus.PASSED || check.status() == CheckStatus.FAILED) {
            out.put("status", check.status() == CheckStatus.PASSED ? "passed" : "failed");
        }
        String message = Grade.message(worth, false);
        out.put("output", message == null ? "" : message);
        out.put("output_format", "text");
        out.put("visibility", check.hidden() ? "hidden" : "visible");
        return out;
    }
}
