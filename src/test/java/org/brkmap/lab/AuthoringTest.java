package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.ProjectFiles;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows docs/AUTHORING.md to the letter in a copy of the checkout: writes its files, runs its commands, and compares what
 * they print with what stands there, numbers aside: {@code make slow}.
 */
@Tag("slow")
@NeedsGcc
class AuthoringTest {
    private static final Path ROOT = ProjectFiles.find().orElseThrow().root();
    private static final Set<String> BUILT = Set.of("target", ".git", ".brkmap", "build");
    private static final Pattern BLOCK =
            Pattern.compile("(?ms)(?:^`([^`\\n]+)`[^\\n]*:\\n\\n)?^```(\\w*)\\n(.*?)^```$");

    @TempDir
    private Path directory;

    private Path project = Path.of("");

    @BeforeEach
    void copyTheCheckout() throws IOException {
        project = directory.resolve("project");
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (BUILT.contains(String.valueOf(folder.getFileName()))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(project.resolve(ROOT.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, project.resolve(ROOT.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
        Files.writeString(project.resolve(".mvn/maven.config"), "-o\n");
    }

    @Test
    void whoFollowsThePageHasALabAndTouchesNoSources() throws Exception {
        List<String> written = new ArrayList<>();
        int commands = 0;
        Matcher block = BLOCK.matcher(Files.readString(ROOT.resolve("docs/AUTHORING.md")));
        while (block.find()) {
            String name = block.group(1);
            String text = block.group(3);
            if (name != null && name.equals("pom.xml")) {
                Path pom = project.resolve(name);
                Files.writeString(pom, Files.readString(pom).replace("  </profiles>", text + "  </profiles>"));
                written.add(name);
            } else if (name != null) {
                Path file = project.resolve(name);
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
                written.add(name);
            } else if (block.group(2).equals("sh")) {
                shell(text);
            } else {
                assertThat(block.group(2)).as("the kind of\n" + text).isEqualTo("console");
                for (String session : text.split("(?m)^\\$ ")) {
                    if (!session.isEmpty()) {
                        commands++;
                        follow(session);
                    }
                }
            }
        }
        assertThat(written)
                .hasSizeGreaterThan(8)
                .allMatch(name -> name.startsWith("labs/lab9/") || name.equals("pom.xml"));
        assertThat(commands).isGreaterThan(4);
        Path handout = directory.resolve("lab9-handout");
        assertThat(handout.resolve("labs/lab9/solution")).doesNotExist();
        assertThat(handout.resolve("labs/lab9/starter/use.c")).exists();
    }

    /** Runs one command, and looks for the lines that stand under it, in their order; "…" stands for any others. */
    private void follow(String session) throws IOException, InterruptedException {
        String command = session.substring(0, session.indexOf('\n'));
        List<String> said = shell(command.replace("/tmp/", directory + "/"))
                .lines()
                .map(AuthoringTest::withoutNumbers)
                .toList();
        int from = 0;
        for (String line : session.substring(session.indexOf('\n') + 1).lines().toList()) {
            if (!line.equals("…") && !line.isEmpty()) {
                int at = said.subList(from, said.size()).indexOf(withoutNumbers(line));
                assertThat(at)
                        .as("\"%s\" after \"%s\", which prints\n%s", line, command, String.join("\n", said))
                        .isNotNegative();
                from += at + 1;
            }
        }
    }

    private static String withoutNumbers(String line) {
        return line.replaceAll("\\d+\\.\\d+ s", "some time").stripTrailing();
    }

    private String shell(String script) throws IOException, InterruptedException {
        ToolResult result = Tool.of("sh", "-ec", script)
                .in(project)
                .with("LC_ALL", "C.UTF-8")
                .wallLimit(Duration.ofMinutes(10))
                .run();
        assertThat(result.succeeded())
                .as("%s\n%s\n%s", script, result.stdout(), result.stderr())
                .isTrue();
        return result.stdout();
    }
}
