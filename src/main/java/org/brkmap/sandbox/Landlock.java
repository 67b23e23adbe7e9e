package org.brkmap.sandbox;

import java.util.ArrayList;
import java.util.List;

/** The rules of landlock(7), as confine.c takes them. */
final class Landlock {
    private static final List<String> DEVICES =
            List.of("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty");

    private Landlock() {}

    static List<String> rules(Walls walls) {
        List<String> rules = new ArrayList<>(List.of("read", "/usr", "read", "/proc"));
        Walls.SYSTEM.forEach(directory -> add(rules, "read", directory));
        Walls.SETTINGS.forEach(file -> add(rules, "read", file));
        DEVICES.forEach(device -> add(rules, "write", device));
        walls.readable().forEach(path -> add(rules, "read", path.toString()));
        add(rules, "read", walls.workspace().toString());
        walls.outputs().forEach(output -> add(rules, "write", output.toString()));
        return rules;
    }

    /**
     * Behind other walls: all that is there may be read, and {@code /proc} not be written. What counts is that no program can
     * look into bubblewrap's own processes, which no filter binds.
     */
    static List<String> rulesInside(Walls walls) {
        List<String> rules = new ArrayList<>(List.of("optional", "1", "read", "/", "write", "/tmp", "write", "/dev"));
        walls.outputs().forEach(output -> add(rules, "write", output.toString()));
        return rules;
    }

    private static void add(List<String> rules, String right, String path) {
        rules.add(right);
        rules.add(path);
    }
}
