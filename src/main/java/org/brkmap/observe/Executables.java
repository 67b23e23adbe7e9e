package org.brkmap.observe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the program that a command names, as a shell would, and says what is wrong before anything is started. */
final class Executables {
    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

    private Executables() {}

    static String find(Launch launch) throws ObserveException {
        String name = launch.command().get(0);
        if (!Files.isDirectory(launch.directory())) {
            throw new ObserveException(
                    "cannot run " + name + " in " + launch.directory() + ": no such directory. Name one that exists.");
        }
        if (name.contains("/")) {
            Path path = launch.directory().resolve(name);
            check(name, path);
            return path.toString();
        }
        String search =
                launch.environment().getOrDefault("PATH", System.getenv().getOrDefault("PATH", DEFAULT_PATH));
        Optional<Path> found = Stream.of(search.split(":"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> launch.directory().resolve(directory).resolve(name))
                .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
                .findFirst();
        if (found.isPresent()) {
            return found.get().toString();
        }
        String hint = Files.exists(launch.directory().resolve(name))
                ? "There is a file of that name here: write ./" + name + " to mean it."
                : "Check the spelling, or install it.";
        throw new ObserveException("there is no program " + name + " on PATH. " + hint);
    }

    private static void check(String name, Path path) throws ObserveException {
        if (!Files.exists(path)) {
            throw new ObserveException("there is no program " + name + ". Was it built? Check the path.");
        }
        if (Files.isDirectory(path)) {
            throw new ObserveException(name + " is a directory, not a program.");
        }
        if (!Files.isExecutable(path)) {
            throw new ObserveException(name + " is not executable. If it is a program: chmod +x " + name);
        }
    }
}
