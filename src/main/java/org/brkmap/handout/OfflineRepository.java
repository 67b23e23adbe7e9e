package org.brkmap.handout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.jspecify.annotations.Nullable;

/**
 * A Maven repository inside a handout, that holds what its labs need and nothing else, so that they run without a network.
 * It is filled by running them: from the repository of this machine where that has everything, else from the network.
 */
public final class OfflineRepository {
    /** Its folder in the handout. */
    public static final String FOLDER = "repository";

    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int LINES_TOLD = 20;

    /** What Maven notes about where a file came from; with it the files would count for this machine alone. */
    private static final Pattern NOTES = Pattern.compile(
            "_remote\\.repositories|.*\\.lastUpdated|resolver-status\\.properties|.*\\.sha1|maven-metadata.*");

    private final Path handout;
    private final List<String> labs;
    private final Consumer<String> progress;

    private OfflineRepository(Path handout, List<String> labs, Consumer<String> progress) {
        this.handout = handout;
        this.labs = labs;
        this.progress = progress;
    }

    /**
     * Fills the repository of a written handout, makes Maven use it there, and proves it by running every lab offline.
     *
     * @param progress is told each step before it begins
     * @throws IOException if a lab does not run in the handout; the message has Maven's own words
     */
    public static void fill(Path handout, List<String> labs, Consumer<String> progress)
            throws IOException, InterruptedException {
        new OfflineRepository(handout.toAbsolutePath(), labs, progress).fill();
    }

    private void fill() throws IOException, InterruptedException {
        Path repository = handout.resolve(FOLDER);
        List<String> goals = new ArrayList<>(List.of("-Dmaven.repo.local=" + repository));
        Path settings = Files.createTempFile("brkmap-", ".xml");
        try {
            Path mine = local();
            progress.accept("collecting the libraries from " + mine + " ...");
            String failure = "there is no " + mine;
            if (Files.isDirectory(mine)) {
                Files.writeString(settings, mirror(mine));
                failure = everything(with(goals, "-s", settings.toString()));
            }
            if (failure != null) {
                progress.accept("something is missing there; fetching it from the network ...");
                failure = everything(goals);
            }
            if (failure != null) {
                throw new IOException("the labs do not run in the handout. Maven says:\n" + failure);
            }
        } finally {
            Files.deleteIfExists(settings);
        }
        forgetOrigins(repository);
        Files.writeString(handout.resolve(".mvn/maven.config"), "--offline\n-Dmaven.repo.local=" + FOLDER + "\n");
        for (String lab : labs) {
            progress.accept("running " + lab + " in the handout, offline ...");
            String failure = maven(List.of("test", "-P" + lab));
            if (failure != null) {
                throw new IOException("the handout of " + lab + " does not run offline. Maven says:\n" + failure);
            }
        }
        Trees.delete(handout.resolve("target"));
        Trees.delete(handout.resolve(".brkmap"));
    }

    /** Every goal that students will need; null if all went well. */
    private @Nullable String everything(List<String> options) throws IOException, InterruptedException {
        for (String lab : labs) {
            String failure = maven(with(options, "clean", "test", "-P" + lab));
            if (failure != null) {
                return failure;
            }
        }
        return maven(with(options, "compile", "dependency:build-classpath@command-line"));
    }

    private @Nullable String maven(List<String> words) throws IOException, InterruptedException {
        ToolResult result = Tool.of(with(List.of("mvn", "-B", "-q"), words.toArray(String[]::new)))
                .neededFor("to try the handout")
                .in(handout)
                .wallLimit(LONGEST)
                .run();
        if (result.succeeded()) {
            return null;
        }
        List<String> said =
                Stream.concat(result.stdout().lines(), result.stderr().lines()).toList();
        return said.stream().skip(Math.max(0, said.size() - LINES_TOLD)).collect(Collectors.joining("\n"));
    }

    private static List<String> with(List<String> words, String... more) {
        return Stream.concat(words.stream(), Stream.of(more)).toList();
    }

    /** Where Maven keeps what it has fetched for this user. */
    private static Path local() {
        String named = System.getProperty("maven.repo.local");
        return named == null ? Path.of(System.getProperty("user.home"), ".m2", "repository") : Path.of(named);
    }

    private static String mirror(Path repository) {
        return """
                <settings>
                  <mirrors>
                    <mirror>
                      <id>this-machine</id>
                      <mirrorOf>*</mirrorOf>
                      <url>%s</url>
                    </mirror>
                  </mirrors>
                </settings>
                """.formatted(repository.toUri().toASCIIString().replace("&", "&amp;"));
    }

    private static void forgetOrigins(Path repository) throws IOException {
        try (Stream<Path> files = Files.walk(repository)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (NOTES.matcher(String.valueOf(file.getFileName())).matches()) {
                    Files.delete(file);
                }
            }
        }
    }
}
