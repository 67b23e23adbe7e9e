package org.brkmap.toolchain;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The places in a brkmap checkout. Immutable.
 *
 * @param root the directory of brkmap's pom.xml, absolute
 */
public record ProjectFiles(Path root) {
    /** System property that names the root, for those who start brkmap from elsewhere. */
    public static final String HOME_PROPERTY = "brkmap.home";

    private static final String MARK = "<artifactId>brkmap</artifactId>";

    public ProjectFiles {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * The checkout this JVM works in: the one that {@value #HOME_PROPERTY} names, or that the current directory lies in, or
     * that brkmap's classes lie in; empty if there is none, as for an installed jar.
     */
    public static Optional<ProjectFiles> find() {
        String home = System.getProperty(HOME_PROPERTY);
        return (home == null ? Optional.<ProjectFiles>empty() : around(Path.of(home)))
                .or(() -> around(Path.of("")))
                .or(() -> codeLocation().flatMap(ProjectFiles::around));
    }

    /** The checkout that holds this directory. */
    public static Optional<ProjectFiles> around(Path directory) {
        for (Path at = directory.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            if (isRoot(at)) {
                return Optional.of(new ProjectFiles(at));
            }
        }
        return Optional.empty();
    }

    /** The programs under observation. */
    public Path sampleC() {
        return root.resolve("sample-c");
    }

    /** The labs, one folder each. */
    public Path labs() {
        return root.resolve("labs");
    }

    /** What a build makes; may not exist yet. */
    public Path target() {
        return root.resolve("target");
    }

    private static boolean isRoot(Path directory) {
        Path pom = directory.resolve("pom.xml");
        try {
            return Files.isDirectory(directory.resolve("src/main/c"))
                    && Files.readString(pom).contains(MARK);
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<Path> codeLocation() {
        try {
            return Optional.ofNullable(ProjectFiles.class.getProtectionDomain().getCodeSource())
                    .map(source -> source.getLocation())
                    .map(location -> Path.of(URI.create(location.toString())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
