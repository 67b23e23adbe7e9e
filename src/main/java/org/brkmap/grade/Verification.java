package org.brkmap.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.grade.VerifyingKey.Proof;
import org.jspecify.annotations.Nullable;

/** Results on disk, each against a public key. */
public final class Verification {
    private Verification() {}

    /**
     * What was found of one file.
     *
     * @param result null if it is none that can be read
     * @param proof null for the same
     * @param why what is wrong, in a sentence; null if it is valid
     */
    public record Finding(
            Path file,
            @Nullable Result result,
            @Nullable Proof proof,
            @Nullable String why) {
        /** Whether it is as this key signed it. */
        public boolean isValid() {
            return proof == Proof.VALID;
        }
    }

    /**
     * Verifies a result, or all in a folder that grading wrote.
     *
     * @throws IOException if there is no such file, or no result in the folder
     */
    public static List<Finding> of(Path place, VerifyingKey key) throws IOException {
        if (!Files.exists(place)) {
            throw new GradeException(place + ": there is no such file or folder");
        }
        if (!Files.isDirectory(place)) {
            return List.of(finding(place, key));
        }
        List<Path> files = ResultFiles.in(place).files();
        if (files.isEmpty()) {
            throw new GradeException(place
                    + " holds no results; name a folder that grade rerun wrote, or one result in its folder results");
        }
        List<Finding> findings = new ArrayList<>();
        for (Path file : files) {
            findings.add(finding(file, key));
        }
        return findings;
    }

    private static Finding finding(Path file, VerifyingKey key) {
        Result result;
        try {
            result = ResultJson.read(ResultFiles.read(file));
        } catch (IOException | IllegalArgumentException e) {
            return new Finding(file, null, null, "it cannot be read as a result: " + e.getMessage());
        }
        Proof proof = key.check(result);
        return new Finding(file, result, proof, why(result, proof));
    }

    private static @Nullable String why(Result result, Proof proof) {
        Signature signature = result.signature();
        return switch (proof) {
            case VALID -> null;
            case TAMPERED ->
                "it was changed after this key signed it, or the signature belongs to another result. Run the"
                        + " submission again";
            case OTHER_KEY ->
                "it was signed by another key, "
                        + (signature == null ? "" : signature.key())
                        + "; verify it with that one's public file, or run the submission again with --sign";
            case UNSIGNED ->
                result.grading().isRerun()
                        ? "it is a re-run that was not signed; anybody who may write the file may have changed it"
                        : "it is a claim: it was read from a report, and such are never signed";
        };
    }
}
