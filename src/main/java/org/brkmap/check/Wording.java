package org.brkmap.check;

import java.util.List;
import java.util.Locale;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.AddressRange;
import org.brkmap.model.CallSite;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Origin;
import org.brkmap.model.UserCall;

/** How failures and findings say sizes, calls and places. */
public final class Wording {
    private static final long KIB = 1024;

    private Wording() {}

    /**
     * A size in the largest binary unit that holds it exactly: {@code 260 KiB}, {@code 1 byte}, {@code 131049 bytes}.
     */
    public static String bytes(long bytes) {
        String[] units = {"KiB", "MiB", "GiB", "TiB"};
        if (bytes == 0 || bytes % KIB != 0) {
            return bytes == 1 ? "1 byte" : bytes + " bytes";
        }
        long value = bytes / KIB;
        int unit = 0;
        while (value % KIB == 0 && unit < units.length - 1) {
            value /= KIB;
            unit++;
        }
        return value + " " + units[unit];
    }

    /** A difference: {@code +160 KiB}, {@code -4 KiB}, {@code 0 bytes}. */
    public static String signed(long bytes) {
        return (bytes > 0 ? "+" : "") + bytes(bytes);
    }

    /** {@code 1 call}, {@code 2 calls}. */
    public static String count(long count, String singular, String plural) {
        return count + " " + (count == 1 ? singular : plural);
    }

    /** A call of the C library as its source would spell it: {@code malloc(262144)}, {@code free(0x7f…)}. */
    public static String call(UserCall call) {
        String argument = call.size() != null
                ? Long.toString(call.size())
                : call.pointer() != null ? AddressRange.hex(call.pointer()) : "";
        return call.operation() + "(" + argument + ")";
    }

    /** An event with what stands behind it: {@code alloc_size.c:31  malloc(262144) -> mmap}. */
    public static String event(MemoryEvent event) {
        UserCall cause = event.cause();
        if (cause == null) {
            return event.call() + (event.origin() == Origin.LOADER ? " by the loader" : "");
        }
        CallSite site = cause.site();
        return (site == null ? "" : site.describe() + "  ") + call(cause) + " -> " + event.call();
    }

    /** What caused a change, a line for each event. */
    static List<String> causes(Change change, Analysis run) {
        if (change.cause() == CauseKind.KERNEL || !Runs.isExplained(change)) {
            return List.of(
                    switch (change.cause()) {
                        case KERNEL -> "the kernel";
                        case NOT_OBSERVED -> "not observed, for ptrace was refused";
                        default -> "unexplained";
                    });
        }
        return Runs.causesOf(change, run).stream().map(Wording::event).toList();
    }

    /** Text from outside with its control characters made visible. */
    static String printable(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                out.append(String.format(Locale.ROOT, "\\x%02x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }
}
