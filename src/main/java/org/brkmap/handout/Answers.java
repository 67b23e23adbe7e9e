package org.brkmap.handout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.brkmap.lab.LabInfo;
import org.brkmap.lab.LabProofs;

/**
 * What a handout must not hold: the files of the labs' solutions and cheats, and the lines that make the solutions.
 *
 * @param files by path within the project
 * @param lines by where they stand, lines that are the solution's alone, without blanks: no file that students begin with, no
 *     program that they are given, and no hint has them
 */
record Answers(Map<String, HandoutFile> files, Map<String, String> lines) {
    /** A shorter line, such as a brace or a return, says nothing. */
    private static final int SAYS_SOMETHING = 16;

    static Answers of(Path root, List<LabInfo> labs) throws IOException {
        SortedMap<String, HandoutFile> files = new TreeMap<>();
        SortedMap<String, String> lines = new TreeMap<>();
        for (LabInfo info : labs) {
            String lab = info.id();
            String given = given(root, lab);
            String hints = info.exercises().stream()
                    .flatMap(exercise -> exercise.hints().stream())
                    .map(Answers::plain)
                    .collect(Collectors.joining("\n"));
            Map<String, HandoutFile> solutions = new TreeMap<>();
            Optional<Path> solution = LabProofs.solution(root, lab);
            if (solution.isPresent()) {
                solutions.putAll(HandoutFile.tree(root, relative(root, solution.get())));
            }
            files.putAll(solutions);
            for (Path cheat : LabProofs.cheats(root, lab)) {
                files.putAll(HandoutFile.tree(root, relative(root, cheat)));
            }
            for (HandoutFile file : solutions.values()) {
                int number = 0;
                for (String line : file.text().lines().toList()) {
                    number++;
                    String plain = plain(line);
                    if (plain.length() >= SAYS_SOMETHING
                            && !plain.startsWith("#include")
                            && !given.contains(plain)
                            && !hints.contains(plain)) {
                        lines.put(file.path() + ":" + number, plain);
                    }
                }
            }
        }
        return new Answers(files, lines);
    }

    /** The lines that students are given: of the files they begin with, and of programs that they read and observe. */
    private static String given(Path root, String lab) throws IOException {
        StringBuilder given = new StringBuilder();
        for (String folder : List.of("labs/" + lab, "sample-c")) {
            for (HandoutFile file : HandoutFile.tree(root, folder).values()) {
                if (isProof(lab, file)) {
                    continue;
                }
                if (file.path().contains("/starter/") || (isProgram(file) && !isStarter(root, lab, file))) {
                    given.append(plain(file.text())).append('\n');
                }
            }
        }
        return given.toString();
    }

    private static boolean isProof(String lab, HandoutFile file) {
        return LabProofs.FOLDERS.stream()
                .anyMatch(folder -> file.path().startsWith("labs/" + lab + "/" + folder + "/"));
    }

    private static String relative(Path root, Path folder) {
        return root.relativize(folder).toString();
    }

    private static boolean isProgram(HandoutFile file) {
        return file.name().endsWith(".c") || file.name().endsWith(".h");
    }

    /** Whether a student writes in it: what it holds now may be a solution. */
    private static boolean isStarter(Path root, String lab, HandoutFile file) {
        return Files.exists(root.resolve("labs").resolve(lab).resolve("starter").resolve(file.name()));
    }

    /**
     * Refuses to give an answer away.
     *
     * @throws IOException if one of the files is or holds an answer; says which, and where it comes from
     */
    void requireNoneIn(Collection<HandoutFile> handout) throws IOException {
        for (HandoutFile file : handout) {
            for (HandoutFile answer : files.values()) {
                if (answer.bytes().length > 0
                        && Arrays.equals(file.bytes(), answer.bytes())
                        && !isStarter(file, handout)) {
                    throw new IOException(file.path() + " would give an answer away: it is " + answer.path());
                }
            }
            String text = plain(file.text().replace("\\\"", "\""));
            for (Map.Entry<String, String> line : lines.entrySet()) {
                if (text.contains(line.getValue())) {
                    throw new IOException(file.path() + " would give an answer away: \"" + line.getValue()
                            + "\" stands in " + line.getKey()
                            + ". Word it otherwise, or let a hint or the starter file have that line");
                }
            }
        }
    }

    /** A cheat may leave a file as it was: then the starter is no secret. */
    private static boolean isStarter(HandoutFile file, Collection<HandoutFile> handout) {
        return handout.stream()
                .filter(other -> other.path().contains("/starter/"))
                .anyMatch(other -> Arrays.equals(other.bytes(), file.bytes()));
    }

    private static String plain(String line) {
        return line.replaceAll("\\s+", "");
    }
}
