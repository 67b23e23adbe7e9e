package org.brkmap.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.jspecify.annotations.Nullable;

/**
 * Completes the document of a run that made only some of a lab's checks with what the last one knew of the others. That is a
 * student's file: it may be missing or damaged, and then there is nothing to add.
 */
final class Earlier {
    private Earlier() {}

    /** The evidence of this lab in a file, or null if there is none that can be read. */
    static @Nullable LabDocument read(Path json, String lab) {
        try {
            return EvidenceJson.read(Files.readString(json)) instanceof LabDocument document
                            && document.lab().equals(lab)
                    ? document
                    : null;
        } catch (IOException unreadable) {
            return null;
        }
    }

    /**
     * The checks of both, those of the earlier one in their places.
     *
     * @param kept ids of the earlier checks that still count
     */
    static LabDocument complete(LabDocument now, @Nullable LabDocument earlier, Set<String> kept) {
        if (earlier == null) {
            return now;
        }
        List<RunDocument> runs = new ArrayList<>(now.runs());
        List<String> names =
                new ArrayList<>(runs.stream().map(RunDocument::name).toList());
        for (RunDocument run : earlier.runs()) {
            if (!names.contains(run.name())) {
                runs.add(run);
                names.add(run.name());
            }
        }
        Map<String, CheckResult> made = new LinkedHashMap<>();
        now.checks().forEach(check -> made.put(check.id(), check));
        List<CheckResult> checks = new ArrayList<>();
        for (CheckResult before : earlier.checks()) {
            CheckResult again = made.remove(before.id());
            if (again != null) {
                checks.add(again);
            } else if (kept.contains(before.id())) {
                checks.add(moved(before, earlier, names));
            }
        }
        checks.addAll(made.values());
        return new LabDocument(
                now.lab(),
                now.title(),
                now.generatedBy(),
                runs,
                both(earlier.facts(), now.facts()),
                checks,
                both(earlier.answers(), now.answers()));
    }

    private static CheckResult moved(CheckResult check, LabDocument from, List<String> names) {
        Integer run = check.run();
        return new CheckResult(
                check.id(),
                check.title(),
                check.points(),
                check.earned(),
                check.status(),
                check.expected(),
                check.actual(),
                check.hint(),
                run == null ? null : names.indexOf(from.runs().get(run).name()),
                check.file(),
                check.line(),
                check.exercise());
    }

    private static <T extends @Nullable Object> Map<String, T> both(Map<String, T> earlier, Map<String, T> now) {
        Map<String, T> both = new LinkedHashMap<>(earlier);
        both.putAll(now);
        return both;
    }
}
