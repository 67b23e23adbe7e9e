package org.brkmap.procfs;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * In which control groups a process is, as folders (cgroups(7)): by the controller that a hierarchy of version 1 has, and that of
 * version 2. Immutable.
 */
public final class ControlGroups {
    private static final String UNIFIED = "";

    /** Where a hierarchy is to be seen. */
    private record Mount(String root, Path at) {}

    private final Map<String, Path> folders;

    private ControlGroups(Map<String, Path> folders) {
        this.folders = Map.copyOf(folders);
    }

    /**
     * @param groups the text of {@code /proc/PID/cgroup}
     * @param mounts the text of {@code /proc/PID/mountinfo}
     */
    static ControlGroups parse(String groups, String mounts) {
        Map<String, Mount> mounted = mounts(mounts);
        Map<String, Path> folders = new LinkedHashMap<>();
        groups.lines().forEach(line -> {
            String[] parts = line.split(":", 3);
            if (parts.length == 3) {
                for (String controller : parts[1].split(",", -1)) {
                    Mount mount = mounted.get(controller);
                    if (mount != null) {
                        folders.put(controller, folder(mount, parts[2]));
                    }
                }
            }
        });
        return new ControlGroups(folders);
    }

    private static Path folder(Mount mount, String group) {
        // A container may see its own part of a hierarchy only, and yet be told the whole name.
        String seen =
                group.startsWith(mount.root()) ? group.substring(mount.root().length()) : group;
        return mount.at().resolve(seen.replaceFirst("^/+", "")).normalize();
    }

    /** By controller: the fields before the lone dash are of a mount, those behind it of its file system (proc(5)). */
    private static Map<String, Mount> mounts(String text) {
        Map<String, Mount> mounts = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            List<String> fields = List.of(line.split(" ", -1));
            int dash = fields.indexOf("-");
            if (dash < 5 || fields.size() < dash + 4) {
                return;
            }
            Mount mount = new Mount(plain(fields.get(3)), Path.of(plain(fields.get(4))));
            switch (fields.get(dash + 1)) {
                case "cgroup2" -> mounts.putIfAbsent(UNIFIED, mount);
                case "cgroup" -> {
                    for (String option : fields.get(dash + 3).split(",", -1)) {
                        mounts.putIfAbsent(option, mount);
                    }
                }
                default -> {}
            }
        });
        return mounts;
    }

    private static String plain(String field) {
        return field.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
    }

    /** The group that a controller of version 1 has it in; empty if there is no such hierarchy. */
    public Optional<Path> of(String controller) {
        return Optional.ofNullable(folders.get(controller));
    }

    /** The group of version 2; empty if that is not mounted. */
    public Optional<Path> unified() {
        return Optional.ofNullable(folders.get(UNIFIED));
    }
}
