package org.brkmap.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** One run: its finding, its picture, its changes, its calls. */
final class RunSection {
    private static final int MOST_OTHER_PICTURES = 3;

    private final int index;
    private final RunDocument run;
    private final Sources sources;
    private final List<Step> steps;
    private final @Nullable Story story;

    RunSection(int index, RunDocument run, Sources sources) {
        this.index = index;
        this.run = run;
        this.sources = sources;
        this.steps = Step.of(run.analysis());
        this.story = Story.of(run.analysis(), steps);
    }

    static String id(int run) {
        return "run" + run;
    }

    static String changeId(int run, int change) {
        return "r" + run + "-c" + change;
    }

    /** The finding of this run in a sentence. */
    String headline() {
        if (story == null) {
            String ending = Verdict.ending(run.observation().ending());
            return ending == null ? "The program ended before it could be compared." : ending;
        }
        return Verdict.headline(story.rise());
    }

    /** The step that the finding is about, or null if the program ended too early for one. */
    @Nullable Step mainStep() {
        return story == null ? null : story.rise();
    }

    /** What changed, and which call of which line did it, in a few lines; where no layout changed, in the story's process. */
    List<Element> deeds() {
        int pid = story == null ? 0 : story.rise().after().pid();
        List<Step> told = steps.stream()
                .filter(step -> step.isStructural() || step.after().pid() == pid)
                .toList();
        return new Deeds(new CauseLines(index, run.observation(), sources)).of(told);
    }

    /** What else must be said at once. */
    List<Element> remarks() {
        List<Element> remarks = new ArrayList<>();
        if (story != null) {
            Step rise = story.rise();
            remarks.add(Html.el("p", "lead", Verdict.memory(rise) + " From " + rise.title() + "."));
            Step rest = story.rest();
            if (rest != null) {
                remarks.add(Html.el("p", "lead", "Then: " + Verdict.headline(rest)));
            }
            String ending = Verdict.ending(run.observation().ending());
            if (ending != null) {
                remarks.add(Html.el("p", "warning", ending));
            }
            String unexplained = Verdict.unexplained(steps);
            if (unexplained != null) {
                remarks.add(Html.el("p", "warning", unexplained));
            }
        }
        for (String note : run.observation().notes()) {
            remarks.add(Html.el("p", "warning", note));
        }
        return remarks;
    }

    /** Pictures and tables in full; those of single steps only on a page of its own. */
    List<Element> full(String heading, boolean alone) {
        List<Element> parts = new ArrayList<>();
        Observation seen = run.observation();
        if (story != null) {
            Step main = story.rise();
            parts.add(part(heading, "How much memory", Bars.of(main, "before", "after")));
            parts.add(part(heading, "Where it lies", where(main)));
            parts.add(part(
                    heading, "What changed, and which call did it", new ChangeTable(index, run, sources).full(steps)));
            List<Element> others = otherPictures(main);
            if (alone && !others.isEmpty()) {
                parts.add(part(heading, "Other steps", others));
            }
        }
        List<Element> calls = calls(alone);
        if (!calls.isEmpty()) {
            parts.add(part(heading, "When: call by call", calls));
        }
        new Processes(id(index) + "-processes", seen)
                .figures()
                .forEach(figure -> parts.add(part(heading, "Processes side by side", figure)));
        Element pages = story == null
                ? null
                : Residency.of(id(index) + "-pages", story.rise(), seen.host().pageSize());
        if (pages != null) {
            parts.add(part(heading, "Which pages are in memory", pages));
        }
        return parts;
    }

    private List<Element> calls(boolean alone) {
        Observation seen = run.observation();
        Timeline timeline = new Timeline(id(index) + "-time", seen);
        List<Element> calls = new ArrayList<>();
        if (timeline.isEmpty()) {
            return calls;
        }
        Film film = story == null
                ? null
                : Film.of(id(index) + "-film", seen, story.rise().after().pid());
        Element replay = Html.el("div", "replay", timeline.figure());
        if (film != null) {
            replay.appendChild(film.figure());
        }
        calls.add(replay);
        String whyNot =
                story == null ? null : Film.whyNot(seen, story.rise().after().pid());
        if (whyNot != null) {
            calls.add(Html.el("p", "quiet", whyNot));
        }
        calls.add(checkpoints());
        calls.add(Html.details(
                Html.plural(seen.events().size(), "system call", "system calls") + " as a table",
                EventTable.events(index, seen.events(), sources, film)));
        if (!seen.allocations().isEmpty()) {
            calls.add(Html.details(
                    Html.plural(seen.allocations().size(), "allocator call", "allocator calls") + " as a table",
                    EventTable.allocations(index, seen.allocations(), sources, alone)));
        }
        return calls;
    }

    /** Its finding, what must be said, and its first changes: for a run among many. */
    List<Element> brief() {
        List<Element> parts = new ArrayList<>();
        parts.add(Html.el("div", null, headline()));
        remarks().stream().filter(remark -> remark.hasClass("warning")).forEach(parts::add);
        parts.addAll(new ChangeTable(index, run, sources).brief(steps));
        return parts;
    }

    /** What it was all made from; on a lab's page only the map at the fullest moment. */
    Element raw(String heading, boolean alone) {
        List<Snapshot> snapshots = alone || story == null
                ? run.observation().snapshots()
                : List.of(story.rise().after());
        List<Element> details = new ArrayList<>();
        details.add(Html.details(
                "Maps at " + Html.plural(snapshots.size(), "checkpoint", "checkpoints"), RawEvidence.maps(snapshots)));
        details.add(RawEvidence.transcript(run.observation()));
        details.add(RawEvidence.facts(run));
        return part(heading, "Raw evidence", details).addClass("raw");
    }

    private List<Element> where(Step step) {
        MapPicture map = map(step, 0);
        return List.of(
                picture(map, step),
                ZoomStrips.of(id(index) + "-zoom", map),
                Html.details("The map as a table", RegionTable.of(map, "before", "after")));
    }

    private MapPicture map(Step step, int number) {
        return new MapPicture(
                id(index) + "-map" + number, step, run.observation().host().pageSize());
    }

    private static Element picture(MapPicture map, Step step) {
        return Html.el(
                "div",
                "where",
                map.figure("before", "after", Verdict.headline(step)),
                Html.el(
                        "div",
                        "legend",
                        Html.scroll(RoleTable.of(step, "Before", "After")),
                        new Sides(step.before().mappings(), step.after().mappings()).list("before", "after")));
    }

    private List<Element> otherPictures(Step main) {
        List<Element> others = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (!step.equals(main) && !step.isStart() && step.isStructural() && others.size() < MOST_OTHER_PICTURES) {
                others.add(Html.details(step.title(), picture(map(step, i + 1), step)));
            }
        }
        return others;
    }

    private Element checkpoints() {
        Element list = Html.el("ol", "checkpoints");
        run.observation().snapshots().stream()
                .limit(60)
                .forEach(snapshot -> list.appendChild(Html.el("li", null, Step.name(snapshot), kind(snapshot))
                        .attr("value", Integer.toString(snapshot.id()))));
        return list;
    }

    private static Element kind(Snapshot snapshot) {
        String kind = snapshot.kind().name().toLowerCase(Locale.ROOT);
        return Html.el("span", "quiet", Step.name(snapshot).startsWith(kind) ? "" : " " + kind);
    }

    private static Element part(String heading, String title, Object... children) {
        return Html.el("section", null, Html.el(heading, null, title), List.of(children));
    }
}
