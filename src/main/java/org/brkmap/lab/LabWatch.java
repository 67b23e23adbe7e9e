package org.brkmap.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.LabDocument;
import org.jspecify.annotations.Nullable;

/**
 * Runs a lab again and again while a student works on it: of what was saved it knows which exercises look at it, and runs those
 * alone. For one thread at a time.
 */
public final class LabWatch {
    /**
     * What came of a run.
     *
     * @param exercises ids of those that were run alone; empty if it was the whole lab, or nothing had to be run
     * @param document what is known of the lab now; null if nothing was run yet
     * @param opensOthers whether some of them are solved, so that others may be begun, or show what they kept back
     */
    public record Verdict(Set<String> exercises, @Nullable LabDocument document, boolean opensOthers) {
        public Verdict {
            exercises = Set.copyOf(exercises);
        }

        /** The exercise a student works on: one of those just run if it is wrong, or else the next to do. */
        public Optional<CheckResult> current() {
            LabDocument known = document;
            return known == null
                    ? Optional.empty()
                    : known.checks().stream()
                            .filter(check -> exercises.contains(check.id()) && check.status() == CheckStatus.FAILED)
                            .findFirst()
                            .or(() -> Standing.of(known).next());
        }
    }

    private final Path root;
    private final String lab;
    private final Map<String, Set<String>> uses = new LinkedHashMap<>();
    private AnswerSheet answers;
    private @Nullable LabDocument document;

    /** A watch over a lab of the project of this root; nothing is run yet. */
    public LabWatch(Path root, String lab) {
        this.root = root;
        this.lab = lab;
        this.answers = AnswerSheet.of(root, lab);
    }

    /**
     * Runs what these files change: the exercises that look at them, or the whole lab if that is not known. A file that no
     * exercise looks at changes nothing.
     *
     * @param changed names of files in the lab's folder; empty for the whole lab
     * @param brief whether to leave out, of the whole lab, what is as it should be
     * @param out where the tree goes
     * @param verdict is told what came of it, before the report is written; not if it was abandoned
     * @param abandoned whether the files have changed again, or nobody waits any more; interrupt the thread then, too
     * @throws IOException if the lab cannot be run, or the report cannot be written
     */
    public void run(
            Set<String> changed, boolean brief, PrintStream out, Consumer<Verdict> verdict, BooleanSupplier abandoned)
            throws IOException {
        AnswerSheet now = AnswerSheet.of(root, lab);
        Set<String> exercises =
                changed.isEmpty() ? Set.of() : affected(changed, now).orElse(null);
        // If the sheet was saved a moment after these files, its own turn comes; until then what is new in it stays
        // new.
        AnswerSheet judgedAnswers = isWhole(exercises) || changed.contains(nameOf(now)) ? now : answers;
        if (exercises == null) {
            answers = judgedAnswers;
            verdict.accept(new Verdict(Set.of(), document, false));
            return;
        }
        ConsoleTree.Detail whole = brief ? ConsoleTree.Detail.OPEN : ConsoleTree.Detail.ALL;
        Optional<Desk.End> end = LabRunner.in(root)
                .run(
                        lab,
                        exercises,
                        out,
                        exercises.isEmpty() ? whole : ConsoleTree.Detail.FULL,
                        document,
                        judged -> {
                            answers = judgedAnswers;
                            document = judged.document();
                            judged.uses().forEach(uses::put);
                            verdict.accept(new Verdict(
                                    exercises, judged.document(), opensOthers(exercises, judged.document())));
                        },
                        abandoned);
        if (end.isEmpty() && !abandoned.getAsBoolean()) {
            throw new IOException("the report of this run could not be written");
        }
    }

    private static boolean isWhole(@Nullable Set<String> exercises) {
        return exercises != null && exercises.isEmpty();
    }

    private static String nameOf(AnswerSheet sheet) {
        return sheet.file().substring(sheet.file().lastIndexOf('/') + 1);
    }

    private static boolean opensOthers(Set<String> exercises, LabDocument judged) {
        return judged.checks().stream()
                .anyMatch(check -> exercises.contains(check.id()) && check.status() == CheckStatus.PASSED);
    }

    /** The exercises to run for these files: an empty set for all, nothing if none looks at them. */
    private Optional<Set<String>> affected(Set<String> changed, AnswerSheet now) {
        Set<String> exercises = new LinkedHashSet<>();
        boolean all = document == null;
        for (String name : changed) {
            String file = "labs/" + lab + "/" + name;
            if (file.equals(now.file())) {
                Set<String> keys = now.changedSince(answers);
                keys.forEach(key -> exercises.addAll(users(file + "#" + key)));
                all |= keys.stream().anyMatch(key -> users(file + "#" + key).isEmpty());
                all |= !now.problems().equals(answers.problems()) && exercises.isEmpty();
                all |= !now.problemsOfNoExercise().equals(answers.problemsOfNoExercise());
                all |= now.isPresent() != answers.isPresent();
            } else {
                Set<String> users = users(file);
                exercises.addAll(users);
                // What programs include, and the checks themselves.
                all |= users.isEmpty() && name.matches(".*\\.(h|c|java)");
            }
        }
        return all ? Optional.of(Set.of()) : exercises.isEmpty() ? Optional.empty() : Optional.of(exercises);
    }

    private Set<String> users(String what) {
        return uses.entrySet().stream()
                .filter(exercise -> exercise.getValue().contains(what))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
