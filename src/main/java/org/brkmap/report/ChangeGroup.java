package org.brkmap.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;

/**
 * Changes of one kind, of one role and from one place: a loop's ten are told once.
 *
 * @param why the calls and the lines behind them, or who else it was
 * @param changes in the order they were seen; at least one
 */
record ChangeGroup(String why, List<Change> changes) {
    private static final int MOST_STEPS = 3;

    private record Key(ChangeKind kind, String role, String why) {}

    /** The groups, those of the program itself first, each in the order of its first change. */
    static List<ChangeGroup> of(List<Change> changes, Causes causes) {
        Map<Key, List<Change>> groups = new LinkedHashMap<>();
        for (Change change : changes) {
            if (change.kind() != ChangeKind.RESIDENCY) {
                boolean own = isOwn(change);
                Key key = new Key(change.kind(), own ? change.role().title() : "", why(change, causes));
                groups.computeIfAbsent(key, unused -> new ArrayList<>()).add(change);
            }
        }
        List<ChangeGroup> own = new ArrayList<>();
        List<ChangeGroup> others = new ArrayList<>();
        groups.forEach((key, members) ->
                (isOwn(members.get(0)) ? own : others).add(new ChangeGroup(key.why(), List.copyOf(members))));
        own.addAll(others);
        return own;
    }

    private static boolean isOwn(Change change) {
        return change.cause() != CauseKind.LOADER && change.cause() != CauseKind.KERNEL;
    }

    Hue hue() {
        return isOwn(first()) ? Hue.of(first().role()) : Hue.OTHER;
    }

    /** {@code ▲ heap grew +320 KiB, 2 times: malloc(32 KiB) → brk in main(), alloc_size.c:37}. */
    String text() {
        Change first = first();
        String where = changes.size() == 1 ? " at " + first.at() : "";
        return Kinds.glyph(first.kind()) + " " + what() + where + ": " + why + steps();
    }

    /** {@code heap grew +320 KiB, 2 times}. */
    String what() {
        Change first = first();
        long bytes = changes.stream().mapToLong(Change::bytes).sum();
        String what = isOwn(first)
                ? first.role().title() + " " + Kinds.word(first.kind())
                : Html.plural(changes.size(), "region", "regions") + " "
                        + (first.kind() == ChangeKind.REPROTECTED
                                ? "with other permissions"
                                : Kinds.word(first.kind()));
        String times = changes.size() > 1 && isOwn(first) ? ", " + changes.size() + " times" : "";
        return what + (bytes == 0 ? "" : " " + Sizes.delta(bytes)) + times;
    }

    /** Between which checkpoints; a number is a checkpoint's, as in the page and the evidence. */
    private String steps() {
        List<String> steps = changes.stream()
                .map(change -> "#" + change.from() + "→#" + change.to())
                .distinct()
                .toList();
        return " (" + steps.stream().limit(MOST_STEPS).collect(Collectors.joining(", "))
                + (steps.size() > MOST_STEPS ? ", …" : "") + ")";
    }

    Change first() {
        return changes.get(0);
    }

    static String why(Change change, Causes causes) {
        List<String> why = new ArrayList<>();
        if (change.cause() != CauseKind.EVENT) {
            why.add(Causes.title(change.cause()));
        }
        if (isOwn(change)) {
            for (Causes.Cause cause : causes.of(change)) {
                String place = cause.place();
                why.add(cause.calls() + (place == null ? "" : " in " + place));
            }
        }
        return why.isEmpty() ? "a call that the log does not hold" : String.join("; ", why);
    }
}
