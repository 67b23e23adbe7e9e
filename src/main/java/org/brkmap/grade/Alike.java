package org.brkmap.grade;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.brkmap.model.AddressRange;
import org.jspecify.annotations.Nullable;

/**
 * Submissions of different students that have in common what chance does not give: the same bytes, or two or more equal bases of
 * program, C library and stack in one run. It is a hint to look, with all names, and no verdict: students may hand in for one
 * another, or work at one screen. A student's own resubmissions are not compared.
 */
final class Alike {
    /** Of a crowd that all have the same, the first are named. */
    private static final int MOST_NAMES = 10;

    private Alike() {}

    static Map<String, List<Flag>> among(Collection<Result> results) {
        Map<String, List<Flag>> flags = new TreeMap<>();
        Map<String, Set<String>> files = new LinkedHashMap<>();
        Map<String, Set<String>> pairs = new LinkedHashMap<>();
        for (Result result : results) {
            files.computeIfAbsent(result.submission().sha256(), sha -> new TreeSet<>())
                    .add(result.student());
            for (AddressBases bases : result.bases()) {
                for (String pair : pairs(bases)) {
                    pairs.computeIfAbsent(pair, key -> new TreeSet<>()).add(result.student());
                }
            }
        }
        // The same students are one set, whatever they share: sets of thousands are not compared for each of them
        // again.
        Map<Set<String>, Set<String>> crowds = new HashMap<>();
        pairs.replaceAll((pair, students) -> crowds.computeIfAbsent(students, crowd -> crowd));
        for (Result result : results) {
            Set<String> same = files.getOrDefault(result.submission().sha256(), Set.of());
            if (same.size() > 1 && !result.checks().isEmpty()) {
                tell(flags, result.student(), FlagKind.DUPLICATE, same, "the very same file was handed in by ");
                continue;
            }
            addresses(result, pairs, flags);
        }
        return flags;
    }

    private static void addresses(Result result, Map<String, Set<String>> pairs, Map<String, List<Flag>> flags) {
        IdentityHashMap<Set<String>, Set<String>> runs = new IdentityHashMap<>();
        List<Set<String>> order = new ArrayList<>();
        for (AddressBases bases : result.bases()) {
            for (String pair : pairs(bases)) {
                Set<String> with = pairs.getOrDefault(pair, Set.of());
                if (with.size() > 1) {
                    runs.computeIfAbsent(with, names -> {
                                order.add(names);
                                return new LinkedHashSet<>();
                            })
                            .add(pair.substring(0, pair.indexOf(' ')) + " in \"" + bases.run() + "\"");
                }
            }
        }
        for (Set<String> with : order) {
            Set<String> where = runs.getOrDefault(with, Set.of());
            List<String> shown = where.stream().limit(3).toList();
            tell(
                    flags,
                    result.student(),
                    FlagKind.SHARED_ADDRESSES,
                    with,
                    "equal random addresses (" + String.join("; ", shown) + (where.size() > 3 ? "; …" : "")
                            + ") as in the report of ");
        }
    }

    private static void tell(
            Map<String, List<Flag>> flags, String student, FlagKind kind, Set<String> with, String what) {
        List<String> named = with.stream()
                .filter(name -> !name.equals(student))
                .limit(MOST_NAMES)
                .toList();
        int more = with.size() - 1 - named.size();
        flags.computeIfAbsent(student, name -> new ArrayList<>())
                .add(new Flag(
                        kind,
                        what + String.join(", ", named)
                                + (more > 0 ? " and " + more + " more" : "")
                                + "; a hint, and no proof",
                        named));
    }

    private static List<String> pairs(AddressBases bases) {
        List<String> pairs = new ArrayList<>();
        pair(pairs, "program+libc", bases.program(), bases.libc());
        pair(pairs, "program+stack", bases.program(), bases.stack());
        pair(pairs, "libc+stack", bases.libc(), bases.stack());
        return pairs;
    }

    private static void pair(List<String> pairs, String name, @Nullable Long one, @Nullable Long other) {
        if (one != null && other != null) {
            pairs.add(name + " " + AddressRange.hex(one) + " " + AddressRange.hex(other));
        }
    }
}
