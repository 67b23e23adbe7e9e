package org.brkmap.analyse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Backing;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Plays the memory calls of an observation over its snapshots: each snapshot with the calls after it must give the next, and
 * between them every single call can be watched. Needs nothing but the observation. Thread-safe; each verb plays anew.
 */
public final class Replay {

    /**
     * The address space of a process after one event.
     *
     * @param mappings in order of address, like neighbours joined
     */
    public record Step(MemoryEvent event, List<Mapping> mappings) {
        public Step {
            mappings = List.copyOf(mappings);
        }
    }

    private final Observation observation;

    private Replay(Observation observation) {
        this.observation = observation;
    }

    /** A replay of this observation; roles in its steps come from the snapshots around, so give an analysed one. */
    public static Replay of(Observation observation) {
        return new Replay(observation);
    }

    /**
     * Where snapshots are not what the calls before them make: none, unless something changed memory unseen. Compared are
     * canonical intervals, by permissions and by file as far as calls tell. Stacks grow without a call.
     */
    public List<Discrepancy> discrepancies() {
        List<Discrepancy> found = new ArrayList<>();
        Walk.through(observation, comparing(found));
        return found;
    }

    /** A visitor that finds these. */
    static Walk.Visitor comparing(List<Discrepancy> found) {
        return new Walk.Visitor() {
            @Override
            public void reached(
                    Snapshot snapshot, @Nullable AddressSpace replayed, AddressSpace taken, boolean borrowed) {
                if (replayed != null) {
                    List<Mapping> rows =
                            replayed.areas().stream().map(Area::toMapping).toList();
                    compare(snapshot.id(), bare(rows), bare(snapshot.mappings()), found);
                }
            }
        };
    }

    private static boolean isSame(List<Mapping> replayed, List<Mapping> read) {
        boolean same = replayed.size() == read.size();
        for (int i = 0; same && i < read.size(); i++) {
            same = replayed.get(i).range().equals(read.get(i).range()) && isSame(replayed.get(i), read.get(i));
        }
        return same;
    }

    private static void compare(int snapshot, List<Mapping> replayed, List<Mapping> read, List<Discrepancy> found) {
        if (isSame(replayed, read)) {
            return;
        }
        Cursor expected = new Cursor(replayed);
        Cursor actual = new Cursor(read);
        long[] bounds = Intervals.bounds(replayed, read);
        for (int i = 1; i < bounds.length; i++) {
            Mapping one = expected.at(bounds[i - 1]);
            Mapping other = actual.at(bounds[i - 1]);
            if (!(one == null ? other == null : other != null && isSame(one, other))) {
                found.add(new Discrepancy(snapshot, new AddressRange(bounds[i - 1], bounds[i]), one, other));
            }
        }
    }

    private static boolean isSame(Mapping one, Mapping other) {
        boolean unknown = one.backing().name().equals(Area.UNKNOWN_FILE)
                && other.backing().isFile();
        return one.permissions().equals(other.permissions())
                && (unknown
                        || Intervals.isSame(
                                one.backing(),
                                one.range().start(),
                                other.backing(),
                                other.range().start()));
    }

    /** Rows without roles, labels and [vsyscall]; a file that was deleted meanwhile keeps its name. */
    private static List<Mapping> bare(List<Mapping> rows) {
        List<Mapping> bare = new ArrayList<>(rows.size());
        for (Mapping row : rows) {
            if (!row.backing().isLabelled("[vsyscall]")) {
                bare.add(Mapping.of(row.range(), row.permissions(), bare(row.backing())));
            }
        }
        return Intervals.join(bare);
    }

    private static Backing bare(Backing backing) {
        if (Intervals.isAnonymous(backing)) {
            return Backing.ANONYMOUS;
        }
        String suffix = " (deleted)";
        String name = backing.name();
        return name.endsWith(suffix)
                ? new Backing(
                        backing.major(),
                        backing.minor(),
                        backing.inode(),
                        backing.offset(),
                        name.substring(0, name.length() - suffix.length()))
                : backing;
    }

    /** Shows every event of a process to the viewer, in order, with the address space it left. */
    public void play(int pid, Consumer<Step> viewer) {
        Remembered roles = new Remembered(observation, pid);
        Walk.through(observation, new Walk.Visitor() {
            @Override
            public void after(MemoryEvent event, @Nullable AddressSpace space) {
                if (event.pid() == pid && space != null) {
                    viewer.accept(new Step(event, roles.of(space, event.seq())));
                }
            }
        });
    }

    /** The address space of a process after the event of this number, or empty if it is not known then. */
    public Optional<List<Mapping>> stateAfter(int pid, long seq) {
        List<Step> last = new ArrayList<>();
        play(pid, step -> {
            if (step.event().seq() <= seq) {
                last.clear();
                last.add(step);
            }
        });
        return last.stream().findFirst().map(Step::mappings);
    }
}
