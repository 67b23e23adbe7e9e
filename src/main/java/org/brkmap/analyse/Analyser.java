package org.brkmap.analyse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.brkmap.elf.Symbolizer;
import org.brkmap.model.Backing;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.Mapping;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.Origin;
import org.brkmap.model.ProcessLayout;
import org.brkmap.model.Snapshot;
import org.brkmap.model.UserCall;
import org.jspecify.annotations.Nullable;

/**
 * Understands an observation: gives every mapping its role, finds what changed from one snapshot of a process to its next, and
 * joins each change to the calls that caused it. Reads the ELF files of the program and its libraries where they still are;
 * where they are not, permissions tell roles apart as well as they can. Not thread-safe; {@link #analyse} is.
 */
public final class Analyser implements Walk.Visitor {

    /** Kept for all analyses: a lab runs one program dozens of times, and a file that changes is read again. */
    private static final Symbolizer SYMBOLIZER = new Symbolizer();

    /** A snapshot's intervals, to compare the next one with. */
    private record Seen(int snapshot, List<Mapping> intervals) {}

    private final Modules finder;
    private final Map<Integer, List<Module>> modules = new HashMap<>();
    private final Map<Integer, @Nullable ProcessLayout> layouts = new HashMap<>();
    private final Map<Integer, Seen> last = new HashMap<>();
    private final Map<Long, Origin> origins = new HashMap<>();
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final CodeMap code = new CodeMap();

    private Analyser(Modules finder) {
        this.finder = finder;
    }

    /**
     * Analyses what the observer returned. Interrupting the thread leaves source lines open, not the rest.
     */
    public static Analysis analyse(Observation observation) {
        Replaced replaced = Replaced.in(observation.snapshots());
        return analyse(observation, replaced.headers(Elf::read), replaced.symbols(Symbols.by(SYMBOLIZER)));
    }

    /**
     * Analyses an observation that somebody else hands over, by what is in it alone: no file that it names is opened. What lies
     * in an ELF file is told by permissions, and code gets no lines. Its calls are replayed on the way.
     */
    public static Audit audit(Observation observation) {
        List<Discrepancy> found = new ArrayList<>();
        Analysis anew = analyse(observation, path -> Optional.empty(), sites -> Map.of(), Replay.comparing(found));
        return new Audit(anew, found);
    }

    static Analysis analyse(Observation observation, Elf.Source elves, Symbols symbols, Walk.Visitor... others) {
        Analyser analyser = new Analyser(new Modules(elves, observation.host().pageSize()));
        List<Walk.Visitor> visitors = new ArrayList<>(List.of(others));
        visitors.add(analyser);
        Walk.through(observation, visitors);
        Observation understood =
                new CallSites(analyser.code).name(observation, analyser.snapshots, analyser.origins, symbols);
        Places places = Places.in(understood);
        boolean traced = observation.host().tracesCalls();
        return new Analysis(
                understood,
                analyser.changes.stream()
                        .map(places::placed)
                        .map(change -> traced ? change : untraced(change))
                        .toList());
    }

    /** Where no call could be seen, only the growth of a stack is known to be the kernel's doing. */
    private static Change untraced(Change change) {
        boolean stack = change.cause() == CauseKind.KERNEL && change.kind() == ChangeKind.GREW;
        return stack || !change.causedBy().isEmpty() ? change : change.withCause(CauseKind.NOT_OBSERVED);
    }

    /**
     * Gives roles to one snapshot of a process of this machine, as far as one moment tells: an arena cannot be told from other
     * anonymous memory, and a thread's stack only where its stack pointer was read.
     *
     * @param pageSize of this machine, in bytes
     */
    public static Snapshot roles(Snapshot snapshot, int pageSize) {
        return LoneSnapshot.ofProcess(snapshot, pageSize);
    }

    /**
     * Gives roles to a listing of maps from any machine, by names and permissions alone: which file is the program is a guess
     * (the one below the heap), and so is what memory holds a file's zeros (what lies right above its data).
     *
     * @param mappings in order of address
     * @param pageSize of that machine, in bytes
     */
    public static List<Mapping> rolesOfListing(List<Mapping> mappings, int pageSize) {
        return LoneSnapshot.ofListing(mappings, pageSize);
    }

    @Override
    public void before(MemoryEvent event, @Nullable AddressSpace space) {
        origins.put(event.seq(), originOf(event, space));
    }

    private Origin originOf(MemoryEvent event, @Nullable AddressSpace space) {
        Area maker = space == null ? null : space.at(event.instruction());
        if (maker == null) {
            return Origin.UNKNOWN;
        }
        UserCall cause = event.cause();
        String file = event.file();
        boolean ownMemory = file != null && Tagger.isProbe(file);
        if (ownMemory || !isLoader(event.pid(), maker.backing())) {
            return ownMemory ? Origin.LOADER : Origin.PROGRAM;
        }
        if (isAlsoTheLibrary(maker.backing())) {
            return cause == null ? Origin.UNKNOWN : Origin.PROGRAM;
        }
        return cause == null || !cause.operation().startsWith("dl") ? Origin.LOADER : Origin.PROGRAM;
    }

    /** musl's dynamic loader is its C library: a call from there may serve the one or the other. */
    private static boolean isAlsoTheLibrary(Backing loader) {
        String file = loader.name().substring(loader.name().lastIndexOf('/') + 1);
        return file.startsWith("libc.") || file.startsWith("ld-musl-");
    }

    private boolean isLoader(int pid, Backing backing) {
        return modules.getOrDefault(pid, List.of()).stream()
                .anyMatch(module ->
                        module.kind() == Module.Kind.LOADER && module.file().sameFile(backing));
    }

    @Override
    public void after(MemoryEvent event, @Nullable AddressSpace space) {
        code.saw(event, space);
    }

    @Override
    public void forked(MemoryEvent event, int child, AddressSpace space, boolean borrowed) {
        ProcessLayout layout = layouts.get(event.pid());
        List<Module> inherited = finder.find(space.areas(), layout);
        modules.put(child, inherited);
        layouts.put(child, layout);
        code.saw(child, space.areas(), event.seq());
        Seen parent = last.get(event.pid());
        if (parent != null && !borrowed) {
            last.put(child, new Seen(parent.snapshot, Roles.ofSpace(space, inherited)));
        }
    }

    @Override
    public void reached(Snapshot snapshot, @Nullable AddressSpace replayed, AddressSpace taken, boolean borrowed) {
        List<Module> found = finder.find(taken.areas(), snapshot.layout());
        modules.put(snapshot.pid(), found);
        layouts.put(snapshot.pid(), snapshot.layout());
        code.saw(snapshot.pid(), taken.areas(), snapshot.eventsBefore());
        Roles roles = Roles.of(snapshot, taken, found);
        snapshots.add(roles.snapshot());
        Seen before = last.get(snapshot.pid());
        if (replayed != null && before != null && !borrowed) {
            Causes causes = new Causes(replayed, origins);
            changes.addAll(Differ.changes(
                    before.snapshot, snapshot.id(), before.intervals, roles.pieces(), causes, replayed.moves()));
        }
        if (!borrowed) {
            last.put(snapshot.pid(), new Seen(snapshot.id(), roles.pieces()));
        }
    }
}
