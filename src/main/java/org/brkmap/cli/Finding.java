package org.brkmap.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the doctor found out about one thing.
 *
 * @param needed whether the labs cannot run without it
 * @param detail what was seen
 * @param loss what cannot be had without it, or null if nothing is lost
 * @param remedy how to get it, or null if nothing is to be done
 */
record Finding(
        String name,
        Status status,
        boolean needed,
        String detail,
        @Nullable String loss,
        @Nullable String remedy) {

    /** How it stands. */
    enum Status {
        OK,
        LIMITED,
        MISSING;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String name, String detail) {
        return new Finding(name, Status.OK, false, detail, null, null);
    }

    static Finding limited(String name, String detail, String loss, String remedy) {
        return new Finding(name, Status.LIMITED, false, detail, loss, remedy);
    }

    static Finding missing(String name, boolean needed, String detail, String loss, String remedy) {
        return new Finding(name, Status.MISSING, needed, detail, loss, remedy);
    }

    Map<String, @Nullable Object> facts() {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("name", name);
        facts.put("status", status.word());
        facts.put("detail", detail);
        facts.put("lost", loss);
        facts.put("remedy", remedy);
        return facts;
    }
}
