package org.brkmap.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.jsoup.nodes.Element;

/** For the head of a page: what changed after the program's start, and which call of which line did it, each loop once. */
final class Deeds {
    private static final int MOST = 3;

    private final CauseLines causes;

    Deeds(CauseLines causes) {
        this.causes = causes;
    }

    /** A list; none where neither a region nor what is in memory changed. */
    List<Element> of(List<Step> steps) {
        List<Change> all = steps.stream()
                .filter(step -> !step.isStart())
                .flatMap(step -> step.changes().stream())
                .toList();
        List<ChangeGroup> groups = causes.groups(all);
        if (groups.isEmpty()) {
            return touched(all);
        }
        Element list = Html.el("ul", "deeds");
        groups.stream().limit(MOST).forEach(group -> list.appendChild(deed(group)));
        int more = groups.size() - MOST;
        if (more > 0) {
            list.appendChild(
                    Html.el("li", "quiet", "and " + Html.plural(more, "more kind", "more kinds") + " of change"));
        }
        return List.of(list);
    }

    private Element deed(ChangeGroup group) {
        Element deed = line(group.first().kind(), group.what());
        String between = ": ";
        for (Element cause : causes.of(group.first())) {
            Html.add(deed, between);
            deed.appendChild(cause.tagName("span"));
            between = "; ";
        }
        return deed;
    }

    private static Element line(ChangeKind kind, String what) {
        return Html.el(
                "li",
                null,
                Html.el("span", "glyph", Kinds.glyph(kind)).attr("aria-hidden", "true"),
                Html.el("strong", null, what));
    }

    /** Where no region changed: the kinds of region of which most came into memory, or left it. */
    private static List<Element> touched(List<Change> changes) {
        Map<String, Long> byRole = new LinkedHashMap<>();
        changes.forEach(change -> byRole.merge(change.role().title(), change.bytes(), Long::sum));
        String most = byRole.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .sorted(Comparator.comparingLong(entry -> -Math.abs(entry.getValue())))
                .limit(MOST)
                .map(entry -> entry.getKey() + " " + Sizes.delta(entry.getValue()))
                .collect(Collectors.joining(", "));
        if (most.isEmpty()) {
            return List.of();
        }
        Element line = line(ChangeKind.RESIDENCY, "in memory: " + most);
        Html.add(line, ", as pages were touched");
        return List.of(Html.el("ul", "deeds", line));
    }
}
