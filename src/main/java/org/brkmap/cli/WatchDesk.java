package org.brkmap.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.evidence.LabDocument;
import org.brkmap.lab.ExerciseInfo;
import org.brkmap.lab.LabInfo;
import org.brkmap.lab.LabProgress;
import org.brkmap.lab.LabStarter;
import org.brkmap.lab.LabWatch;
import org.brkmap.lab.Standing;
import org.brkmap.libc.Keyboard;
import org.jspecify.annotations.Nullable;

/** What a watch answers to its keys, about the exercise that the student works on. For one thread. */
final class WatchDesk {
    private final Path root;
    private final LabInfo lab;
    private final WatchScreen screen;
    private LabWatch.@Nullable Verdict last;
    /** The file that would be brought back by the next key, if that is y. */
    private @Nullable String asked;

    WatchDesk(Path root, LabInfo lab, WatchScreen screen) {
        this.root = root;
        this.lab = lab;
        this.screen = screen;
    }

    /** Shows what came of a run. */
    void take(WatchRuns.Result result) {
        LabWatch.Verdict verdict = result.verdict();
        if (verdict != null && verdict.document() != null) {
            last = verdict;
        }
        screen.show(
                result.text().isEmpty() && verdict != null
                        ? "nothing that an exercise looks at has changed\n" + step(verdict.document())
                        : result.text());
    }

    private static String step(@Nullable LabDocument document) {
        if (document == null) {
            return "";
        }
        Standing standing = Standing.of(document);
        return standing.score() + "\n" + String.join("\n", standing.step());
    }

    /**
     * Does what a key stands for.
     *
     * @return whether the whole lab is to be run
     */
    boolean press(char key) throws IOException {
        String file = asked;
        asked = null;
        if (file != null) {
            answer(file, key);
            return false;
        }
        switch (Character.toLowerCase(key)) {
            case 'h' -> hint();
            case 'l' -> list();
            case 'x' -> askForReset();
            case 'r' -> {
                screen.running();
                return true;
            }
            case Keyboard.BACK -> screen.add("watching again");
            case '\n', ' ' -> {}
            default -> screen.add("there is no key " + (key > ' ' && key < 0x7f ? key : '?'));
        }
        return false;
    }

    private Optional<CheckResult> current() {
        return last == null ? Optional.empty() : last.current();
    }

    private void hint() throws IOException {
        ExerciseInfo exercise =
                current().flatMap(check -> lab.exercise(check.id())).orElse(null);
        if (exercise == null || exercise.hints().isEmpty()) {
            screen.add("there is nothing left that needs a hint");
            return;
        }
        LabProgress progress = LabProgress.open(root, lab.id());
        Optional<String> hint = progress.takeHint(exercise);
        if (hint.isPresent()) {
            progress.save();
        }
        int taken = progress.hintsTaken(exercise.id());
        int all = exercise.hints().size();
        screen.add(exercise.id() + ", hint " + taken + " of " + all + ": "
                + hint.orElseGet(() -> exercise.hints().get(all - 1) + " (that was the last one)"));
    }

    private void list() {
        LabWatch.Verdict verdict = last;
        LabDocument document = verdict == null ? null : verdict.document();
        if (document == null) {
            screen.add("nothing was run yet");
            return;
        }
        StringBuilder text = new StringBuilder(document.title()).append("\n\n");
        String current = current().map(CheckResult::id).orElse("");
        for (CheckResult check : document.checks()) {
            if (check.exercise() != null && check.exercise().kind() != ExerciseKind.OBSERVE) {
                text.append(String.format(
                        Locale.ROOT,
                        "%s %-16s %-8s %3d of %3d  %-11s  %s%n",
                        check.id().equals(current) ? ">" : " ",
                        check.id(),
                        check.exercise().kind().title(),
                        check.earned(),
                        check.points(),
                        check.status().title(),
                        check.title()));
            }
        }
        screen.show(text.append('\n')
                .append(step(document))
                .append("\nReport: ")
                .append(root.resolve("target/reports")
                        .resolve(lab.id() + ".html")
                        .toUri())
                .toString());
    }

    private void askForReset() throws IOException {
        String file = current().map(CheckResult::file).orElse(null);
        String name = file == null ? "" : file.substring(file.lastIndexOf('/') + 1);
        if (!LabStarter.files(root, lab.id()).contains(name) || !LabStarter.isChanged(root, lab.id(), name)) {
            screen.add("the file of this exercise is as it was at the beginning; others: ./brkmap lab reset " + lab.id()
                    + " FILE");
            return;
        }
        asked = name;
        screen.ask("Begin " + name + " again? Yours is kept as a copy beside it. [y/N]");
    }

    private void answer(String file, char key) throws IOException {
        if (Character.toLowerCase(key) != 'y') {
            screen.add("nothing was changed");
            return;
        }
        Optional<Path> kept = LabStarter.reset(root, lab.id(), file);
        screen.ask(file + " is as it was at the beginning"
                + kept.map(copy -> "; yours is kept as " + root.relativize(copy))
                        .orElse(""));
    }
}
