package org.brkmap.analyse;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.brkmap.analyse.Comparison.Difference;
import org.brkmap.analyse.Comparison.Stretch;
import org.brkmap.model.AddressRange;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Mapping;

/** The ways that memory went by mremap(2) between two snapshots, each from its first place to its last. */
final class Moves {

    /** A removed and an added stretch that are one moved piece of memory. */
    record Moved(AddressRange from, AddressRange to, Mapping before, Mapping after, Causes.Part cause) {}

    private record Way(AddressRange from, AddressRange to, List<Long> events) {}

    private final List<Way> ways = new ArrayList<>();

    Moves(List<AddressSpace.Move> log) {
        for (AddressSpace.Move move : log) {
            Optional<Way> known = ways.stream()
                    .filter(way -> way.to.start() == move.from().start())
                    .findFirst();
            known.ifPresent(ways::remove);
            TreeSet<Long> events = new TreeSet<>(known.map(Way::events).orElse(List.of()));
            events.add(move.seq());
            ways.add(new Way(known.map(Way::from).orElse(move.from()), move.to(), List.copyOf(events)));
        }
    }

    /** Pairs what vanished with what appeared, and takes the pairs out of both lists. */
    List<Moved> match(List<Stretch> removed, List<Stretch> added) {
        List<Moved> found = new ArrayList<>();
        for (Way way : ways) {
            Optional<Stretch> gone = first(removed, way.from);
            Optional<Stretch> come = first(added, way.to);
            if (gone.isPresent() && come.isPresent()) {
                AddressRange from = take(removed, gone.get(), way.from);
                AddressRange to = take(added, come.get(), way.to);
                found.add(new Moved(
                        from,
                        to,
                        Objects.requireNonNull(gone.get().before()),
                        Objects.requireNonNull(come.get().after()),
                        new Causes.Part(to, CauseKind.EVENT, way.events)));
            }
        }
        return found;
    }

    private static Optional<Stretch> first(List<Stretch> stretches, AddressRange range) {
        return stretches.stream()
                .filter(stretch -> stretch.range().overlaps(range))
                .findFirst();
    }

    /** Cuts the common part out of a stretch and leaves what lies beside it. */
    private static AddressRange take(List<Stretch> stretches, Stretch stretch, AddressRange range) {
        AddressRange common = stretch.range().intersection(range).orElseThrow();
        stretches.remove(stretch);
        leave(stretches, stretch, new AddressRange(stretch.range().start(), common.start()));
        leave(stretches, stretch, new AddressRange(common.end(), stretch.range().end()));
        return common;
    }

    private static void leave(List<Stretch> stretches, Stretch stretch, AddressRange rest) {
        if (!rest.isEmpty()) {
            Difference difference = stretch.difference();
            stretches.add(new Stretch(difference, rest, stretch.before(), stretch.after()));
        }
    }
}
