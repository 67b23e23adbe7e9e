package org.brkmap.model;

import org.jspecify.annotations.Nullable;

/**
 * How the observed program ended. Exactly one of the first three is not null. Immutable.
 *
 * @param code its exit status
 * @param signal the name of the signal that ended it, such as {@code SIGSEGV}
 * @param endedBy why the harness ended it, such as {@code time limit of 20 s}; {@code detached} if it was let go of instead
 * @param detail what it was doing then, in a sentence, or null
 * @param where the place in its code, or null if not known
 */
public record Ending(
        @Nullable Integer code,
        @Nullable String signal,
        @Nullable String endedBy,
        @Nullable String detail,
        @Nullable CallSite where) {

    private static final String DETACHED = "detached";

    /** It did not end: we let go of it, and it runs on. */
    public static Ending detached() {
        return new Ending(null, null, DETACHED, null, null);
    }

    public boolean isDetached() {
        return DETACHED.equals(endedBy);
    }

    public boolean isSuccess() {
        return code != null && code == 0;
    }

    /** In words: {@code exit status 0}, {@code ended by SIGSEGV}, {@code ended by the harness: …}. */
    public String describe() {
        if (code != null) {
            return "exit status " + code;
        }
        if (isDetached()) {
            return "detached, and left running";
        }
        return signal != null ? "ended by " + signal : "ended by the harness: " + endedBy;
    }
}
