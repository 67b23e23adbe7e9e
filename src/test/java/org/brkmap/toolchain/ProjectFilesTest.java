package org.brkmap.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectFilesTest {
    @TempDir
    Path directory;

    @Test
    void findsTheCheckoutTheTestsRunIn() {
        ProjectFiles project = ProjectFiles.find().orElseThrow();

        assertThat(project.root().resolve("pom.xml")).isRegularFile();
        assertThat(project.sampleC()).isDirectory();
        assertThat(project.labs()).isDirectory();
        assertThat(project.target()).isDirectory();
    }

    @Test
    void findsTheCheckoutAroundADeepFolder() throws IOException {
        Path root = checkout("checkout", "brkmap");
        Path deep = Files.createDirectories(root.resolve("labs/lab2/deep"));

        assertThat(ProjectFiles.around(deep)).hasValue(new ProjectFiles(root));
    }

    @Test
    void takesNoOtherProjectForBrkmap() throws IOException {
        Path other = checkout("other", "something");
        Path withoutSources = Files.createDirectory(directory.resolve("bare"));
        Files.writeString(withoutSources.resolve("pom.xml"), "<artifactId>brkmap</artifactId>");

        assertThat(ProjectFiles.around(other)).isEmpty();
        assertThat(ProjectFiles.around(withoutSources)).isEmpty();
    }

    private Path checkout(String name, String artifact) throws IOException {
        Path root = directory.resolve(name);
        Files.createDirectories(root.resolve("src/main/c"));
        Files.writeString(root.resolve("pom.xml"), "<artifactId>" + artifact + "</artifactId>");
        return root;
    }
}
