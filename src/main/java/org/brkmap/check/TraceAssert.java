package org.brkmap.check;

import java.util.List;
import java.util.function.Predicate;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Origin;
import org.brkmap.model.UserCall;

/**
 * Assertions over the system calls of a run. {@code calls}, {@code causedBy} and their like narrow the subject and
 * never fail; what follows asserts over those that are left.
 */
public final class TraceAssert extends MemoryAssert<TraceAssert, List<MemoryEvent>> {
    private final Analysis run;
    private final String where;

    TraceAssert(List<MemoryEvent> actual, Analysis run, String where) {
        super(actual, TraceAssert.class);
        this.run = run;
        this.where = where;
    }

    /** Those of this name, such as {@code brk}. */
    public TraceAssert calls(String call) {
        return only(event -> event.call().equals(call), call);
    }

    /** Those that moved the program break; a brk that only asks where it is is none. */
    public TraceAssert movesOfTheBreak() {
        return only(event -> Runs.movesBreak(event, run), "moves of the break");
    }

    /** Those made on behalf of this function of the C library, such as {@code malloc}. */
    public TraceAssert causedBy(String operation) {
        return only(event -> event.cause() != null && event.cause().operation().equals(operation), "for " + operation);
    }

    /** Those made on behalf of a request for so many bytes. */
    public TraceAssert causedByRequestOf(long bytes) {
        return only(
                event -> {
                    UserCall cause = event.cause();
                    return cause != null && cause.size() != null && cause.size() == bytes;
                },
                "for " + Wording.bytes(bytes));
    }

    /** Those of the program and its libraries, not of the loader. */
    public TraceAssert byTheProgram() {
        return only(event -> event.origin() != Origin.LOADER, "by the program");
    }

    public TraceAssert hasCount(long count) {
        return check(count() == count, "another number of calls", Wording.count(count, "call", "calls"));
    }

    public TraceAssert hasAtLeast(long count) {
        return check(count() >= count, "more calls", "at least " + Wording.count(count, "call", "calls"));
    }

    public TraceAssert hasFewerThan(long count) {
        return check(count() < count, "fewer calls", "fewer than " + Wording.count(count, "call", "calls"));
    }

    public TraceAssert isEmpty() {
        return hasCount(0);
    }

    public TraceAssert isNotEmpty() {
        return hasAtLeast(1);
    }

    /** Each call succeeded. */
    public TraceAssert allSucceeded() {
        isNotNull();
        return check(actual.stream().allMatch(MemoryEvent::succeeded), "no failed call", "every call succeeds");
    }

    /** Each comes from this line of the program. */
    public TraceAssert areAtLine(String file, int line) {
        isNotNull();
        return check(
                actual.stream().allMatch(event -> Runs.isAt(event, file, line)),
                "no call from elsewhere",
                "every call from " + file + ":" + line);
    }

    private long count() {
        isNotNull();
        return actual.size();
    }

    private TraceAssert only(Predicate<MemoryEvent> wanted, String what) {
        isNotNull();
        return lead(new TraceAssert(actual.stream().filter(wanted).toList(), run, what + ", " + where));
    }

    private TraceAssert check(boolean holds, String should, String expected) {
        if (!holds) {
            throw failure(Failure.of(
                            "there should be " + should + " (" + where + ")",
                            expected,
                            Wording.count(count(), "call", "calls"))
                    .causedBy(actual.stream()
                            .map(event -> Wording.event(event)
                                    + (event.succeeded() ? "" : " failed with errno " + event.errno()))
                            .toList()));
        }
        return this;
    }
}
