package org.brkmap.rerun;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.brkmap.lab.LabStarter;
import org.jspecify.annotations.Nullable;

/** A lab's folder as a student would have it, with the files of one submission in it; no checks and no solutions. */
final class JobFolder {
    private static final Set<String> NOT_FOR_STUDENTS = Set.of("solution", "cheats", "hidden");

    private JobFolder() {}

    /** Makes it anew. */
    static void make(Path job, Path root, String lab, HandedIn handed) throws IOException {
        delete(job);
        Path folder = job.resolve("labs").resolve(lab);
        copy(root.resolve("labs").resolve(lab), folder, true);
        copy(root.resolve("sample-c"), job.resolve("sample-c"), false);
        for (String name : LabStarter.files(root, lab)) {
            byte[] theirs = handed.files().get(name);
            Path starter = root.resolve("labs").resolve(lab).resolve("starter").resolve(name);
            Files.write(folder.resolve(name), theirs == null ? Files.readAllBytes(starter) : theirs);
        }
        StringBuilder progress = new StringBuilder();
        for (Map.Entry<String, String> entry : handed.progress().entrySet()) {
            progress.append(entry.getKey()).append('=').append(entry.getValue()).append('\n');
        }
        Files.createDirectories(job.resolve(".brkmap"));
        Files.writeString(job.resolve(".brkmap").resolve(lab + ".properties"), progress);
        Files.createDirectories(job.resolve("target"));
    }

    private static void copy(Path from, Path to, boolean withoutChecks) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = from.relativize(file);
                boolean secret = file.toString().endsWith(".java")
                        || NOT_FOR_STUDENTS.contains(relative.getName(0).toString());
                if (!withoutChecks || !secret) {
                    Path target = to.resolve(relative.toString());
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

    /** Whether the files in it take more room on the disk than this; links are not followed. */
    static boolean holdsMoreThan(Path job, long bytes) {
        long[] sum = {0};
        try {
            Files.walkFileTree(job, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum[0] += attributes.size();
                    return sum[0] > bytes ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException gone) {
            return false;
        }
        return sum[0] > bytes;
    }

    /** Removes it with all in it; links are removed, not followed. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
