package org.brkmap.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.brkmap.evidence.CanonicalJson;

/** The public half of an instructor's key (Ed25519, RFC 8032): tells whether a result is as it was signed. Thread-safe. */
public final class VerifyingKey {
    static final String ALGORITHM = "Ed25519";
    private static final int MAX_BYTES = 64 << 10;

    private final PublicKey key;

    /** What a result's signature says to the holder of a public key. */
    public enum Proof {
        /** Signed by this key, and as it was signed. */
        VALID("valid"),
        /** Names this key, but is not what was signed, or the signature is another's. */
        TAMPERED("changed after it was signed"),
        /** Signed by another key, so nothing can be said. */
        OTHER_KEY("signed by another key"),
        /** Not signed. */
        UNSIGNED("not signed");

        private final String title;

        Proof(String title) {
            this.title = title;
        }

        /** In words. */
        public String title() {
            return title;
        }
    }

    private VerifyingKey(PublicKey key) {
        this.key = key;
    }

    /**
     * Reads a public key: a PEM block {@code PUBLIC KEY}, as {@code brkmap grade keygen} and openssl write it.
     *
     * @throws GradeException if it cannot be read, or is none of Ed25519
     */
    public static VerifyingKey read(Path file) throws IOException {
        return of(file, text(file));
    }

    static VerifyingKey of(Path file, String text) throws GradeException {
        byte[] bytes = Pem.read(text, Pem.PUBLIC)
                .orElseThrow(() -> new GradeException(
                        file + " holds no public key; name the file that ends in .pub, which grade keygen made"));
        try {
            return new VerifyingKey(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(bytes)));
        } catch (GeneralSecurityException e) {
            throw new GradeException(file + " holds a public key that is none of " + ALGORITHM, e);
        }
    }

    /** The text of a file of keys. */
    static String text(Path file) throws GradeException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new GradeException(file + " is too large for a key");
            }
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (GradeException e) {
            throw e;
        } catch (IOException e) {
            throw new GradeException(file + " cannot be read: " + e + ". Name a key that grade keygen made", e);
        }
    }

    static VerifyingKey of(PublicKey key) {
        return new VerifyingKey(key);
    }

    /** SHA-256 of the key's DER form (SubjectPublicKeyInfo), in small hexadecimal: what a result calls it. */
    public String id() {
        return Hash.sha256(key.getEncoded());
    }

    /** What a result's signature says. */
    public Proof check(Result result) {
        Signature signature = result.signature();
        if (signature == null) {
            return Proof.UNSIGNED;
        }
        if (!signature.key().equals(id())) {
            return Proof.OTHER_KEY;
        }
        try {
            return verifies(
                            CanonicalJson.write(ResultJson.signed(result)),
                            Base64.getDecoder().decode(signature.value()))
                    ? Proof.VALID
                    : Proof.TAMPERED;
        } catch (IllegalArgumentException notBase64) {
            return Proof.TAMPERED;
        }
    }

    boolean verifies(byte[] text, byte[] signature) {
        try {
            java.security.Signature check = java.security.Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(text);
            return check.verify(signature);
        } catch (GeneralSecurityException notOfItsForm) {
            return false;
        }
    }

    String pem() {
        return Pem.write(Pem.PUBLIC, key.getEncoded());
    }
}
