package org.brkmap.sandbox;

import java.nio.file.Path;
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
        for (Path output : walls.outputs()) {
            add(rules, "write", output.toString());
        }
        return rules;
    }

    private static void add(List<String> rules, String right, String path) {
        rules.add(right);
        rules.add(path);
    }
}
