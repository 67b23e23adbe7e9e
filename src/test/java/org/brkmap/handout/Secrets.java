package org.brkmap.handout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.brkmap.lab.LabCatalogue;

/** What must not be in what students get, found without the code under test; looks into archives, too. */
final class Secrets {
    private static final int TELLING = 16;

    private final Set<String> lines = new TreeSet<>();
    private final Set<String> wholes = new TreeSet<>();
    private final Set<String> keys = new TreeSet<>();

    private Secrets() {}

    static Secrets of(Path root, String lab) throws IOException {
        Secrets secrets = new Secrets();
        StringBuilder begun = new StringBuilder();
        for (Path starter : filesBelow(root.resolve("labs").resolve(lab).resolve("starter"))) {
            begun.append(squeezed(Files.readString(starter)));
        }
        StringBuilder given = new StringBuilder(begun);
        for (Path folder : List.of(root.resolve("labs").resolve(lab), root.resolve("sample-c"))) {
            for (Path program : filesBelow(folder)) {
                if (program.toString().endsWith(".c")) {
                    given.append(squeezed(Files.readString(program)));
                }
            }
        }
        LabCatalogue.lab(root, lab)
                .exercises()
                .forEach(exercise -> exercise.hints().forEach(hint -> given.append(squeezed(hint))));
        Path resources = root.resolve("src/test/resources");
        for (Path cheat : filesBelow(resources.resolve("cheats").resolve(lab))) {
            if (!cheat.endsWith("fakes.txt")) {
                secrets.addWhole(Files.readString(cheat), begun);
            }
        }
        for (Path solution : filesBelow(resources.resolve("solutions").resolve(lab))) {
            String text = Files.readString(solution);
            secrets.addWhole(text, begun);
            boolean answers = solution.endsWith("answers.properties");
            text.lines().map(Secrets::squeezed).forEach(line -> {
                if (answers && line.matches("[a-z][^#=]*=.+")) {
                    secrets.keys.add(line);
                } else if (line.length() >= TELLING && !line.startsWith("#include") && given.indexOf(line) < 0) {
                    secrets.lines.add(line);
                }
            });
        }
        return secrets;
    }

    private void addWhole(String text, StringBuilder begun) {
        String squeezed = squeezed(text);
        if (!squeezed.isEmpty() && begun.indexOf(squeezed) < 0) {
            wholes.add(squeezed);
        }
    }

    /** How many there are to look for. */
    int size() {
        return lines.size() + wholes.size() + keys.size();
    }

    /** Looks at each file below a folder, and at each entry of each archive. */
    void areNotBelow(Path folder) throws IOException {
        for (Path file : filesBelow(folder)) {
            String name = folder.relativize(file).toString();
            areNotIn(name, Files.readAllBytes(file));
            if (name.endsWith(".jar")) {
                try (ZipFile jar = new ZipFile(file.toFile())) {
                    for (ZipEntry entry : jar.stream().toList()) {
                        areNotIn(
                                name + "!" + entry.getName(),
                                jar.getInputStream(entry).readAllBytes());
                    }
                }
            }
        }
    }

    private void areNotIn(String name, byte[] bytes) {
        String text = squeezed(new String(bytes, StandardCharsets.ISO_8859_1)).replace("\\\"", "\"");
        assertThat(name).doesNotContain("solutions/", "cheats/", "fakes.txt");
        for (String secret : name.endsWith(".properties") ? keys : Set.<String>of()) {
            assertThat(text).as(name).doesNotContain(secret);
        }
        for (Set<String> secrets : List.of(lines, wholes)) {
            assertThat(secrets)
                    .as("what " + name + " holds of the solutions and cheats")
                    .noneMatch(text::contains);
        }
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }

    static List<Path> filesBelow(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
