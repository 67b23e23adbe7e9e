package org.brkmap.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.CallSite;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.SourceText;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** The source texts of all runs, each once, with the lines that caused changes marked and linked to them. */
final class Sources {
    private static final int MOST_LINES = 2000;
    private static final int MOST_NOTES = 6;
    private static final int LONGEST_LINE = 400;

    /** A change that a line caused. */
    private record Note(int run, int change, String text) {}

    private final List<SourceText> texts = new ArrayList<>();
    private final Map<Integer, Map<Integer, List<Note>>> notes = new HashMap<>();
    private final List<RunDocument> runs;
    /** The lines that something links to: they alone have an id. */
    private final Set<String> linked = new HashSet<>();
    /** The changes that the page tells of. */
    private final Set<String> shown = new HashSet<>();

    Sources(List<RunDocument> runs) {
        this.runs = runs;
        for (RunDocument run : runs) {
            for (SourceText source : run.observation().program().sources()) {
                if (!texts.contains(source)) {
                    texts.add(source);
                }
            }
        }
        for (int run = 0; run < runs.size(); run++) {
            mark(run);
        }
    }

    private void mark(int run) {
        Causes causes = new Causes(runs.get(run).observation());
        List<Change> changes = runs.get(run).analysis().changes();
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            if (change.cause() != CauseKind.EVENT) {
                continue;
            }
            Set<Integer> marked = new HashSet<>();
            for (Causes.Cause cause : causes.of(change)) {
                CallSite site = cause.site();
                int source = site == null ? -1 : indexOf(run, site);
                if (source >= 0 && site != null && site.line() != null && marked.add(site.line())) {
                    String text =
                            Kinds.glyph(change.kind()) + " " + change.role().title() + " "
                                    + Sizes.delta(change.bytes())
                                    + (runs.size() > 1 ? " in run " + (run + 1) : "");
                    notes.computeIfAbsent(source, key -> new HashMap<>())
                            .computeIfAbsent(site.line(), key -> new ArrayList<>())
                            .add(new Note(run, i, text));
                }
            }
        }
    }

    /** Says that a change has a place in the page. */
    void shown(int run, int change) {
        shown.add(RunSection.changeId(run, change));
    }

    /** The link to a change, or to its run where it is one of those that the page leaves out. */
    private String href(Note note) {
        String change = RunSection.changeId(note.run(), note.change());
        return "#" + (shown.contains(change) ? change : RunSection.id(note.run()));
    }

    /** The link to a place in a run's program, or null if its text is not here. */
    @Nullable String href(int run, CallSite site) {
        int source = indexOf(run, site);
        if (source < 0 || site.line() == null) {
            return null;
        }
        linked.add(lineId(source, site.line()));
        return "#" + lineId(source, site.line());
    }

    /** The link to a line of a file by its name, or null if its text is not here. */
    @Nullable String href(int run, String file, int line) {
        return href(run, new CallSite(0, null, null, null, file, line));
    }

    private int indexOf(int run, CallSite site) {
        String file = site.file();
        if (file == null || run < 0 || run >= runs.size()) {
            return -1;
        }
        String base = file.substring(file.lastIndexOf('/') + 1);
        for (SourceText source : runs.get(run).observation().program().sources()) {
            String name = source.name();
            if (name.substring(name.lastIndexOf('/') + 1).equals(base)) {
                return texts.indexOf(source);
            }
        }
        return -1;
    }

    boolean isEmpty() {
        return texts.isEmpty();
    }

    /** All texts; those without a marked line are closed. To be called last: what is linked later leads nowhere. */
    List<Element> elements() {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Map<Integer, List<Note>> marked = notes.getOrDefault(i, new LinkedHashMap<>());
            Element details = Html.details(texts.get(i).name() + summary(marked.size()), listing(i, marked));
            elements.add(marked.isEmpty() ? details : details.attr("open", ""));
        }
        return elements;
    }

    private static String summary(int lines) {
        return lines == 0 ? "" : " · " + Html.plural(lines, "line", "lines") + " changed memory";
    }

    private Element listing(int source, Map<Integer, List<Note>> marked) {
        Element list = Html.el("ol", "source").attr("tabindex", "0");
        List<String> lines = texts.get(source).text().lines().limit(MOST_LINES).toList();
        for (int i = 0; i < lines.size(); i++) {
            List<Note> here = marked.getOrDefault(i + 1, List.of());
            Element item = new Element("li").appendChild(Html.blockText(lines.get(i), LONGEST_LINE));
            String id = lineId(source, i + 1);
            if (linked.contains(id)) {
                item.attr("id", id);
            }
            if (!here.isEmpty()) {
                item.addClass("marked");
                Element margin = Html.el("span", "notes");
                here.stream().limit(MOST_NOTES).forEach(note -> margin.appendChild(Html.link(href(note), note.text())));
                if (here.size() > MOST_NOTES) {
                    Html.add(margin, "and " + (here.size() - MOST_NOTES) + " more");
                }
                item.appendChild(margin);
            }
            list.appendChild(item);
        }
        return list;
    }

    private static String lineId(int source, int line) {
        return "src" + source + "-L" + line;
    }
}
