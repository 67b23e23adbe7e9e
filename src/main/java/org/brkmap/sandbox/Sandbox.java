package org.brkmap.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.brkmap.toolchain.Confinement;
import org.brkmap.toolchain.NativeParts;

/**
 * Runs programs so that they see the system's programs and libraries, the folders that are named, and nothing else, and change
 * nothing but their outputs. Immutable and thread-safe; each program gets walls of its own.
 *
 * <p>A JVM of root's starts it as another user ({@link #user}): bubblewrap started by root makes no user namespace, and would
 * keep every capability.
 */
public final class Sandbox implements Confinement {
    /** Folders of a workspace's target that a student's program has no business to write: what was built, what was reported. */
    private static final Set<String> OURS = Set.of("programs", "reports", "native", "lab-classes");

    private final Tier tier;
    private final Bounds bounds;
    private final Path workspace;
    private final List<Path> readable;
    private final Path confine;
    private final User user;
    private final boolean sharesSegments;
    private final List<Path> groups;

    private Sandbox(
            Tier tier,
            Bounds bounds,
            Path workspace,
            List<Path> readable,
            Path confine,
            User user,
            boolean sharesSegments,
            List<Path> groups) {
        this.tier = tier;
        this.bounds = bounds;
        this.workspace = workspace;
        this.readable = readable;
        this.confine = confine;
        this.user = user;
        this.sharesSegments = sharesSegments;
        this.groups = List.copyOf(groups);
    }

    /**
     * A sandbox around a workspace: its files may be read, and those in {@code target} written, but for what was built and
     * reported there.
     *
     * @throws IOException if brkmap's native parts cannot be made
     */
    public static Sandbox around(Path workspace, Tier tier, User user) throws IOException, InterruptedException {
        NativeParts parts = NativeParts.ready();
        return new Sandbox(
                tier,
                Bounds.DEFAULT,
                workspace.toRealPath(),
                List.of(parts.confine().toRealPath().getParent()),
                parts.confine().toRealPath(),
                user,
                false,
                List.of());
    }

    /** The same with other limits. */
    public Sandbox within(Bounds newBounds) {
        return new Sandbox(tier, newBounds, workspace, readable, confine, user, sharesSegments, groups);
    }

    /** The same, with System V segments that are seen from outside: for a lab that asks what was left behind. */
    public Sandbox sharingSegments() {
        return new Sandbox(tier, bounds, workspace, readable, confine, user, true, groups);
    }

    /** The same, with each program in the control group that these entries lead into ({@link ControlGroup#entries}). */
    public Sandbox entering(List<Path> entries) {
        return new Sandbox(tier, bounds, workspace, readable, confine, user, sharesSegments, entries);
    }

    /** What stands before the command of one who starts programs in a group's sandboxes. */
    public static List<String> workerPrefix(ControlGroup group) throws IOException, InterruptedException {
        return entering(NativeParts.ready().confine().toRealPath(), group.workerEntries());
    }

    public Tier tier() {
        return tier;
    }

    @Override
    public String bounds() {
        return bounds.describe();
    }

    @Override
    public List<String> confine(Command command) throws IOException {
        List<Path> outputs = new ArrayList<>();
        List<Path> wanted = command.outputs();
        for (Path output : wanted == null ? foldersForPrograms() : wanted) {
            outputs.add(output.toRealPath());
        }
        Walls walls = new Walls(workspace, readable, outputs, seen(command.directory()));
        List<String> all = new ArrayList<>(entering(confine, groups));
        all.addAll(user.prefix());
        switch (tier) {
            case A -> {
                all.addAll(Bubblewrap.command(walls, bounds, sharesSegments, command.environment()));
                all.addAll(limits());
                all.addAll(Landlock.rulesInside(walls));
                all.addAll(List.of("deny", "1", "trace", command.tracing() ? "1" : "0"));
            }
            case B -> {
                all.addAll(withEnvironment(command));
                all.addAll(List.of("warden", "1"));
                all.addAll(limits());
                all.addAll(Landlock.rules(walls));
                all.addAll(List.of("deny", "1", "trace", command.tracing() ? "1" : "0"));
                all.addAll(List.of(
                        "protect", String.valueOf(ProcessHandle.current().pid()), "protect", "-1"));
            }
            case C -> {
                all.addAll(withEnvironment(command));
                all.addAll(List.of("warden", "1"));
                all.addAll(limits());
            }
        }
        all.add("--");
        all.addAll(command.argv());
        return all;
    }

    /** What stands before a command that is to run in these control groups. */
    private static List<String> entering(Path confine, List<Path> groups) {
        if (groups.isEmpty()) {
            return List.of();
        }
        List<String> entering = new ArrayList<>(List.of(confine.toString()));
        groups.forEach(group -> entering.addAll(List.of("group", group.toString())));
        entering.add("--");
        return entering;
    }

    private List<String> withEnvironment(Command command) {
        List<String> all = new ArrayList<>(
                List.of("/usr/bin/env", "-i", "-C", seen(command.directory()).toString()));
        command.environment().forEach((name, value) -> all.add(name + "=" + value));
        all.add(confine.toString());
        return all;
    }

    private List<String> limits() {
        List<String> limits = new ArrayList<>();
        if (tier == Tier.A) {
            limits.add(confine.toString());
        }
        limits.addAll(List.of("data", String.valueOf(bounds.dataBytes())));
        limits.addAll(List.of("file", String.valueOf(bounds.fileBytes())));
        limits.addAll(List.of("stack", String.valueOf(bounds.stackBytes())));
        limits.addAll(List.of("seconds", String.valueOf(bounds.seconds())));
        // Outside of a user namespace the threads of this JVM, which may be of the same user, count too.
        limits.addAll(List.of("processes", String.valueOf(bounds.processes() + (tier == Tier.A ? 0 : user.others()))));
        return limits;
    }

    /** Where it runs: in its directory, if that is to be seen inside. */
    private Path seen(Path directory) {
        boolean visible = directory.startsWith(workspace)
                || directory.startsWith("/usr")
                || readable.stream().anyMatch(directory::startsWith);
        return visible ? directory : workspace;
    }

    private List<Path> foldersForPrograms() throws IOException {
        List<Path> folders = new ArrayList<>();
        Path target = workspace.resolve("target");
        if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            return folders;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(target)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
                        && !OURS.contains(entry.getFileName().toString())) {
                    folders.add(entry);
                }
            }
        }
        return folders;
    }
}
