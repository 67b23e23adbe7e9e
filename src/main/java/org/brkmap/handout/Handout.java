package org.brkmap.handout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.brkmap.lab.LabCatalogue;
import org.brkmap.lab.LabInfo;

/**
 * A project as students get it: chosen labs as they were at the beginning, the programs these observe, the sources of the
 * harness, and the pages that students read. Solutions, cheats, hidden checks, the harness's tests, what authors and
 * instructors read, and whatever was worked or built in the checkout are left out. Immutable: what {@link #of} found.
 */
public final class Handout {
    private static final List<String> DOCUMENTS = List.of(
            "docs/STUDENT.md",
            "docs/TROUBLESHOOTING.md",
            "docs/CLI.md",
            "docs/EVIDENCE.md",
            "docs/evidence.schema.json");

    private final SortedMap<String, HandoutFile> files;
    private final List<String> left;

    private Handout(SortedMap<String, HandoutFile> files, List<String> left) {
        this.files = Collections.unmodifiableSortedMap(files);
        this.left = List.copyOf(left);
    }

    /**
     * Collects what students get of these labs.
     *
     * @param root of the project
     * @param labs ids of labs that there are; at least one
     * @throws IOException if a lab's checks do not compile, a file cannot be read, or something of a solution or cheat would
     *     be given away; the message says what and where
     */
    public static Handout of(Path root, List<String> labs) throws IOException {
        List<LabInfo> infos = new ArrayList<>();
        for (String lab : labs) {
            infos.add(LabCatalogue.lab(root, lab));
        }
        SortedMap<String, HandoutFile> files = new TreeMap<>();
        List<String> left = new ArrayList<>();
        for (String lab : labs) {
            LabFolder folder = LabFolder.of(root, lab);
            files.putAll(folder.files());
            left.addAll(folder.left());
        }
        files.putAll(Samples.of(root, files.values()).files());
        for (String tree : List.of("src/main/java", "src/main/c", "src/main/resources")) {
            files.putAll(HandoutFile.tree(root, tree));
        }
        for (String document : DOCUMENTS) {
            addIfThere(files, root, document);
        }
        for (String file : List.of("LICENSE", ".mvn/jvm.config")) {
            addIfThere(files, root, file);
        }
        add(files, HandoutFile.of(root, "brkmap").asProgram());
        add(files, HandoutFile.text("pom.xml", HandoutPom.of(read(root, "pom.xml"), labs)));
        add(files, HandoutFile.text("labs/README.md", Pages.labs(read(root, "labs/README.md"), labs)));
        add(files, HandoutFile.text("README.md", Pages.front(infos)));
        add(files, HandoutFile.text("Makefile", Pages.resource("Makefile")));
        add(files, HandoutFile.text(".gitignore", Pages.resource("gitignore")));
        files.replaceAll((path, file) -> path.endsWith(".md") ? Pages.withoutDeadLinks(file, files.keySet()) : file);
        Answers.of(root, infos).requireNoneIn(files.values());
        return new Handout(files, left);
    }

    private static void add(Map<String, HandoutFile> files, HandoutFile file) {
        files.put(file.path(), file);
    }

    private static void addIfThere(Map<String, HandoutFile> files, Path root, String file) throws IOException {
        if (Files.isRegularFile(root.resolve(file))) {
            add(files, HandoutFile.of(root, file));
        }
    }

    private static String read(Path root, String file) throws IOException {
        return Files.readString(root.resolve(file), StandardCharsets.UTF_8);
    }

    /** The files' paths within the handout, in order. */
    public List<String> files() {
        return List.copyOf(files.keySet());
    }

    /** Files of the labs' folders that were left out because they are no part of the lab, each with the reason. */
    public List<String> left() {
        return left;
    }

    /**
     * Writes all files below a directory that exists. A file of the same name is replaced; what else lies there stays.
     *
     * @throws IOException if one cannot be written
     */
    public void writeTo(Path directory) throws IOException {
        for (HandoutFile file : files.values()) {
            file.writeTo(directory);
        }
    }

    /**
     * What lies in a directory and is not of this handout: paths, in order; of a git repository's own folder nothing.
     *
     * @throws IOException if it cannot be read
     */
    public List<String> strangersIn(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            return found.filter(file -> !Files.isDirectory(file))
                    .map(file -> directory.relativize(file).toString())
                    .filter(file -> !file.startsWith(".git/") && !files.containsKey(file))
                    .sorted()
                    .toList();
        }
    }
}
