package org.brkmap.grade;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Blocks of RFC 7468, as openssl(1) reads and writes them. */
final class Pem {
    static final String PRIVATE = "PRIVATE KEY";
    static final String PUBLIC = "PUBLIC KEY";
    private static final int LINE = 64;

    private Pem() {}

    static String write(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + label + "-----\n";
    }

    /** The first block of this label; none if there is none, or it is not base64. */
    static Optional<byte[]> read(String text, String label) {
        Matcher block = Pattern.compile(
                        "-----BEGIN " + label + "-----\\s+([A-Za-z0-9+/=\\s]{1,10000})-----END " + label + "-----")
                .matcher(text);
        if (!block.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(block.group(1).replaceAll("\\s", "")));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
