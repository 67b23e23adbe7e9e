package org.brkmap.grade;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder {@code results} of an output: one file for each submission, named after student, lab and what was graded with what. A
 * file appears whole or not at all, so that a run can be killed and resumed, and several may write to one folder. Thread-safe.
 */
public final class ResultFiles {
    private static final String ENDING = ".json";
    private static final int NAME = 40;
    private static final int HASH_BYTES = 10;

    private final Path folder;

    private ResultFiles(Path folder) {
        this.folder = folder;
    }

    /** The results in an output folder. */
    public static ResultFiles in(Path out) {
        return new ResultFiles(out.resolve("results"));
    }

    /** The folder. */
    public Path folder() {
        return folder;
    }

    /**
     * The file of one unit of work. The same submission graded with the same checks in the same way has the same file.
     */
    public Path file(
            String student, Submission submission, String lab, String labVersion, String harness, Grading grading) {
        String all = String.join(
                "\n",
                student,
                submission.file(),
                submission.sha256(),
                lab,
                labVersion,
                harness,
                grading.isRerun() ? "rerun" : "claim",
                String.valueOf(submission.submitted()));
        return folder.resolve(lab + "-" + plain(student) + "-" + hash(all) + ENDING);
    }

    /** The file of a result. */
    public Path file(Result result) {
        return file(
                result.student(),
                result.submission(),
                result.lab(),
                result.labVersion(),
                result.harness(),
                result.grading());
    }

    /** The result that an earlier run left in the file, if it is whole. */
    public Optional<Result> done(Path file) {
        try {
            return Files.exists(file) ? Optional.of(ResultJson.read(read(file))) : Optional.empty();
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }

    /** Writes a result whole or not at all. It is not synced: after a loss of power it may have to be made again. */
    public Path write(Result result) throws IOException {
        return write(result, file(result));
    }

    /** The same under a name that was found before the result was known. */
    Path write(Result result, Path file) throws IOException {
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, ".", ".tmp");
        try {
            Files.writeString(temporary, ResultJson.write(result));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return file;
    }

    /**
     * Takes away claims that are none of these: reports that are no longer there. Re-runs stay.
     *
     * @return how many
     */
    public int keepOnly(Set<Path> claims) throws IOException {
        int removed = 0;
        for (Path file : files()) {
            Result result = claims.contains(file) ? null : done(file).orElse(null);
            if (result != null && !result.grading().isRerun()) {
                Files.delete(file);
                removed++;
            }
        }
        return removed;
    }

    /**
     * All results, in the order of their names.
     *
     * @throws IOException if one cannot be read: a gradebook with a student missing must not look whole
     */
    public List<Result> readAll() throws IOException {
        List<Result> results = new ArrayList<>();
        SharedTexts texts = new SharedTexts();
        for (Path file : files()) {
            try {
                results.add(texts.in(ResultJson.read(read(file))));
            } catch (IOException e) {
                throw new GradeException(
                        file + " is no result of brkmap: " + e.getMessage()
                                + ". Delete it, and run the same command again with --resume",
                        e);
            }
        }
        return results;
    }

    List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(ENDING)
                            && !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    static String read(Path file) throws IOException {
        // A letter takes a byte at least.
        if (Files.size(file) > 4L * ResultJson.MAX_CHARACTERS) {
            throw new GradeException("is too large");
        }
        return Files.readString(file);
    }

    private static String plain(String student) {
        String plain = student.replaceAll("[^A-Za-z0-9@.-]", "-").replaceAll("^[.-]+", "");
        return plain.length() <= NAME ? plain : plain.substring(0, NAME);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
