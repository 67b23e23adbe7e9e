package org.brkmap.analyse;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Ending;
import org.brkmap.model.Snapshot;

/**
 * Whether a program does without a tracer what it did under one: at each checkpoint() and at its end its memory has the same
 * {@link Amounts}, and it ends in the same way. Coarser than {@link Fingerprint}, which a probe and its loading change: neither
 * addresses nor libraries are compared, and what was there at the first checkpoint only roughly. Stateless.
 */
public final class Likeness {
    /** A moment's amounts, and those of its run's first moment. */
    private record Moment(String label, Amounts now, Amounts first, long tolerance) {}

    /** By how many bytes another C library's malloc may differ with a probe: musl's gives the loader's rests away. */
    private static final long OTHER_LIBC = 64 * 1024;

    private Likeness() {}

    /**
     * What the run without a tracer shows that none of the traced ones does, or the other way round.
     *
     * @param traced runs of one program in one way, one at least; several where it is not the same each time
     * @return a line that tells of the first difference, or nothing
     */
    public static Optional<String> difference(List<Analysis> traced, Analysis untraced) {
        Ending ending = untraced.observation().ending();
        if (traced.stream().noneMatch(run -> isSame(run.observation().ending(), ending))) {
            return Optional.of("end: " + traced.get(0).observation().ending().describe() + " under the tracer, "
                    + ending.describe() + " without");
        }
        List<Moment> with = new ArrayList<>();
        traced.forEach(run -> with.addAll(moments(run)));
        List<Moment> without = moments(untraced);
        Set<String> labels = new LinkedHashSet<>();
        with.forEach(moment -> labels.add(moment.label()));
        without.forEach(moment -> labels.add(moment.label()));
        return labels.stream()
                .map(label -> difference(label, at(label, with), at(label, without)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> difference(String label, List<Moment> with, List<Moment> without) {
        if (with.isEmpty() || without.isEmpty()) {
            return Optional.of("checkpoint \"" + label + "\": reached only "
                    + (with.isEmpty() ? "without a tracer" : "under the tracer"));
        }
        return without.stream()
                .filter(moment -> with.stream()
                        .noneMatch(other -> difference(other, moment).isEmpty()))
                .map(moment -> difference(with.get(0), moment))
                .flatMap(Optional::stream)
                .findFirst()
                .map(what -> "at \"" + label + "\": " + what);
    }

    private static Optional<String> difference(Moment with, Moment without) {
        return Amounts.difference(with.now(), with.first(), without.now(), without.first(), with.tolerance());
    }

    private static List<Moment> at(String label, List<Moment> moments) {
        return moments.stream().filter(moment -> moment.label().equals(label)).toList();
    }

    private static List<Moment> moments(Analysis run) {
        List<Snapshot> snapshots = run.observation().snapshots().stream()
                .filter(snapshot -> snapshot.kind() == CheckpointKind.MARKER || snapshot.kind() == CheckpointKind.EXIT)
                .toList();
        String libc = run.observation().host().libc();
        long tolerance = libc == null || libc.startsWith("glibc") ? 0 : OTHER_LIBC;
        Amounts first = snapshots.isEmpty() ? Amounts.NONE : Amounts.of(snapshots.get(0));
        return snapshots.stream()
                .map(snapshot -> new Moment(snapshot.label(), Amounts.of(snapshot), first, tolerance))
                .toList();
    }

    private static boolean isSame(Ending one, Ending other) {
        return Objects.equals(one.code(), other.code()) && Objects.equals(one.signal(), other.signal());
    }
}
