package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two Javas may take turns in one checkout: what one has compiled is kept for the other. */
class LabClassesTest {
    private static final int JAVA_17 = 61;

    @TempDir
    private Path project;

    @Test
    void anyJavaThatBrkmapRunsOnLoadsWhatAnotherCompiled() throws IOException {
        Path source = project.resolve("labs/lab77/CheckedTest.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, """
                package lab77;
                @org.brkmap.lab.Lab("A lab")
                class CheckedTest {}
                """);

        List<Class<?>> classes = LabClasses.of(project, "lab77");

        assertThat(classes).extracting(Class::getName).containsExactly("lab77.CheckedTest");
        try (Stream<Path> files = Files.walk(project.resolve("target/lab-classes"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".class")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(major(file)).isEqualTo(JAVA_17));
        }
    }

    private static int major(Path classFile) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(classFile))) {
            in.skipNBytes(6);
            return in.readUnsignedShort();
        }
    }
}
