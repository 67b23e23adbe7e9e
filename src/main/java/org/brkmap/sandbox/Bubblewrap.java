package org.brkmap.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line of bubblewrap (bwrap(1)). */
final class Bubblewrap {
    static final String PROGRAM = "/usr/bin/bwrap";

    private Bubblewrap() {}

    static List<String> command(Walls walls, Bounds bounds, boolean sharesSegments, Map<String, String> environment)
            throws IOException {
        List<String> args = new ArrayList<>(List.of(PROGRAM));
        args.addAll(
                sharesSegments
                        ? List.of("--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try")
                        : List.of("--unshare-all"));
        args.addAll(List.of("--unshare-user", "--disable-userns", "--cap-drop", "ALL"));
        args.addAll(List.of("--die-with-parent", "--new-session", "--clearenv"));
        environment.forEach((name, value) -> args.addAll(List.of("--setenv", name, value)));
        args.addAll(List.of("--ro-bind", "/usr", "/usr"));
        for (String directory : Walls.SYSTEM) {
            Path path = Path.of(directory);
            if (Files.isSymbolicLink(path)) {
                args.addAll(List.of("--symlink", Files.readSymbolicLink(path).toString(), directory));
            } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                args.addAll(List.of("--ro-bind", directory, directory));
            }
        }
        Walls.SETTINGS.forEach(file -> args.addAll(List.of("--ro-bind-try", file, file)));
        String scratch = String.valueOf(bounds.scratchBytes());
        args.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--size", scratch, "--tmpfs", "/dev/shm"));
        args.addAll(List.of("--size", scratch, "--tmpfs", "/tmp"));
        walls.readable().forEach(path -> bind(args, "--ro-bind", path));
        bind(args, "--ro-bind", walls.workspace());
        walls.outputs().forEach(path -> bind(args, "--bind", path));
        args.addAll(List.of("--remount-ro", "/dev", "--remount-ro", "/"));
        args.addAll(List.of("--chdir", walls.directory().toString(), "--"));
        return args;
    }

    private static void bind(List<String> args, String how, Path path) {
        args.addAll(List.of(how, path.toString(), path.toString()));
    }
}
