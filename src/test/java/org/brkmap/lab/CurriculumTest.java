package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.brkmap.toolchain.ProjectFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/CURRICULUM.md names exercises, samples and parts of handouts: each is there. */
class CurriculumTest {
    private static final Path ROOT = ProjectFiles.find().orElseThrow().root();
    private static final Pattern NAME = Pattern.compile("`([a-z][a-z0-9_-]*)`");
    private static final Pattern PART = Pattern.compile("\\*([A-Z.][^*]+)\\*");
    private static final Set<String> COMMANDS = Set.of("size");

    static List<String> labs() throws IOException {
        return LabCatalogue.ids(ROOT);
    }

    /** The labs that the page has a part on; another author's need none. */
    static List<String> labsOfThePage() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/CURRICULUM.md"));
        return labs().stream().filter(lab -> page.contains(heading(lab))).toList();
    }

    private static String heading(String lab) {
        return "## Lab " + lab.substring("lab".length()) + ":";
    }

    @ParameterizedTest
    @MethodSource("labsOfThePage")
    void whatThePageSaysOfALabIsInIt(String lab) throws IOException {
        String page = Files.readString(ROOT.resolve("docs/CURRICULUM.md"));
        String section = page.substring(page.indexOf(heading(lab))).replaceFirst("(?s)(.)\n## .*", "$1");
        String handout = Files.readString(ROOT.resolve("labs").resolve(lab).resolve("README.md"));

        Set<String> known = new TreeSet<>(COMMANDS);
        for (String other : labs()) {
            LabCatalogue.lab(ROOT, other).exercises().forEach(exercise -> known.add(exercise.id()));
        }
        known.addAll(samples());
        assertThat(found(NAME, section)).hasSizeGreaterThan(5).isSubsetOf(known);
        assertThat(found(PART, section))
                .isNotEmpty()
                .allSatisfy(part -> assertThat(handout).containsPattern("(?m)^##+ " + Pattern.quote(part)));
    }

    private static Set<String> samples() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("sample-c"), 2)) {
            return files.map(file -> String.valueOf(file.getFileName()).replaceFirst("\\.c$", ""))
                    .collect(Collectors.toSet());
        }
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
