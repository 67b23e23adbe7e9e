package org.brkmap.lab;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A lab as its folder describes it. Immutable.
 *
 * @param id its folder, package and profile
 * @param title the first heading of its handout
 * @param folder its folder
 * @param exercises in the order they are done
 */
public record LabInfo(String id, String title, Path folder, List<ExerciseInfo> exercises) {
    public LabInfo {
        exercises = List.copyOf(exercises);
    }

    /** What all its exercises can earn. */
    public int points() {
        return exercises.stream().mapToInt(ExerciseInfo::points).sum();
    }

    /** The exercise of this id. */
    public Optional<ExerciseInfo> exercise(String exercise) {
        return exercises.stream().filter(info -> info.id().equals(exercise)).findFirst();
    }

    /** Exercises, and all that must be done before them. */
    Set<String> withThoseBefore(Set<String> ids) {
        Set<String> all = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(ids);
        while (!open.isEmpty()) {
            String id = open.remove();
            if (all.add(id)) {
                exercise(id).ifPresent(info -> {
                    open.addAll(info.after());
                    open.addAll(info.shownAfter());
                });
            }
        }
        return all;
    }

    /** The id of an exercise that was probably meant by one that is none; empty if none is near. */
    public Optional<String> nearest(String written) {
        return Optional.ofNullable(
                Nearest.to(written, exercises.stream().map(ExerciseInfo::id).toList()));
    }
}
