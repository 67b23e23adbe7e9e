package org.brkmap.report;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.evidence.ExerciseResult;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.Score;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** The checks of a lab: what was expected, what was seen, and what to try next. */
final class Checks {
    private Checks() {}

    /** {@code 12 of 14 checks passed; 1 failed, 1 was skipped.} */
    static String verdict(LabDocument lab) {
        List<CheckResult> checks = lab.checks();
        if (checks.isEmpty()) {
            return "No check was run.";
        }
        long passed = count(checks, CheckStatus.PASSED);
        if (passed == checks.size()) {
            return checks.size() == 1 ? "The one check passed." : "All " + checks.size() + " checks passed.";
        }
        StringBuilder text = new StringBuilder();
        for (CheckStatus status : List.of(CheckStatus.FAILED, CheckStatus.SKIPPED, CheckStatus.NOT_CHECKED)) {
            long count = count(checks, status);
            if (count > 0) {
                text.append(text.isEmpty() ? "; " : ", ")
                        .append(count)
                        .append(' ')
                        .append(status.title());
            }
        }
        return passed + " of " + Html.plural(checks.size(), "check", "checks") + " passed" + text + ".";
    }

    static long count(List<CheckResult> checks, CheckStatus status) {
        return checks.stream().filter(check -> check.status() == status).count();
    }

    /** {@code 10 of 100 points · 19 of 31 checks passed; 12 skipped.} */
    static Element standing(LabDocument lab) {
        Score score = lab.score();
        Element line = Html.el("p", "score");
        if (score.max() > 0) {
            line.appendChild(Html.el("strong", null, score.earned() + " of " + score.max()));
            Html.add(line, " points · ");
        }
        Html.add(line, lab.checks().isEmpty() ? "No check was run." : verdict(lab));
        return line;
    }

    /** The id of a check's place in the page. */
    static String id(CheckResult check) {
        return "check-" + check.id().replaceAll("[^A-Za-z0-9._-]", "-");
    }

    /** All checks: what is to be done by kind of exercise, then what was only looked at. */
    static Element section(LabDocument lab, Sources sources) {
        Element section = Html.el(
                "section", null, Html.el("h2", null, "Exercises and checks").attr("id", "checks"));
        for (ExerciseKind kind :
                List.of(ExerciseKind.PREDICT, ExerciseKind.IDENTIFY, ExerciseKind.QUIZ, ExerciseKind.MODIFY)) {
            group(section, lab, sources, heading(kind), check -> kindOf(check) == kind);
        }
        group(
                section,
                lab,
                sources,
                "Seen by the lab itself",
                check -> kindOf(check) == null || kindOf(check) == ExerciseKind.OBSERVE);
        return section;
    }

    private static @Nullable ExerciseKind kindOf(CheckResult check) {
        ExerciseResult exercise = check.exercise();
        return exercise == null ? null : exercise.kind();
    }

    private static String heading(ExerciseKind kind) {
        return switch (kind) {
            case PREDICT -> "Predict, before you look";
            case IDENTIFY -> "Identify";
            case QUIZ -> "Choose";
            case MODIFY -> "Change the program";
            case OBSERVE -> "Observe";
        };
    }

    private static void group(
            Element section, LabDocument lab, Sources sources, String heading, Predicate<CheckResult> which) {
        List<CheckResult> checks = lab.checks().stream().filter(which).toList();
        if (checks.isEmpty()) {
            return;
        }
        int points = checks.stream().mapToInt(CheckResult::points).sum();
        int earned = checks.stream().mapToInt(CheckResult::earned).sum();
        Element list = Html.el("ol", "checks");
        checks.forEach(check -> list.appendChild(item(lab, check, sources)));
        Element title = Html.el("h3", null, heading);
        if (points > 0) {
            Html.add(title, Html.el("span", "points", " " + earned + " of " + Html.plural(points, "point", "points")));
        }
        section.appendChild(Html.el("section", "exercises", title, list));
    }

    private static Element item(LabDocument lab, CheckResult check, Sources sources) {
        Element title = Html.el("div", "check-head", badge(check.status()), Html.el("h4", null, check.title()));
        if (check.points() > 0) {
            title.appendChild(Html.el("span", "points", check.earned() + " of " + check.points()));
        }
        Element item = Html.el("li", "check " + check.status().name().toLowerCase(Locale.ROOT), title)
                .attr("id", id(check));
        Element facts = new Element("dl");
        ExerciseResult exercise = check.exercise();
        String question = exercise == null ? null : exercise.question();
        if (check.status() != CheckStatus.PASSED
                || (exercise != null && !exercise.answers().isEmpty())) {
            fact(facts, "Asked", question);
        }
        if (exercise != null) {
            fact(facts, "You said", String.join(", ", exercise.answers()));
        }
        fact(facts, "Expected", check.expected());
        fact(facts, seen(check), once(check.actual(), question));
        if (exercise != null) {
            fact(facts, "Why", exercise.explanation());
            for (int i = 0; i < exercise.hints().size(); i++) {
                fact(
                        facts,
                        "Hint " + (i + 1) + " of " + exercise.hintsInAll(),
                        exercise.hints().get(i));
            }
        }
        if (check.status() != CheckStatus.PASSED) {
            fact(facts, "Try next", check.hint());
        }
        if (facts.childrenSize() > 0) {
            item.appendChild(facts);
        }
        Element links = links(lab, check, sources);
        return links.childrenSize() > 0 ? item.appendChild(links) : item;
    }

    /** What was seen, without the question that stands above it. */
    private static @Nullable String once(@Nullable String actual, @Nullable String question) {
        if (actual == null || question == null || question.isBlank()) {
            return actual;
        }
        String rest = actual.replace(question.strip(), "").strip();
        return rest.isEmpty() ? null : rest;
    }

    private static Element links(LabDocument lab, CheckResult check, Sources sources) {
        Element links = Html.el("p", "links");
        ExerciseResult exercise = check.exercise();
        if (exercise != null && exercise.kind() != ExerciseKind.OBSERVE) {
            links.appendChild(Html.el(
                    "span",
                    "quiet",
                    (exercise.extra() ? "extra · " : "")
                            + Html.plural(exercise.attempts(), "try", "tries") + " · hints "
                            + exercise.hints().size() + " of " + exercise.hintsInAll()));
        }
        Integer run = check.run();
        if (run != null) {
            links.appendChild(Html.link(
                    "#" + RunSection.id(run),
                    "run " + (run + 1) + ": " + lab.runs().get(run).name()));
        }
        String file = check.file();
        Integer line = check.line();
        if (file != null) {
            String place = file.substring(file.lastIndexOf('/') + 1) + (line == null ? "" : ":" + line);
            String href = run == null || line == null ? null : sources.href(run, file, line);
            links.appendChild(
                    href == null
                            ? Html.el("span", "place", place)
                            : Html.link(href, place).addClass("place"));
        }
        return links;
    }

    private static String seen(CheckResult check) {
        return switch (check.status()) {
            case NOT_CHECKED -> "Why";
            case SKIPPED -> "To do";
            case PASSED -> kindOf(check) == ExerciseKind.PREDICT ? "Measured" : "Seen";
            case FAILED -> "Seen";
        };
    }

    private static void fact(Element facts, String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return;
        }
        facts.appendChild(Html.el("dt", null, name));
        Element value = new Element("dd");
        if (text.contains("\n")) {
            value.appendChild(Html.pre(text.strip()));
        } else {
            value.appendChild(Html.blockText(text, 4000));
        }
        facts.appendChild(value);
    }

    static Element badge(CheckStatus status) {
        String glyph = switch (status) {
            case PASSED -> "✓";
            case FAILED -> "✗";
            case SKIPPED -> "○";
            case NOT_CHECKED -> "?";
        };
        return Html.el(
                "span",
                "badge " + status.name().toLowerCase(Locale.ROOT),
                Html.el("span", null, glyph).attr("aria-hidden", "true"),
                " " + status.title());
    }
}
