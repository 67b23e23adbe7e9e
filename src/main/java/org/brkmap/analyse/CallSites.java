package org.brkmap.analyse;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.CallSite;
import org.brkmap.model.Ending;
import org.brkmap.model.Observation;
import org.brkmap.model.Origin;
import org.brkmap.model.Snapshot;
import org.brkmap.model.UserCall;
import org.jspecify.annotations.Nullable;

/** Names the code behind each event, each allocator call and the end of a run. Each distinct place is looked up once. */
final class CallSites {

    private record Where(int pid, CallSite site, long seq) {}

    private final CodeMap code;
    private final Map<Where, CallSite> located = new HashMap<>();
    private Map<CallSite, CallSite> named = Map.of();

    CallSites(CodeMap code) {
        this.code = code;
    }

    /** The observation with its places named, its snapshots replaced and the origins of its events set. */
    Observation name(Observation raw, List<Snapshot> snapshots, Map<Long, Origin> origins, Symbols symbols) {
        Set<CallSite> open = new LinkedHashSet<>();
        raw.events().forEach(event -> collect(open, event.pid(), event.cause(), event.seq()));
        raw.allocations().forEach(call -> collect(open, call.pid(), call.call(), call.afterEvent()));
        CallSite where = raw.ending().where();
        int mainPid = snapshots.isEmpty() ? 0 : snapshots.get(0).pid();
        // A program counter is no return address: the byte after it is asked for, as if it had called.
        CallSite end = where == null ? null : code.locate(mainPid, CallSite.at(where.address() + 1), Long.MAX_VALUE);
        if (end != null) {
            open.add(end);
        }
        named = symbols.resolve(
                open.stream().filter(site -> site.module() != null).toList());
        return new Observation(
                raw.program(),
                raw.host(),
                raw.transcript(),
                snapshots,
                raw.events().stream()
                        .map(event -> event.withOrigin(
                                origins.getOrDefault(event.seq(), Origin.UNKNOWN),
                                named(event.pid(), event.cause(), event.seq())))
                        .toList(),
                raw.allocations().stream().map(this::named).toList(),
                raw.allocationsDropped(),
                new Ending(
                        raw.ending().code(),
                        raw.ending().signal(),
                        raw.ending().endedBy(),
                        raw.ending().detail(),
                        where == null || end == null ? null : before(where, named.getOrDefault(end, end))),
                raw.notes());
    }

    private static CallSite before(CallSite where, CallSite next) {
        Long offset = next.offset();
        return new CallSite(
                where.address(),
                next.module(),
                offset == null ? null : offset - 1,
                next.function(),
                next.file(),
                next.line());
    }

    private void collect(Set<CallSite> open, int pid, @Nullable UserCall call, long seq) {
        CallSite site = call == null ? null : call.site();
        if (site != null) {
            open.add(locate(pid, site, seq));
        }
    }

    private CallSite locate(int pid, CallSite site, long seq) {
        Where where = new Where(pid, site, code.epoch(pid, seq));
        return located.computeIfAbsent(where, key -> code.locate(pid, site, seq));
    }

    private AllocatorCall named(AllocatorCall call) {
        UserCall behind = named(call.pid(), call.call(), call.afterEvent());
        return behind == null
                ? call
                : new AllocatorCall(call.serial(), call.afterEvent(), call.pid(), call.tid(), behind, call.result());
    }

    private @Nullable UserCall named(int pid, @Nullable UserCall call, long seq) {
        CallSite site = call == null ? null : call.site();
        if (call == null || site == null) {
            return call;
        }
        CallSite found = locate(pid, site, seq);
        return new UserCall(call.operation(), call.size(), call.pointer(), named.getOrDefault(found, found));
    }
}
