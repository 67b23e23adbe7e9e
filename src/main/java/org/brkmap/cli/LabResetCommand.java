package org.brkmap.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.brkmap.lab.LabStarter;
import org.brkmap.libc.StandardInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brkmap lab reset}: begins files of a lab again. */
@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        description = {
            "Brings files of a lab back as they were at the beginning. Yours are kept beside them, as FILE.1, FILE.2 and"
                    + " so on. Points and attempts stay as they are.",
            "",
            "Asks first on a terminal; elsewhere, --yes must be given."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:a file could not be written, or you said no",
            "2:the command was not understood, there is no such lab or file, or --yes is missing"
        },
        footerHeading = "%nTry:%n",
        footer = {"  ./brkmap lab reset lab2 grow.c", "  ./brkmap lab reset --yes lab2"})
final class LabResetCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "LAB", description = "The lab, as ./brkmap lab list names it.")
    private String lab = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "FILE",
            description = "Names of files in the lab's folder (default: all that were changed or are missing).")
    private List<String> files = List.of();

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Mixin
    private LabProject project = new LabProject();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path root = project.root();
        List<String> changed = changed(root);
        PrintWriter out = spec.commandLine().getOut();
        if (changed.isEmpty()) {
            out.println("Nothing to reset: the files are as they were at the beginning.");
            out.flush();
            return 0;
        }
        List<String> replaced = changed.stream()
                .filter(file -> Files.exists(root.resolve("labs").resolve(lab).resolve(file)))
                .toList();
        if (!yes && !replaced.isEmpty() && !agreed(replaced)) {
            out.println("Nothing was changed.");
            out.flush();
            return Brkmap.FAILED;
        }
        for (String file : changed) {
            Optional<Path> kept = LabStarter.reset(root, lab, file);
            out.println("labs/" + lab + "/" + file + " is as it was at the beginning"
                    + kept.map(copy -> "; yours is kept as " + root.relativize(copy))
                            .orElse(""));
        }
        out.flush();
        return 0;
    }

    /** Those of the named files, or of all, that a reset would change; all names are looked at before any file is. */
    private List<String> changed(Path root) throws IOException {
        String id = project.lab(lab).id();
        List<String> known = LabStarter.files(root, id);
        List<String> changed = new ArrayList<>();
        for (String file : files.isEmpty() ? known : new LinkedHashSet<>(files)) {
            if (!known.contains(file)) {
                throw project.misuse("Lab \"" + lab + "\" has no starter file \"" + file + "\"; it has: "
                        + String.join(", ", known));
            }
            if (LabStarter.isChanged(root, id, file)) {
                changed.add(file);
            }
        }
        return changed;
    }

    private boolean agreed(List<String> changed) throws IOException {
        if (!StandardInput.isTerminal()) {
            throw project.misuse("This would replace " + String.join(", ", changed)
                    + ", and there is no terminal to ask on. If that is meant, add --yes; yours are kept as copies.");
        }
        PrintWriter err = spec.commandLine().getErr();
        err.print("Replace " + String.join(", ", changed) + " in labs/" + lab + "? Copies of yours are kept. [y/N] ");
        err.flush();
        String answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }
}
