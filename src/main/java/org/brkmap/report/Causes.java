package org.brkmap.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.model.CallSite;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.UserCall;
import org.jspecify.annotations.Nullable;

/** Says what stands behind a change: equal calls from one place are told once, with their number. */
final class Causes {

    /**
     * Equal calls.
     *
     * @param systemCall its name
     * @param call the library's call behind it in words, such as {@code malloc(32 KiB)}, or null
     * @param site the place in the program, or null
     */
    record Cause(
            String systemCall,
            @Nullable String call,
            @Nullable CallSite site,
            int times) {

        /** {@code malloc(32 KiB) → brk ×3}. */
        String calls() {
            String chain = call == null || call.equals(systemCall) ? systemCall : call + " → " + systemCall;
            return times == 1 ? chain : chain + " ×" + times;
        }

        /** {@code allocate(), alloc_size.c:9}, or null where the place is not known. */
        @Nullable String place() {
            if (site == null) {
                return null;
            }
            String function = site.function();
            String where = site.describe();
            return function == null || where.equals(function + "()") ? where : function + "(), " + where;
        }
    }

    private final Map<Long, MemoryEvent> events = new HashMap<>();

    Causes(Observation seen) {
        seen.events().forEach(event -> events.put(event.seq(), event));
    }

    /** The events behind a change, grouped, in order of their first. */
    List<Cause> of(Change change) {
        Map<Cause, Integer> groups = new LinkedHashMap<>();
        for (Long seq : change.causedBy()) {
            MemoryEvent event = events.get(seq);
            if (event != null) {
                groups.merge(cause(event), 1, Integer::sum);
            }
        }
        List<Cause> causes = new ArrayList<>();
        groups.forEach((cause, times) -> causes.add(new Cause(cause.systemCall(), cause.call(), cause.site(), times)));
        return causes;
    }

    static Cause cause(MemoryEvent event) {
        UserCall call = event.cause();
        return new Cause(event.call(), call == null ? null : words(call), call == null ? null : call.site(), 0);
    }

    static String words(UserCall call) {
        Long size = call.size();
        return call.operation() + (size == null ? "()" : "(" + Sizes.argument(size) + ")");
    }

    /** Who is behind a change, where no call is named. */
    static String title(CauseKind kind) {
        return switch (kind) {
            case EVENT -> "the program";
            case LOADER -> "the dynamic loader";
            case KERNEL -> "the kernel, on a page fault";
            case UNEXPLAINED -> "unexplained";
            case NOT_OBSERVED -> "n/a: ptrace was refused";
        };
    }
}
