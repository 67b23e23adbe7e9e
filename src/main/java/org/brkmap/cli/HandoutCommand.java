package org.brkmap.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.brkmap.handout.Handout;
import org.brkmap.handout.OfflineRepository;
import org.brkmap.handout.Staging;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brkmap handout}: writes what students get. */
@Command(
        name = "handout",
        mixinStandardHelpOptions = true,
        description = {
            "For instructors: writes the tree that students work in, ready to publish as a git repository or an archive:"
                    + " the chosen labs with handout, starter files and public checks, the programs they observe, and the"
                    + " harness.",
            "",
            "Solutions, cheats, hidden checks, the harness's own tests and your own work in labs/ are left out; should a"
                    + " line of a solution stand in a file all the same, nothing is written, and you are told where.",
            "",
            "With --offline the tree holds a Maven repository, too, and is run there once: students then need a JDK,"
                    + " Maven, gcc and make, but no network."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the handout is in DIR",
            "1:it could not be made, or DIR is not empty; DIR is as it was",
            "2:the command was not understood, or there is no such lab"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  ./brkmap handout lab2 --out ../lab2-handout",
            "  ./brkmap handout lab1 lab2 --out /tmp/course --offline",
            "  cd ../lab2-handout && git init && git add . && git commit -m 'Lab 2'"
        })
final class HandoutCommand implements Callable<Integer> {
    private static final List<String> OURS = List.of("labs", "sample-c", "src", "docs", ".git", "target/classes");

    @Parameters(arity = "1..*", paramLabel = "LAB", description = "The labs, as ./brkmap lab list names them.")
    private List<String> labs = List.of();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the tree goes; made if missing.")
    private Path out = Path.of("");

    @Option(
            names = "--offline",
            description = "Add all libraries, so that students need no network; runs the labs once to prove it.")
    private boolean offline;

    @Option(
            names = "--force",
            description = "Write into a DIR that is not empty: files of the handout are replaced, others stay.")
    private boolean force;

    @Mixin
    private LabProject project = new LabProject();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> chosen = List.copyOf(new LinkedHashSet<>(labs));
        for (String lab : chosen) {
            project.lab(lab);
        }
        requirePlace();
        Console console = Console.of(spec);
        Consumer<String> progress = step -> {
            console.err().println(step);
            console.err().flush();
        };
        progress.accept("collecting " + String.join(", ", chosen) + " ...");
        Handout handout = Handout.of(project.root(), chosen);
        handout.left().forEach(left -> progress.accept("left out: " + left));
        try (Staging staging = Staging.of(out)) {
            handout.writeTo(staging.folder());
            if (offline) {
                OfflineRepository.fill(staging.folder(), chosen, progress);
            }
            staging.publish();
        }
        List<String> strangers = handout.strangersIn(out).stream()
                .filter(file -> !offline || !file.startsWith(OfflineRepository.FOLDER + "/"))
                .filter(file -> !offline || !file.equals(".mvn/maven.config"))
                .toList();
        if (!strangers.isEmpty()) {
            progress.accept("not of the handout, and left as it was: " + String.join(", ", strangers)
                    + "\nlook through it before you publish");
        }
        console.out().println(handout.files().size() + " files: " + out);
        console.out()
                .println(
                        "Publish it as it is. Students begin with its README.md, and run: mvn test -P" + chosen.get(0));
        console.out().flush();
        return 0;
    }

    private void requirePlace() throws IOException {
        Path place = out.toAbsolutePath().normalize();
        Path root = project.root();
        boolean within = OURS.stream().anyMatch(folder -> place.startsWith(root.resolve(folder)));
        if (within || root.startsWith(place)) {
            throw project.misuse("--out " + out + " lies in the project itself. Name a folder of its own.");
        }
        if (Files.exists(place) && !Files.isDirectory(place)) {
            throw new IOException(out + " is a file. Name a folder.");
        }
        if (Files.isDirectory(place) && !force) {
            try (Stream<Path> entries = Files.list(place)) {
                if (entries.findAny().isPresent()) {
                    throw new IOException(
                            out + " is not empty. Name another folder, or write into it with --force: files of"
                                    + " the handout are then replaced, and others stay.");
                }
            }
        }
    }
}
