package org.brkmap.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The commit that a checkout stands at, read from its {@code .git} (gitrepository-layout(5)) without running git. */
final class GitRevision {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40,64}");
    private static final int SHOWN = 12;

    private GitRevision() {}

    /** Its first digits, or empty if the directory is no checkout. */
    static Optional<String> of(Path root) {
        try {
            Path git = root.resolve(".git");
            if (Files.isRegularFile(git)) { // a worktree or a submodule: the file names the directory
                git = root.resolve(Files.readString(git).strip().replaceFirst("^gitdir: ", ""));
            }
            String head = Files.readString(git.resolve("HEAD")).strip();
            String commit = head.startsWith("ref: ") ? follow(git, head.substring("ref: ".length())) : head;
            return COMMIT.matcher(commit).matches() ? Optional.of(commit.substring(0, SHOWN)) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String follow(Path git, String reference) throws IOException {
        Path common = git;
        if (Files.exists(git.resolve("commondir"))) {
            common = git.resolve(Files.readString(git.resolve("commondir")).strip());
        }
        for (Path directory : new Path[] {git, common}) {
            if (Files.exists(directory.resolve(reference))) {
                return Files.readString(directory.resolve(reference)).strip();
            }
        }
        return Files.readString(common.resolve("packed-refs"))
                .lines()
                .filter(line -> line.endsWith(" " + reference))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElse("");
    }
}
