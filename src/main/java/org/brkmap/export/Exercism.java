package org.brkmap.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.FactsJson;
import org.brkmap.export.Export.Chosen;
import org.brkmap.grade.Gradebook.Worth;
import org.jspecify.annotations.Nullable;

/**
 * results.json of an Exercism test runner, version 3: "error" if no test was executed at all, with a message; else "pass" if all passed,
 * and "fail" if not. Tests are in the lab's order. It knows no points.
 */
final class Exercism {
    private static final int LONGEST = 65_535 / 4; // UTF-8 takes four bytes at most

    private Exercism() {}

    static Export of(Chosen chosen) throws ExportException {
        return EachStudent.of(chosen, ".json", grade -> grade.isHandedIn() ? FactsJson.write(json(grade)) : null);
    }

    private static Map<String, @Nullable Object> json(Grade grade) {
        List<Worth> checks = grade.entry().checks();
        boolean none = checks.stream().allMatch(worth -> status(worth).equals("error"));
        boolean all = checks.stream().allMatch(worth -> status(worth).equals("pass"));
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("version", 3);
        out.put("status", none ? "error" : all ? "pass" : "fail");
        out.put("message", none ? cut("No check could be judged. " + told(grade)) : null);
        out.put("tests", checks.stream().map(Exercism::test).toList());
        return out;
    }

    private static String told(Grade grade) {
        return grade.entry().flags().stream()
                .filter(flag -> flag.kind().isForTheStudent())
                .map(flag -> flag.kind().title() + ": " + flag.reason())
                .collect(java.util.stream.Collectors.joining("\n"));
    }

    private static String status(Worth worth) {
        return switch (worth.check().status()) {
            case PASSED -> "pass";
            case FAILED, SKIPPED -> "fail";
            case NOT_CHECKED -> "error";
        };
    }

    private static Map<String, @Nullable Object> test(Worth worth) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("name", Tests.name(worth));
        out.put("status", status(worth));
        String message = Grade.message(worth, true);
        out.put("message", message == null || worth.check().status() == CheckStatus.PASSED ? null : cut(message));
        return out;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
    }
}
