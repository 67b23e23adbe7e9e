package org.brkmap.evidence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.ProcessLayout;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;

/**
 * Names the mappings of one snapshot by what they belong to, in symbols that hold under ASLR: {@code exe+0x2000},
 * {@code heap+0x0}, {@code libc.so.6+0x1d5000}, {@code anon#1}.
 */
public final class Places {
    private final Map<AddressRange, String> names = new HashMap<>();

    private Places(List<Mapping> mappings, Map<String, Long> bases) {
        Map<String, Integer> numbers = new HashMap<>();
        String object = "";
        for (Mapping mapping : mappings) {
            Role role = mapping.role();
            if (role.isLibrary() && mapping.backing().isFile()) {
                object = fileName(mapping);
            }
            String stem = stem(mapping, object);
            boolean relative = role == Role.HEAP || role.isProgram() || role.isLibrary();
            if (relative) {
                long base = bases.computeIfAbsent(stem, name -> mapping.range().start());
                names.put(
                        mapping.range(),
                        stem + "+0x" + Long.toHexString(mapping.range().start() - base));
            } else if (isNumbered(role)) {
                names.put(mapping.range(), stem + "#" + numbers.merge(stem, 1, Integer::sum));
            } else {
                names.put(mapping.range(), stem);
            }
        }
    }

    /** The names for a snapshot's own mappings. */
    public static Places of(Snapshot snapshot) {
        Map<String, Long> bases = new HashMap<>();
        ProcessLayout layout = snapshot.layout();
        if (layout != null && layout.startBrk() != null) {
            bases.put("heap", layout.startBrk());
        }
        return new Places(snapshot.mappings(), bases);
    }

    /** The name of a mapping of this snapshot; of any other, its role in words. */
    public String at(Mapping mapping) {
        return names.getOrDefault(mapping.range(), mapping.role().title());
    }

    private static boolean isNumbered(Role role) {
        return switch (role) {
            case THREAD_STACK, STACK_GUARD, ARENA, ANONYMOUS, SHARED, FILE, PROBE, OTHER, UNKNOWN -> true;
            default -> false;
        };
    }

    private static String stem(Mapping mapping, String object) {
        Role role = mapping.role();
        if (role.isProgram()) {
            return "exe";
        }
        if (role.isLibrary()) {
            return mapping.backing().isFile() || object.isEmpty() ? fileName(mapping) : object;
        }
        return switch (role) {
            case ANONYMOUS -> "anon";
            case FILE -> fileName(mapping);
            case THREAD_STACK -> "thread-stack";
            case STACK_GUARD -> "guard";
            case SHARED -> "shared";
            default -> role.title().replace(' ', '-');
        };
    }

    private static String fileName(Mapping mapping) {
        String name = mapping.backing().name();
        String last = name.substring(name.lastIndexOf('/') + 1);
        return last.isEmpty() ? mapping.role().title().replace(' ', '-') : last;
    }
}
