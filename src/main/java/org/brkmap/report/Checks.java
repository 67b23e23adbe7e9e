package org.brkmap.report;

import java.util.List;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.ExerciseResult;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.Score;
import org.jsoup.nodes.Element;

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

    static Element section(LabDocument lab, Sources sources) {
        boolean points = lab.score().max() > 0;
        Element list = Html.el("ol", "checks");
        for (CheckResult check : lab.checks()) {
            list.appendChild(item(lab, check, sources, points));
        }
        Element section = Html.el("section", null, Html.el("h2", null, "Checks").attr("id", "checks"));
        Score score = lab.score();
        if (points) {
            section.appendChild(
                    Html.el("p", "score", Html.el("strong", null, score.earned() + " of " + score.max()), " points"));
        }
        return section.appendChild(list);
    }

    private static Element item(LabDocument lab, CheckResult check, Sources sources, boolean points) {
        Element title = Html.el("div", "check-head", badge(check.status()), Html.el("h3", null, check.title()));
        if (points) {
            title.appendChild(Html.el("span", "points", check.earned() + " of " + check.points()));
        }
        Element item = Html.el("li", "check " + check.status().name().toLowerCase(java.util.Locale.ROOT), title);
        Element facts = new Element("dl");
        ExerciseResult exercise = check.exercise();
        if (exercise != null && check.status() != CheckStatus.PASSED) {
            fact(facts, "Asked", exercise.question());
        }
        fact(facts, "Expected", check.expected());
        fact(facts, seen(check.status()), check.actual());
        if (check.status() != CheckStatus.PASSED) {
            fact(facts, "Try next", check.hint());
        }
        if (exercise != null) {
            tell(facts, exercise);
        }
        if (facts.childrenSize() > 0) {
            item.appendChild(facts);
        }
        Element links = Html.el("p", "links");
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
        return links.childrenSize() > 0 ? item.appendChild(links) : item;
    }

    private static String seen(CheckStatus status) {
        return switch (status) {
            case NOT_CHECKED -> "Why";
            case SKIPPED -> "To do";
            default -> "Seen";
        };
    }

    private static void tell(Element facts, ExerciseResult exercise) {
        for (int i = 0; i < exercise.hints().size(); i++) {
            fact(
                    facts,
                    "Hint " + (i + 1) + " of " + exercise.hintsInAll(),
                    exercise.hints().get(i));
        }
        fact(facts, "Answered", String.join(", ", exercise.answers()));
        fact(facts, "Why", exercise.explanation());
        fact(facts, "Kind", exercise.kind().title() + (exercise.extra() ? ", extra" : ""));
    }

    private static void fact(Element facts, String name, @org.jspecify.annotations.Nullable String text) {
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
                "badge " + status.name().toLowerCase(java.util.Locale.ROOT),
                Html.el("span", null, glyph).attr("aria-hidden", "true"),
                " " + status.title());
    }
}
