package org.brkmap.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brkmap.analyse.Fingerprint;
import org.brkmap.evidence.EvidenceDocument;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Two documents set against each other, run by run, with addresses left out of account: each run at the moment that its story
 * ends in. Immutable.
 */
public final class Comparison {

    /** A run of the one and the run of the other that it is compared with, each null where there is none. */
    record Pair(@Nullable RunDocument one, @Nullable RunDocument other) {
        String name() {
            RunDocument shown = one != null ? one : other;
            return shown == null ? "" : shown.name();
        }
    }

    /** The same change on both sides; text is what it was and which call made it, or a dash. */
    record Line(String change, String one, String other) {
        boolean isSame() {
            return one.equals(other);
        }
    }

    private final List<Pair> pairs = new ArrayList<>();

    /**
     * Pairs runs by their names; those that only one side has stand alone. A single run is paired with a single run, unless
     * they are of two labs.
     */
    public Comparison(EvidenceDocument one, EvidenceDocument other) {
        List<RunDocument> left = runs(one);
        List<RunDocument> right = new ArrayList<>(runs(other));
        boolean twoLabs = one instanceof LabDocument a
                && other instanceof LabDocument b
                && !a.lab().equals(b.lab());
        boolean single = left.size() == 1 && right.size() == 1 && !twoLabs;
        for (RunDocument run : left) {
            RunDocument twin = single
                    ? right.get(0)
                    : right.stream()
                            .filter(candidate -> candidate.name().equals(run.name()))
                            .findFirst()
                            .orElse(null);
            right.remove(twin);
            pairs.add(new Pair(run, twin));
        }
        right.forEach(run -> pairs.add(new Pair(null, run)));
    }

    private static List<RunDocument> runs(EvidenceDocument document) {
        return document instanceof LabDocument lab ? lab.runs() : List.of((RunDocument) document);
    }

    List<Pair> pairs() {
        return pairs;
    }

    /** Whether any run has a twin. */
    public boolean hasCommonRuns() {
        return pairs.stream().anyMatch(pair -> pair.one() != null && pair.other() != null);
    }

    /** Whether every run has its twin, and is the same as it but for addresses and what is resident. */
    public boolean isSame() {
        return pairs.stream()
                .allMatch(pair -> pair.one() != null
                        && pair.other() != null
                        && fingerprint(pair.one()).equals(fingerprint(pair.other()))
                        && lines(pair).stream().allMatch(Line::isSame));
    }

    static @Nullable Story story(RunDocument run) {
        return Story.of(run.analysis(), Step.of(run.analysis()));
    }

    /** The fullest moment of a run's story; the last snapshot of one without; null if nothing was seen. */
    static @Nullable Snapshot moment(RunDocument run) {
        Story story = story(run);
        List<Snapshot> all = run.observation().snapshots();
        return story != null ? story.rise().after() : all.isEmpty() ? null : all.get(all.size() - 1);
    }

    private static List<String> fingerprint(RunDocument run) {
        Snapshot moment = moment(run);
        return moment == null ? List.of() : Fingerprint.of(moment).lines();
    }

    static String headline(@Nullable RunDocument run) {
        if (run == null) {
            return "There is no such run.";
        }
        Story story = story(run);
        return story == null ? "Nothing could be compared within this run." : Verdict.headline(story.rise());
    }

    /** The changes of both, by what they did to which region. */
    static List<Line> lines(Pair pair) {
        Map<String, String> one = changes(pair.one());
        Map<String, String> other = changes(pair.other());
        Set<String> keys = new HashSet<>();
        List<Line> lines = new ArrayList<>();
        for (Map<String, String> side : List.of(one, other)) {
            for (String key : side.keySet()) {
                if (keys.add(key)) {
                    lines.add(new Line(key, one.getOrDefault(key, "–"), other.getOrDefault(key, "–")));
                }
            }
        }
        return lines;
    }

    private static Map<String, String> changes(@Nullable RunDocument run) {
        Map<String, String> changes = new LinkedHashMap<>();
        Story story = run == null ? null : story(run);
        if (run == null || story == null) {
            return changes;
        }
        Causes causes = new Causes(run.observation());
        Map<String, Integer> times = new LinkedHashMap<>();
        for (Change change : story.rise().changes()) {
            if (change.kind() != ChangeKind.RESIDENCY) {
                String key = Kinds.glyph(change.kind()) + " " + change.role().title() + " " + Kinds.word(change.kind())
                        + " at " + change.at();
                int count = times.merge(key, 1, Integer::sum);
                List<String> calls = new ArrayList<>();
                causes.of(change)
                        .forEach(cause ->
                                calls.add(cause.calls() + (cause.place() == null ? "" : " in " + cause.place())));
                changes.put(
                        count == 1 ? key : key + " (" + count + ")",
                        Sizes.delta(change.bytes()) + (calls.isEmpty() ? "" : ": " + String.join("; ", calls)));
            }
        }
        return changes;
    }

    /** As text for a terminal. */
    public String text(String one, String other) {
        StringBuilder text = new StringBuilder();
        for (Pair pair : pairs) {
            text.append(Visible.line(pair.name(), 80)).append('\n');
            text.append("  A  ").append(Visible.line(headline(pair.one()), 400)).append('\n');
            text.append("  B  ")
                    .append(Visible.line(headline(pair.other()), 400))
                    .append('\n');
            for (Line line : lines(pair)) {
                text.append(line.isSame() ? "    " : "  ≠ ").append(Visible.line(line.change(), 200));
                if (line.isSame()) {
                    text.append("  ").append(Visible.line(line.one(), 200)).append('\n');
                } else {
                    text.append("\n      A  ").append(Visible.line(line.one(), 200));
                    text.append("\n      B  ")
                            .append(Visible.line(line.other(), 200))
                            .append('\n');
                }
            }
        }
        text.append("A is ").append(Visible.line(one, 200)).append(", B is ").append(Visible.line(other, 200));
        return text.append(isSame() ? ": the same but for addresses.\n" : ".\n").toString();
    }

    /** As facts for programs: whether both are the same, and each pair of runs with the changes of either side. */
    public Map<String, @Nullable Object> facts() {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("schema", "brkmap/compare/1");
        facts.put("same", isSame());
        List<Map<String, @Nullable Object>> runs = new ArrayList<>();
        for (Pair pair : pairs) {
            Map<String, @Nullable Object> run = new LinkedHashMap<>();
            run.put("run", pair.name());
            run.put("a", pair.one() == null ? null : headline(pair.one()));
            run.put("b", pair.other() == null ? null : headline(pair.other()));
            run.put("changes", lines(pair).stream().map(Comparison::facts).toList());
            runs.add(run);
        }
        facts.put("runs", runs);
        return facts;
    }

    private static Map<String, Object> facts(Line line) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("change", line.change());
        facts.put("a", line.one());
        facts.put("b", line.other());
        facts.put("same", line.isSame());
        return facts;
    }

    /** As a page. */
    public String page(String one, String other) {
        return ComparePage.render(this, one, other);
    }
}
