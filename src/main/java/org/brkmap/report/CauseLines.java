package org.brkmap.report;

import java.util.ArrayList;
import java.util.List;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.Observation;
import org.jsoup.nodes.Element;

/** Says on a page what stands behind a change, a line for each kind of call, linked to the source line where that is shown. */
final class CauseLines {
    private static final int MOST = 5;

    private final int run;
    private final Sources sources;
    private final Causes causes;

    CauseLines(int run, Observation seen, Sources sources) {
        this.run = run;
        this.sources = sources;
        this.causes = new Causes(seen);
    }

    /** At least one line. */
    List<Element> of(Change change) {
        List<Element> lines = new ArrayList<>();
        if (change.cause() != CauseKind.EVENT) {
            lines.add(Html.el("div", null, Causes.title(change.cause())));
        }
        List<Causes.Cause> all = causes.of(change);
        for (Causes.Cause cause : all.subList(0, Math.min(MOST, all.size()))) {
            lines.add(line(cause));
        }
        if (all.size() > MOST) {
            lines.add(Html.el("div", "quiet", "and " + (all.size() - MOST) + " more kinds of call"));
        }
        if (lines.isEmpty()) {
            lines.add(Html.el("div", "quiet", "a call that the log does not hold"));
        }
        return lines;
    }

    /** Changes with the same story told once. */
    List<ChangeGroup> groups(List<Change> changes) {
        return ChangeGroup.of(changes, causes);
    }

    private Element line(Causes.Cause cause) {
        Element line = Html.el("div", null, Html.code(cause.calls()));
        String place = cause.place();
        if (place != null && cause.site() != null) {
            String href = sources.href(run, cause.site());
            Html.add(line, " in ");
            line.appendChild(
                    href == null
                            ? Html.el("span", "place", place)
                            : Html.link(href, place).addClass("place"));
        }
        return line;
    }
}
