package org.brkmap.evidence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The text of the evidence in a page. The same evidence is always the same text, so its hash tells whether it was damaged; who
 * edits it can hash it anew, so it does not tell whether it was forged. Immutable.
 *
 * @param json as it stands in the page, unpacked
 * @param inColumns whether its rows are put in columns
 * @param sha256 what the page says the SHA-256 of that text is, in small hexadecimal; null if it does not say
 */
public record IslandText(
        String json, boolean inColumns, @Nullable String sha256) {

    /** Whether the text is another than the page was made with. */
    public boolean isDamaged() {
        return sha256 != null && !sha256.equals(sha256(json));
    }

    /**
     * What it says.
     *
     * @throws EvidenceException if it is not evidence as this version writes it
     */
    public EvidenceDocument document() throws EvidenceException {
        return inColumns ? EvidenceJson.readColumns(json) : EvidenceJson.read(json);
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
