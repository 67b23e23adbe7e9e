package org.brkmap.grade;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.evidence.ExerciseResult;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.report.Sizes;
import org.jspecify.annotations.Nullable;

/**
 * How the memory that a program asked for went, in a line: {@code heap 132 KiB → heap 132 KiB, anonymous 1 MiB}. Without addresses,
 * numbers of rows and labels, so that students who did the same have the same line: it is what a class is told apart by.
 */
public final class Shape {
    private static final Set<Role> ASKED_FOR =
            EnumSet.of(Role.HEAP, Role.ARENA, Role.ANONYMOUS, Role.FILE, Role.SHARED, Role.THREAD_STACK);

    private static final Set<CheckpointKind> BY_CHANCE =
            EnumSet.of(CheckpointKind.LIMIT, CheckpointKind.SLEEP, CheckpointKind.PAUSE, CheckpointKind.LOOK);

    private static final int MOST_STEPS = 6;

    private Shape() {}

    /** The line of the run that an exercise judged, if that run is of a program which students write; or else null. */
    public static @Nullable String of(CheckResult check, LabDocument document) {
        ExerciseResult exercise = check.exercise();
        Integer run = check.run();
        boolean isTheirs = exercise != null && exercise.kind() == ExerciseKind.MODIFY;
        return isTheirs && run != null && run >= 0 && run < document.runs().size()
                ? of(document.runs().get(run))
                : null;
    }

    /** The line of a run's first process; null if it never stopped where a second run would stop, too. */
    static @Nullable String of(RunDocument run) {
        List<String> steps = new ArrayList<>();
        int pid = -1;
        for (Snapshot snapshot : run.observation().snapshots()) {
            pid = pid < 0 ? snapshot.pid() : pid;
            if (snapshot.pid() == pid
                    && snapshot.kind() != CheckpointKind.EXEC
                    && !BY_CHANCE.contains(snapshot.kind())) {
                String step = step(snapshot);
                if (steps.isEmpty() || !steps.get(steps.size() - 1).equals(step)) {
                    steps.add(step);
                }
            }
        }
        if (steps.size() > MOST_STEPS) {
            String last = steps.get(steps.size() - 1);
            steps.subList(MOST_STEPS - 1, steps.size()).clear();
            steps.add("…");
            steps.add(last);
        }
        return steps.isEmpty() ? null : String.join(" → ", steps);
    }

    private static String step(Snapshot snapshot) {
        Map<Role, Long> bytes = new EnumMap<>(Role.class);
        for (Mapping mapping : snapshot.mappings()) {
            if (ASKED_FOR.contains(mapping.role())) {
                bytes.merge(mapping.role(), mapping.size(), Long::sum);
            }
        }
        List<String> parts = new ArrayList<>();
        bytes.forEach((role, size) -> parts.add(role.title() + " " + Sizes.compact(size)));
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }
}
