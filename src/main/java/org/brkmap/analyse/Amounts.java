package org.brkmap.analyse;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.model.Usage;
import org.jspecify.annotations.Nullable;

/**
 * How much address space of each kind there is, and how much of it the process has made its own, in bytes. Kinds are as coarse
 * as is known without events: the heap, the stack, the program's own rows, files, shared memory, and all other memory.
 */
record Amounts(Map<String, Long> sizes, Map<String, @Nullable Long> touched) {
    static final Amounts NONE = new Amounts(Map.of(), Map.of());

    private static final String STACK = "stack";

    /** What a probe, its loading and a longer environment may add to what is there from the start. */
    private static final long AT_FIRST = 64 * 1024;

    /** By how much pages in use may differ later: a buffer of stdio, a page that a signal or a timer touched. */
    private static final long IN_USE = 16 * 1024;

    /** Those of a snapshot whose mappings have roles. */
    static Amounts of(Snapshot snapshot) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        Map<String, @Nullable Long> touched = new LinkedHashMap<>();
        for (Mapping mapping : snapshot.mappings()) {
            String kind = kind(mapping);
            if (kind != null) {
                sizes.merge(kind, mapping.size(), Long::sum);
                Long now = touched(mapping);
                Long before = touched.getOrDefault(kind, 0L);
                touched.put(kind, now == null || before == null ? null : Long.valueOf(before + now));
            }
        }
        return new Amounts(sizes, touched);
    }

    private static @Nullable String kind(Mapping mapping) {
        Role role = mapping.role();
        if (!role.isCounted() || role.isLibrary() || role == Role.VVAR || role == Role.VDSO) {
            return null;
        }
        if (role == Role.STACK) {
            return STACK;
        }
        if (role == Role.HEAP) {
            return "heap";
        }
        String what = role.isProgram()
                ? "program"
                : role == Role.SHARED ? "shared memory" : mapping.backing().isFile() ? "files" : "other memory";
        return what + " " + mapping.permissions();
    }

    /** Huge pages come or not as the kernel finds room. */
    private static @Nullable Long touched(Mapping mapping) {
        Usage usage = mapping.usage();
        if (usage == null) {
            return null;
        }
        Long huge = usage.anonymousHuge();
        if (huge != null && huge > 0) {
            return null;
        }
        return mapping.role() == Role.SHARED ? Long.valueOf(usage.rss()) : usage.anonymous();
    }

    /**
     * The first kind in which two runs are not alike, compared with what each had at first; in words.
     *
     * @param tolerance by how many bytes sizes may differ
     */
    static Optional<String> difference(
            Amounts with, Amounts withFirst, Amounts without, Amounts withoutFirst, long tolerance) {
        TreeSet<String> kinds = new TreeSet<>(with.sizes.keySet());
        kinds.addAll(without.sizes.keySet());
        for (String kind : kinds) {
            boolean larger = isOther(
                    with.size(kind) - without.size(kind),
                    withFirst.size(kind) - withoutFirst.size(kind),
                    kind.equals(STACK) ? AT_FIRST : tolerance);
            if (larger) {
                return Optional.of(words(kind, with.size(kind), without.size(kind), ""));
            }
            Long one = with.use(kind);
            Long other = without.use(kind);
            Long oneFirst = withFirst.use(kind);
            Long otherFirst = withoutFirst.use(kind);
            if (one != null
                    && other != null
                    && oneFirst != null
                    && otherFirst != null
                    && isOther(one - other, oneFirst - otherFirst, Math.max(IN_USE, tolerance))) {
                return Optional.of(words(kind, one, other, " in use"));
            }
        }
        return Optional.empty();
    }

    private static boolean isOther(long more, long moreAtFirst, long tolerance) {
        return Math.abs(moreAtFirst) > AT_FIRST || Math.abs(more - moreAtFirst) > tolerance;
    }

    private static String words(String kind, long with, long without, String what) {
        return kind + ": " + with / 1024 + " KiB" + what + " under the tracer, " + without / 1024 + " KiB without";
    }

    private @Nullable Long use(String kind) {
        return touched.getOrDefault(kind, 0L);
    }

    private long size(String kind) {
        return sizes.getOrDefault(kind, 0L);
    }
}
