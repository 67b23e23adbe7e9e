package org.brkmap.export;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.FactsJson;
import org.brkmap.export.Export.Chosen;
import org.brkmap.export.Tests.Item;
import org.jspecify.annotations.Nullable;

/**
 * What the reporter of GitHub Classroom took from a runner: JSON in base64, on one line. The service itself was closed in August 2026; tools
 * that read its results are not.
 */
final class GithubClassroom {
    private GithubClassroom() {}

    static Export of(Chosen chosen) throws ExportException {
        return EachStudent.of(chosen, ".txt", grade -> {
            if (grade.points() == null) {
                return null;
            }
            Tests tests = Tests.of(grade, false);
            Map<String, @Nullable Object> out = new LinkedHashMap<>();
            out.put("version", 1);
            out.put("status", status(tests.items()));
            out.put("max_score", tests.max());
            out.put("tests", tests.items().stream().map(GithubClassroom::test).toList());
            return Base64.getEncoder()
                            .encodeToString(FactsJson.write(out).strip().getBytes(StandardCharsets.UTF_8))
                    + "\n";
        });
    }

    private static String status(List<Item> items) {
        if (items.stream().allMatch(item -> item.status() == CheckStatus.PASSED)) {
            return "pass";
        }
        return items.stream().anyMatch(item -> status(item).equals("fail")) ? "fail" : "error";
    }

    private static String status(Item item) {
        return switch (item.status()) {
            case PASSED -> "pass";
            case FAILED, SKIPPED -> "fail";
            case NOT_CHECKED -> "error";
        };
    }

    private static Map<String, @Nullable Object> test(Item item) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("name", item.name());
        out.put("status", status(item));
        out.put("message", item.message());
        out.put("test_code", "");
        out.put("filename", "");
        out.put("line_no", 0);
        out.put("score", item.score());
        return out;
    }
}
