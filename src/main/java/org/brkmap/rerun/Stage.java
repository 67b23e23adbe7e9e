package org.brkmap.rerun;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.brkmap.lab.LabCatalogue;
import org.brkmap.toolchain.NativeParts;

/**
 * What workers run from: brkmap's classes, the labs with the instructor's checks, and the native parts, copied where a user
 * without privilege can read and not write them. Removed on close.
 */
final class Stage implements AutoCloseable {
    private final Path folder;
    private final Path project;
    private final List<String> classPath = new ArrayList<>();

    private Stage(Path folder) {
        this.folder = folder;
        this.project = folder.resolve("project");
    }

    /**
     * @param root of the project
     * @param labs that are graded
     * @param hidden folders of further checks, by lab
     */
    static Stage make(Path root, List<String> labs, Map<String, Path> hidden) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(
                "brkmap-grade-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        Stage stage = new Stage(folder);
        try {
            stage.copyClasses();
            copy(root.resolve("pom.xml"), stage.project.resolve("pom.xml"));
            Files.createDirectories(stage.project.resolve("src/main/c"));
            copy(root.resolve("sample-c"), stage.project.resolve("sample-c"));
            for (String lab : labs) {
                Path to = stage.project.resolve("labs").resolve(lab);
                copy(root.resolve("labs").resolve(lab), to);
                Path further = hidden.get(lab);
                if (further != null) {
                    copy(further, to);
                }
                LabCatalogue.lab(stage.project, lab);
            }
            Path parts = parent(NativeParts.ready().launcher());
            copy(parts, stage.project.resolve("target/native").resolve(String.valueOf(parts.getFileName())));
            return stage;
        } catch (IOException | InterruptedException e) {
            stage.close();
            throw e;
        }
    }

    Path project() {
        return project;
    }

    String classPath() {
        return String.join(File.pathSeparator, classPath);
    }

    /** The folder of a slot, which its worker owns; anew each time. */
    Path slot(int number) throws IOException {
        Path slot = folder.resolve("slot" + number);
        JobFolder.delete(slot);
        return Files.createDirectories(slot);
    }

    private void copyClasses() throws IOException {
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            Path from = Path.of(entry).toAbsolutePath();
            if (!entry.isEmpty() && Files.exists(from)) {
                Path to = folder.resolve("classes").resolve(classPath.size() + "-" + from.getFileName());
                copy(from, to);
                classPath.add(to.toString());
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = from.equals(file)
                        ? to
                        : to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (Files.isRegularFile(file)) {
                    Files.createDirectories(parent(target));
                    Files.copy(file, target);
                }
            }
        }
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    @Override
    public void close() throws IOException {
        JobFolder.delete(folder);
    }
}
