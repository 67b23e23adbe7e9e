package org.brkmap.handout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.brkmap.lab.LabCatalogue;
import org.brkmap.lab.LabStarter;
import org.brkmap.toolchain.ProjectFiles;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What students get of every lab there is, and of a checkout that somebody has worked in. */
class HandoutTest {
    private static final Path ROOT = ProjectFiles.find().orElseThrow().root();
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    @TempDir
    private Path directory;

    static List<String> labs() throws IOException {
        return LabCatalogue.ids(ROOT);
    }

    private Path written(String... labs) throws IOException {
        return written(ROOT, labs);
    }

    private Path written(Path root, String... labs) throws IOException {
        Path out = Files.createDirectories(directory.resolve("handout"));
        Handout.of(root, List.of(labs)).writeTo(out);
        return out;
    }

    @ParameterizedTest
    @MethodSource("labs")
    void nothingOfASolutionOrCheatIsInAHandout(String lab) throws IOException {
        Secrets secrets = Secrets.of(ROOT, lab);
        assertThat(secrets.size()).as("answers to look for").isGreaterThan(10);
        secrets.areNotBelow(written(lab));
    }

    @Test
    void theSearchForAnswersFindsOneInAnArchive() throws IOException {
        Secrets secrets = Secrets.of(ROOT, "lab2");
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(directory.resolve("some.jar")))) {
            jar.putNextEntry(new ZipEntry("a.txt"));
            jar.write("if (mallopt(M_MMAP_THRESHOLD, 64 * 1024) == 0)".getBytes(StandardCharsets.UTF_8));
        }
        assertThatThrownBy(() -> secrets.areNotBelow(directory))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("some.jar!a.txt");
    }

    @ParameterizedTest
    @MethodSource("labs")
    void whatStudentsWriteInIsAsItWasAtTheBeginning(String lab) throws IOException {
        Path folder = written(lab).resolve("labs").resolve(lab);
        List<String> starters = LabStarter.files(ROOT, lab);
        assertThat(starters).contains("answers.properties");
        for (String starter : starters) {
            Path fresh = ROOT.resolve("labs").resolve(lab).resolve("starter").resolve(starter);
            assertThat(folder.resolve(starter)).hasSameBinaryContentAs(fresh);
            assertThat(folder.resolve("starter").resolve(starter)).hasSameBinaryContentAs(fresh);
        }
        assertThat(Files.readAllLines(folder.resolve("answers.properties")))
                .filteredOn(line -> line.contains("=") && !line.startsWith("#"))
                .isNotEmpty()
                .allMatch(line -> line.strip().endsWith("="));
    }

    @ParameterizedTest
    @MethodSource("labs")
    void onlyThatLabIsInIt(String lab) throws IOException {
        List<String> files = Handout.of(ROOT, List.of(lab)).files();
        assertThat(files)
                .contains("README.md", "pom.xml", "brkmap", "labs/" + lab + "/README.md", "docs/STUDENT.md")
                .noneMatch(file -> file.startsWith("src/test/"))
                .doesNotContain("docs/INSTRUCTORS.md", "docs/AUTHORING.md", "docs/CURRICULUM.md", "CONTRIBUTING.md");
        assertThat(files)
                .filteredOn(file -> file.matches("labs/[^/]+/.*"))
                .allMatch(file -> file.startsWith("labs/" + lab + "/"));
    }

    @ParameterizedTest
    @MethodSource("labs")
    void itsPomHasTheLabsProfileAndNothingThatOnlyTheHarnessNeeds(String lab) throws IOException {
        assertThat(Files.readString(written(lab).resolve("pom.xml")))
                .as("the root of pom.xml, as it is written")
                .contains("<project xmlns=\"http://maven.apache.org/POM/4.0.0\"\n");
        Document pom = Jsoup.parse(Files.readString(written(lab).resolve("pom.xml")), Parser.xmlParser());
        assertThat(pom.select("profile > id").eachText()).containsExactly(lab);
        assertThat(pom.select("dependency > scope").eachText()).doesNotContain("test");
        assertThat(pom.select("plugin > artifactId").eachText())
                .contains("maven-surefire-plugin")
                .doesNotContain("spotless-maven-plugin", "jacoco-maven-plugin");
    }

    @ParameterizedTest
    @MethodSource("labs")
    void everyLinkOfItsPagesLeadsToAFileOfIt(String lab) throws IOException {
        Path out = written(lab);
        int links = 0;
        for (Path page : Secrets.filesBelow(out)) {
            if (page.toString().endsWith(".md") && !page.startsWith(out.resolve("src"))) {
                Matcher link = LINK.matcher(Files.readString(page));
                while (link.find()) {
                    URI uri = URI.create(link.group(1));
                    if (uri.getScheme() == null && !uri.getPath().isEmpty()) {
                        links++;
                        assertThat(page.resolveSibling(uri.getPath()))
                                .as("%s links to %s", out.relativize(page), uri)
                                .exists();
                    }
                }
            }
        }
        assertThat(links).as("links that were followed").isGreaterThan(5);
    }

    @Test
    void severalLabsMakeOneHandout() throws IOException {
        List<String> two = labs().subList(0, 2);
        Path out = written(two.toArray(String[]::new));
        for (String lab : two) {
            assertThat(out.resolve("labs").resolve(lab).resolve("README.md")).exists();
            assertThat(out.resolve("README.md")).content().contains("mvn test -P" + lab);
        }
        assertThat(out.resolve("brkmap")).isExecutable();
    }

    @Test
    void aLinkToWhatStudentsDoNotGetIsItsBareText() throws IOException {
        Path project = worked();
        Path page = project.resolve("labs/lab2/README.md");
        Files.writeString(
                page,
                "# Lab 2\n[one](../lab1/README.md#x) [two](grow.c) [three](https://example.org) [four](#five) [six](starter)");
        assertThat(written(project, "lab2").resolve("labs/lab2/README.md"))
                .hasContent("# Lab 2\none [two](grow.c) [three](https://example.org) [four](#five) [six](starter)");
    }

    @Test
    void whatWasWorkedInTheCheckoutStaysThere() throws IOException {
        Path project = worked();
        String mark = "worked-on-here";
        Files.writeString(project.resolve("labs/lab2/grow.c"), "/* " + mark + " */");
        Files.writeString(project.resolve("labs/lab2/answers.properties"), "moves = 7 # " + mark);
        for (String made : List.of(
                "labs/lab2/grow.c.1",
                "labs/lab2/grow.c~",
                "labs/lab2/.grow.c.swp",
                "labs/lab2/hidden/HiddenTest.java",
                ".brkmap/lab2.properties",
                "target/reports/lab2.json")) {
            Files.createDirectories(project.resolve(made).getParent());
            Files.writeString(project.resolve(made), mark);
        }
        Files.write(project.resolve("labs/lab2/grow"), ("\u007fELF" + mark).getBytes(StandardCharsets.US_ASCII));
        Handout handout = Handout.of(project, List.of("lab2"));

        assertThat(handout.left())
                .anyMatch(left -> left.startsWith("labs/lab2/grow.c: was changed here"))
                .anyMatch(left -> left.startsWith("labs/lab2/grow: was made"));
        for (Path file : Secrets.filesBelow(written(project, "lab2"))) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .as(file.toString())
                    .doesNotContain(mark);
        }
    }

    @Test
    void aSolutionThatWasTriedInTheLabsFolderIsNotGivenAway() throws IOException {
        Path project = worked();
        Files.writeString(project.resolve("src/test/resources/solutions/lab2/extra.awk"), "BEGIN { print 1 }");
        Files.writeString(project.resolve("labs/lab2/extra.awk"), "BEGIN { print 1 }");
        assertThat(Handout.of(project, List.of("lab2")).left()).contains("labs/lab2/extra.awk: is of the solution");
        Files.move(project.resolve("labs/lab2/extra.awk"), project.resolve("labs/lab2/renamed.awk"));
        assertThatThrownBy(() -> Handout.of(project, List.of("lab2")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("labs/lab2/renamed.awk would give an answer away: it is")
                .hasMessageContaining("solutions/lab2/extra.awk");
    }

    @Test
    void aLineOfASolutionInAHandoutsTextIsRefusedWithItsPlace() throws IOException {
        Path project = worked();
        Path page = project.resolve("labs/lab2/README.md");
        Files.writeString(page, Files.readString(page) + "\n    if (mallopt(M_MMAP_THRESHOLD,  64 * 1024) == 0)\n");
        assertThatThrownBy(() -> Handout.of(project, List.of("lab2")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("labs/lab2/README.md would give an answer away")
                .hasMessageContaining("solutions/lab2/mallopt.c:");
    }

    /** A copy of what a handout of lab 2 is made from, to be worked in. */
    private Path worked() throws IOException {
        Path project = directory.resolve("project");
        for (String part : List.of(
                "labs/lab2", "labs/README.md", "sample-c", "pom.xml", "brkmap", "src/test/resources/solutions/lab2")) {
            Path from = ROOT.resolve(part);
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path to = project.resolve(ROOT.relativize(file));
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to);
                }
            }
        }
        return project;
    }
}
